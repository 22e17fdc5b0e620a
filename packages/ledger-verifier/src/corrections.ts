import type { Findings } from './findings';
import type { EntryLine, SettlementLine } from './format';
import { later, nameOf, spanOf, type Regulation } from './rederive';
import type { Said } from './said';
import { dayIn } from './unsealed';

/** A number of a correction that cannot be: at entries, or at the settlement as a whole. */
export interface Misnumbered {
  place: { settlement: number } | { seq: number; to: number };
  said: Said;
}

type Numbered = Pick<SettlementLine, 'seq' | 'entryIds' | 'regulation' | 'recordedAt' | 'correction'>;
type Moved = Pick<EntryLine, 'seq' | 'occurredOn' | 'correction'>;

/** The regulations known in full, by the names that `rederive` uses: of others it is not known when a cycle ends. */
type Forms = ReadonlyMap<string, Regulation | null>;

const numberOf = (number: number | null): Said =>
  number === null ? { zh: '没有', en: 'none' } : { zh: `${number}`, en: `${number}` };

type Cycle = NonNullable<Regulation['cycles']>[string];

/** The last day of each period of a cycle that holds a day. */
function lastDays(cycle: Cycle, day: string): string[] {
  const holding = ({ from, to }: { from: string; to: string }): string[] =>
    from <= day && day <= to ? [to] : [];
  if ('windows' in cycle) return cycle.windows.flatMap(holding);
  for (let from = cycle.from, index = 1; from <= day; index += 1) {
    const period = spanOf(from, cycle.months);
    if (day <= period.to) return [period.to];
    from = later(cycle.from, index * cycle.months);
  }
  return [];
}

/** When the first cycle that holds a day ends, for each regulation and day found out once. */
const ends = new WeakMap<Regulation, Map<string, string>>();
function firstEndOf(day: string, regulation: Regulation): string {
  const known = ends.get(regulation) ?? new Map<string, string>();
  ends.set(regulation, known);
  const cycles = Object.values(regulation.cycles ?? {});
  const end = known.get(day) ?? cycles.flatMap((cycle) => lastDays(cycle, day)).sort()[0] ?? '9999';
  known.set(day, end);
  return end;
}

/** The day of an entry whose cycle was over when it was recorded, if any; undefined where the regulation does not tell. */
function closedDay(own: readonly Moved[], { regulation, recordedAt }: Numbered, forms: Forms) {
  const form = forms.get(nameOf(regulation));
  const today = dayIn(recordedAt);
  if (!form || today === null) return undefined;
  return own.find(({ occurredOn }) => firstEndOf(occurredOn, form) < today)?.occurredOn ?? null;
}

function sayWrong(number: number | null, due: number, closed: string | null | undefined): Said {
  const { zh, en } = numberOf(number);
  if (closed === null)
    return {
      zh: `写着更正编号 ${zh}，动到的周期那时却都没有结束：不该有更正编号`,
      en: `has correction number ${en}, though no cycle that it moves was over then: it ought to have none`,
    };
  const why =
    typeof closed === 'string'
      ? {
          zh: `（动到 ${closed} 所在的周期，记入时已经结束）`,
          en: ` (it moves the cycle of ${closed}, which was over when it was recorded)`,
        }
      : { zh: '', en: '' };
  return number === null
    ? {
        zh: `更正编号没有了：应是 ${due}${why.zh}`,
        en: `has no correction number: it ought to be ${due}${why.en}`,
      }
    : {
        zh: `更正编号不连续：写着 ${zh}，应是 ${due}${why.zh}`,
        en: `the correction numbers do not follow each other: it is ${en}, and ought to be ${due}${why.en}`,
      };
}

/** Entries whose number is not the one of their settlement. */
function unlikeTheirs(own: readonly Moved[], number: number | null, seq: number): Misnumbered[] {
  const other = own.filter(({ correction = null }) => correction !== number);
  const [first, last] = [other[0], other.at(-1)];
  if (!first || !last) return [];
  const [is, ought] = [numberOf(first.correction ?? null), numberOf(number)];
  return [
    {
      place: { seq: first.seq, to: last.seq },
      said: {
        zh: `更正编号是 ${is.zh}，第 ${seq} 次结算（它的那次）写的却是 ${ought.zh}`,
        en: `the correction number is ${is.en}, but settlement ${seq}, to which it belongs, has ${ought.en}`,
      },
    },
  ];
}

/**
 * Each settlement that moves a cycle which was over carries the person's next number, its entries the same one, and
 * nothing else carries any. Of chains that join, with all entries listed in their order.
 */
export function misnumbered(
  settlements: readonly Numbered[],
  entries: readonly Moved[],
  forms: Forms,
): Misnumbered[] {
  const found: Misnumbered[] = [];
  /** What the number before may be: after a wrong one, that and the right one. */
  let before = [0];
  let place = 0;
  for (const settlement of settlements) {
    const { seq, entryIds } = settlement;
    const own = entries.slice(place, place + entryIds.length);
    place += entryIds.length;
    const number =
      settlement.correction ?? (settlement.correction === null ? null : (own[0]?.correction ?? null));
    found.push(...unlikeTheirs(own, number, seq));
    const closed = closedDay(own, settlement, forms);
    const due = before[0]! + 1;
    const isNext = number !== null && before.includes(number - 1);
    const isRight = number === null ? typeof closed !== 'string' : closed !== null && isNext;
    if (!isRight) found.push({ place: { settlement: seq }, said: sayWrong(number, due, closed) });
    if (isRight && number !== null) before = [number];
    else if (!isRight) before = closed === null ? [due - 1, number ?? due] : [due, number ?? due];
  }
  return found;
}

/** Says each where it is, in the lines in which the person's chains begin. */
export function addMisnumbered(
  wrong: readonly Misnumbered[],
  { begins }: { begins: { seq: number; settlement: number } },
  findings: Findings,
): void {
  for (const { place, said } of wrong) {
    const line = 'seq' in place ? begins.seq + place.seq : begins.settlement + place.settlement;
    findings.add('correction', said, place, line - 1);
  }
}
