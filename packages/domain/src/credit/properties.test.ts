import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from './activity';
import { evaluate } from './evaluate';
import { evaluateFacts, settleAll, type PersonFile } from './facts';
import type { LedgerView } from './standing';
import { anyone, sample } from './testing/sample';

/** Limits of every sort, parts, carry-over and a total: what could depend on order would show. */
const regulation = sample({
  parts: { required: '必修', elective: '选修' },
  earn: [
    {
      id: 'class',
      clause: '一',
      kinds: 'class',
      earns: [{ measure: 'hours', part: 'required', rate: 1, of: 'classHours' }],
      spread: { over: 'days' },
    },
    {
      id: 'talk',
      clause: '一',
      kinds: 'talk',
      earns: [{ measure: 'hours', part: 'elective', rate: 0.5, of: 'classHours' }],
    },
  ],
  caps: [
    { clause: '二', counts: { kind: 'class' }, atMost: 8, per: 'day' },
    { clause: '二', counts: { kind: 'talk' }, atMost: 'highest', each: 'subject' },
    { clause: '二', counts: { part: 'required' }, atMost: 40, per: 'year' },
  ],
  carryOver: [
    {
      clause: '三',
      cycle: 'year',
      from: { part: 'required' },
      above: 20,
      to: { measure: 'hours', part: 'elective' },
    },
  ],
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      cycle: 'year',
      needs: {
        allOf: [
          { part: 'required', atLeast: 20 },
          { part: 'elective', atLeast: 5 },
        ],
      },
    },
  ],
});

const day = fc
  .integer({ min: 0, max: 700 })
  .map((offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10));
const anyActivity = fc.record({
  kind: fc.constantFrom('class', 'talk'),
  on: day,
  late: fc.integer({ min: 0, max: 200 }),
  quarters: fc.integer({ min: 0, max: 48 }),
  subject: fc.constantFrom('甲', '乙', '丙'),
});
const activities = fc.array(anyActivity, { maxLength: 25 }).map((list) =>
  list.map(({ kind, on, late, quarters, subject }, index): Activity => {
    const id = `a${String(index).padStart(3, '0')}`;
    const recordedOn = new Date(Date.parse(`${on}T00:00:00Z`) + late * 86_400_000).toISOString().slice(0, 10);
    return { id, source: { kind, id }, kind, occurredOn: on, recordedOn, classHours: quarters / 4, subject };
  }),
);
const END = '2026-12-31';
const entriesOf = (list: readonly Activity[]): LedgerView[] =>
  settleAll(list, regulation, anyone).entries.map((entry) => ({
    ...entry,
    id: `${entry.source.id}/${entry.line}`,
  }));
const evaluation = (list: readonly Activity[], asOf = END): unknown =>
  evaluate(entriesOf(list), regulation, anyone, asOf);
const file = (list: readonly Activity[]): PersonFile => ({ person: anyone, activities: [...list] });

describe('evaluation', () => {
  it('does not depend on the order of facts', () => {
    const shuffled = activities.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(evaluation(other)).toEqual(evaluation(list));
      }),
    );
  });

  it('never counts above a limit, nor more than was earned', () => {
    fc.assert(
      fc.property(activities, (list) => {
        const { counted } = evaluate(entriesOf(list), regulation, anyone, END);
        const sums = new Map<string, number>();
        for (const { entry, counted: amount, cuts } of counted) {
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount + cuts.reduce((sum, cut) => sum + cut.cut, 0)).toBe(entry.amount);
          const keys =
            entry.kind === 'class'
              ? [`day ${entry.occurredOn}`, `year ${entry.occurredOn.slice(0, 4)}`]
              : [`subject ${entry.about['subject']}`];
          for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + amount);
        }
        const highest = new Map<string, number>();
        for (const { entry } of counted) {
          const subject = `subject ${entry.about['subject']}`;
          if (entry.kind === 'talk') highest.set(subject, Math.max(highest.get(subject) ?? 0, entry.amount));
        }
        for (const [key, sum] of sums) {
          expect(sum).toBeLessThanOrEqual(
            key.startsWith('day') ? 80_000 : key.startsWith('year') ? 400_000 : Infinity,
          );
          if (key.startsWith('subject')) expect(sum).toBe(highest.get(key));
        }
      }),
    );
  });

  it('never counts less when more is done', () => {
    fc.assert(
      fc.property(activities, (list) => {
        const total = (some: readonly Activity[]): number =>
          evaluate(entriesOf(some), regulation, anyone, END).counted.reduce(
            (sum, { counted }) => sum + counted,
            0,
          );
        expect(total(list)).toBeGreaterThanOrEqual(total(list.slice(1)));
      }),
    );
  });

  it('as of a day equals replaying what was recorded until then, byte for byte', () => {
    fc.assert(
      fc.property(activities, day, (list, asOf) => {
        const known = list.filter((value) => (value.recordedOn ?? '') <= asOf);
        expect(JSON.stringify(evaluation(list, asOf))).toBe(JSON.stringify(evaluation(known, asOf)));
        expect(JSON.stringify(evaluateFacts({ asOf, ...file(list) }, regulation))).toBe(
          JSON.stringify(evaluateFacts({ asOf, ...file(known) }, regulation)),
        );
      }),
    );
  });

  it('of two merged records equals the record that was never split', () => {
    fc.assert(
      fc.property(activities, fc.integer({ min: 0, max: 25 }), (list, at) => {
        const merged = [...entriesOf(list.slice(at)), ...entriesOf(list.slice(0, at))].map(
          ({ id: _id, ...entry }) => entry,
        );
        const whole = entriesOf(list).map(({ id: _id, ...entry }) => entry);
        expect(evaluate(merged, regulation, anyone, END)).toEqual(evaluate(whole, regulation, anyone, END));
      }),
    );
  });

  it('after a reversal is what it was before the entry', () => {
    fc.assert(
      fc.property(activities, fc.nat(), (list, pick) => {
        const entries = entriesOf(list);
        const reversed = entries[pick % Math.max(1, entries.length)];
        if (!reversed?.id) return;
        const reversal: LedgerView = {
          ...reversed,
          id: 'reversal',
          amount: -reversed.amount,
          reverses: reversed.id,
        };
        const before = entries.filter((entry) => entry !== reversed);
        expect(evaluate([...entries, reversal], regulation, anyone, END)).toEqual(
          evaluate(before, regulation, anyone, END),
        );
      }),
    );
  });
});

describe('settlement', () => {
  it('loses nothing by splitting an amount over days', () => {
    const span = fc.tuple(day, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40_000 }));
    fc.assert(
      fc.property(span, ([from, length, hundredths]) => {
        const to = new Date(Date.parse(`${from}T00:00:00Z`) + length * 86_400_000).toISOString().slice(0, 10);
        const spread: Activity = {
          id: 'a',
          source: { kind: 'class', id: 'a' },
          kind: 'class',
          from,
          to,
          classHours: hundredths / 100,
        };
        const amounts = settleAll([spread], regulation, anyone).entries.map((entry) => entry.amount);
        expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(hundredths * 100);
        expect(
          Math.max(0, ...amounts) - (amounts.length > length ? Math.min(...amounts) : 0),
        ).toBeLessThanOrEqual(amounts.length > length ? 1 : Infinity);
      }),
    );
  });
});
