import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { AssessmentYear } from '@cadre/domain/assessment';
import { toCivilDate } from '@cadre/domain/core';
import { servedIn, type Person } from '@cadre/domain/identity';

export interface PeopleOfYearDeps {
  people: Pick<PersonRepository, 'listActive' | 'listEverIn'>;
  units: Pick<UnitRepository, 'list'>;
}

/** Whom a year is about: today's people while it is open, and for its snapshot those who served on the day of the cut-off. */
export function createPeopleOfYear({ people, units }: PeopleOfYearDeps) {
  /** Those who served in the year's units on the day of its cut-off, as it was recorded by the end of that day. */
  const atCutOff = async ({ unitId, cutOffAt }: AssessmentYear): Promise<Person[]> => {
    const own = new Set((await units.list([unitId])).map(({ id }) => id));
    const day = toCivilDate(cutOffAt);
    const ever = await people.listEverIn([...own]);
    return ever.filter((person) => own.has(servedIn(person, day) ?? ''));
  };
  return {
    atCutOff,
    of: (year: AssessmentYear): Promise<Person[]> =>
      year.state === 'frozen' ? atCutOff(year) : people.listActive([year.unitId]),
  };
}
