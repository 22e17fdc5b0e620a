import { Exact } from '../value/exact';
import { z } from 'zod';
import { constant, exactNumber, isExactNumber, sayFraction } from '../value/measure';
import { oncePer } from '../value/once-per';

/** Explicit edges: `atLeast` ≥, `above` >, `atMost` ≤, `below` <. */
export const bounds = z.strictObject({
  atLeast: exactNumber.optional(),
  above: exactNumber.optional(),
  atMost: exactNumber.optional(),
  below: exactNumber.optional(),
});
export type Bounds = z.infer<typeof bounds>;

/** Bounds on a rank (a code of the rank table or its Chinese name) or on a date. */
export const textBounds = z.strictObject({
  atLeast: z.string().optional(),
  above: z.string().optional(),
  atMost: z.string().optional(),
  below: z.string().optional(),
});

const matcher = z.union([
  z.string(),
  z.boolean(),
  z.number(),
  z.array(z.string()).min(1),
  bounds,
  textBounds,
]);
export type Matcher = z.infer<typeof matcher>;

/**
 * A condition: fact → what it must be, all together. A text or flag must be equal, a list names the texts allowed,
 * bounds compare numbers, ranks and dates. `anyOf` needs one of its conditions, `not` the contrary of its one.
 * `monthsIn` has groups of people for facts: since when a person has been in each.
 */
export type Condition = {
  readonly [fact: string]: Matcher | readonly Condition[] | Condition;
};
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.record(z.string(), z.union([matcher, z.array(condition).min(1), condition])),
);

export type FactValue = Exact | string | boolean | readonly string[];

/** Where a condition finds its facts. `undefined` = not known; a missing fact meets no test. */
export interface FactSource {
  value(fact: string): FactValue | undefined;
  /** The order of a rank, for bounds on ranks. */
  rankOrder(name: string): number | undefined;
  /** The full months for which a person has been in a group, where the facts are of a person. */
  monthsIn?(group: string): Exact | undefined;
}

/** Lengths of membership as facts of their own, by group. */
const membershipIn = (facts: FactSource): FactSource => ({
  value: (group) => facts.monthsIn?.(group),
  rankOrder: () => undefined,
});

/** One comparison that was made: the fact, what it was, what was wanted, and whether it was so. */
export interface FactTest {
  readonly fact: string;
  readonly actual?: string;
  /** Absent where any value would do, and none is recorded. */
  readonly wanted?: string;
  readonly met: boolean;
}

export interface Verdict {
  readonly met: boolean;
  readonly tests: readonly FactTest[];
}

const partsOf = oncePer((value: Condition) => Object.entries(value));

export function testCondition(value: Condition, facts: FactSource): Verdict {
  const tests: FactTest[] = [];
  let met = true;
  for (const [fact, wanted] of partsOf(value)) {
    if (fact === 'anyOf') {
      const verdicts = (wanted as readonly Condition[]).map((inner) => testCondition(inner, facts));
      const chosen = verdicts.find((verdict) => verdict.met);
      met &&= chosen !== undefined;
      tests.push(...(chosen ? chosen.tests : verdicts.flatMap((verdict) => verdict.tests)));
    } else if (fact === 'not') {
      const verdict = testCondition(wanted as Condition, facts);
      met &&= !verdict.met;
      tests.push(
        ...verdict.tests.map((test) => ({ ...test, wanted: denied(test.wanted ?? ''), met: !test.met })),
      );
    } else {
      const test = testFact(fact, wanted as Matcher, facts);
      met &&= test.met;
      tests.push(test);
    }
  }
  return { met, tests };
}

/** Whether a condition holds, without the record of its comparisons. */
export function holds(value: Condition, facts: FactSource): boolean {
  for (const [fact, wanted] of partsOf(value)) {
    if (fact === 'anyOf') {
      if (!(wanted as readonly Condition[]).some((inner) => holds(inner, facts))) return false;
    } else if (fact === 'not') {
      if (holds(wanted as Condition, facts)) return false;
    } else if (fact === 'monthsIn') {
      if (!holds(wanted as Condition, membershipIn(facts))) return false;
    } else if (!matches(facts.value(fact), wanted as Matcher, facts)) return false;
  }
  return true;
}

/**
 * Which facts that are not recorded decide whether a condition holds: none where it holds, or does not, whatever they
 * are. `lacking` names the fact that a record lacks, undefined where there is one or its absence says something itself.
 */
export function undecidedBy(
  value: Condition,
  facts: FactSource,
  lacking: (fact: string) => string | undefined,
): readonly string[] {
  const said = decide(value, facts, lacking);
  return typeof said === 'boolean' ? [] : said;
}

