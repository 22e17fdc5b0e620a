import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from './person/activity';
import { addMonths } from './value/calendar';
import { evaluate, type Evaluation } from './evaluation/evaluate';
import { PersonEvaluation } from './evaluation/person-evaluation';
import { usedByCycle } from './evaluation/used';
import { Exact } from './value/exact';
import { floorUnits } from './value/measure';
import { evaluateFacts, settleAll, type PersonFile } from './reading/facts';
import type { CountedEntry } from './evaluation/limits';
import { personAsRecorded, type CreditPerson } from './person/person';
import { activityOf } from './settlement/settle';
import type { LedgerView } from './evaluation/standing';
import { activity, anyone, sample } from './testing/sample';

const hours = (part: string, more: object = {}): object => ({ measure: 'hours', part, ...more });
const byHours = (part: string, rate = 1): object => hours(part, { rate, of: 'classHours' });
const kinds = { class: '培训', talk: '讲座', paper: '论文', book: '读书', visit: '参观', fault: '缺课' };
const parts = { required: '必修', elective: '选修' };
const cycles = {
  year: { from: '2020-01-01', months: 12 },
  own: { around: 'appointment', monthsAfter: 12, repeats: true },
};
const earn = [
  { id: 'class', clause: '一', kinds: 'class', earns: [byHours('required')], spread: { over: 'days' } },
  { id: 'talk', clause: '一', kinds: 'talk', earns: [byHours('elective', 0.5)] },
  { id: 'paper', clause: '一', kinds: 'paper', earns: [byHours('elective')] },
  { id: 'other', clause: '一', kinds: ['book', 'visit'], earns: [byHours('elective')] },
];

/** Limits of every sort. Those that are shares of others come last, so that nothing is cut after them. */
const caps = [
  { clause: '二', counts: { kind: 'class' }, atMost: 8, per: 'day' },
  { clause: '二', counts: { kind: 'talk' }, atMost: 'highest', each: 'subject', per: 'year' },
  { clause: '二', counts: { kind: 'talk' }, atMost: 8, per: 'year' },
  { clause: '二', counts: { kind: 'paper' }, atMost: { highest: 2 }, per: 'year' },
  { clause: '二', counts: { part: 'required' }, atMost: 20, per: 'year' },
  {
    clause: '二',
    counts: { kind: 'book' },
    atMost: { share: '1/2', of: { part: 'required' } },
    per: 'year',
  },
  { clause: '二', counts: { kind: 'visit' }, atMost: { share: '1/4', of: {} }, per: 'year' },
];

const carryOver = [
  {
    clause: '三',
    cycle: 'year',
    from: { part: 'required' },
    above: 10,
    to: { measure: 'hours', part: 'elective' },
  },
];
const totals = {
  points: {
    name: '总分',
    measure: 'hours',
    cycle: 'year',
    add: [
      { part: 'required' },
      { part: 'elective', times: 0.5, atMost: 6 },
      { part: 'elective', above: 4, times: 0.5 },
      { part: 'required', over: { target: 't', amount: 'required' }, times: 6, atMost: 6 },
      { part: 'required', below: { target: 't', amount: 'required' }, times: -0.25 },
    ],
    round: { to: 1, mode: 'half-up' },
    atMost: 25,
  },
  full: {
    name: '整天',
    measure: 'hours',
    cycle: 'year',
    per: 'day',
    add: [{}],
    bands: [{ atLeast: 6, flat: 1 }],
  },
};
const needs = {
  allOf: [
    { part: 'required', atLeast: 15 },
    { part: 'elective', above: 5 },
  ],
};

/** Whoever does more has more: nothing is deducted, and no limit gives room elsewhere away to what came first. */
const monotone = sample({
  parts,
  kinds,
  cycles,
  earn,
  caps,
  carryOver,
  totals: { points: totals.points },
  targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }],
});

