import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyLimits } from './limits';
import { activity, classes, earning, evaluated, sample } from '../testing/sample';
import type { Activity } from '../person/activity';
import type { Regulation } from '../regulation/regulation-schema';
import { sayCut } from '../words/words';

const hours = { rate: 1, of: 'classHours' };
const capped = (caps: readonly object[], sections: object = {}): Regulation =>
  earning(hours, {}, { ...sections, caps });
const counted = (activities: readonly Activity[], regulation: Regulation): number[] =>
  evaluated(activities, regulation).counted.map((entry) => entry.counted);

describe('limits', () => {
  it('cut in order of date, then source, and say by how much', () => {
    const regulation = capped([
      { clause: '二', name: '每年上限', counts: { measure: 'hours' }, atMost: 10, per: 'year' },
    ]);
    const later = activity({ id: 'a', occurredOn: '2024-06-02', classHours: 8 });
    const sooner = activity({ id: 'b', occurredOn: '2024-06-01', classHours: 6 });
    const [first, second] = evaluated([later, sooner], regulation).counted;
    expect([first?.entry.source.id, first?.counted, first?.cuts]).toEqual(['b', 60_000, []]);
    expect([second?.entry.source.id, second?.counted]).toEqual(['a', 40_000]);
    expect(second?.cuts).toEqual([
      { cap: 0, clause: '二', name: '每年上限', limit: 100_000, used: 60_000, cut: 40_000 },
    ]);
  });

  it.each([
    ['day', [2, 2]],
    ['month', [3, 3]],
    ['quarter', [3]],
    ['half-year', [3]],
    ['year', [3]],
  ])('hold per %s', (per, sums) => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: per === 'day' ? 2 : 3, per }]);
    const acts =
      per === 'day'
        ? [...classes('2024-04', 2, 2), ...classes('2024-04', 2, 2)]
        : [...classes('2024-04', 2, 2), ...classes('2024-05', 2, 2)];
    const total = counted(acts, regulation).reduce((sum, amount) => sum + amount, 0);
    expect(total).toBe(sums.reduce((sum, amount) => sum + amount * 10_000, 0));
  });

  it('hold per cycle around an event, in the last one that began', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: 3, per: 'own' }], {
      cycles: { own: { around: 'employment', monthsAfter: 12, repeats: true } },
    });
    const acts = [...classes('2023-02', 2), ...classes('2023-04', 2, 2), ...classes('2024-05', 2)];
    const person = { id: 'p', history: [{ from: '2023-03-15' }], employedOn: '2023-03-15' };
    const kept = evaluated(acts, regulation, '2024-12-31', person).counted.map((entry) => entry.counted);
    // What lies before the event is in no period, and no limit of one.
    expect(kept).toEqual([20_000, 20_000, 10_000, 20_000]);
  });

  it('hold for ever without a period, and each value of a fact by itself', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: 3, each: 'organiser' }]);
    const at = (organiser: string | undefined, day: string): Activity =>
      activity({ occurredOn: day, classHours: 2, ...(organiser === undefined ? {} : { organiser }) });
    expect(
      counted(
        [
          at('甲', '2023-05-01'),
          at('甲', '2024-05-01'),
          at('乙', '2024-05-02'),
          at(undefined, '2024-05-03'),
          at(undefined, '2024-05-04'),
        ],
        regulation,
      ),
    ).toEqual([20_000, 10_000, 20_000, 20_000, 20_000]);
  });

  it('count the same work once, at its highest, whatever the order of dates', () => {
    const regulation = capped([
      { clause: '二', counts: { kind: 'class' }, atMost: 'highest', each: 'subject' },
    ]);
    const paper = (day: string, classHours: number): Activity =>
      activity({ occurredOn: day, classHours, subject: '论文' });
    const rising = evaluated([paper('2024-01-01', 12), paper('2024-02-01', 48)], regulation);
    expect(rising.counted.map((entry) => entry.counted)).toEqual([0, 480_000]);
    expect(rising.counted[0]?.cuts).toMatchObject([{ limit: 480_000, cut: 120_000, items: 1 }]);
    expect(counted([paper('2024-01-01', 48), paper('2024-02-01', 12)], regulation)).toEqual([480_000, 0]);
  });

  it('leave what counted in a closed cycle, and add the difference to the highest', () => {
    const works = [
      activity({ id: 'a', occurredOn: '2023-03-01', classHours: 4, subject: '论文' }),
      activity({ id: 'b', occurredOn: '2024-03-01', classHours: 10, subject: '论文' }),
      activity({ id: 'c', occurredOn: '2024-06-01', classHours: 12, subject: '论文' }),
      activity({ id: 'd', occurredOn: '2025-06-01', classHours: 11, subject: '论文' }),
      activity({ id: 'e', occurredOn: '2026-06-01', classHours: 30, subject: '论文' }),
    ];
    const on = (day: string, sections: object = {}): number[] => {
      const regulation = capped([{ clause: '二', counts: {}, atMost: 'highest', each: 'subject' }], sections);
      return evaluated(works, regulation, day).counted.map((entry) => entry.counted / 10_000);
    };
    expect(on('2024-04-01')).toEqual([4, 6]);
    expect(on('2024-12-31')).toEqual([4, 0, 8]);
    expect(on('2026-12-31')).toEqual([4, 0, 8, 0, 18]);
    // A longer cycle alone is still open: everything before gives way.
    expect(on('2026-12-31', { cycles: { five: { from: '2022-01-01', months: 60 } } })).toEqual([
      0, 0, 0, 0, 30,
    ]);
    // Rolling months never close.
    expect(on('2026-12-31', { cycles: { last: { lastMonths: 60 } } })).toEqual([0, 0, 0, 0, 30]);
  });

  it('close with a cycle around an event of the person', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: { highest: 1 } }], {
      cycles: { own: { around: 'appointment', monthsAfter: 12, repeats: true } },
    });
    const works = [
      activity({ occurredOn: '2024-03-01', classHours: 4 }),
      activity({ occurredOn: '2024-09-01', classHours: 10 }),
    ];
    const appointed = (from: string): number[] =>
      evaluated(works, regulation, '2024-12-31', {
        id: 'p',
        history: [
          { from: '2020-03-15', postLevel: '乡科级副职' },
          { from, postLevel: '乡科级正职' },
        ],
      }).counted.map((entry) => entry.counted / 10_000);
    expect(appointed('2024-06-01')).toEqual([4, 6]);
    expect(appointed('2024-02-01')).toEqual([0, 10]);
  });

  it('take back a lower level in another part, and what a condition on the level then finds is whole', () => {
    const regulation = sample({
      parts: { I: '一类', II: '二类' },
      earn: [
        {
          id: 'i',
          clause: '一',
          kinds: 'class',
          where: { level: '国家' },
          earns: [{ measure: 'hours', part: 'I', flat: 10 }],
        },
        {
          id: 'ii',
          clause: '一',
          kinds: 'class',
          where: { level: '市' },
          earns: [{ measure: 'hours', part: 'II', flat: 4 }],
        },
      ],
      caps: [{ clause: '二', counts: {}, atMost: 'highest', each: 'subject' }],
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { where: { level: '国家' }, atLeast: 10 },
        },
      ],
    });
    const paper = (day: string, level: string): Activity =>
      activity({ occurredOn: day, level, subject: '论文' });
    const { sums, targets } = evaluated([paper('2024-03-01', '市'), paper('2024-06-01', '国家')], regulation);
    expect(sums.map(({ part, amount }) => [part, amount]).filter(([, amount]) => amount !== 0)).toEqual([
      ['I', 100_000],
    ]);
    expect(targets).toMatchObject([{ met: true }]);
  });

  it('take what is spread over days or years as one amount, of which the highest counts', () => {
    const highest = { caps: [{ clause: '二', counts: {}, atMost: 'highest', each: 'subject' }] };
    const course = (from: string, to: string, classHours: number): Activity =>
      activity({ from, to, classHours, subject: '课' });
    const byDay = earning(hours, { spread: { over: 'days' } }, highest);
    const lower = course('2024-03-01', '2024-03-02', 8);
    const higher = course('2024-04-01', '2024-04-03', 12);
    expect(counted([lower, higher], byDay)).toEqual([0, 0, 40_000, 40_000, 40_000]);
    // Where the lower one was in a closed cycle, the first pieces of the higher one give way.
    const before = course('2023-03-01', '2023-03-02', 8);
    expect(counted([before, higher], byDay)).toEqual([40_000, 40_000, 0, 0, 40_000]);
    expect(counted([higher], byDay)).toEqual([40_000, 40_000, 40_000]);
    const byYear = earning(hours, { spread: { over: 'years', years: 2 } }, highest);
    expect(
      evaluated([activity({ classHours: 40, subject: '课' })], byYear, '2025-12-31').counted.map(
        (entry) => entry.counted,
      ),
    ).toEqual([200_000, 200_000]);
  });

  it('are those of the groups on the last day of their period, or of service in it', () => {
    const regulation = capped(
      [
        { clause: '二', counts: {}, atMost: 40, per: 'year', groups: 'section' },
        { clause: '二', counts: {}, atMost: 50, per: 'year', groups: 'division' },
      ],
      {
        groups: {
          section: { name: '科级', where: { rank: { below: '县处级副职' } } },
          division: { name: '处级', where: { rank: { atLeast: '县处级副职' } } },
        },
      },
    );
    const acts = [
      activity({ occurredOn: '2024-02-01', classHours: 45 }),
      activity({ occurredOn: '2024-09-01', classHours: 45 }),
    ];
    const promoted = {
      id: 'p',
      history: [
        { from: '2020-01-01', to: '2024-06-30', postLevel: '乡科级正职' },
        { from: '2024-07-01', postLevel: '县处级副职' },
      ],
    };
    const on = (day: string, person = promoted): number[] =>
      evaluated(acts, regulation, day, person).counted.map((entry) => entry.counted);
    expect(on('2024-03-01')).toEqual([400_000]);
    expect(on('2024-12-31')).toEqual([450_000, 50_000]);
    const retired = { id: 'p', history: [{ from: '2020-01-01', to: '2024-10-31', postLevel: '乡科级正职' }] };
    expect(on('2024-12-31', retired)).toEqual([400_000, 0]);
  });

  it('hold a share of the result, cut where it is part of the whole', () => {
    const shared = (of: object): Regulation =>
      sample({
        earn: [
          { id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', ...hours }] },
          { id: 'talk', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', ...hours }] },
        ],
        caps: [{ clause: '二', counts: { kind: 'talk' }, atMost: { share: '1/3', of }, per: 'year' }],
      });
    const acts = [
      ...classes('2024-01', 10, 10),
      activity({ kind: 'talk', occurredOn: '2024-02-01', classHours: 30 }),
    ];
    expect(counted(acts, shared({}))).toEqual([100_000, 100_000, 100_000]);
    expect(counted(acts, shared({ kind: 'class' }))).toEqual([100_000, 100_000, 66_666]);
  });

  it('hold a share of what only some of the limited are part of', () => {
    const kinds = { class: '培训', talk: '讲座', paper: '论文' };
    const shared = (share: string): Regulation =>
      sample({
        kinds,
        earn: Object.keys(kinds).map((kind) => ({
          id: kind,
          clause: '一',
          kinds: kind,
          earns: [{ measure: 'hours', ...hours }],
        })),
        caps: [
          {
            clause: '二',
            counts: { kind: ['talk', 'paper'] },
            atMost: { share, of: { kind: ['class', 'talk'] } },
            per: 'year',
          },
        ],
      });
    const on = (kind: string, occurredOn: string, classHours: number): Activity =>
      activity({ kind, occurredOn, classHours });
    const [talk, paper] = [on('talk', '2024-02-01', 2), on('paper', '2024-03-01', 10)];
    // 6.5 of talks and papers are a quarter of 24 + 2, and not a third of 24.
    expect(counted([...classes('2024-01', 24), talk, paper], shared('1/4'))).toEqual([
      240_000, 20_000, 45_000,
    ]);
    // Of 24 alone, papers first: 6; then no talk has room, though it would make a little.
    const late = on('talk', '2024-04-01', 2);
    expect(counted([...classes('2024-01', 24), paper, late], shared('1/4'))).toEqual([240_000, 60_000, 0]);
    expect(counted([...classes('2024-01', 4), talk, paper], shared('1'))).toEqual([40_000, 20_000, 40_000]);
  });

  describe('as shares of the same amount', () => {
    const kinds = { class: '培训', talk: '讲座', paper: '论文' };
    const earn = Object.keys(kinds).map((kind) => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure: 'hours', ...hours }],
    }));
    const share = (kind: string, of: string, more: object = {}): object => ({
      clause: '二',
      counts: { kind },
      atMost: { share: of, of: {} },
      per: 'year',
      ...more,
    });
    const on = (kind: string, classHours: number, more: Partial<Activity> = {}): Activity =>
      activity({ kind, classHours, occurredOn: '2024-02-01', ...more });
    const sums = (acts: readonly Activity[], caps: readonly object[]): number[] => {
      const { counted: all } = evaluated(acts, sample({ kinds, earn, caps }));
      return Object.keys(kinds).map((kind) =>
        all.filter(({ entry }) => entry.kind === kind).reduce((sum, one) => sum + one.counted, 0),
      );
    };
    const half = share('talk', '1/2');

    it('hold at once where they stand together', () => {
      const acts = [on('class', 10), on('talk', 60), on('paper', 60)];
      expect(sums(acts, [half, share('paper', '1/4')])).toEqual([100_000, 200_000, 100_000]);
      expect(sums(acts, [share('paper', '1/4'), half])).toEqual([100_000, 200_000, 100_000]);
      // What one of them does not need gives the other none.
      expect(sums([on('class', 10), on('talk', 60), on('paper', 2)], [half, share('paper', '1/4')])).toEqual([
        100_000, 120_000, 20_000,
      ]);
      expect(sums([on('talk', 60), on('paper', 60)], [half, share('paper', '1/4')])).toEqual([0, 0, 0]);
      const [, , cut] = evaluated(acts, sample({ kinds, earn, caps: [half, share('paper', '1/4')] })).counted;
      expect(cut?.cuts).toMatchObject([{ cap: 1, limit: 100_000, used: 0, cut: 500_000 }]);
    });

    it('hold for each of something at once', () => {
      const caps = [share('talk', '1/4', { each: 'organiser' })];
      const [one, other] = [on('talk', 60, { organiser: '甲' }), on('talk', 60, { organiser: '乙' })];
      expect(sums([on('class', 10), one, other], caps)).toEqual([100_000, 100_000, 0]);
    });

    it('hold one after another where another limit stands between them, or the period is another', () => {
      const acts = [on('class', 10), on('talk', 60), on('paper', 60)];
      const between = { clause: '二', counts: {}, atMost: 1000, per: 'year' };
      expect(sums(acts, [half, between, share('paper', '1/4')])).toEqual([100_000, 600_000, 233_333]);
      expect(sums(acts, [half, share('paper', '1/4', { per: 'quarter' })])).toEqual([
        100_000, 600_000, 233_333,
      ]);
    });

    it('let count as much as can be', () => {
      const some = fc.nat(400);
      const part = fc.integer({ min: 1, max: 9 });
      fc.assert(
        fc.property(some, some, some, part, part, (free, talks, papers, s, t) => {
          const acts = [on('class', free), on('talk', talks), on('paper', papers)];
          const amounts = sums(acts, [share('talk', `${s}/10`), share('paper', `${t}/10`)]);
          const [, talk = 0, paper = 0] = amounts;
          const whole = amounts.reduce((sum, amount) => sum + amount, 0);
          expect(talk * 10).toBeLessThanOrEqual(whole * s);
          expect(paper * 10).toBeLessThanOrEqual(whole * t);
          // A whole that is larger by little would not be reached.
          const larger = whole + 40;
          const reached =
            free * 10_000 +
            Math.min(talks * 10_000, (larger * s) / 10) +
            Math.min(papers * 10_000, (larger * t) / 10);
          if (whole < (free + talks + papers) * 10_000) expect(reached).toBeLessThan(larger);
        }),
      );
    });
  });

  it('leave deductions alone, and follow groups, dates and readings', () => {
    const regulation = sample({
      groups: { young: { name: '青年', where: { age: { below: 35 } } } },
      settings: { x: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'a' } },
      earn: [
        { id: 'class', clause: '一', kinds: 'class', earns: [{ measure: 'hours', ...hours }] },
        { id: 'absent', clause: '一', kinds: 'talk', earns: [{ measure: 'hours', flat: -2 }] },
      ],
      caps: [
        { clause: '二', counts: {}, atMost: 5, per: 'year', groups: 'young' },
        { clause: '二', counts: {}, atMost: 6, per: 'year', if: { x: 'b' } },
        { clause: '二', counts: {}, atMost: 7, per: 'year', inForce: { from: '2025-01-01' } },
      ],
    });
    const acts = [...classes('2024-03', 8), activity({ kind: 'talk', occurredOn: '2024-04-01' })];
    const of = (birthDate: string): number[] =>
      evaluated(acts, regulation, '2024-12-31', { id: 'p', birthDate, history: [] }).counted.map(
        (entry) => entry.counted,
      );
    expect(of('1980-01-01')).toEqual([80_000, -20_000]);
    expect(of('2000-01-01')).toEqual([50_000, -20_000]);
  });

  it('leave dates outside all windows alone', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: 1, per: 'plan' }], {
      cycles: {
        year: { from: '2020-01-01', months: 12 },
        plan: { windows: [{ from: '2024-06-01', to: '2024-12-31' }] },
      },
    });
    expect(counted([...classes('2024-05', 4), ...classes('2024-06', 4)], regulation)).toEqual([
      40_000, 10_000,
    ]);
  });

  it('do nothing without entries', () => {
    const { counted: none } = applyLimits([], capped([]), {
      groupsOf: () => new Set(),
      periodOf: () => undefined,
      openUntil: () => undefined,
      used: () => new Map(),
      requiredOf: () => undefined,
    });
    expect(none).toEqual([]);
  });
});

