import { describe, expect, it } from 'vitest';
import { AppError, type CivilDate } from '../core';
import { changeHistory, hasRecordedOn, historySteps, withdrawRecordedOn } from './change-history';
import type { ChangeHistoryInput } from './directory.io';
import {
  homeUnitHeldOn,
  begunHomeUnitOn,
  homeUnitOn,
  inPlaceSince,
  rankOn,
  servedIn,
  serviceEndOn,
  type Person,
} from './person';
import { movesOf, sayMove } from './person-moves';
import type { Unit } from './unit';

const ID = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const [OLD, NEW, HOST] = [ID(1), ID(2), ID(3)];
const unitOf = (id: string): Unit => ({
  id,
  code: id.slice(-4),
  name: { zh: `单位${id.slice(-1)}`, en: `Unit ${id.slice(-1)}` },
  kind: 'organ',
  parentId: null,
  path: [id],
  demo: false,
});
const NAMES = new Map([OLD, NEW, HOST].map((id) => [id, unitOf(id).name]));

const person: Person = {
  id: ID(9),
  personNo: 'P1',
  name: '林海燕',
  birthDate: null,
  unitId: OLD,
  unitPath: [OLD],
  affiliations: [{ unitId: OLD, kind: 'home', from: '2020-01-01', to: null }],
  posts: [{ postLevel: 'section-head', title: '科长', from: '2020-01-01', to: null }],
  grades: [],
  status: 'active',
  demo: false,
};

/** Changes one after the other, each recorded on its day unless another is given. */
function after(
  ...changes: [on: CivilDate, change: ChangeHistoryInput['change'], recordedOn?: CivilDate][]
): Person {
  return changes.reduce(
    (value, [on, change, recordedOn = on]) =>
      changeHistory(
        value,
        { personId: value.id, on, change },
        'unitId' in change ? unitOf(change.unitId) : null,
        recordedOn,
      ),
    person,
  );
}
const said = (value: Person, asOf: CivilDate): string[] =>
  movesOf(value, asOf).map((move) => {
    const { on, sentence } = sayMove(move, NAMES, true);
    return `${on} ${sentence.zh}`;
  });
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return null;
};

describe('what became known only in a later year', () => {
  it('says when, in each kind of move; what was known in its own year does not', () => {
    const late = '2027-01-02';
    const post = { kind: 'post', postLevel: 'division-head', title: '局长' } as const;
    const moved = after(
      ['2026-06-01', post, late],
      ['2026-07-01', { kind: 'transfer', unitId: NEW }, late],
      ['2026-09-01', { kind: 'retire' }, late],
    );
    expect(said(moved, late).map((line) => /（2027-01-02 记录）。$/.test(line))).toEqual([true, true, true]);
    expect(said(moved, '2027-01-01')).toEqual([]);
    const inTime = after(['2026-06-01', post, '2026-12-31']);
    expect(said(inTime, late)).toHaveLength(1);
    expect(said(inTime, late)[0]).not.toContain('记录');
  });
});

