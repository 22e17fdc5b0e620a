import { regulationSchema, type Regulation } from '@cadre/domain/credit';
import demo from '../../regulations/demo-2026.json';
import r01 from '../../regulations/r01.json';
import r02 from '../../regulations/r02.json';
import r03 from '../../regulations/r03.json';
import r04 from '../../regulations/r04.json';
import r05 from '../../regulations/r05.json';
import r06 from '../../regulations/r06.json';
import r08 from '../../regulations/r08.json';
import r09 from '../../regulations/r09.json';
import r10 from '../../regulations/r10.json';
import r11 from '../../regulations/r11.json';
import r12 from '../../regulations/r12.json';
import r13 from '../../regulations/r13.json';
import r14 from '../../regulations/r14.json';
import r15 from '../../regulations/r15.json';
import r16 from '../../regulations/r16.json';
import r17 from '../../regulations/r17.json';
import r18 from '../../regulations/r18.json';
import r19 from '../../regulations/r19.json';
import r19b from '../../regulations/r19b.json';
import r20 from '../../regulations/r20.json';
import r21 from '../../regulations/r21.json';
import r22 from '../../regulations/r22.json';
import r22b from '../../regulations/r22b.json';
import r23 from '../../regulations/r23.json';
import r24 from '../../regulations/r24.json';
import r25 from '../../regulations/r25.json';
import r26 from '../../regulations/r26.json';
import r27 from '../../regulations/r27.json';
import r28 from '../../regulations/r28.json';
import r29 from '../../regulations/r29.json';
import r29b from '../../regulations/r29b.json';
import r30 from '../../regulations/r30.json';
import r31 from '../../regulations/r31.json';

/** The rules of the demonstration: national targets, presence, online bands (a proposal, not a published rule). */
export const demo2026: Regulation = regulationSchema.parse(demo);

/** Published rule sets as data, by the number under which the project files them. */
export const publishedRegulations: Readonly<Record<string, Regulation>> = Object.fromEntries(
  Object.entries({
    r01,
    r02,
    r03,
    r04,
    r05,
    r06,
    r08,
    r09,
    r10,
    r11,
    r12,
    r13,
    r14,
    r15,
    r16,
    r17,
    r18,
    r19,
    r19b,
    r20,
    r21,
    r22,
    r22b,
    r23,
    r24,
    r25,
    r26,
    r27,
    r28,
    r29,
    r29b,
    r30,
    r31,
  }).map(([number, text]) => [number, regulationSchema.parse(text)]),
);
