import { Exact } from '../value/exact';
import type { Bilingual, Language } from '../../core';
import { sayMatcher, spell } from '../regulation/condition';
import { listOf } from '../regulation/earning-schema';
import { nameIn } from '../regulation/english';
import { PERSON_FACTS } from '../regulation/fact-names';
import { ceilUnits, formatAmount, isRepresentable } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import type { NotRecorded, ReliefResult } from '../evaluation/relief';
import { leafName } from '../evaluation/requirement';
import type { TargetResult } from '../evaluation/target-result';
import type { Occasion } from '../regulation/target-schema';
import { sayCondition } from '../regulation/condition-words';
import { leavesOf } from '../regulation/leaves';
import { Phrases } from './phrases';

const RELIEF = {
  exempt: () => ({ zh: '免除', en: 'exempt' }),
  times: (by: string) =>
    by === '0' ? { zh: '不作要求', en: 'not asked for' } : { zh: `乘以 ${by}`, en: `times ${by}` },
  less: (by: string) => ({ zh: `减少 ${by}`, en: `${by} less` }),
  to: (by: string) => ({ zh: `减为 ${by}`, en: `lowered to ${by}` }),
  months: (by: string) => sayProportion(by, { zh: '个月', en: 'months' }),
  days: (by: string) => sayProportion(by, { zh: '天', en: 'days' }),
  groups: (by: string) => ({
    zh: `按在各组的时间分段相加（${by}）`,
    en: `by the time in each group (${by})`,
  }),
} as const satisfies Record<ReliefResult['effect'], (by: string) => Bilingual>;

/** «按 12 个月中的 7 个月折算» for 7/12. */
function sayProportion(share: string, { zh, en }: Bilingual): Bilingual {
  const [part, all] = share.split('/');
  return { zh: `按 ${all} ${zh}中的 ${part} ${zh}折算`, en: `for ${part} of ${all} ${en}` };
}

/** What reliefs and proportion did to a target. */
export function sayReliefs(reliefs: readonly ReliefResult[]): Bilingual {
  if (reliefs.length === 0) return { zh: '没有', en: 'none' };
  const said = reliefs.map(({ effect, by, period }) => {
    const { zh, en } = RELIEF[effect](by);
    return period === undefined ? { zh, en } : { zh: `${period} ${zh}`, en: `${period}: ${en}` };
  });
  return { zh: said.map(({ zh }) => zh).join('，'), en: said.map(({ en }) => en).join(', ') };
}

/** «（≈ 18.6667 → 19）»: what rounding made of an amount, with its name where it made something of several. */
export function sayRounded(
  { rounded = [] }: ReliefResult,
  { alternatives }: Pick<TargetResult, 'alternatives'>,
  regulation: Regulation,
): Bilingual {
  if (rounded.length === 0) return { zh: '', en: '' };
  const said = (language: Language): string[] =>
    rounded.map(({ leaf, exact, result }) => {
      const value = Exact.of(exact);
      const before = isRepresentable(value) ? exact : `≈ ${formatAmount(ceilUnits(value))}`;
      const name = alternatives.flat().find((one) => one.leaf === leaf)?.name ?? leaf;
      const named = rounded.length === 1 ? '' : `“${nameIn(name, regulation, language)}” `;
      return `${named}${before} → ${result}`;
    });
  return { zh: `（${said('zh').join('，')}）`, en: ` (${said('en').join(', ')})` };
}

/** The circumstances behind a relief with their days, each by its kind where the relief is for several. */
export function sayCircumstances(
  { when, circumstances = [] }: ReliefResult,
  regulation: Regulation,
): Bilingual {
  if (circumstances.length === 0) return { zh: '', en: '' };
  const isNamed = listOf(when?.circumstance).length > 1;
  const said = (language: Language): string[] =>
    circumstances.map(({ kind, from, to }) => {
      const days =
        language === 'zh'
          ? to === undefined
            ? `${from} 起`
            : `${from} 至 ${to}`
          : to === undefined
            ? `since ${from}`
            : `${from} to ${to}`;
      return isNamed ? `${nameIn(kind, regulation, language)} ${days}` : days;
    });
  return { zh: `：${said('zh').join('，')}`, en: `: ${said('en').join(', ')}` };
}

