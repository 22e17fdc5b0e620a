import type { CreditPerson } from '@cadre/domain/credit';
import type { Person } from '@cadre/domain/identity';

const withoutNull = <Value>(from: string, to: string | null, rest: Value) => ({
  from,
  ...(to === null ? {} : { to }),
  ...rest,
});

/** A person's record as the rules see one: the dated history of post, grade and unit. */
export function toCreditPerson(person: Person): CreditPerson {
  return {
    id: person.id,
    ...(person.birthDate === null ? {} : { birthDate: person.birthDate }),
    history: [
      ...person.posts.map((post) =>
        withoutNull(post.from, post.to, { postLevel: post.postLevel, leading: true }),
      ),
      ...person.grades.map((record) => withoutNull(record.from, record.to, { grade: record.grade })),
      ...person.affiliations.map((held) => withoutNull(held.from, held.to, { units: [held.unitId] })),
    ],
  };
}