/** The same with whatever else could depend on order or on what is known when. */
const everything = sample({
  parts,
  kinds,
  cycles: { ...cycles, three: { from: '2020-01-01', months: 36 } },
  groups: { heads: { name: '校长', where: { role: '校长' } } },
  earn: [
    ...earn.filter(({ id }) => id !== 'paper'),
    {
      id: 'paper',
      clause: '一',
      kinds: 'paper',
      earns: [byHours('elective')],
      spread: { over: 'years', years: 3 },
    },
    { id: 'lead', clause: '一', kinds: 'class', groups: 'heads', earns: [hours('required', { flat: 1 })] },
    {
      id: 'fault',
      clause: '一',
      kinds: 'fault',
      earns: [byHours('required', -0.5)],
      spread: { over: 'days' },
    },
  ],
  caps: [
    { clause: '二', counts: { kind: 'book' }, atMost: { first: 2 }, per: 'year' },
    { clause: '二', counts: { kind: 'class' }, atMost: 12, per: 'own' },
    { clause: '二', counts: { part: 'required' }, atMost: 15, cycle: 'year' },
    { clause: '二', counts: { kind: 'talk' }, atMost: { share: '1/2', of: {} }, cycle: 'own' },
    ...caps,
  ],
  carryOver: [{ ...carryOver[0], to: { measure: 'hours', part: 'required' }, lasts: 2 }],
  totals,
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      cycle: 'year',
      needs,
      relief: [
        { clause: '二', when: { circumstance: '病假', days: 10 }, times: 0.5 },
        { clause: '二', when: { circumstance: '病假', days: 20 }, less: 1, per: 'circumstance' },
      ],
      makeUp: { clause: '三', after: 'cycle', months: 3 },
    },
    { id: 'heads', name: '校长任务', clause: '一', groups: 'heads', cycle: 'year', needs: { atLeast: 30 } },
    {
      id: 'long',
      name: '补到期末',
      clause: '一',
      cycle: 'year',
      needs: { part: 'elective', atLeast: 4 },
      makeUp: { clause: '三', after: 'cycle', until: 'three' },
    },
  ],
  consequences: [
    {
      id: 'late',
      says: '限制',
      clause: '三',
      lasts: { months: 6 },
      when: { target: 'long', is: 'make-up-missed' },
    },
  ],
});

const dayOf = (offset: number): string => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10);
const END = '2026-12-31';
/** Days of three years that lie close together, so that what happens meets in one day, month or year. */
const offset = fc.tuple(fc.nat(2), fc.nat(12)).map(([year, day]) => year * 365 + day * 3);
const quarters = fc.integer({ min: 0, max: 48 }).map((amount) => amount / 4);
interface Lying {
  readonly facts: Partial<Activity>;
  /** Each day on which it lies, as an offset. */
  readonly days: readonly number[];
}
const lying: fc.Arbitrary<Lying> = fc.oneof(
  offset.map((on) => ({ facts: { occurredOn: dayOf(on) }, days: [on] })),
  fc.tuple(offset, fc.nat(5)).map(([on, more]) => ({
    facts: { from: dayOf(on), to: dayOf(on + more) },
    days: Array.from({ length: more + 1 }, (_, day) => on + day),
  })),
  fc.tuple(offset, fc.array(fc.nat(6), { minLength: 1, maxLength: 4 })).map(([on, more]) => {
    const days = more.map((day) => on + day);
    return { facts: { dates: days.map(dayOf) }, days };
  }),
);

/** What somebody did, mostly of a few kinds. Several activities may have one source, such as the parts of one session. */
const activities = fc
  .subarray(Object.keys(kinds), { minLength: 1, maxLength: 3 })
  .chain((some) =>
    fc.array(
      fc.record({
        kind: fc.constantFrom(...some),
        when: lying,
        late: fc.nat(200),
        classHours: quarters,
        subject: fc.constantFrom('甲', '乙'),
        source: fc.constantFrom('s1', 's2', undefined),
      }),
      { maxLength: 16 },
    ),
  )
  .map((list) =>
    list.map(({ kind, when, late, source, ...facts }, index): Activity => {
      const id = `a${String(index).padStart(2, '0')}`;
      const recordedOn = dayOf(Math.max(...when.days) + late);
      return { id, source: { kind: 'session', id: source ?? id }, kind, ...when.facts, recordedOn, ...facts };
    }),
  );