describe('a limit of one cycle alone', () => {
  const cycles = { year: { from: '2021-01-01', months: 12 }, five: { from: '2021-01-01', months: 60 } };
  const kinds = { class: '培训', talk: '校本' };
  const needs = (cycle: string, atLeast: number): object => ({
    id: cycle,
    name: cycle,
    clause: '一',
    cycle,
    needs: { atLeast },
  });
  const withLimit = (limit: object, sections: object = {}): Regulation =>
    sample({
      cycles,
      kinds,
      earn: [
        { id: 'class', clause: '一', kinds: ['class', 'talk'], earns: [{ measure: 'hours', ...hours }] },
      ],
      caps: [
        { clause: '二', name: '三分之一', counts: { kind: 'talk' }, cycle: 'five', ...limit },
        { clause: '二', name: '每年', counts: { kind: 'talk' }, atMost: 24, per: 'year' },
      ],
      targets: [needs('five', 360), needs('year', 48)],
      ...sections,
    });
  const done = [2021, 2022, 2023, 2024, 2025].flatMap((year) => [
    activity({ kind: 'talk', occurredOn: `${year}-04-01`, classHours: 30 }),
    activity({ kind: 'class', occurredOn: `${year}-05-01`, classHours: 40 }),
  ]);
  const earned = ({ targets, earlier }: ReturnType<typeof evaluated>): unknown[] =>
    [...targets, ...earlier].map(({ target, alternatives }) => [
      target,
      (alternatives[0]?.[0]?.earned ?? 0) / 10_000,
    ]);
  const third = withLimit({ atMost: { share: '1/3', of: {} } });

  it('leaves what other cycles ask for as it is, and comes after all others', () => {
    const after = evaluated(done, third, '2025-12-31');
    const [five, ...years] = earned(after);
    expect(five).toEqual(['five', 300]);
    expect(years).toEqual(years.map(() => ['year', 64]));
    const last = after.counted.at(-2);
    expect([last?.counted, last?.cuts.map(({ cut }) => cut)]).toEqual([240_000, [60_000]]);
    expect(last?.cutsInCycle).toEqual([
      {
        cap: 0,
        clause: '二',
        name: '三分之一',
        limit: 1_000_000,
        used: 960_000,
        cut: 200_000,
        cycle: 'five',
      },
    ]);
    expect(after.counted[0]).not.toHaveProperty('cutsInCycle');
    const sums = after.sums.filter(({ kind, cycle }) => kind === 'talk' && cycle.id === 'five');
    expect(sums.map(({ amount }) => amount)).toEqual([1_000_000]);
  });

  it('moves with what else is done', () => {
    // 40 more of the others let 20 more of these count.
    expect(evaluated(done, third, '2025-12-30').targets[0]).toMatchObject({
      least: [[{ amount: 400_000 }]],
      full: [{ name: '三分之一' }, { name: '每年' }],
    });
    const more = withLimit({ atMost: { share: '1/3', of: {} } }, { targets: [needs('year', 70)] });
    expect(evaluated(done, more, '2025-12-30').targets[0]?.full).toMatchObject([{ name: '每年' }]);
  });

  it('may be a number or so many items, and holds for totals and what is carried over', () => {
    const sections = {
      totals: { points: { name: '分', measure: 'hours', cycle: 'five', add: [{ kind: 'talk' }] } },
      carryOver: [
        { clause: '三', cycle: 'five', from: { kind: 'talk' }, above: 40, to: { measure: 'hours' } },
      ],
    };
    const of = (atMost: unknown): unknown => {
      const { totals, carries } = evaluated(done, withLimit({ atMost }, sections), '2025-12-31');
      return [totals[0]?.amount, carries[0]?.amount];
    };
    expect(of(100)).toEqual([1_000_000, 600_000]);
    expect(of({ highest: 2 })).toEqual([480_000, 80_000]);
    expect(evaluated(done, withLimit({ atMost: 100 }), '2025-06-01').targets[0]?.full).toMatchObject([
      { name: '三分之一' },
      { name: '每年' },
    ]);
  });

  it('says where it takes', () => {
    const [cut] = evaluated(done, third, '2025-12-31').counted.at(-2)?.cutsInCycle ?? [];
    expect(cut && (['zh', 'en'] as const).map((language) => sayCut(cut, 'hours', third, language))).toEqual([
      '三分之一：最多 100 学时，此前已计 96 学时，本次少计 20 学时（只在“five”里少计）',
      '三分之一 100 学时, of which 96 学时 was used before: 20 学时 less (only for five)',
    ]);
    const unasked = withLimit({ atMost: 1 }, { targets: [] });
    expect(cut && (['zh', 'en'] as const).map((language) => sayCut(cut, 'hours', unasked, language))).toEqual(
      [expect.stringContaining('（只在那个周期里少计）'), expect.stringContaining('(only for that cycle)')],
    );
  });
});