/** Whether a condition holds, or the facts that it takes to know. */
function decide(
  value: Condition,
  facts: FactSource,
  lacking: (fact: string) => string | undefined,
): boolean | readonly string[] {
  const all = partsOf(value).map(([fact, wanted]): boolean | readonly string[] => {
    if (fact === 'anyOf') {
      const any = (wanted as readonly Condition[]).map((inner) => decide(inner, facts, lacking));
      return any.includes(true) || unknownIn(any);
    }
    if (fact === 'not') {
      const inner = decide(wanted as Condition, facts, lacking);
      return typeof inner === 'boolean' ? !inner : inner;
    }
    if (fact === 'monthsIn') return holds(wanted as Condition, membershipIn(facts));
    const missing = lacking(fact);
    return missing === undefined ? matches(facts.value(fact), wanted as Matcher, facts) : [missing];
  });
  if (all.includes(false)) return false;
  return unknownIn(all) || true;
}

/** The facts that several answers lack, each once; false where all of them are known. */
function unknownIn(answers: readonly (boolean | readonly string[])[]): false | readonly string[] {
  const unknown = [...new Set(answers.flatMap((answer) => (typeof answer === 'boolean' ? [] : answer)))];
  return unknown.length > 0 && unknown;
}

function testFact(fact: string, wanted: Matcher, facts: FactSource): FactTest {
  const actual = facts.value(fact);
  const verdict = { wanted: sayMatcher(wanted), met: matches(actual, wanted, facts) };
  return actual === undefined ? { fact, ...verdict } : { fact, actual: sayValue(actual), ...verdict };
}

function matches(actual: FactValue | undefined, wanted: Matcher, facts: FactSource): boolean {
  if (actual === undefined) return false;
  if (isList(actual)) return actual.some((item) => matches(item, wanted, facts));
  if (Array.isArray(wanted)) return wanted.some((item) => matches(actual, item, facts));
  if (typeof wanted === 'object') {
    if (actual instanceof Exact) return withinBounds(actual, wanted);
    return typeof actual === 'string' && withinTexts(actual, wanted as z.infer<typeof textBounds>, facts);
  }
  if (actual instanceof Exact)
    return typeof wanted !== 'boolean' && isExactNumber(wanted) && actual.equals(constant(wanted));
  return actual === wanted || isSameRank(actual, wanted, facts);
}

function isSameRank(actual: string | boolean, wanted: Matcher, facts: FactSource): boolean {
  if (typeof actual !== 'string' || typeof wanted !== 'string') return false;
  const order = facts.rankOrder(actual);
  return order !== undefined && order === facts.rankOrder(wanted);
}

const isList = (value: FactValue): value is readonly string[] => Array.isArray(value);

export function withinBounds(actual: Exact, limits: Bounds): boolean {
  return (
    (limits.atLeast === undefined || actual.compare(constant(limits.atLeast)) >= 0) &&
    (limits.above === undefined || actual.compare(constant(limits.above)) > 0) &&
    (limits.atMost === undefined || actual.compare(constant(limits.atMost)) <= 0) &&
    (limits.below === undefined || actual.compare(constant(limits.below)) < 0)
  );
}

function withinTexts(actual: string, limits: z.infer<typeof textBounds>, facts: FactSource): boolean {
  const orderOf = (text: string): number | undefined => dayNumber(text) ?? facts.rankOrder(text);
  const order = orderOf(actual);
  if (order === undefined) return false;
  const against = (name: string | undefined, compare: (limit: number) => boolean): boolean => {
    if (name === undefined) return true;
    const limit = orderOf(name);
    return limit !== undefined && compare(limit);
  };
  return (
    against(limits.atLeast, (limit) => order >= limit) &&
    against(limits.above, (limit) => order > limit) &&
    against(limits.atMost, (limit) => order <= limit) &&
    against(limits.below, (limit) => order < limit)
  );
}

/** The order of a date: 2024-05-10 → 20240510. */
export const dayNumber = (text: string): number | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? Number(text.replaceAll('-', '')) : undefined;

const sayValue = (value: FactValue): string =>
  value instanceof Exact ? sayFraction(value) : isList(value) ? value.join(' / ') : String(value);

const SIGNS = { atLeast: '≥', above: '>', atMost: '≤', below: '<' } as const;

/** Before what is not wanted. */
export const NOT = '≠ ';
const denied = (wanted: string): string =>
  wanted.startsWith(NOT) ? wanted.slice(NOT.length) : `${NOT}${wanted}`;

/** Between values of which one is wanted. */
export const EITHER = ' | ';

/** What was wanted, in signs that read the same in both languages: "≥ 4/5", "hall | online". */
export function sayMatcher(wanted: Matcher): string {
  if (Array.isArray(wanted)) return wanted.join(EITHER);
  if (typeof wanted !== 'object') return String(wanted);
  return sayBounds(wanted);
}

/** Two bounds as a sentence of the language has them: "≥ 60，< 90". */
export const spell = (signs: string, language: 'zh' | 'en'): string =>
  signs.replace(' , ', language === 'zh' ? '，' : ', ');

/** Bounds alone, in signs; the same few of a regulation recur for every activity. */
export const sayBounds = oncePer((wanted: Bounds | z.infer<typeof textBounds>): string =>
  Object.entries(SIGNS)
    .flatMap(([key, sign]) => {
      const limit = wanted[key as keyof typeof SIGNS];
      return limit === undefined ? [] : [`${sign} ${limit}`];
    })
    .join(' , '),
);