/** The condition under which a relief was granted. */
export function sayReliefWhen(
  { person, circumstance, in: groups, months, days, unbroken, earned, cycle, inARow }: Occasion,
  spells: number,
  regulation: Regulation,
): Bilingual {
  const named = (language: Language): string[] =>
    listOf(circumstance).map((kind) => nameIn(kind, regulation, language));
  const inGroups = (language: Language): string[] =>
    listOf(groups).map((id) => nameIn(regulation.groups?.[id]?.name ?? id, regulation, language));
  const lasting = unbroken
    ? { zh: '连续', en: 'in one spell of' }
    : { zh: spells > 1 ? '累计' : '', en: 'of' };
  const said = (asked: Occasion['months'], zh: string, en: string): Bilingual[] => {
    if (asked === undefined) return [];
    const bounds = (language: Language): string => spell(sayMatcher(asked), language);
    return typeof asked === 'object'
      ? [{ zh: `${lasting.zh} ${bounds('zh')} ${zh}`, en: `${lasting.en} ${bounds('en')} ${en}` }]
      : [{ zh: `${lasting.zh}满 ${asked} ${zh}`, en: `${lasting.en} at least ${asked} ${en}` }];
  };
  const length = [...said(months, '个月', 'months'), ...said(days, '天', 'days')];
  const meant =
    cycle !== 'previous'
      ? { zh: '本周期', en: 'this cycle' }
      : inARow === undefined
        ? { zh: '上一周期', en: 'the cycle before' }
        : { zh: `此前连续 ${inARow} 个周期`, en: `${inARow} cycles before` };
  const amounts = leavesOf(earned ?? {}).map((leaf) => `“${leafName(leaf, regulation, 'en')}”`);
  const conditions = [
    ...(person === undefined
      ? []
      : [{ zh: sayCondition(person, regulation), en: sayCondition(person, regulation, 'en') }]),
    ...(circumstance === undefined
      ? []
      : [
          {
            zh: [named('zh').join('、'), ...length.map(({ zh }) => zh)].join(''),
            en: [named('en').join(' or '), ...length.map(({ en }) => en)].join(' '),
          },
        ]),
    ...(groups === undefined
      ? []
      : [
          {
            zh: `本周期内在${inGroups('zh').join('、')}${length.map(({ zh }) => zh).join('')}`,
            en: `${inGroups('en').join(' or ')} in this cycle ${length.map(({ en }) => en).join(' ')}`,
          },
        ]),
    ...(earned === undefined
      ? []
      : [
          {
            zh: `${meant.zh}${new Phrases(regulation).requirement(earned)}`,
            en: `what was earned of ${[...new Set(amounts)].join(', ')} in ${meant.en}`,
          },
        ]),
  ];
  return {
    zh: conditions.map(({ zh }) => zh).join('，且'),
    en: conditions.map(({ en }) => en).join(' and '),
  };
}

const TAKEN = {
  relief: { zh: ['减免', '不减免'], en: ['relief', 'no relief'] },
  group: { zh: ['适用', '不适用'], en: ['it applies', 'it does not apply'] },
} as const;

/** That a record is missing on which something hangs, and how it is taken until there is one. */
export function sayNotRecorded({ decides, facts, taken }: NotRecorded): Bilingual {
  const named = (language: Language): string[] => facts.map((fact) => PERSON_FACTS[fact][language]);
  const [zh, en] = [TAKEN[decides].zh[taken ? 0 : 1], TAKEN[decides].en[taken ? 0 : 1]];
  return {
    zh: `没有记录${named('zh').join('、')}，不能判断是否${TAKEN[decides].zh[0]}，先按${zh}算`,
    en: `${named('en').join(', ')} not recorded, so this cannot be decided; until then ${en}`,
  };
}