describe('limits on the number of items', () => {
  const items = (atMost: object): number[] =>
    counted(classes('2024-05', 4, 9, 6), capped([{ clause: '二', counts: {}, atMost, per: 'year' }]));

  it('keep the first by date, or the highest', () => {
    expect(items({ first: 2 })).toEqual([40_000, 90_000, 0]);
    expect(items({ highest: 2 })).toEqual([0, 90_000, 60_000]);
    expect(items({ highest: 5 })).toEqual([40_000, 90_000, 60_000]);
  });

  it('keep the highest of a running cycle beside what closed ones have counted', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: { highest: 2 } }]);
    const on = (day: string, classHours: number): Activity => activity({ occurredOn: day, classHours });
    const works = [
      on('2023-01-01', 5),
      on('2023-02-01', 6),
      on('2023-03-01', 4),
      on('2024-01-01', 10),
      on('2024-02-01', 7),
    ];
    // 17 in all, of which 11 stay in the closed year; the lower one gives way first.
    expect(counted(works, regulation)).toEqual([50_000, 60_000, 0, 60_000, 0]);
  });

  it('take an item for one of the period in which it begins', () => {
    const regulation = earning(
      hours,
      { spread: { over: 'years', years: 2 } },
      {
        caps: [{ clause: '二', counts: {}, atMost: { first: 1 }, per: 'year' }],
      },
    );
    const works = [
      activity({ occurredOn: '2023-07-01', classHours: 10 }),
      activity({ occurredOn: '2024-08-01', classHours: 8 }),
    ];
    expect(evaluated(works, regulation, '2025-12-31').counted.map((entry) => entry.counted)).toEqual([
      50_000, 50_000, 40_000, 40_000,
    ]);
  });

  it('say how many count', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: { highest: 1 } }]);
    const [first] = evaluated(classes('2024-05', 4, 9), regulation).counted;
    expect(first?.cuts).toEqual([
      { cap: 0, clause: '二', name: '', limit: 90_000, used: 90_000, cut: 40_000, items: 1 },
    ]);
  });

  it('hold per week, which begins on Monday', () => {
    const regulation = capped([{ clause: '二', counts: {}, atMost: 5, per: 'week' }]);
    // 2024-05-05 is a Sunday.
    const acts = ['2024-05-04', '2024-05-05', '2024-05-06'].map((occurredOn) =>
      activity({ occurredOn, classHours: 4 }),
    );
    expect(counted(acts, regulation)).toEqual([40_000, 10_000, 40_000]);
  });

  it('may take several sources about the same work for one item', () => {
    const paper = (day: string, classHours: number, subject: string): Activity =>
      activity({ occurredOn: `2024-0${day}`, classHours, subject });
    const papers = [
      paper('1-10', 20, '甲'),
      paper('2-10', 30, '甲'),
      paper('3-10', 12, '乙'),
      paper('4-10', 15, '丙'),
    ];
    const two = (items: object): number[] =>
      counted(
        papers,
        capped([
          { clause: '二', counts: {}, atMost: 'highest', each: 'subject' },
          { clause: '二', counts: {}, atMost: { highest: 2, ...items }, per: 'year' },
        ]),
      );
    // 甲 counts 30 once, beside the 15 of 丙.
    expect(two({ items: 'subject' })).toEqual([0, 300_000, 0, 150_000]);
    expect(two({})).toEqual([0, 300_000, 0, 150_000]);
  });
});

