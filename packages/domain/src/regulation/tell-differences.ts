import { z } from 'zod';
import { bilingual, isYearLabel, type Bilingual } from '../core';
import { inBoth, measureName, sayRefusal, type Refusal, type Regulation, type TargetResult } from '../credit';
import { TARGET_READING_NAMES, targetTitle } from '../ledger';

/** What two results of an example differ in, in words: once for all cycles that moved alike. */
export const toldDifference = z.object({
  /** Whom and what it is about, from the whole to the part: the person where there are several, the target, the amount. */
  about: z.array(bilingual),
  /** The cycles in which it is so, runs of years as one; none where it belongs to no cycle. */
  cycles: z.array(z.string()),
  was: bilingual,
  is: bilingual,
});
export type ToldDifference = z.infer<typeof toldDifference>;

/** A result as it is reported and kept: amounts are decimal texts. */
interface ReportedCycle {
  readonly cycle: { readonly from: string; readonly label: string };
}
interface ReportedTarget
  extends
    ReportedCycle,
    Pick<TargetResult, 'target' | 'name' | 'state' | 'metBy' | 'metWithoutCarryIn' | 'reliefs'> {
  readonly makesUp?: { readonly after: string };
  readonly amounts: readonly {
    readonly leaf: string;
    readonly name: string;
    readonly measure: string;
    readonly required: string;
    readonly earned: string;
    readonly carried: string;
    readonly share?: { readonly needed: string };
  }[];
}
interface ReportedPerson {
  readonly person: string;
  readonly targets: readonly ReportedTarget[];
  readonly earlier: readonly ReportedTarget[];
  readonly totals: readonly (ReportedCycle & {
    total: string;
    name: string;
    measure: string;
    amount: string;
  })[];
  readonly ratings: readonly (ReportedCycle & { rating: string; name: string; is?: string })[];
  readonly flags: readonly ReportedFlag[];
  readonly carryOver: readonly (ReportedCycle & {
    clause: string;
    measure: string;
    part: string;
    amount: string;
  })[];
  readonly entries: readonly {
    readonly source: { readonly id: string };
    readonly kind: string;
    readonly line: string;
    readonly rule: string;
    readonly measure: string;
    readonly occurredOn: string;
    readonly amount: string;
    readonly counted: string;
  }[];
  readonly refusals: readonly Refusal[];
}
type ReportedFlag = ReportedCycle & { flag: string; says: string; until?: string };
type ReportedTeam = ReportedCycle & {
  team: string;
  name: string;
  amount: string;
  flags: readonly { flag: string; says: string }[];
};
interface Reported {
  readonly people: readonly ReportedPerson[];
  readonly teams?: readonly ReportedTeam[];
  readonly earlierTeams?: readonly ReportedTeam[];
  readonly flags?: readonly ReportedFlag[];
}

/** One thing that a result says. */
interface Said {
  readonly about: readonly Bilingual[];
  readonly cycle: string | null;
  readonly value: Bilingual;
  /** What is said where the other result has no such thing; without it only what both have is told. */
  readonly absent?: Bilingual;
  /** It follows from the rest, and is told only where nothing else differs. */
  readonly follows?: true;
}

const both = (zh: string, en: string): Bilingual => ({ zh, en });
const NAMES = {
  result: both('结果', 'result'),
  required: both('要求', 'required'),
  earned: both('已有', 'earned'),
  carried: both('其中结转', 'carried over'),
  carryOver: both('结转到下一期', 'carried over into the next cycle'),
  metBy: both('靠什么达标', 'met by'),
  withoutCarryIn: both('不算结转来的也达标', 'met without what was carried over'),
  reliefs: both('减免', 'relief'),
  counted: both('计入', 'counted'),
  worth: both('上限以前', 'before limits'),
  refused: both('没有计入的原因', 'why it does not count'),
  workings: both('怎么算的、依据哪一条', 'how it was reckoned, and by which clause'),
} as const;
const NOT_COVERED = both('不适用', 'does not apply');
const NOTHING = both('没有', 'nothing');
const NOT_COUNTED = both('不计入', 'not counted');
const YES = both('有', 'yes');
const SAME_FIGURES = both('数字相同', 'the same figures');
const OTHER_WORDS = both('数字相同，说明不同', 'the same figures, reasoned otherwise');
const STATES: Readonly<Record<TargetResult['state'], Bilingual>> = {
  ...TARGET_READING_NAMES,
  open: both('未到期', 'not due yet'),
};

