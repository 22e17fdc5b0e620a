import { addDays, AppError, type CivilDate, type Id } from '../core';
import type { ChangeHistoryInput } from './directory.io';
import { homeUnitHeldOn, historyAsRecorded, serviceEndOn, type Affiliation, type Person } from './person';
import type { Unit } from './unit';

/** Ends what is open the day before; a row that would begin and end in the wrong order is refused. */
function endOpen<
  Row extends { from: CivilDate; to: CivilDate | null; endRecordedOn?: CivilDate | undefined },
>(rows: readonly Row[], on: CivilDate, recordedOn: CivilDate): Row[] {
  return rows.map((row) => {
    if (row.to !== null) return row;
    if (row.from >= on) throw new AppError('HISTORY_OUT_OF_ORDER', { from: row.from, on });
    return { ...row, to: addDays(on, -1), endRecordedOn: recordedOn };
  });
}

/** A secondment that goes on after a day: one without an end, or with a later one. */
export const goesOnAfter = ({ kind, to }: Affiliation, day: CivilDate): boolean =>
  kind === 'secondment' && (to === null || to > day);

/** Ends the secondment to a unit on a day, its last one; one whose end was planned ends sooner. */
function endSecondment(person: Person, unitId: string, on: CivilDate, recordedOn: CivilDate): Person {
  const isMeant = (held: Person['affiliations'][number]): boolean =>
    held.unitId === unitId && goesOnAfter(held, on);
  const open = person.affiliations.find(isMeant);
  if (!open) throw new AppError('NOT_FOUND');
  if (on < open.from) throw new AppError('HISTORY_OUT_OF_ORDER', { from: open.from, on });
  return {
    ...person,
    affiliations: person.affiliations.map((held) =>
      held === open
        ? {
            ...held,
            to: on,
            endRecordedOn: recordedOn,
            ...(held.to === null ? {} : { endBefore: held.to }),
          }
        : held,
    ),
  };
}

/** Is a unit somebody's own one on any day between two? */
const isOwnWithin = ({ affiliations }: Person, unitId: Id, from: CivilDate, to: CivilDate | null): boolean =>
  affiliations.some(
    (held) =>
      held.kind === 'home' &&
      held.unitId === unitId &&
      (to === null || held.from <= to) &&
      (held.to === null || held.to >= from),
  );

/**
 * A person's record after a change that takes effect on a day: the row that was open ends the day before, a new one
 * begins. Rows of the past never change, and both the new row and the end of the old one say on which day they were
 * recorded, so that "as of" an earlier day gives the same answer. A change is recorded on its day or later, since unit
 * and status are those of today. Of somebody whose service has ended nothing is recorded but that it goes on.
 */
export function changeHistory(
  person: Person,
  { on, change }: ChangeHistoryInput,
  target: Unit | null,
  recordedOn: CivilDate,
): Person {
  if (on > recordedOn) throw new AppError('HISTORY_NOT_YET', { on, today: recordedOn });
  if (person.status !== 'active' && change.kind !== 'reinstate')
    throw new AppError('PERSON_NOT_SERVING', { until: serviceEndOn(person, recordedOn) ?? '' });
  switch (change.kind) {
    case 'transfer': {
      if (!target) throw new AppError('NOT_FOUND');
      if (target.id === person.unitId) throw new AppError('ALREADY_IN_UNIT', { unitId: target.id });
      const homes = person.affiliations.filter((held) => held.kind === 'home');
      const others = person.affiliations.filter((held) => held.kind !== 'home');
      return {
        ...person,
        unitId: target.id,
        unitPath: target.path,
        affiliations: [
          ...endOpen(homes, on, recordedOn),
          { unitId: target.id, kind: 'home', from: on, to: null, recordedOn },
          ...others,
        ],
      };
    }
    case 'second':
      if (change.to !== null && change.to < on)
        throw new AppError('HISTORY_OUT_OF_ORDER', { from: on, on: change.to });
      if (isOwnWithin(person, change.unitId, on, change.to))
        throw new AppError('ALREADY_IN_UNIT', { unitId: change.unitId });
      return {
        ...person,
        affiliations: [
          ...person.affiliations,
          { unitId: change.unitId, kind: 'secondment', from: on, to: change.to, recordedOn },
        ],
      };
    case 'second-end':
      return endSecondment(person, change.unitId, on, recordedOn);
    case 'post': {
      const ended = endOpen(person.posts, on, recordedOn);
      const begun =
        change.postLevel === null
          ? []
          : [{ postLevel: change.postLevel, title: change.title, from: on, to: null, recordedOn }];
      return { ...person, posts: [...ended, ...begun] };
    }
    case 'grade': {
      const ended = endOpen(person.grades, on, recordedOn);
      return {
        ...person,
        grades: [
          ...ended,
          ...(change.grade === null ? [] : [{ grade: change.grade, from: on, to: null, recordedOn }]),
        ],
      };
    }
    case 'retire':
      return {
        ...person,
        status: 'retired',
        posts: endOpen(person.posts, on, recordedOn),
        grades: endOpen(person.grades, on, recordedOn),
        affiliations: endOpen(person.affiliations, on, recordedOn),
      };
    case 'reinstate':
      return reinstate(person, on, target, recordedOn);
  }
}