describe('a limit over months that roll', () => {
  const cycles = { year: { from: '2020-01-01', months: 12 }, last: { lastMonths: 12 } };
  const rolling = (cap: object = {}, sections: object = {}): Regulation =>
    capped([{ clause: '二', counts: {}, atMost: 10, per: 'last', ...cap }], { cycles, ...sections });
  const at = (occurredOn: string, classHours: number, more: object = {}): Activity =>
    activity({ occurredOn, classHours, ...more });
  const hoursOn = (activities: readonly Activity[], regulation: Regulation, day = '2026-12-31'): number[] =>
    evaluated(activities, regulation, day).counted.map((one) => one.counted / 10_000);

  it('holds in the months that end with each day, and gives back the room of what has rolled out', () => {
    const activities = [
      at('2024-03-15', 6),
      at('2024-12-01', 6),
      at('2025-03-14', 3),
      at('2025-03-15', 8),
      at('2025-12-02', 5),
    ];
    // 6, then 4 of 6; on the last day of the first twelve months no room, on the next one 6 of 8; then 4 of 5.
    expect(hoursOn(activities, rolling())).toEqual([6, 4, 0, 6, 4]);
    const cuts = evaluated(activities, rolling(), '2026-12-31').counted.flatMap((one) => one.cuts);
    expect(cuts.map(({ used, cut }) => [used / 10_000, cut / 10_000])).toEqual([
      [6, 2],
      [10, 3],
      [4, 2],
      [6, 1],
    ]);
  });

  it('never lets more count in any twelve months, and leaves to a later day what an earlier one knew', () => {
    const activities = Array.from({ length: 60 }, (_, index) =>
      at(`${2022 + Math.floor(index / 20)}-${String((index % 12) + 1).padStart(2, '0')}-10`, 1 + (index % 4)),
    );
    const { counted } = evaluated(activities, rolling(), '2026-12-31');
    const days = [...new Set(counted.map(({ entry }) => entry.occurredOn))];
    const within = (day: string): number =>
      counted
        .filter(
          ({ entry: { occurredOn } }) =>
            `${Number(day.slice(0, 4)) - 1}${day.slice(4)}` < occurredOn && occurredOn <= day,
        )
        .reduce((sum, one) => sum + one.counted, 0);
    expect(Math.max(...days.map(within))).toBe(100_000);
    const sooner = hoursOn(activities, rolling(), '2023-05-31');
    expect(hoursOn(activities, rolling()).slice(0, sooner.length)).toEqual(sooner);
  });

  it('ends a month on its last day where the month has no such day', () => {
    const cycle = { cycles: { ...cycles, last: { lastMonths: 1 } } };
    expect(
      hoursOn([at('2025-01-31', 10), at('2025-02-28', 1), at('2025-03-01', 1)], rolling({}, cycle)),
    ).toEqual([10, 0, 1]);
  });

  it('counts the first items, and the same item again without room of its own', () => {
    const paper = (day: string, subject: string): Activity => at(day, 3, { subject });
    const activities = [
      paper('2024-01-10', '甲'),
      paper('2024-02-10', '乙'),
      paper('2024-06-10', '甲'),
      paper('2025-01-10', '丙'),
      paper('2025-02-10', '丁'),
      paper('2025-06-10', '丁'),
    ];
    // Of one: 乙, 丙 and 丁 find 甲 in the months before, until June, which is out on 2025-06-10. Of two: 丙 still finds 乙
    // as well, which is out on 2025-02-10.
    expect(hoursOn(activities, rolling({ atMost: { first: 1, items: 'subject' } }))).toEqual([
      3, 0, 3, 0, 0, 3,
    ]);
    expect(hoursOn(activities, rolling({ atMost: { first: 2, items: 'subject' } }))).toEqual([
      3, 3, 3, 0, 3, 3,
    ]);
  });

  it('is used up until the oldest of it rolls out', () => {
    const regulation = rolling(
      { counts: { kind: 'class' } },
      {
        targets: [
          { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { measure: 'hours', atLeast: 20 } },
        ],
      },
    );
    const [result] = evaluated([at('2024-03-15', 4), at('2024-12-01', 6)], regulation, '2025-01-31').targets;
    expect(result?.full).toEqual([{ clause: '二', name: '', kinds: ['class'], until: '2025-03-14' }]);
    const [later] = evaluated([at('2024-03-15', 4), at('2024-12-01', 6)], regulation, '2025-03-15').targets;
    expect(later?.full).toBeUndefined();
  });

  it('asks for the groups of the day', () => {
    const groups = { heads: { name: '校长', where: { role: '校长' } } };
    const person = {
      id: 'p',
      history: [
        { from: '2024-01-01', to: '2024-06-30', roles: ['校长'] },
        { from: '2024-07-01', roles: ['教师'] },
      ],
    };
    const { counted } = evaluated(
      [at('2024-05-01', 12), at('2024-08-01', 12)],
      rolling({ groups: 'heads' }, { groups }),
      '2024-12-31',
      person,
    );
    expect(counted.map((one) => one.counted)).toEqual([100_000, 120_000]);
  });

  it('in one cycle alone is one in the months up to the day of evaluation, shares and the highest included', () => {
    const three = { cycles: { ...cycles, last: { lastMonths: 36 } }, kinds: { class: '培训', talk: '校本' } };
    const earn = ['class', 'talk'].map((kind) => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
    }));
    const needs = { measure: 'hours', atLeast: 60 };
    const targets = [{ id: 't', name: '三年', clause: '一', cycle: 'last', needs }];
    const activities = [
      at('2022-05-01', 30, { kind: 'talk' }),
      at('2023-05-01', 30),
      at('2024-05-01', 30, { kind: 'talk' }),
    ];
    const earned = (atMost: unknown, day: string): number | undefined => {
      const cap = { clause: '二', counts: { kind: 'talk' }, atMost, cycle: 'last' };
      const [result] = evaluated(activities, sample({ ...three, earn, targets, caps: [cap] }), day).targets;
      return (result?.alternatives[0]?.[0]?.earned ?? 0) / 10_000;
    };
    const third = { share: '1/3', of: {} };
    expect([earned(third, '2024-12-31'), earned(third, '2025-12-31')]).toEqual([45, 45]);
    expect([earned('highest', '2024-12-31'), earned('highest', '2025-12-31')]).toEqual([60, 60]);
    expect([earned(20, '2024-12-31'), earned(20, '2027-04-30')]).toEqual([50, 20]);
  });
});

