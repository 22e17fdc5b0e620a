import { isYearLabel, type Bilingual, type CivilDate, type Language } from '../../core';
import { type Condition } from '../regulation/condition';
import { inBoth, nameIn } from '../regulation/english';
import type { Regulation } from '../regulation/regulation-schema';
import type { FlagResult } from '../evaluation/consequences';
import type { ReliefResult } from '../evaluation/relief';
import { type UsedUp } from '../evaluation/requirement';
import type { TargetResult, UsedToMakeUp } from '../evaluation/target-result';
import { sayCondition } from '../regulation/condition-words';
import { saySelection } from './selection-words';

import { sayAmount } from './words';
import { sayCircumstances, sayNotRecorded, sayReliefWhen, sayReliefs, sayRounded } from './relief-words';

/** What follows, and where it lasts from when and until when, or that on a day this is over. */
export function sayFlag(
  { says, from = '', until }: Pick<FlagResult, 'says' | 'from' | 'until'>,
  day: CivilDate,
  regulation: Regulation,
): Bilingual {
  if (until === undefined) return inBoth(says, regulation);
  const time =
    until < day
      ? { zh: `自 ${from} 起，到 ${until} 已满`, en: `from ${from} until ${until}, now over` }
      : { zh: `自 ${from} 起，到 ${until} 为止`, en: `from ${from} until ${until}` };
  return { zh: `${says}，${time.zh}`, en: `${nameIn(says, regulation, 'en')}, ${time.en}` };
}

/** A sentence about a target, and the clause it rests on. */
export interface TargetNote {
  readonly sentence: Bilingual;
  readonly clause: string;
}

/** Two limits of one clause on the same kinds read the same. */
const isFirst = ({ sentence, clause }: TargetNote, index: number, all: readonly TargetNote[]): boolean =>
  all.findIndex((other) => other.clause === clause && other.sentence.zh === sentence.zh) === index;

const NO_TIME_TO_MAKE_UP: Bilingual = {
  zh: '这一期结束后没有补足的时间',
  en: 'no time is left to make it up after this cycle',
};

/** Of what is still to be made up, or was not: the only activities that count for it, where not all do. */
function whatMakesUp({ target: id, makesUp, met }: TargetResult, regulation: Regulation): TargetNote[] {
  const counts = regulation.targets?.find((target) => target.id === id)?.makeUp?.counts;
  if (!makesUp || met || !counts) return [];
  const { zh, en } = saySelection(counts, regulation);
  const sentence = { zh: `补学只计：${zh}`, en: `only this counts for making it up: ${en}` };
  return [{ sentence, clause: makesUp.clause }];
}

/** Whatever else is to be said of a target beside its figures: relief, missing records, making up, what was used elsewhere, limits that are used up. */
export function targetNotes(result: TargetResult, regulation: Regulation): TargetNote[] {
  const { reliefs, notRecorded = [], noTimeToMakeUp, usedToMakeUp, full = [] } = result;
  const named = ({ amounts = [] }: ReliefResult): Bilingual => {
    const meant = result.alternatives.flat().filter(({ leaf }) => amounts.includes(leaf));
    const names = [...new Set(meant.map(({ name }) => name))];
    if (names.length === 0) return { zh: '', en: '' };
    return {
      zh: names.map((name) => `“${name}”`).join('、'),
      en: `${names.map((name) => `“${nameIn(name, regulation, 'en')}”`).join(', ')} `,
    };
  };
  return [
    ...reliefs.map((relief) => {
      const { zh, en } = sayReliefs([relief]);
      const because =
        relief.when && sayReliefWhen(relief.when, relief.circumstances?.length ?? 0, regulation);
      const spells = sayCircumstances(relief, regulation);
      const amounts = named(relief);
      const rounded = sayRounded(relief, result, regulation);
      const sentence = {
        zh: `减免：${amounts.zh}${zh}${rounded.zh}${because ? `，因为${because.zh}${spells.zh}` : ''}`,
        en: `relief: ${amounts.en}${en}${rounded.en}${because ? `, for ${because.en}${spells.en}` : ''}`,
      };
      return { sentence, clause: relief.clause };
    }),
    ...notRecorded.map((one) => ({ sentence: sayNotRecorded(one), clause: one.clause })).filter(isFirst),
    ...whatMakesUp(result, regulation),
    ...(noTimeToMakeUp ? [{ sentence: NO_TIME_TO_MAKE_UP, clause: noTimeToMakeUp.clause }] : []),
    ...(usedToMakeUp
      ? [{ sentence: sayUsedToMakeUp(usedToMakeUp, regulation), clause: usedToMakeUp.clause }]
      : []),
    ...full
      .map((usedUp) => ({ sentence: sayUsedUp(usedUp, regulation), clause: usedUp.clause }))
      .filter(isFirst),
  ];
}

/** What is missing where anything above nothing will do: an activity, and what it must meet. */
export function sayOneActivity(condition: Condition, regulation: Regulation): Bilingual {
  const met = sayCondition(condition, regulation);
  return met === ''
    ? { zh: '一次活动', en: 'one activity' }
    : { zh: `一次活动（${met}）`, en: `one activity (${sayCondition(condition, regulation, 'en')})` };
}

/** That a limit is used up, and until when: more of these kinds alone adds nothing. */
export function sayUsedUp({ kinds, until }: UsedUp, regulation: Regulation): Bilingual {
  const named = (language: Language, join: string): string =>
    kinds.map((kind) => nameIn(regulation.kinds[kind] ?? kind, regulation, language)).join(join);
  const [it, alone] = kinds.length > 1 ? ['它们', 'of them'] : ['它', 'of it'];
  if (until !== undefined)
    return {
      zh: `${named('zh', '、')}本期已到上限，到 ${until} 为止单靠${it}再学不会增加`,
      en: `${named('en', ', ')}: the limit of this period is reached, more ${alone} alone adds nothing through ${until}`,
    };
  return {
    zh: `${named('zh', '、')}已到上限，单靠${it}再学不会增加`,
    en: `${named('en', ', ')}: the limit is reached, more ${alone} alone adds nothing`,
  };
}

/** What of a cycle went into making up the one before, and is therefore missing in it. */
export function sayUsedToMakeUp({ cycles, amounts }: UsedToMakeUp, regulation: Regulation): Bilingual {
  const said = (language: Language): string =>
    amounts
      .map(({ name, measure, earned }) => {
        const amount = sayAmount(earned, measure, regulation, language);
        if (name === regulation.measures[measure]) return amount;
        const named = nameIn(name, regulation, language);
        return language === 'zh' ? `${named} ${amount}` : `${amount} (${named})`;
      })
      .join(language === 'zh' ? '、' : ', ');
  const labels = cycles.map(({ label }) => label);
  const areYears = labels.every(isYearLabel);
  return {
    zh: `另有 ${said('zh')}用于补足 ${labels.join('、')}${areYears ? ' 年度，不再计入本年度' : '，不再计入本周期'}`,
    en: `${said('en')} went into making up ${labels.join(', ')} and does not count again in this cycle`,
  };
}
