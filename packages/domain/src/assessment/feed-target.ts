import { isYearLabel, type CivilDate, type Language } from '../core';
import {
  inBoth,
  measureName,
  sayAmount,
  sayReliefs,
  type LeafResult,
  type Regulation,
  type TargetResult,
} from '../credit';
import type { AssessmentYear, FeedReason, FeedTarget } from './assessment';

/**
 * The day through which a frozen line takes cycles as decided: the end of the calendar year that holds the reference
 * day. What ends in the assessed year and is not met is missed, although the cut-off lies some days before its end; a
 * window of several years, or what is to be made up in the next year, goes on.
 */
export const decidedThrough = ({ referenceDate }: Pick<AssessmentYear, 'referenceDate'>): CivilDate =>
  `${referenceDate.slice(0, 4)}-12-31`;

/** A target as the feed says it, with the reasons in words. */
export function feedTargetOf(result: TargetResult, rules: Regulation): FeedTarget {
  return {
    target: result.target,
    name: inBoth(result.name, rules),
    regulation: { id: rules.id, version: rules.version },
    clause: result.clause,
    cycle: { from: result.cycle.from, to: result.cycle.to },
    makesUp: result.makesUp
      ? {
          after: result.makesUp.after,
          clause: result.makesUp.clause,
          cycle: { from: result.makesUp.cycle.from, to: result.makesUp.cycle.to },
        }
      : null,
    state: result.state,
    met: result.met,
    metBy: [...result.metBy],
    alternatives: result.alternatives.map((leaves) =>
      leaves.map(({ name, measure, limit, required, earned, met }) => ({
        measure,
        name: inBoth(name, rules),
        limit,
        required,
        earned,
        met,
      })),
    ),
    shortfall: result.shortfall.map((missing) => missing.map(({ measure, amount }) => ({ measure, amount }))),
    reasons: reasonsOf(result, rules),
  };
}

/** Why a target stands as it does: what it makes up, which relief changed it, by what it is met, or what it lacks. */
export function reasonsOf(result: TargetResult, rules: Regulation): FeedReason[] {
  const { makesUp, reliefs, state, clause } = result;
  const reasons: FeedReason[] = [];
  if (makesUp) {
    const { after, cycle } = makesUp;
    const what = isYearLabel(cycle.label) ? `${cycle.label} 年度` : `${cycle.label} 周期`;
    reasons.push({
      kind: 'makes-up',
      sentence:
        after === 'promotion'
          ? {
              zh: `补足提任前 ${what}没有完成的部分`,
              en: `makes up what was not done of ${cycle.label} before the promotion`,
            }
          : {
              zh: `补足 ${what}没有完成的部分`,
              en: `makes up what was not done of ${cycle.label}`,
            },
      clause: makesUp.clause,
    });
  }
  for (const relief of reliefs)
    reasons.push({ kind: 'relief', sentence: sayReliefs([relief]), clause: relief.clause });
  if (state === 'met')
    for (const leaf of metLeaves(result))
      reasons.push({ kind: 'met-by', sentence: sayMet(leaf, rules), clause: leaf.clause ?? clause });
  if (state === 'open' || state === 'missed')
    reasons.push({ kind: 'short', sentence: sayShort(result, rules), clause });
  return reasons;
}

const metLeaves = ({ metBy, alternatives }: TargetResult): LeafResult[] => [
  ...new Map(
    alternatives
      .flat()
      .filter(({ leaf, met }) => met && metBy.includes(leaf))
      .map((leaf) => [leaf.leaf, leaf]),
  ).values(),
];

/** What is counted, named apart from its unit only where it has a name of its own. */
const nameOf = ({ name, measure }: LeafResult, rules: Regulation, language: 'zh' | 'en'): string =>
  name === measureName(measure, rules).zh ? '' : `${inBoth(name, rules)[language] || name} `;

/** What is asked for, in words that say which side of it counts. */
const ASKED: Readonly<Record<LeafResult['limit'], Record<Language, (amount: string) => string>>> = {
  'at-least': { zh: (amount) => `要求 ${amount}`, en: (amount) => `${amount} asked for` },
  above: { zh: (amount) => `要求超过 ${amount}`, en: (amount) => `more than ${amount} asked for` },
  'at-most': { zh: (amount) => `要求不超过 ${amount}`, en: (amount) => `no more than ${amount} allowed` },
  below: { zh: (amount) => `要求少于 ${amount}`, en: (amount) => `less than ${amount} allowed` },
};

const inLanguages = (say: (language: Language) => string): FeedReason['sentence'] => ({
  zh: say('zh'),
  en: say('en'),
});

/** What is there and what is asked for; where something is missing, how much. */
function sayLeaf(leaf: LeafResult, rules: Regulation, language: Language): string {
  const amount = (value: number): string => sayAmount(value, leaf.measure, rules, language);
  const is = `${nameOf(leaf, rules, language)}${amount(leaf.earned)}`;
  const asked = ASKED[leaf.limit][language](amount(leaf.required));
  const short = leaf.short > 0 ? amount(leaf.short) : undefined;
  return language === 'zh'
    ? `有 ${is}，${asked}${short === undefined ? '' : `，差 ${short}`}`
    : `${is}, ${asked}${short === undefined ? '' : `, ${short} short`}`;
}

const sayMet = (leaf: LeafResult, rules: Regulation): FeedReason['sentence'] =>
  inLanguages((language) => sayLeaf(leaf, rules, language));

/** Per alternative what is there, what was asked for and what is missing, joined by OR. */
const sayShort = ({ alternatives }: TargetResult, rules: Regulation): FeedReason['sentence'] =>
  inLanguages((language) =>
    alternatives
      .map((leaves) =>
        leaves
          .filter(({ met }) => !met)
          .map((leaf) => sayLeaf(leaf, rules, language))
          .join(language === 'zh' ? '；并且' : '; and '),
      )
      .join(language === 'zh' ? '；或者' : '; or '),
  );