describe('a limit by a share of what a target asks', () => {
  const half = { share: '1/2', of: { target: 't' } };
  const limited = (atMost: object = half, more: object = {}, cap: object = {}): Regulation =>
    capped([{ clause: '二', counts: { kind: 'class' }, atMost, per: 'year', ...cap }], {
      targets: [
        {
          id: 't',
          name: '任务',
          clause: '一',
          cycle: 'year',
          needs: { measure: 'hours', atLeast: 40 },
          ...more,
        },
      ],
    });
  const hoursOf = (regulation: Regulation, person: Parameters<typeof evaluated>[3]): number[] =>
    evaluated(classes('2024-05', 15, 15), regulation, '2024-12-31', person).counted.map(
      (one) => one.counted / 10_000,
    );
  const always = { id: 'p', history: [{ from: '2020-01-01' }] };

  it('is the number that this comes to for the person', () => {
    expect(hoursOf(limited(), always)).toEqual([15, 5]);
    const relief = [{ clause: '三', when: { circumstance: '病假' }, less: 20 }];
    const ill = { ...always, circumstances: [{ kind: '病假', from: '2024-02-01', to: '2024-03-01' }] };
    expect(hoursOf(limited(half, { relief }), ill)).toEqual([10, 0]);
    const joined = { id: 'p', history: [{ from: '2024-04-10' }] };
    const prorate = { by: 'months', present: 'any-day' };
    expect(hoursOf(limited(half, { prorate, decidedOn: 'any' }), joined)).toEqual([15, 0]);
  });

  it('is none where nothing is asked', () => {
    const relief = [{ clause: '三', when: { circumstance: '病假' }, exempt: true }];
    const ill = { ...always, circumstances: [{ kind: '病假', from: '2024-02-01', to: '2024-03-01' }] };
    expect(hoursOf(limited(half, { relief }), ill)).toEqual([15, 15]);
    expect(hoursOf(limited(half, { inForce: { from: '2025-01-01' } }), always)).toEqual([15, 15]);
  });

  it('takes the named amount, in one cycle alone too', () => {
    const needs = {
      allOf: [
        { measure: 'hours', atLeast: 40 },
        { id: 'few', measure: 'hours', atLeast: 10 },
      ],
    };
    const few = { share: 1, of: { target: 't', amount: 'few' } };
    expect(hoursOf(limited(few, { needs }), always)).toEqual([10, 0]);
    const inCycle = limited(few, { needs }, { per: undefined, cycle: 'year' });
    const [result] = evaluated(classes('2024-05', 15, 15), inCycle, '2024-12-31', always).targets;
    expect(result?.alternatives[0]?.map(({ earned }) => earned)).toEqual([100_000, 100_000]);
  });
});