/** What two kept results of the same facts differ in; nothing where they are the same. */
export function tellDifferences(expected: unknown, found: unknown, rules: Regulation): ToldDifference[] {
  if (isSame(expected, found)) return [];
  const [was, is] = [expected, found].map((report) => saidIn(report as Reported, rules)) as [SaidBy, SaidBy];
  const differing = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [before, after] = [was.get(key), is.get(key)];
    const one = (before ?? after)!;
    const values = [before?.value ?? one.absent, after?.value ?? one.absent];
    if (values[0] === undefined || values[1] === undefined || values[0].zh === values[1].zh) return [];
    return [{ ...one, was: values[0], is: values[1] }];
  });
  const told = differing.filter(({ follows }) => !follows);
  const lines = gathered(told.length > 0 ? told : differing);
  return lines.length > 0
    ? lines
    : [{ about: [NAMES.workings], cycles: [], was: SAME_FIGURES, is: OTHER_WORDS }];
}

type SaidBy = ReadonlyMap<string, Said>;

function saidIn(
  { people, teams = [], earlierTeams = [], flags: ofTeams = [] }: Reported,
  rules: Regulation,
): SaidBy {
  const said = new Map<string, Said>();
  const named = (name: string): Bilingual => inBoth(name, rules);
  const amountOf = (amount: string, measure: string): Bilingual => {
    const { zh, en } = measureName(measure, rules);
    return both(`${amount} ${zh}`, `${amount} ${en === '' ? zh : en}`);
  };
  /** `集中培训课 课1`: what it is, and its id in the facts. */
  const activityOf = (kind: string, id: string): Bilingual => {
    const { zh, en } = named(rules.kinds[kind] ?? kind);
    return both(`${zh} ${id}`, `${en === '' ? zh : en} ${id}`);
  };
  const joined = (names: readonly string[]): Bilingual =>
    names.length === 0 ? NOTHING : both(names.join('、'), names.join(', '));

  const flagOf = ({ says, until, cycle }: ReportedFlag): Said => ({
    about: [named(says)],
    cycle: cycle.label,
    value: until === undefined ? YES : both(`到 ${until} 为止`, `until ${until}`),
    absent: NOTHING,
  });

  for (const one of people) {
    const whose = people.length > 1 ? [both(one.person, one.person)] : [];
    const put = (key: readonly unknown[], value: Said): void => {
      said.set(JSON.stringify([one.person, ...key]), { ...value, about: [...whose, ...value.about] });
    };
    for (const target of [...one.targets, ...one.earlier]) {
      const key = ['target', target.target, target.makesUp?.after, target.cycle.from];
      const title = targetTitle({ name: named(target.name), makesUp: target.makesUp ?? null });
      const cycle = target.cycle.label;
      put(key, { about: [title, NAMES.result], cycle, value: STATES[target.state], absent: NOT_COVERED });
      for (const { leaf, name, measure, required, earned, carried, share } of target.amounts) {
        const about = (what: Bilingual): Pick<Said, 'about' | 'cycle'> => ({
          about: [title, named(name), what],
          cycle,
        });
        const asked = share ? both(`≥ ${share.needed}`, `≥ ${share.needed}`) : amountOf(required, measure);
        put([...key, leaf, 'required'], { ...about(NAMES.required), value: asked, absent: NOTHING });
        put([...key, leaf, 'earned'], { ...about(NAMES.earned), value: amountOf(earned, measure) });
        put([...key, leaf, 'carried'], {
          ...about(NAMES.carried),
          value: amountOf(carried, measure),
          follows: true,
        });
      }
      const nameOf = new Map(target.amounts.map(({ leaf, name }) => [leaf, name]));
      const follow = (what: keyof typeof NAMES, value: Bilingual): void => {
        put([...key, what], { about: [title, NAMES[what]], cycle, value, follows: true });
      };
      follow('metBy', joined(target.metBy.map((leaf) => nameOf.get(leaf) ?? leaf)));
      follow('withoutCarryIn', target.metWithoutCarryIn ? YES : NOTHING);
      follow('reliefs', joined(target.reliefs.map(({ clause }) => clause)));
    }
    for (const { total, name, measure, amount, cycle } of one.totals)
      put(['total', total, cycle.from], {
        about: [named(name)],
        cycle: cycle.label,
        value: amountOf(amount, measure),
        absent: NOTHING,
      });
    for (const { rating, name, is, cycle } of one.ratings)
      put(['rating', rating, cycle.from], {
        about: [named(name)],
        cycle: cycle.label,
        value: is === undefined ? NOTHING : named(is),
        absent: NOT_COVERED,
      });
    for (const flag of one.flags) put(['flag', flag.flag, flag.cycle.from], flagOf(flag));
    for (const { clause, measure, part, amount, cycle } of one.carryOver)
      put(['carryOver', clause, measure, part, cycle.from], {
        about: [...(part === '' ? [] : [named(rules.parts?.[part] ?? part)]), NAMES.carryOver],
        cycle: cycle.label,
        value: amountOf(amount, measure),
        absent: NOTHING,
      });
    for (const { source, kind, line, rule, measure, occurredOn, amount, counted } of one.entries) {
      const key = ['entry', source.id, line, rule, measure, occurredOn];
      const about = [activityOf(kind, source.id), measureName(measure, rules)];
      put([...key, 'counted'], {
        about: [...about, NAMES.counted],
        cycle: null,
        value: amountOf(counted, measure),
        absent: NOT_COUNTED,
      });
      put([...key, 'amount'], {
        about: [...about, NAMES.worth],
        cycle: null,
        value: amountOf(amount, measure),
        follows: true,
      });
    }
    one.refusals.forEach((refusal) => {
      put(['refusal', refusal.activity, refusal.rule, refusal.reason], {
        about: [activityOf(refusal.kind, refusal.activity), NAMES.refused],
        cycle: null,
        value: both(sayRefusal(refusal, rules, 'zh'), sayRefusal(refusal, rules, 'en')),
        absent: NOTHING,
      });
    });
  }
  for (const flag of ofTeams)
    said.set(JSON.stringify(['team flag', flag.flag, flag.cycle.from]), flagOf(flag));
  for (const { team, name, amount, flags, cycle } of [...earlierTeams, ...teams]) {
    const put = (key: string, about: readonly Bilingual[], value: Bilingual): void => {
      said.set(JSON.stringify(['team', team, key, cycle.from]), {
        about,
        cycle: cycle.label,
        value,
        absent: NOTHING,
      });
    };
    put('amount', [named(name)], both(amount, amount));
    for (const { flag, says } of flags) put(flag, [named(name), named(says)], YES);
  }
  return said;
}

