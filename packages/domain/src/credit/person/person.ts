import { Exact } from '../value/exact';
import { storableNumber } from '../value/measure';
import { z } from 'zod';
import { addDays, civilDate, type CivilDate } from '../../core';
import { RANK_CODES } from '../../identity';
import { fullMonthsBetween } from '../value/calendar';
import { holds, undecidedBy, type Condition, type FactSource, type FactValue } from '../regulation/condition';
import { listOf, type Names } from '../regulation/earning-schema';
import type { PersonFactKey } from '../regulation/fact-names';
import { oncePer } from '../value/once-per';
import type { Regulation } from '../regulation/regulation-schema';

const words = z.string().min(1);

/**
 * What was true of a person for some time: post, grade, roles, units … A row without `to` lasts until a later row
 * names the same thing; rows may overlap (a second post, a secondment).
 */
export const historyRow = z.strictObject({
  from: civilDate.optional(),
  to: civilDate.optional(),
  postLevel: words.optional(),
  grade: words.optional(),
  leading: z.boolean().optional(),
  roles: z.array(words).optional(),
  units: z.array(words).optional(),
  category: words.optional(),
  probation: z.boolean().optional(),
  recordedOn: civilDate.optional(),
});
export type HistoryRow = z.infer<typeof historyRow>;

/** An approved circumstance that may give relief: sick leave, maternity leave, secondment abroad … */
export const circumstance = z.strictObject({
  kind: words,
  from: civilDate,
  to: civilDate.optional(),
  approved: z.boolean().optional(),
  recordedOn: civilDate.optional(),
});
export type Circumstance = z.infer<typeof circumstance>;

/** A starting balance taken over from elsewhere. */
export const opening = z.strictObject({
  id: words,
  on: civilDate,
  measure: words,
  part: words.optional(),
  amount: storableNumber,
  recordedOn: civilDate.optional(),
});
export type Opening = z.infer<typeof opening>;

/** A person as the rules see one. */
export const creditPerson = z.strictObject({
  id: words,
  name: z.string().optional(),
  birthDate: civilDate.optional(),
  sex: z.enum(['male', 'female']).optional(),
  employedOn: civilDate.optional(),
  history: z.array(historyRow),
  circumstances: z.array(circumstance).optional(),
  openings: z.array(opening).optional(),
});
export type CreditPerson = z.infer<typeof creditPerson>;

const RANK_ORDER = new Map<string, number>(
  RANK_CODES.flatMap((rank) => [
    [rank.code, rank.order],
    [rank.name.zh, rank.order],
  ]),
);

/** The order of a rank by code, Chinese name, or a further name that the regulation equates with one. */
export function rankOrder(name: string, regulation: Pick<Regulation, 'ranks'>): number | undefined {
  return RANK_ORDER.get(name) ?? RANK_ORDER.get(regulation.ranks?.[name] ?? '');
}

/** Only what had been recorded by the end of the day. */
export function personAsRecorded(person: CreditPerson, asOf: CivilDate): CreditPerson {
  const known = <Row extends { recordedOn?: string | undefined }>(rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.recordedOn === undefined || row.recordedOn <= asOf);
  return {
    ...person,
    history: known(person.history),
    ...(person.circumstances ? { circumstances: known(person.circumstances) } : {}),
    ...(person.openings ? { openings: known(person.openings) } : {}),
  };
}

/** What of everybody there is, and the record that says it. */
const EVERYBODY_HAS = {
  sex: 'sex',
  category: 'category',
  birthDate: 'birthDate',
  age: 'birthDate',
  employedOn: 'employedOn',
  tenureMonths: 'employedOn',
  inRankSince: 'inRankSince',
  monthsInRank: 'inRankSince',
} as const satisfies Partial<Record<PersonFactKey, PersonFactKey>>;

const isOn = ({ from = '', to }: HistoryRow, date: CivilDate): boolean =>
  from <= date && (to === undefined || date <= to);

/** Whether a person is in service on a date: somebody with a history only where a row of it covers that date. */
export const isInService = ({ history }: CreditPerson, date: CivilDate): boolean =>
  history.length === 0 || history.some((row) => isOn(row, date));

/** A person on one date. */
export class PersonFacts implements FactSource {
  readonly #person: CreditPerson;
  readonly #date: CivilDate;
  readonly #regulation: Pick<Regulation, 'ranks' | 'groups'>;
  readonly #rows: readonly HistoryRow[];