/**
 * Service that had ended goes on in a unit from a day after its end, with the post and the grade that ended with it.
 * From the very next day it corrects a retirement recorded by mistake: nothing is missing then, and "as of" the days
 * between still shows what was known on them.
 */
function reinstate(person: Person, on: CivilDate, target: Unit | null, recordedOn: CivilDate): Person {
  const end = serviceEndOn(person, recordedOn);
  if (!target || end === null) throw new AppError('NOT_FOUND');
  if (on <= end) throw new AppError('HISTORY_OUT_OF_ORDER', { from: end, on });
  const again = <Row extends Dated>(rows: readonly Row[]): Row[] =>
    rows.flatMap((row) => {
      const { endRecordedOn: _end, endBefore: _before, ...held } = row;
      return row.to === end ? [{ ...held, from: on, to: null, recordedOn } as Row] : [];
    });
  return {
    ...person,
    unitId: target.id,
    unitPath: target.path,
    status: 'active',
    affiliations: [
      ...person.affiliations,
      { unitId: target.id, kind: 'home', from: on, to: null, recordedOn },
    ],
    posts: [...person.posts, ...again(person.posts)],
    grades: [...person.grades, ...again(person.grades)],
  };
}

type Dated = Person['affiliations'][number] | Person['posts'][number] | Person['grades'][number];
const touchedOn = ({ recordedOn, endRecordedOn }: Dated, day: CivilDate): boolean =>
  recordedOn === day || endRecordedOn === day;

/** Was anything recorded in the history on this day that can still be withdrawn on it? */
export const hasRecordedOn = (
  { affiliations, posts, grades }: Pick<Person, 'affiliations' | 'posts' | 'grades'>,
  day: CivilDate,
): boolean => [...affiliations, ...posts, ...grades].some((row) => touchedOn(row, day));

/**
 * A person's record without what was recorded on a day, which must be today: until its end no "as of" shows it, so
 * nothing that stands for ever rests on it. `home` gives the path of the unit it leads back to.
 */
export function withdrawRecordedOn(
  person: Person,
  today: CivilDate,
  home: (unitId: Id) => Unit | null,
): Person {
  if (!hasRecordedOn(person, today)) throw new AppError('NOTHING_TO_WITHDRAW', { on: today });
  const eve = addDays(today, -1);
  const before = historyAsRecorded(person, eve);
  const reopened = <Row extends Dated>(rows: readonly Row[]): Row[] =>
    rows.map((row) => {
      if (row.endRecordedOn !== today) return row;
      const { endRecordedOn: _end, endBefore: _before, ...rest } = row;
      return rest as Row;
    });
  const history = {
    affiliations: reopened(before.affiliations),
    posts: reopened(before.posts),
    grades: reopened(before.grades),
  };
  const restored = { ...person, ...history };
  const unitId = homeUnitHeldOn(restored, today);
  const unit = unitId === person.unitId ? { id: person.unitId, path: person.unitPath } : home(unitId);
  if (!unit) throw new AppError('NOT_FOUND');
  const isServing = serviceEndOn(restored, today) === null;
  return {
    ...restored,
    unitId: unit.id,
    unitPath: unit.path,
    status: isServing ? 'active' : person.status === 'active' ? 'retired' : person.status,
  };
}

/** What a change does to the rows of a history, for whoever is about to record it. */
export interface HistoryStep {
  readonly kind: 'begins' | 'ends' | 'withdrawn' | 'reopens';
  readonly row: Dated;
}

/** The difference between two states of a person's history, row by row: first what ends, then what begins. */
export function historySteps(
  before: Pick<Person, 'affiliations' | 'posts' | 'grades'>,
  after: Pick<Person, 'affiliations' | 'posts' | 'grades'>,
): HistoryStep[] {
  const keyOf = (row: Dated): string => {
    const what =
      'unitId' in row
        ? `${row.kind} ${row.unitId}`
        : 'grade' in row
          ? row.grade
          : `${row.postLevel} ${row.title}`;
    return `${what} ${row.from} ${row.recordedOn ?? ''}`;
  };
  const rowsOf = ({ affiliations, posts, grades }: typeof before): Map<string, Dated> =>
    new Map([...affiliations, ...posts, ...grades].map((row) => [keyOf(row), row]));
  const [was, is] = [rowsOf(before), rowsOf(after)];
  const moved = [...is].flatMap(([key, row]): HistoryStep[] => {
    const old = was.get(key);
    if (!old) return [{ kind: 'begins', row }];
    return old.to === row.to
      ? []
      : [{ kind: row.to === null || (old.to !== null && row.to > old.to) ? 'reopens' : 'ends', row }];
  });
  const gone = [...was]
    .filter(([key]) => !is.has(key))
    .map(([, row]): HistoryStep => ({ kind: 'withdrawn', row }));
  const order = ['withdrawn', 'ends', 'reopens', 'begins'];
  return [...gone, ...moved].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