describe('a change of a person’s history', () => {
  it('of units ends the old one the day before, and the record of the past keeps the old unit', () => {
    const moved = after(['2026-06-01', { kind: 'transfer', unitId: NEW }, '2026-06-10']);
    expect(moved).toMatchObject({ unitId: NEW, unitPath: [NEW], status: 'active' });
    expect(homeUnitHeldOn(moved, '2026-05-31')).toBe(OLD);
    expect(homeUnitHeldOn(moved, '2026-06-01')).toBe(NEW);
    // What was known: until the tenth nobody knew of it.
    expect(homeUnitOn(moved, '2026-06-09')).toBe(OLD);
    expect(homeUnitOn(moved, '2026-06-10')).toBe(NEW);
    expect(begunHomeUnitOn(moved, '2026-06-10')).toBe(NEW);
    expect([homeUnitOn(moved, '1970-01-01'), begunHomeUnitOn(moved, '1970-01-01')]).toEqual([OLD, null]);
    expect(inPlaceSince(moved)).toBe('2026-06-01');
  });

  it('tells in which unit somebody served on a day, by what was known then', () => {
    const moved = after(['2026-06-01', { kind: 'transfer', unitId: NEW }, '2026-06-10']);
    const retired = after(['2026-09-01', { kind: 'retire' }]);
    expect(['2026-05-31', '2026-06-09', '2026-06-10'].map((day) => servedIn(moved, day))).toEqual([
      OLD,
      OLD,
      NEW,
    ]);
    expect(['2019-12-31', '2026-08-31', '2026-09-01'].map((day) => servedIn(retired, day))).toEqual([
      null,
      OLD,
      null,
    ]);
  });

  it('is refused ahead of its day, in the wrong order, and for a secondment that is not there', () => {
    const refused: [CivilDate, ChangeHistoryInput['change'], CivilDate, string][] = [
      ['2026-06-02', { kind: 'transfer', unitId: NEW }, '2026-06-01', 'HISTORY_NOT_YET'],
      ['2026-06-02', { kind: 'retire' }, '2026-06-01', 'HISTORY_NOT_YET'],
      ['2019-06-01', { kind: 'transfer', unitId: NEW }, '2026-06-01', 'HISTORY_OUT_OF_ORDER'],
      [
        '2026-06-01',
        { kind: 'second', unitId: HOST, to: '2026-05-01' },
        '2026-06-01',
        'HISTORY_OUT_OF_ORDER',
      ],
      ['2026-06-01', { kind: 'second-end', unitId: HOST }, '2026-06-01', 'NOT_FOUND'],
    ];
    for (const [on, change, recordedOn, code] of refused)
      expect(codeOf(() => after([on, change, recordedOn]))).toBe(code);
  });

  it('to the unit that is somebody’s own already is refused, as a transfer and as a secondment', () => {
    const second = (unitId: string, to: CivilDate | null = null) => ({ kind: 'second', unitId, to }) as const;
    const move = { kind: 'transfer', unitId: NEW } as const;
    const refused = (...changes: Parameters<typeof after>) => codeOf(() => after(...changes));
    expect(refused(['2026-06-01', { kind: 'transfer', unitId: OLD }])).toBe('ALREADY_IN_UNIT');
    expect(refused(['2026-06-01', second(OLD)])).toBe('ALREADY_IN_UNIT');
    expect(refused(['2026-06-01', move], ['2026-05-01', second(NEW), '2026-06-02'])).toBe('ALREADY_IN_UNIT');
    expect(refused(['2026-06-01', move], ['2026-05-01', second(NEW, '2026-05-31'), '2026-06-02'])).toBeNull();
    expect(refused(['2026-06-01', move], ['2026-06-02', second(OLD)])).toBeNull();
  });
  it('to a secondment keeps the home unit, and an open one ends on the day given', () => {
    const seconded = after(['2026-03-01', { kind: 'second', unitId: HOST, to: null }]);
    expect(homeUnitOn(seconded, '2026-04-01')).toBe(OLD);
    expect(seconded.unitId).toBe(OLD);
    const back = after(
      ['2026-03-01', { kind: 'second', unitId: HOST, to: null }],
      ['2026-08-31', { kind: 'second-end', unitId: HOST }],
    );
    expect(back.affiliations.at(-1)).toMatchObject({ to: '2026-08-31', endRecordedOn: '2026-08-31' });
  });

  it('ends a secondment before its planned end, and an earlier day still knows the plan', () => {
    const back = after(
      ['2026-03-01', { kind: 'second', unitId: HOST, to: '2026-12-31' }],
      ['2026-08-31', { kind: 'second-end', unitId: HOST }],
    );
    expect(back.affiliations.at(-1)).toMatchObject({ to: '2026-08-31', endBefore: '2026-12-31' });
    const saidOn = (asOf: CivilDate) => movesOf(back, asOf).map(({ until }) => until);
    expect([saidOn('2026-08-30'), saidOn('2026-08-31')]).toEqual([['2026-12-31'], ['2026-08-31']]);
  });

  it('can be withdrawn on the day of its recording, and leaves what was there to the field', () => {
    const changes: [CivilDate, ChangeHistoryInput['change']][] = [
      ['2026-06-01', { kind: 'transfer', unitId: NEW }],
      ['2026-06-01', { kind: 'post', postLevel: null, title: '' }],
      ['2026-06-01', { kind: 'second', unitId: HOST, to: null }],
      ['2026-06-01', { kind: 'retire' }],
    ];
    for (const change of [...changes.map((one) => [one]), changes.slice(0, 3)]) {
      const changed = after(...change);
      expect(hasRecordedOn(changed, '2026-06-01')).toBe(true);
      expect(withdrawRecordedOn(changed, '2026-06-01', unitOf)).toEqual(person);
    }
    const moved = after(['2026-06-01', { kind: 'transfer', unitId: NEW }]);
    expect(codeOf(() => withdrawRecordedOn(moved, '2026-06-02', unitOf))).toBe('NOTHING_TO_WITHDRAW');
  });

  it('is told row by row before it is recorded', () => {
    const steps = (value: Person, from = person) =>
      historySteps(from, value).map(
        ({ kind, row }) => `${kind} ${'unitId' in row ? row.unitId : ''} ${row.from} ${row.to}`,
      );
    const moved = after(['2026-06-01', { kind: 'transfer', unitId: NEW }]);
    expect(steps(moved)).toEqual([`ends ${OLD} 2020-01-01 2026-05-31`, `begins ${NEW} 2026-06-01 null`]);
    expect(steps(person, moved)).toEqual([
      `withdrawn ${NEW} 2026-06-01 null`,
      `reopens ${OLD} 2020-01-01 null`,
    ]);
    expect(steps(after(['2026-06-01', { kind: 'grade', grade: 'principal-3' }]))).toEqual([
      'begins  2026-06-01 null',
    ]);
  });

  it('to retirement ends everything open; service is over the day before', () => {
    const retired = after(
      ['2026-03-01', { kind: 'second', unitId: HOST, to: '2027-03-01' }],
      ['2026-09-01', { kind: 'retire' }],
    );
    expect(retired.status).toBe('retired');
    expect(serviceEndOn(retired, '2026-08-31')).toBeNull();
    expect(serviceEndOn(retired, '2026-09-01')).toBe('2026-08-31');
    expect(inPlaceSince(retired)).toBe('2026-09-01');
  });

  it.each<ChangeHistoryInput['change']>([
    { kind: 'transfer', unitId: NEW },
    { kind: 'second', unitId: HOST, to: null },
    { kind: 'second-end', unitId: HOST },
    { kind: 'post', postLevel: 'section-head', title: '科长' },
    { kind: 'grade', grade: null },
    { kind: 'retire' },
  ])('of somebody who has retired is refused: $kind', (change) => {
    const retired = after(['2026-09-01', { kind: 'retire' }]);
    expect(() =>
      changeHistory(retired, { personId: person.id, on: '2026-10-01', change }, unitOf(NEW), '2026-10-01'),
    ).toThrow(expect.objectContaining({ code: 'PERSON_NOT_SERVING', details: { until: '2026-08-31' } }));
  });

  it('to service again corrects a retirement on a later day: post and rank go on, the days between stay as known', () => {
    const back = after(
      ['2026-09-01', { kind: 'retire' }],
      ['2026-09-01', { kind: 'reinstate', unitId: OLD }, '2026-09-04'],
    );
    expect(back).toMatchObject({ status: 'active', unitId: OLD, unitPath: [OLD] });
    expect(['2026-08-31', '2026-09-03', '2026-09-04'].map((day) => servedIn(back, day))).toEqual([
      OLD,
      null,
      OLD,
    ]);
    expect(serviceEndOn(back, '2026-09-03')).toBe('2026-08-31');
    expect(serviceEndOn(back, '2026-09-04')).toBeNull();
    expect(rankOn(back, '2026-09-01')?.code).toBe('section-head');
    expect(said(back, '2026-09-03')).toHaveLength(1);
    expect(said(back, '2026-12-31')).toEqual([]);
  });

  it('to service again after a gap names both ends of it, and is withdrawn on its day like any other', () => {
    const retired = after(['2026-09-01', { kind: 'retire' }]);
    const changes: Parameters<typeof after> = [
      ['2026-09-01', { kind: 'retire' }],
      ['2026-10-01', { kind: 'reinstate', unitId: NEW }],
    ];
    expect(said(after(...changes), '2026-12-31')).toEqual([
      '2026-09-01 退休，从这天起没有任务，以前的记录保留。',
      '2026-10-01 恢复任职，在单位2，从这天起重新有任务。',
    ]);
    expect(withdrawRecordedOn(after(...changes), '2026-10-01', unitOf)).toEqual(retired);
  });

  it('to service again is refused while service lasts, and on a day of it', () => {
    expect(codeOf(() => after(['2026-09-01', { kind: 'reinstate', unitId: OLD }]))).toBe('NOT_FOUND');
    expect(
      codeOf(() =>
        after(
          ['2026-09-01', { kind: 'retire' }],
          ['2026-08-31', { kind: 'reinstate', unitId: OLD }, '2026-09-02'],
        ),
      ),
    ).toBe('HISTORY_OUT_OF_ORDER');
  });
});