/** A person of whom not everything is recorded at once, and perhaps no history at all. */
const person = fc
  .record({
    isKnown: fc.boolean(),
    roles: fc.subarray(['校长', '书记']),
    appointed: offset,
    late: fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900), fc.nat(900)),
    sick: fc.tuple(offset, fc.integer({ min: 1, max: 60 })),
  })
  .map(({ isKnown, roles, appointed, late: [row, post, leave, balance], sick }): CreditPerson => {
    const history = [
      { from: '2021-03-01', postLevel: '乡科级副职' },
      { from: '2022-06-01', roles, recordedOn: dayOf(row) },
      { from: dayOf(appointed), postLevel: '乡科级正职', recordedOn: dayOf(post) },
    ];
    const leaves = {
      kind: '病假',
      from: dayOf(sick[0]),
      to: dayOf(sick[0] + sick[1]),
      recordedOn: dayOf(leave),
    };
    const opening = { on: '2023-01-01', measure: 'hours', part: 'required', recordedOn: dayOf(balance) };
    return {
      id: 'p',
      history: isKnown ? history : [],
      circumstances: [leaves],
      openings: isKnown ? [{ id: 'o', amount: 4, ...opening }] : [],
    };
  });

const entriesOf = (list: readonly Activity[], regulation = everything, who = anyone): LedgerView[] =>
  settleAll(list, regulation, who).entries.map((entry) => ({
    ...entry,
    id: `${entry.source.id}/${entry.line}`,
  }));

/** A reversal of some entries, each recorded some days after its entry. */
const reversal = (entry: LedgerView, after: number): LedgerView => ({
  ...entry,
  id: `-${entry.id}`,
  amount: -entry.amount,
  recordedOn: dayOf((Date.parse(entry.recordedOn) - Date.UTC(2023, 0, 1)) / 86_400_000 + after),
  reverses: entry.id ?? '',
});

/** A result without what names the entries of the log and tells when they were written, byte for byte. */
const said = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (key === 'id' || key === 'recordedOn' ? undefined : inner));
const file = (list: readonly Activity[], who: CreditPerson): PersonFile => ({
  person: who,
  activities: [...list],
});
const shuffled = <Value>(list: readonly Value[]): fc.Arbitrary<Value[]> =>
  fc.shuffledSubarray([...list], { minLength: list.length });

/** What counts of the entries under a limit, by the periods and values that it keeps apart. */
function sumsOf(
  counted: readonly CountedEntry[],
  isMeant: (entry: LedgerView) => boolean,
  keyOf: (entry: LedgerView) => string,
): Map<string, CountedEntry[]> {
  const buckets = new Map<string, CountedEntry[]>();
  for (const one of counted) {
    const entry = one.entry as LedgerView;
    if (entry.amount > 0 && isMeant(entry))
      buckets.set(keyOf(entry), [...(buckets.get(keyOf(entry)) ?? []), one]);
  }
  return buckets;
}
const sum = (counted: readonly CountedEntry[]): number =>
  counted.reduce((total, { counted: amount }) => total + amount, 0);
const yearOf = ({ occurredOn }: LedgerView): string => occurredOn.slice(0, 4);

