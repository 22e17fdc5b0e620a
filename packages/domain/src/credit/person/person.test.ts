import { describe, expect, it } from 'vitest';
import {
  groupsMoveDaily,
  groupsOn,
  personAsRecorded,
  PersonFacts,
  rankChanges,
  turnsOf,
  type CreditPerson,
} from './person';
import { anyone, sample } from '../testing/sample';

const regulation = sample({
  ranks: { 一级警督: '县处级正职' },
  groups: {
    division: { name: '处级', where: { rank: { atLeast: '四级调研员' } } },
    young: { name: '青年', where: { age: { below: 50 }, sex: 'female' } },
    heads: { name: '负责人', where: { anyOf: [{ leading: true }, { role: ['校长', '书记'] }] } },
    local: { name: '本单位', where: { unit: '教育局', category: '公务员' } },
    newcomers: { name: '新人', where: { tenureMonths: { below: 12 }, probation: true } },
    seasoned: { name: '任现职满两年', where: { monthsInRank: { atLeast: 24 } } },
    promoted: {
      name: '跨级提任',
      where: { rankBefore: { below: '四级调研员' }, rank: { above: '一级主任科员', atMost: '县处级副职' } },
    },
  },
});
const groups = (person: CreditPerson, date: string): string[] => [...groupsOn(person, date, regulation)];

