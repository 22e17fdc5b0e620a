import { describe, expect, it } from 'vitest';
import {
  evaluate,
  formatAmount,
  parseRegulation,
  settle,
  type Activity,
  type CreditPerson,
  type LedgerView,
} from '@cadre/domain/credit';
import text from '../../regulations/demo-2026.json';
import { demo2026 } from '.';

const clerk: CreditPerson = { id: 'p1', history: [{ from: '2020-01-01', grade: 'principal-1' }] };
const director: CreditPerson = { id: 'p2', history: [{ from: '2020-01-01', postLevel: 'division-deputy' }] };

const session = (id: string, occurredOn: string, facts: Partial<Activity> = {}): Activity => ({
  id,
  source: { kind: 'session', id },
  kind: 'session',
  occurredOn,
  mode: 'hall',
  halfDays: 1,
  classHours: 4,
  heldMinutes: 180,
  presentMinutes: 180,
  ...facts,
});
const lesson = (
  id: string,
  occurredOn: string,
  lengthMinutes: number,
  playedMinutes = lengthMinutes,
): Activity => ({
  id,
  source: { kind: 'lesson', id },
  kind: 'lesson',
  occurredOn,
  subject: id,
  lengthMinutes,
  playedMinutes,
});

function settleAll(activities: readonly Activity[], person: CreditPerson): LedgerView[] {
  return activities.flatMap((activity) =>
    settle([activity], demo2026, person).entries.map((entry) => ({ ...entry, recordedOn: entry.occurredOn })),
  );
}