describe('evaluation', () => {
  it('does not depend on the order of facts', () => {
    const known = fc.tuple(activities, person).chain(([list, who]) => {
      const entries = entriesOf(list, everything, who);
      const reversals = entries.filter((_entry, index) => index % 3 === 0).map((entry) => reversal(entry, 9));
      const log = [...entries, ...reversals];
      return fc.record({
        who: fc.constant(who),
        list: fc.constant(list),
        otherList: shuffled(list),
        log: fc.constant(log),
        otherLog: shuffled(log),
      });
    });
    fc.assert(
      fc.property(known, ({ who, list, otherList, log, otherLog }) => {
        const of = (entries: readonly LedgerView[]): Evaluation => evaluate(entries, everything, who, END);
        expect(JSON.stringify(of(otherLog))).toBe(JSON.stringify(of(log)));
        const from = (facts: readonly Activity[]): string =>
          JSON.stringify(evaluateFacts({ asOf: END, ...file(facts, who) }, everything));
        expect(from(otherList)).toBe(from(list));
      }),
    );
  });

  it('never counts above a limit, nor more than was earned', () => {
    fc.assert(
      fc.property(activities, person, (list, who) => {
        const { counted, used } = PersonEvaluation.of(entriesOf(list, everything, who), everything, who, END);
        // What made up an earlier year takes no room of the limits of the year in which it was learnt.
        const made = usedByCycle(used).get('year');
        const left = counted.map((one) => {
          const amount = one.counted - floorUnits(made?.get(one.entry) ?? Exact.ZERO);
          expect(amount * Math.sign(one.entry.amount)).toBeGreaterThanOrEqual(0);
          return { ...one, counted: amount };
        });
        for (const { entry, counted: amount, cuts } of counted) {
          expect(amount + cuts.reduce((total, cut) => total + cut.cut, 0)).toBe(entry.amount);
          if (entry.amount > 0) expect(amount).toBeGreaterThanOrEqual(0);
          else expect(cuts).toEqual([]);
        }
        const under = (
          isMeant: (entry: LedgerView) => boolean,
          keyOf: (entry: LedgerView) => string,
          of: readonly CountedEntry[] = counted,
        ): CountedEntry[][] => [...sumsOf(of, isMeant, keyOf).values()];
        const isOf =
          (kind: string) =>
          (entry: LedgerView): boolean =>
            entry.kind === kind;
        for (const day of under(isOf('class'), (entry) => entry.occurredOn))
          expect(sum(day)).toBeLessThanOrEqual(80_000);
        for (const subject of under(
          isOf('talk'),
          (entry) => `${yearOf(entry)} ${entry.about['subject'] ?? ''}`,
        ))
          expect(sum(subject)).toBeLessThanOrEqual(Math.max(...subject.map(({ entry }) => entry.amount)));
        // What is spread over years is one of the items of the year in which it begins.
        const begun = new Map<string, string>();
        const beginning = (entry: LedgerView): string => {
          const year = begun.get(activityOf(entry)) ?? yearOf(entry);
          begun.set(activityOf(entry), year);
          return year;
        };
        const items = (entries: readonly CountedEntry[]): CountedEntry[][] => [
          ...sumsOf(
            entries,
            () => true,
            (entry) => activityOf(entry),
          ).values(),
        ];
        for (const year of under(isOf('book'), beginning, left))
          expect(items(year).filter((item) => sum(item) > 0).length).toBeLessThanOrEqual(2);
        // Of the highest what closed years of service have counted of others may remain, but no more in all.
        for (const year of under(isOf('paper'), beginning, left)) {
          const wholes = items(year).map((item) =>
            item.reduce((total, { entry }) => total + entry.amount, 0),
          );
          const [first = 0, second = 0] = wholes.sort((one, other) => other - one);
          expect(sum(year)).toBeLessThanOrEqual(first + second);
        }
        for (const year of under(isOf('talk'), yearOf, left)) expect(sum(year)).toBeLessThanOrEqual(80_000);
        for (const year of under((entry) => entry.part === 'required', yearOf, left))
          expect(sum(year)).toBeLessThanOrEqual(200_000);
        // Years of service from the last appointment, or from the first where that is still to come.
        const starts = who.history.flatMap((row) => (row.postLevel === undefined ? [] : [row.from ?? '']));
        const serviceYear = (entry: LedgerView): string => {
          const { occurredOn } = entry;
          const start = starts
            .filter((from) => from <= occurredOn)
            .sort()
            .at(-1);
          // In no year of service nothing is limited: each entry is then by itself.
          if (start === undefined) return JSON.stringify([entry.source, entry.line]);
          let from = start;
          for (let years = 1; addMonths(start, 12 * years) <= occurredOn; years += 1)
            from = addMonths(start, 12 * years);
          return from;
        };
        for (const year of under(isOf('class'), serviceYear)) expect(sum(year)).toBeLessThanOrEqual(120_000);
        const inYear = (year: string, isMeant: (entry: LedgerView) => boolean): number =>
          sum(
            counted.filter(({ entry }) => entry.occurredOn.startsWith(year) && isMeant(entry as LedgerView)),
          );
        for (const year of ['2023', '2024', '2025', '2026', '2027']) {
          const required = Math.max(
            0,
            inYear(year, ({ part }) => part === 'required'),
          );
          const all = Math.max(
            0,
            inYear(year, () => true),
          );
          expect(inYear(year, isOf('book')) * 2).toBeLessThanOrEqual(required);
          expect(inYear(year, isOf('visit')) * 4).toBeLessThanOrEqual(all);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never counts less when more is done', () => {
    fc.assert(
      fc.property(activities, fc.nat(), (list, pick) => {
        const whole = list.filter(({ kind }) => kind !== 'fault');
        const less = whole.filter((_one, index) => index !== pick % Math.max(1, whole.length));
        const of = (some: readonly Activity[]): Evaluation =>
          evaluate(entriesOf(some, monotone), monotone, { ...anyone, employedOn: '2023-01-01' }, END);
        const [more, fewer] = [of(whole), of(less)];
        expect(sum(more.counted)).toBeGreaterThanOrEqual(sum(fewer.counted));
        const amounts = ({ totals: reported, carries, targets, earlier }: Evaluation): [string, number][] => [
          ...reported.map(({ total, cycle, amount }): [string, number] => [
            `${total} ${cycle.label}`,
            amount,
          ]),
          ...carries.map(({ cycle, amount }): [string, number] => [`carried ${cycle.label}`, amount]),
          ...[...targets, ...earlier].flatMap(({ cycle, alternatives, met }) => [
            [`met ${cycle.label}`, met ? 1 : 0] as [string, number],
            ...alternatives
              .flat()
              .map(({ leaf, earned }): [string, number] => [`${leaf} ${cycle.label}`, earned]),
          ]),
        ];
        const after = new Map(amounts(more));
        for (const [name, amount] of amounts(fewer))
          expect([name, after.get(name)]).toEqual([name, Math.max(amount, after.get(name) ?? -1)]);
      }),
      { numRuns: 300 },
    );
  });

  it('as of a day equals replaying what was recorded until then, byte for byte', () => {
    const asked = fc.tuple(activities, person).chain(([list, who]) =>
      fc.record({
        list: fc.constant(list),
        who: fc.constant(who),
        // The day itself on which something was recorded, or any other.
        asOf: fc.constantFrom('2023-07-01', '2024-03-01', ...list.map(({ recordedOn = END }) => recordedOn)),
        takenBack: fc.nat(300),
      }),
    );
    fc.assert(
      fc.property(asked, ({ list, who, asOf, takenBack }) => {
        const lasting = <Row extends { recordedOn?: string | undefined }>(rows: readonly Row[]): Row[] =>
          rows
            .filter(({ recordedOn = '' }) => recordedOn <= asOf)
            .map((row) => ({ ...row, recordedOn: '2000-01-01' }));
        const knownWho: CreditPerson = {
          ...who,
          history: lasting(who.history),
          circumstances: lasting(who.circumstances ?? []),
          openings: lasting(who.openings ?? []),
        };
        // The facts as they were known, as if that had been so for long: when exactly is of no importance.
        expect(said(evaluateFacts({ asOf, ...file(list, who) }, everything))).toBe(
          said(evaluateFacts({ asOf, ...file(lasting(list), knownWho) }, everything)),
        );
        const entries = entriesOf(list, everything, personAsRecorded(who, END));
        const log = [...entries, ...entries.slice(0, 4).map((entry) => reversal(entry, takenBack))];
        expect(said(evaluate(log, everything, who, asOf))).toBe(
          said(evaluate(lasting(log), everything, knownWho, asOf)),
        );
      }),
    );
  });

  it('leaves what a closed cycle has counted as it is, whatever higher comes later', () => {
    const highest = sample({
      kinds,
      cycles: {
        ...cycles,
        half: { from: '2020-01-01', months: 6 },
        five: { from: '2022-01-01', months: 60 },
      },
      earn: [
        {
          id: 'talk',
          clause: '一',
          kinds: ['talk', 'book'],
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
        },
        {
          id: 'paper',
          clause: '一',
          kinds: 'paper',
          earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
          spread: { over: 'years', years: 2 },
        },
      ],
      caps: [
        { clause: '二', counts: { kind: ['talk', 'paper'] }, atMost: 'highest', each: 'subject' },
        { clause: '二', counts: { kind: 'book' }, atMost: { highest: 2 } },
      ],
    });
    const done = fc.array(
      fc.record({
        kind: fc.constantFrom('talk', 'book', 'paper'),
        occurredOn: fc.tuple(fc.nat(2), fc.nat(360)).map(([year, day]) => dayOf(year * 365 + day)),
        classHours: quarters,
        subject: fc.constantFrom('甲', '乙'),
      }),
      { maxLength: 12 },
    );
    const appointed = fc.array(offset, { maxLength: 2 });
    fc.assert(
      fc.property(done, appointed, (facts, days) => {
        const who = {
          id: 'p',
          history: days.map((on, index) => ({
            from: dayOf(on),
            postLevel: `乡科级${index === 0 ? '副' : '正'}职`,
          })),
        };
        const list = facts.map((fact, index) => activity({ id: `a${index}`, ...fact }));
        const closedBy = (end: string, asOf: string): string[] =>
          evaluate(entriesOf(list, highest, who), highest, who, asOf)
            .sums.filter(({ cycle, amount }) => cycle.to <= end && amount !== 0)
            .map(({ cycle, kind, amount }) => `${cycle.id} ${cycle.to} ${kind} ${amount}`)
            .sort();
        for (const end of ['2023-06-30', '2023-12-31', '2024-12-31', '2025-06-30'])
          expect(closedBy(end, '2026-12-31')).toEqual(closedBy(end, end));
      }),
      { numRuns: 300 },
    );
  });

  it('of two merged records equals the record that was never split', () => {
    fc.assert(
      fc.property(activities, person, fc.nat(16), (list, who, at) => {
        const merged = [list.slice(at), list.slice(0, at)].flatMap((part) =>
          entriesOf(part, everything, who),
        );
        const whole = entriesOf(list, everything, who);
        expect(said(evaluate(merged, everything, who, END))).toBe(
          said(evaluate(whole, everything, who, END)),
        );
      }),
    );
  });

  it('after a reversal is what it was before the entry', () => {
    fc.assert(
      fc.property(activities, person, fc.nat(), fc.nat(100), (list, who, pick, after) => {
        const entries = entriesOf(list, everything, who);
        const reversed = entries[pick % Math.max(1, entries.length)];
        fc.pre(reversed !== undefined);
        const of = (log: readonly LedgerView[]): string => said(evaluate(log, everything, who, '2027-12-31'));
        const reversals = [...entries, reversal(reversed, after)];
        expect(of(reversals)).toBe(of(entries.filter((entry) => entry !== reversed)));
        // Entered again it is as if nothing had been taken back.
        expect(of([...reversals, { ...reversed, id: 'again' }])).toBe(of(entries));
      }),
    );
  });
});

describe('settlement', () => {
  it('loses nothing by splitting an amount over days or years', () => {
    const split = fc.record({
      kind: fc.constantFrom('class', 'fault', 'paper'),
      when: lying,
      classHours: fc.integer({ min: 0, max: 40_000 }).map((hundredths) => hundredths / 100),
    });
    fc.assert(
      fc.property(split, ({ kind, when, classHours }) => {
        const spread = activity({ id: 'a', kind, classHours, ...when.facts });
        const { entries } = settleAll([spread], everything, anyone);
        const whole = Math.round(classHours * 10_000) * (kind === 'fault' ? -0.5 : 1);
        expect(entries.reduce((total, { amount }) => total + amount, 0)).toBe(whole + 0);
        const last = dayOf(Math.max(...when.days));
        const days = new Set(
          kind === 'paper' ? [0, 12, 24].map((months) => addMonths(last, months)) : when.days.map(dayOf),
        );
        const amounts = entries.map(({ amount }) => Math.abs(amount));
        expect(entries.every(({ occurredOn }) => days.has(occurredOn))).toBe(true);
        expect(new Set(entries.map(({ line }) => line)).size).toBe(entries.length);
        // Shares of nothing are left out; all others differ by no more than a ten-thousandth.
        if (Math.abs(whole) >= days.size) expect(entries).toHaveLength(days.size);
        expect(Math.max(0, ...amounts) - Math.min(Infinity, ...amounts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