describe('a person on a date', () => {
  it('has the higher of post and grade, by code or Chinese name', () => {
    const rank = (history: CreditPerson['history']): string[] => groups({ id: 'p', history }, '2024-01-01');
    expect(rank([{ postLevel: 'section-head' }, { grade: '三级调研员' }])).toContain('division');
    expect(rank([{ postLevel: '乡科级正职' }, { grade: 'principal-1' }])).not.toContain('division');
    expect(rank([{ grade: '一级警督' }])).toContain('division');
    expect(rank([{ grade: '没有的职级' }])).toEqual([]);
  });

  it('has held since ever what has no first day, and a later row comes after it', () => {
    const history = [
      { from: '2023-06-01', grade: '三级调研员' },
      { to: '2023-05-31', grade: '一级科员' },
      { postLevel: '乡科级正职' },
    ];
    const on = (date: string): boolean => groups({ id: 'p', history }, date).includes('division');
    expect([on('2023-05-31'), on('2023-06-01')]).toEqual([false, true]);
    expect(turnsOf({ id: 'p', history })).toEqual(['2023-06-01']);
    expect(rankChanges({ id: 'p', history }, regulation)).toMatchObject([
      { on: '', after: '乡科级正职', kind: 'other' },
      { on: '2023-06-01', before: '乡科级正职', after: '三级调研员', kind: 'promotion' },
    ]);
  });

  it('takes a rank that is in no table for the lowest', () => {
    const history = [
      { from: '2022-01-01', to: '2022-12-31', grade: '没有的职级' },
      { from: '2023-01-01', to: '2023-12-31', grade: '二级科员' },
      { from: '2024-01-01', grade: '也没有的' },
    ];
    expect(rankChanges({ id: 'p', history }, regulation).map(({ kind }) => kind)).toEqual([
      'other',
      'promotion',
      'other',
    ]);
  });

  it('keeps an open row until a later one names the same thing; rows with an end overlap', () => {
    const history = [
      { from: '2015-01-01', postLevel: '乡科级正职', roles: ['书记'] },
      { from: '2020-01-01', postLevel: '县处级副职' },
      { from: '2022-01-01', to: '2022-12-31', roles: ['校长'] },
    ];
    const facts = (date: string): PersonFacts => new PersonFacts({ id: 'p', history }, date, regulation);
    expect(facts('2019-12-31').value('rank')).toBe('乡科级正职');
    expect(facts('2020-01-01').value('rank')).toBe('县处级副职');
    expect(facts('2022-06-01').value('role')).toEqual(['书记', '校长']);
    expect(facts('2023-06-01').value('role')).toEqual(['书记']);
    expect(facts('2023-06-01').value('nothing')).toBeUndefined();
  });

  it('has an age, a length of service and a time in the rank, moving daily', () => {
    const person: CreditPerson = {
      id: 'p',
      birthDate: '1974-06-15',
      sex: 'female',
      employedOn: '2024-01-15',
      history: [{ from: '2022-06-15', grade: '一级科员', probation: true }],
    };
    expect(groups(person, '2024-06-14')).toEqual(['young', 'newcomers']);
    expect(groups(person, '2024-06-15')).toEqual(['newcomers', 'seasoned']);
    expect(groups(person, '2025-01-15')).toEqual(['seasoned']);
    expect(groupsMoveDaily(regulation)).toBe(true);
    expect(groupsMoveDaily(sample())).toBe(false);
  });

  it('has been in a group since it last entered it', () => {
    const licensed = sample({
      groups: {
        licensed: { name: '执业', where: { role: '执业', not: { role: '借调' } } },
        fresh: { name: '新执业', where: { monthsIn: { licensed: { below: 12 } } } },
      },
    });
    const who: CreditPerson = {
      id: 'p',
      employedOn: '2015-07-01',
      history: [
        { from: '2015-07-01', to: '2023-08-31', roles: ['非执业'] },
        { from: '2023-09-01', roles: ['执业'] },
        { from: '2025-03-01', to: '2025-05-31', roles: ['借调'] },
      ],
    };
    const months = (date: string, person = who): string | undefined =>
      new PersonFacts(person, date, licensed).monthsIn('licensed')?.toString();
    expect(['2023-08-31', '2023-09-01', '2024-08-31', '2024-09-01'].map((day) => months(day))).toEqual([
      undefined,
      '0',
      '11',
      '12',
    ]);
    // A secondment takes the person out; the day after it is the one of return.
    expect(['2025-05-31', '2025-06-01', '2025-07-01'].map((day) => months(day))).toEqual([
      undefined,
      '0',
      '1',
    ]);
    expect(months('2024-01-01', { id: 'p', history: [{ roles: ['执业'] }] })).toBeUndefined();
    expect(new PersonFacts(who, '2024-01-01', licensed).monthsIn('nobody')).toBeUndefined();
    const fresh = (date: string): boolean => groupsOn(who, date, licensed).has('fresh');
    expect([fresh('2023-08-31'), fresh('2024-08-31'), fresh('2024-09-01')]).toEqual([false, true, false]);
    expect(groupsMoveDaily(licensed)).toBe(true);
  });

  it('belongs to groups by post, role, unit and category', () => {
    expect(groups({ id: 'p', history: [{ leading: true }] }, '2024-01-01')).toEqual(['heads']);
    expect(groups({ id: 'p', history: [{ roles: ['书记'] }] }, '2024-01-01')).toEqual(['heads']);
    expect(
      groups({ id: 'p', history: [{ units: ['市', '教育局'], category: '公务员' }] }, '2024-01-01'),
    ).toEqual(['local']);
  });

  it('is in no group before the first and after the last row, and without a history only by what is known', () => {
    const retired: CreditPerson = {
      id: 'p',
      history: [{ from: '2000-01-01', to: '2024-06-30', postLevel: '县处级正职' }],
    };
    expect(groups(retired, '2024-06-30')).toEqual(['division', 'seasoned']);
    expect(groups(retired, '2024-07-01')).toEqual([]);
    expect(groups(anyone, '2024-07-01')).toEqual([]);
    expect(turnsOf(retired)).toEqual(['2000-01-01', '2024-07-01']);
  });

  it('is promoted by a higher rank only, and remembers the one before', () => {
    const person: CreditPerson = {
      id: 'p',
      history: [
        { from: '2010-01-01', grade: '一级科员' },
        { from: '2015-01-01', postLevel: '乡科级副职' },
        { from: '2018-01-01', postLevel: '乡科级副职' },
        { from: '2020-01-01', to: '2021-12-31', postLevel: '县处级副职' },
      ],
    };
    expect(
      rankChanges(person, regulation).map(({ on, before, after, kind }) => [on, before, after, kind]),
    ).toEqual([
      ['2010-01-01', undefined, '一级科员', 'other'],
      ['2015-01-01', '一级科员', '乡科级副职', 'promotion'],
      ['2020-01-01', '乡科级副职', '县处级副职', 'promotion'],
    ]);
    expect(groups(person, '2020-06-01')).toContain('promoted');
    expect(groups(person, '2010-06-01')).toEqual([]);
  });

  it('is what had been recorded by a day', () => {
    const person: CreditPerson = {
      id: 'p',
      history: [
        { from: '2020-01-01', grade: '一级科员' },
        { from: '2024-01-01', postLevel: '县处级副职', recordedOn: '2024-05-01' },
      ],
      circumstances: [{ kind: '病假', from: '2024-01-01', recordedOn: '2024-06-01' }],
      openings: [{ id: 'o', on: '2024-01-01', measure: 'hours', amount: 1, recordedOn: '2024-07-01' }],
    };
    const known = personAsRecorded(person, '2024-05-01');
    expect([known.history.length, known.circumstances?.length, known.openings?.length]).toEqual([2, 0, 0]);
    expect(personAsRecorded(anyone, '2024-05-01')).toEqual(anyone);
  });
});
