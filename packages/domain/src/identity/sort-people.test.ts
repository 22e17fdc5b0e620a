import { expect, it } from 'vitest';
import type { PeopleSort } from './directory.io';
import { sortPeople } from './sort-people';

const PEOPLE = [
  { personNo: 'TZ3', name: '林海燕', unit: '椒江区委', rank: 50 },
  { personNo: 'TZ1', name: '王敏', unit: '大陈镇', rank: 0 },
  { personNo: 'TZ2', name: '陈国平', unit: '椒江区委', rank: 50 },
];

it.each<[PeopleSort['key'], boolean, string[]]>([
  ['name', false, ['TZ2', 'TZ3', 'TZ1']],
  ['name', true, ['TZ1', 'TZ3', 'TZ2']],
  ['personNo', true, ['TZ3', 'TZ2', 'TZ1']],
  ['unit', false, ['TZ1', 'TZ2', 'TZ3']],
  ['unit', true, ['TZ2', 'TZ3', 'TZ1']],
  ['rank', true, ['TZ2', 'TZ3', 'TZ1']],
])('people by %s, descending %s, equals by person number', (key, descending, numbers) => {
  expect(sortPeople(PEOPLE, { key, descending }).map(({ personNo }) => personNo)).toEqual(numbers);
});
