import published from '../../examples/published.json';
import r01 from '../../examples/r01.json';
import r02 from '../../examples/r02.json';
import r03 from '../../examples/r03.json';
import r04 from '../../examples/r04.json';
import r05 from '../../examples/r05.json';
import r06 from '../../examples/r06.json';
import r08 from '../../examples/r08.json';
import r09 from '../../examples/r09.json';
import r10 from '../../examples/r10.json';
import r11 from '../../examples/r11.json';
import r12 from '../../examples/r12.json';
import r13 from '../../examples/r13.json';
import r14 from '../../examples/r14.json';
import r15 from '../../examples/r15.json';
import r16 from '../../examples/r16.json';
import r17 from '../../examples/r17.json';
import r18 from '../../examples/r18.json';
import r19 from '../../examples/r19.json';
import r20 from '../../examples/r20.json';
import r21 from '../../examples/r21.json';
import r22 from '../../examples/r22.json';
import r23 from '../../examples/r23.json';
import r24 from '../../examples/r24.json';
import r25 from '../../examples/r25.json';
import r26 from '../../examples/r26.json';
import r27 from '../../examples/r27.json';
import r28 from '../../examples/r28.json';
import r29 from '../../examples/r29.json';
import r30 from '../../examples/r30.json';
import r31 from '../../examples/r31.json';

/** How an original value of a published example is found again: in the facts for inputs, in the report for results. */
export interface Mapping {
  /** One place, or one per item of the original list; "2/…" looks in the third run. */
  readonly at: string | readonly string[];
  /** What is compared: the values themselves, their sum, their number, whether there are any, or the first less the rest. */
  readonly how?: 'sum' | 'count' | 'exists' | 'absent' | 'difference';
  /** What the original value became, where it is not the same value. */
  readonly value?: unknown;
  /** Another reading of the regulation's open points for this result. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A published example as dated facts. */
export interface Example {
  readonly id: string;
  readonly regulation: string;
  /** What the publication leaves open, and what was chosen. */
  readonly chosen?: string;
  readonly inputs: Readonly<Record<string, Mapping>>;
  readonly expected: Readonly<Record<string, Mapping>>;
  readonly runs: readonly Readonly<Record<string, unknown>>[];
}

/** A published example as it was collected: input and expected result in the words of its source. */
export interface PublishedExample {
  readonly id: string;
  readonly ruleset: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly note: string;
}

export const publishedExamples = published as readonly PublishedExample[];
export const examples = [
  ...r01,
  ...r02,
  ...r03,
  ...r04,
  ...r05,
  ...r06,
  ...r08,
  ...r09,
  ...r10,
  ...r11,
  ...r12,
  ...r13,
  ...r14,
  ...r15,
  ...r16,
  ...r17,
  ...r18,
  ...r19,
  ...r20,
  ...r21,
  ...r22,
  ...r23,
  ...r24,
  ...r25,
  ...r26,
  ...r27,
  ...r28,
  ...r29,
  ...r30,
  ...r31,
] as unknown as readonly Example[];