describe('demonstration regulation', () => {
  it('is accepted as its author wrote it', () => {
    expect(parseRegulation(JSON.stringify(text))).toMatchObject({
      ok: true,
      regulation: { id: 'demo-2026' },
    });
  });

  it('counts a session in days and in hours, and refuses it below 80 % presence with the numbers', () => {
    const { entries } = settle([session('s1', '2026-03-02')], demo2026, clerk);
    expect(entries.map((entry) => [entry.measure, formatAmount(entry.amount), entry.clause])).toEqual([
      ['days', '0.5', '第一条'],
      ['hours', '4', '第一条'],
    ]);
    expect(settle([session('s1', '2026-03-02', { presentMinutes: 144 })], demo2026, clerk).refusals).toEqual(
      [],
    );
    expect(
      settle([session('s1', '2026-03-02', { presentMinutes: 143 })], demo2026, clerk).refusals,
    ).toMatchObject([
      {
        reason: 'condition-not-met',
        clause: '第四条',
        needs: [{ fact: 'presence', actual: '143/180', wanted: '≥ 4/5' }],
      },
    ]);
  });

  it('counts live attendance from elsewhere in hours only', () => {
    const { entries } = settle([session('s1', '2026-03-02', { mode: 'online' })], demo2026, clerk);
    expect(entries.map((entry) => entry.measure)).toEqual(['hours']);
  });

  it('counts at most one day on one date', () => {
    const day = ['a', 'b', 'c'].map((id) => session(id, '2026-03-02'));
    const { counted, targets } = evaluate(settleAll(day, clerk), demo2026, clerk, '2026-06-30');
    expect(targets[0]?.alternatives.map(([leaf]) => leaf?.earned)).toEqual([10_000, 120_000]);
    expect(counted.flatMap((entry) => entry.cuts)).toEqual([
      { cap: 0, clause: '第三条', name: '每日上限', limit: 10_000, used: 10_000, cut: 5_000 },
    ]);
  });

  it('is met by hours alone, never by converting one measure into the other', () => {
    const days = Array.from({ length: 11 }, (_, index) => `2026-03-${String(index + 2).padStart(2, '0')}`);
    const worth = days.map((date, index) =>
      session(`s${index}`, date, { halfDays: 2, classHours: index === 0 ? 12 : 8 }),
    );
    const [target] = evaluate(settleAll(worth, clerk), demo2026, clerk, '2026-12-31').targets;
    expect(target).toMatchObject({ state: 'met', metBy: ['hours'], shortfall: [], final: true });
    expect(target?.alternatives.map(([leaf]) => [leaf?.leaf, leaf?.earned, leaf?.met])).toEqual([
      ['days', 110_000, false],
      ['hours', 920_000, true],
    ]);
  });

  it('asks division level and above for five years, with the sums year by year', () => {
    const { targets, notCovered, flags } = evaluate(
      settleAll(
        [session('s1', '2024-03-02', { classHours: 60 }), session('s2', '2026-03-02', { classHours: 40 })],
        director,
      ),
      demo2026,
      director,
      '2026-06-30',
    );
    expect(targets.map((target) => target.target)).toEqual(['concentrated-window', 'online-year']);
    expect(targets[0]).toMatchObject({ state: 'open', cycle: { label: '2023–2027' } });
    expect(targets[0]?.shortfall).toEqual([[{ leaf: 'hours', measure: 'hours', amount: 4_500_000 }]]);
    expect(targets[0]?.running.map((sum) => sum.amount)).toEqual([0, 600_000, 600_000, 1_000_000]);
    expect(notCovered).toMatchObject([{ target: 'concentrated-year', because: 'group' }]);
    expect(flags.map((flag) => flag.cycle.label)).toEqual(['2023', '2024', '2025']);
  });

  it('values online lessons by their length and only when 95 % was played', () => {
    const lengths = [45, 30, 29, 16, 15, 8];
    const lessons = lengths.map((length, index) => lesson(`l${index}`, '2026-02-01', length));
    const amounts = settleAll([...lessons, lesson('unfinished', '2026-02-01', 60, 56)], clerk).map(
      (entry) => entry.amount,
    );
    expect(amounts).toEqual([10_000, 10_000, 5_000, 5_000, 2_500, 2_500]);
  });

  it('dismisses from a class above one seventh of leave', () => {
    const facts = (leaveHours: number) => ({ totalHours: 56, leaveHours });
    expect(settle([session('s', '2026-03-02', facts(8))], demo2026, clerk).refusals).toEqual([]);
    expect(settle([session('s', '2026-03-02', facts(9))], demo2026, clerk).refusals).toMatchObject([
      { outcome: '退学', clause: '第五条', needs: [{ fact: 'leaveShare', actual: '9/56', wanted: '≤ 1/7' }] },
    ]);
  });

  it('gives a year after a promotion to make up what the year before lacked', () => {
    const promoted: CreditPerson = {
      id: 'p3',
      history: [
        { from: '2020-01-01', to: '2026-03-14', postLevel: 'section-head' },
        { from: '2026-03-15', postLevel: 'division-deputy' },
      ],
    };
    const early = session('s1', '2026-02-02', { halfDays: 2, classHours: 8 });
    const { targets } = evaluate(settleAll([early], promoted), demo2026, promoted, '2026-06-30');
    const makeUp = targets.find((target) => target.makesUp);
    expect(makeUp).toMatchObject({ state: 'open', cycle: { from: '2026-03-15', to: '2027-03-14' } });
    expect(makeUp?.alternatives.map(([leaf]) => leaf?.required)).toEqual([110_000, 820_000]);
  });

  it('exempts a year with half a year of approved leave', () => {
    const away = { ...clerk, circumstances: [{ kind: '产假', from: '2026-01-10', to: '2026-07-31' }] };
    const [target] = evaluate([], demo2026, away, '2026-12-31').targets;
    expect(target).toMatchObject({
      state: 'exempt',
      reliefs: [{ clause: '第十三条', effect: 'exempt' }],
      shortfall: [],
    });
  });

  it('requires that the half year is without a break', () => {
    const away = {
      ...clerk,
      circumstances: [
        { kind: '病假', from: '2026-01-01', to: '2026-03-31' },
        { kind: '病假', from: '2026-07-01', to: '2026-09-30' },
      ],
    };
    expect(evaluate([], demo2026, away, '2026-12-31').targets[0]?.state).toBe('missed');
  });
});
