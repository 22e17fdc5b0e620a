import type { PeopleSort } from './directory.io';

/** What a list of people is put in order by. */
export interface PersonKeys {
  readonly personNo: string;
  readonly name: string;
  readonly unit: string;
  /** The order of the rank held today; 0 for none. */
  readonly rank: number;
}

/** Chinese by its pinyin. */
const { compare } = new Intl.Collator('zh-CN');

const ORDERS: Readonly<Record<PeopleSort['key'], (a: PersonKeys, b: PersonKeys) => number>> = {
  name: (a, b) => compare(a.name, b.name),
  personNo: (a, b) => compare(a.personNo, b.personNo),
  unit: (a, b) => compare(a.unit, b.unit),
  rank: (a, b) => a.rank - b.rank,
};

/** People in the order asked for; who is equal in it stands by person number. */
export function sortPeople<Person extends PersonKeys>(
  people: readonly Person[],
  { key, descending }: PeopleSort,
): Person[] {
  const order = ORDERS[key];
  return [...people].sort((a, b) => (descending ? order(b, a) : order(a, b)) || ORDERS.personNo(a, b));
}
