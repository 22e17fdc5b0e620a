import { addDays, AppError, type CivilDate } from '../core';
import type { ChangeHistoryInput } from './directory.io';
import type { Person } from './person';
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

/** Ends the open secondment to a unit on a day, its last one. */
function endSecondment(person: Person, unitId: string, on: CivilDate, recordedOn: CivilDate): Person {
  const isMeant = (held: Person['affiliations'][number]): boolean =>
    held.kind === 'secondment' && held.unitId === unitId && held.to === null;
  const open = person.affiliations.find(isMeant);
  if (!open) throw new AppError('NOT_FOUND');
  if (on < open.from) throw new AppError('HISTORY_OUT_OF_ORDER', { from: open.from, on });
  return {
    ...person,
    affiliations: person.affiliations.map((held) =>
      held === open ? { ...held, to: on, endRecordedOn: recordedOn } : held,
    ),
  };
}

/**
 * A person's record after a change that takes effect on a day: the row that was open ends the day before, a new one
 * begins. Rows of the past never change, and both the new row and the end of the old one say on which day they were
 * recorded, so that "as of" an earlier day gives the same answer. A change is recorded on its day or later, since unit
 * and status are those of today.
 */
export function changeHistory(
  person: Person,
  { on, change }: ChangeHistoryInput,
  target: Unit | null,
  recordedOn: CivilDate,
): Person {
  if (on > recordedOn) throw new AppError('HISTORY_NOT_YET', { on, today: recordedOn });
  switch (change.kind) {
    case 'transfer': {
      if (!target) throw new AppError('NOT_FOUND');
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
  }
}
