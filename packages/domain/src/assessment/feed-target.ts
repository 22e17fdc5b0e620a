import type { CivilDate } from '../core';
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
      leaves.map(({ name, measure, required, earned, met }) => ({
        measure,
        name: inBoth(name, rules),
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
    reasons.push({
      kind: 'makes-up',
      sentence:
        after === 'promotion'
          ? {
              zh: `补足提任前 ${cycle.label} 周期没有完成的部分`,
              en: `makes up what was not done of ${cycle.label} before the promotion`,
            }
          : {
              zh: `补足 ${cycle.label} 周期没有完成的部分`,
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

function sayMet(leaf: LeafResult, rules: Regulation): FeedReason['sentence'] {
  const say = (language: 'zh' | 'en'): [string, string] => [
    `${nameOf(leaf, rules, language)}${sayAmount(leaf.earned, leaf.measure, rules, language)}`,
    sayAmount(leaf.required, leaf.measure, rules, language),
  ];
  const [[zh, zhAsked], [en, enAsked]] = [say('zh'), say('en')];
  return leaf.limit === 'at-most'
    ? { zh: `有 ${zh}，没有超过 ${zhAsked}`, en: `${en}, no more than ${enAsked}` }
    : { zh: `有 ${zh}，要求 ${zhAsked}`, en: `${en} of the ${enAsked} asked for` };
}

/** Per alternative what was asked for, what is there and what is missing, joined by OR. */
function sayShort({ alternatives }: TargetResult, rules: Regulation): FeedReason['sentence'] {
  const [zh, en] = (['zh', 'en'] as const).map((language) => {
    const amount = (value: number, { measure }: LeafResult) => sayAmount(value, measure, rules, language);
    const say = (leaf: LeafResult): string => {
      const name = nameOf(leaf, rules, language);
      const [required, earned, short] = [leaf.required, leaf.earned, leaf.short].map((value) =>
        amount(value, leaf),
      ) as [string, string, string];
      if (leaf.limit === 'at-most')
        return language === 'zh'
          ? `${name}${earned}，超过 ${required}`
          : `${name}${earned}, above ${required}`;
      return language === 'zh'
        ? `${name}要求 ${required}，有 ${earned}，差 ${short}`
        : `${name}${earned} of the ${required} asked for, ${short} short`;
    };
    return alternatives
      .map((leaves) =>
        leaves
          .filter(({ met }) => !met)
          .map(say)
          .join(language === 'zh' ? '；并且' : '; and '),
      )
      .join(language === 'zh' ? '；或者' : '; or ');
  }) as [string, string];
  return { zh, en };
}
