import type { CivilDate } from '@cadre/domain/core';
import type { CreditPerson } from '@cadre/domain/credit';
import { historyAsRecorded, serviceEndOn, type Person } from '@cadre/domain/identity';

const withoutNull = <Value>(from: string, to: string | null, rest: Value) => ({
  from,
  ...(to === null ? {} : { to }),
  ...rest,
});

/**
 * A person's record as the rules see one: the dated history of post, grade and unit, as recorded by the end of a day.
 * Service ends with the home unit, also where a secondment was to last longer.
 */
export function toCreditPerson(person: Person, asOf: CivilDate): CreditPerson {
  const { posts, grades, affiliations } = historyAsRecorded(person, asOf);
  const end = serviceEndOn(person, asOf);
  const served = affiliations
    .filter(({ from }) => end === null || from <= end)
    .map((held) => (end !== null && (held.to ?? end) >= end ? { ...held, to: end } : held));
  return {
    id: person.id,
    ...(person.birthDate === null ? {} : { birthDate: person.birthDate }),
    history: [
      ...posts.map((post) => withoutNull(post.from, post.to, { postLevel: post.postLevel, leading: true })),
      ...grades.map((record) => withoutNull(record.from, record.to, { grade: record.grade })),
      ...served.map((held) => withoutNull(held.from, held.to, { units: [held.unitId] })),
    ],
  };
}