  constructor(person: CreditPerson, date: CivilDate, regulation: Pick<Regulation, 'ranks' | 'groups'>) {
    this.#person = person;
    this.#date = date;
    this.#regulation = regulation;
    this.#rows = person.history.filter((row) => isOn(row, date));
  }

  rankOrder(name: string): number | undefined {
    return rankOrder(name, this.#regulation);
  }

  /** Since the last time the person entered the group; unknown outside it, or if the history begins in it without a day. */
  monthsIn(group: string): Exact | undefined {
    const since = joiningsOf(this.#person, group, this.#regulation).findLast((day) => day <= this.#date);
    return since !== undefined && belongs(this.#person, this.#date, group, this.#regulation)
      ? this.#months(since, 1)
      : undefined;
  }

  value(fact: string): FactValue | undefined {
    switch (fact) {
      case 'rank':
        return rankIn(this.#rows, this.#regulation);
      case 'rankBefore':
        return this.#rankBefore();
      case 'role':
        return this.#held('roles').flatMap((row) => row.roles ?? []);
      case 'unit':
        return this.#rows.flatMap((row) => row.units ?? []);
      case 'category':
      case 'leading':
      case 'probation':
        return this.#held(fact).at(-1)?.[fact];
      case 'sex':
        return this.#person.sex;
      case 'birthDate':
      case 'employedOn':
        return this.#person[fact];
      case 'inRankSince':
        return this.#inRankSince();
      case 'age':
        return this.#months(this.#person.birthDate, 12);
      case 'tenureMonths':
        return this.#months(this.#person.employedOn, 1);
      case 'monthsInRank':
        return this.#months(this.#inRankSince(), 1);
      default:
        return undefined;
    }
  }

  /**
   * What the record lacks to know a fact that everybody has: a date of birth for an age. Of a rank, a role or a unit the
   * absence says that there is none, and so it does of the category outside service.
   */
  #lacking(fact: string): PersonFactKey | undefined {
    const recorded = (EVERYBODY_HAS as Readonly<Record<string, PersonFactKey | undefined>>)[fact];
    if (recorded === undefined || this.value(fact) !== undefined) return undefined;
    if (recorded === 'category' && !isInService(this.#person, this.#date)) return undefined;
    return recorded === 'inRankSince' && this.value('rank') === undefined ? undefined : recorded;
  }

  /** The facts that it takes to know whether a condition holds, and that are not recorded. */
  undecidedBy(condition: Condition): readonly PersonFactKey[] {
    if (!asksWhatEverybodyHas(condition)) return [];
    return undecidedBy(condition, this, (fact) => this.#lacking(fact)) as readonly PersonFactKey[];
  }

  #held(attribute: keyof HistoryRow): HistoryRow[] {
    return standing(this.#rows, attribute);
  }

  /** The day of the last change of rank, if it is known. */
  #inRankSince(): CivilDate | undefined {
    const change = rankChanges(this.#person, this.#regulation).findLast(({ on }) => on <= this.#date);
    return change?.on === '' ? undefined : change?.on;
  }

  #rankBefore(): string | undefined {
    return rankChanges(this.#person, this.#regulation)
      .filter((change) => change.on <= this.#date && change.kind === 'promotion')
      .at(-1)?.before;
  }

  #months(since: CivilDate | undefined, divisor: number): Exact | undefined {
    if (since === undefined) return undefined;
    return Exact.of(Math.floor(fullMonthsBetween(since, this.#date) / divisor));
  }
}

/** The rows that hold an attribute: those with an end, and of the open-ended ones the latest. */
function standing(rows: readonly HistoryRow[], attribute: keyof HistoryRow): HistoryRow[] {
  const holding = rows.filter((row) => row[attribute] !== undefined);
  const latestOpen = holding
    .filter((row) => row.to === undefined)
    .reduce((latest, row) => ((row.from ?? '') > latest ? (row.from ?? '') : latest), '');
  return holding
    .filter((row) => row.to !== undefined || (row.from ?? '') === latestOpen)
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
}

/** The higher of post and grade (职务层次, 职级). */
function rankIn(rows: readonly HistoryRow[], regulation: Pick<Regulation, 'ranks'>): string | undefined {
  const ranks = [
    ...standing(rows, 'postLevel').map((row) => row.postLevel),
    ...standing(rows, 'grade').map((row) => row.grade),
  ].filter((rank) => rank !== undefined);
  const order = (rank: string): number => rankOrder(rank, regulation) ?? -1;
  return ranks.reduce<string | undefined>(
    (top, rank) => (top === undefined || order(rank) > order(top) ? rank : top),
    undefined,
  );
}

export interface RankChange {
  readonly on: CivilDate;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** `appointment` is any new rank, a first one included; `promotion` only a higher one. */
  readonly kind: 'promotion' | 'other';
}

/** The days on which a person's rank changed, oldest first. */
export function rankChanges(person: CreditPerson, regulation: Pick<Regulation, 'ranks'>): RankChange[] {
  const days = [...new Set(person.history.map((row) => row.from ?? ''))].sort();
  const changes: RankChange[] = [];
  let before: string | undefined;
  for (const on of days) {
    const rows = person.history.filter((row) => isOn(row, on));
    const after = rankIn(rows, regulation);
    if (after === undefined || after === before) continue;
    const higher =
      before !== undefined && (rankOrder(after, regulation) ?? -1) > (rankOrder(before, regulation) ?? -1);
    changes.push({ on, before, after, kind: higher ? 'promotion' : 'other' });
    before = after;
  }
  return changes;
}

/** The sets of groups to which people belong together: one object each, so that what follows from it can be kept by it. */
const memberships = oncePer((_: Regulation) => new Map<string, ReadonlySet<string>>());

/** The names of the groups that a person belongs to on a date; outside service none. */
export function groupsOn(person: CreditPerson, date: CivilDate, regulation: Regulation): ReadonlySet<string> {
  const facts = new PersonFacts(person, date, regulation);
  const groups = isInService(person, date) ? Object.entries(regulation.groups ?? {}) : [];
  const ids = groups.filter(([, { where }]) => holds(where, facts)).map(([id]) => id);
  const known = memberships(regulation);
  const key = JSON.stringify(ids);
  const membership = known.get(key) ?? new Set(ids);
  known.set(key, membership);
  return membership;
}

/** Whether a person belongs to a group on a date. */
function belongs(
  person: CreditPerson,
  date: CivilDate,
  group: string,
  regulation: Pick<Regulation, 'ranks' | 'groups'>,
): boolean {
  const where = regulation.groups?.[group]?.where;
  return (
    where !== undefined &&
    isInService(person, date) &&
    holds(where, new PersonFacts(person, date, regulation))
  );
}

/** The days on which a person entered a group, oldest first. */
export const joiningsOf = (
  person: CreditPerson,
  group: string,
  regulation: Pick<Regulation, 'ranks' | 'groups'>,
): CivilDate[] =>
  turnsOf(person).filter(
    (day) => belongs(person, day, group, regulation) && !belongs(person, addDays(day, -1), group, regulation),
  );

/** The facts that it takes to know whether a person is in one of the groups on a date, and that are not recorded. */
export function groupsUndecidedBy(
  groups: Names | undefined,
  person: CreditPerson,
  date: CivilDate,
  regulation: Regulation,
): readonly PersonFactKey[] {
  const conditions: Condition[] = [];
  for (const group of listOf(groups)) {
    const where = regulation.groups?.[group]?.where;
    if (where) conditions.push(where);
  }
  if (!conditions.some(asksWhatEverybodyHas) || !isInService(person, date)) return [];
  return new PersonFacts(person, date, regulation).undecidedBy({ anyOf: conditions });
}

/** Whether a condition names a fact whose absence is a gap in the record: few do, and this is asked of everybody. */
const asksWhatEverybodyHas = oncePer((condition: Condition): boolean =>
  Object.keys(EVERYBODY_HAS).some((fact) => JSON.stringify(condition).includes(`"${fact}":`)),
);

/** The days on which a row of the history begins or has ended: between them only age and lengths of service move. */
export function turnsOf(person: CreditPerson): CivilDate[] {
  const days = person.history.flatMap(({ from, to }) =>
    [from ?? [], to === undefined ? [] : addDays(to, 1)].flat(),
  );
  return [...new Set(days)].sort();
}

const DAILY_FACTS = ['age', 'tenureMonths', 'monthsInRank', 'monthsIn'];

/** Whether a person may change groups on a day on which nothing in the history changes. */
export const groupsMoveDaily = oncePer((regulation: Regulation): boolean =>
  Object.values(regulation.groups ?? {}).some(movesDaily),
);

/** Whether membership of a group hangs on an age or a length of service. */
export const movesDaily = ({ where }: { readonly where: Condition }): boolean =>
  DAILY_FACTS.some((fact) => JSON.stringify(where).includes(`"${fact}":`));