describe('what moved the targets', () => {
  it('names each change of unit and rank, secondments and the end of service, in the order of time', () => {
    const changed = after(
      ['2026-02-01', { kind: 'post', postLevel: 'division-deputy', title: '副局长' }],
      ['2026-03-01', { kind: 'transfer', unitId: NEW }],
      ['2026-04-01', { kind: 'second', unitId: HOST, to: '2026-06-30' }],
      ['2026-09-01', { kind: 'retire' }],
    );
    expect(said(changed, '2026-12-31')).toEqual([
      '2026-02-01 由乡科级正职任县处级副职，从这天起按新的职务职级计算任务。',
      '2026-03-01 由单位1转到单位2，从这天起按新单位适用的办法计算。',
      '2026-04-01 借调到单位3，到 2026-06-30 为止，任务仍按单位2适用的办法计算。',
      '2026-09-01 退休，从这天起没有任务，以前的记录保留。',
    ]);
    expect(said(changed, '2026-03-31')).toHaveLength(2);
    expect(said(person, '2026-12-31')).toEqual([]);
  });

  it('names a post or grade that leaves the rank as it is, and says when a post ends', () => {
    const told = (...changes: Parameters<typeof after>) =>
      movesOf(after(...changes), '2026-12-31').map((move) => {
        const isOther = move.from !== null && move.to !== null;
        return `${move.on} ${sayMove(move, NAMES, isOther).sentence.zh}`;
      });
    const grade = ['2026-02-01', { kind: 'grade', grade: 'principal-3' }] as const;
    expect(told([...grade])).toEqual(['2026-02-01 任三级主任科员，任务不变。']);
    expect(told(['2026-03-01', { kind: 'post', postLevel: 'section-head', title: '主任' }])).toEqual([
      '2026-03-01 任乡科级正职，任务不变。',
    ]);
    expect(told([...grade], ['2026-03-01', { kind: 'grade', grade: null }])).toEqual([
      '2026-02-01 任三级主任科员，任务不变。',
      '2026-03-01 不再任三级主任科员，任务不变。',
    ]);
    expect(told([...grade], ['2026-05-01', { kind: 'post', postLevel: null, title: '' }])).toEqual([
      '2026-02-01 任三级主任科员，任务不变。',
      '2026-05-01 由乡科级正职任三级主任科员，从这天起按新的职务职级计算任务。',
    ]);
    expect(said(after(['2026-05-01', { kind: 'post', postLevel: null, title: '' }]), '2026-12-31')).toEqual([
      '2026-05-01 不再任乡科级正职，从这天起按新的职务职级计算任务。',
    ]);
  });

  it('is silent about what a corrected retirement only recorded anew', () => {
    expect(
      said(
        after(
          ['2026-09-01', { kind: 'retire' }],
          ['2026-09-01', { kind: 'reinstate', unitId: OLD }, '2026-09-02'],
        ),
        '2026-12-31',
      ),
    ).toEqual([]);
  });
});