/** What moved alike in several cycles is one line. */
function gathered(differing: readonly (Said & { was: Bilingual; is: Bilingual })[]): ToldDifference[] {
  const lines = new Map<string, ToldDifference>();
  for (const { about, cycle, was, is } of differing) {
    const key = JSON.stringify([about.map(({ zh }) => zh), was.zh, is.zh]);
    const cycles = [...(lines.get(key)?.cycles ?? []), ...(cycle === null ? [] : [cycle])];
    lines.set(key, { about: [...about], cycles, was, is });
  }
  return [...lines.values()].map((line) => ({ ...line, cycles: inRuns([...new Set(line.cycles)].sort()) }));
}

/** Years that follow one another as a run, from three on: 2021–2025. */
function inRuns(labels: readonly string[]): string[] {
  const runs: string[][] = [];
  for (const label of labels) {
    const run = runs.at(-1);
    const follows = isYearLabel(label) && Number(label) === Number(run?.at(-1)) + 1;
    if (run && follows) run.push(label);
    else runs.push([label]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run));
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether two JSON values are the same, whatever the order of their fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (!isTree(one) || !isTree(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const at = (tree: object, key: string): unknown => (tree as Record<string, unknown>)[key];
  return [...keys].every((key) => isSame(at(one, key), at(other, key)));
}
