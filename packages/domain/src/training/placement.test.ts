import { describe, expect, it } from 'vitest';
import { createIdGenerator, instantOf, overlaps } from '../core';
import {
  areClassTimesValid,
  classTimesAfterMove,
  fitClassTimes,
  moveClassTimes,
  spanOfClass,
  suggestClassTimes,
} from './class-times';
import {
  assertPlacement,
  expectedPeopleOf,
  isWithinOpeningHours,
  refusalsOf,
  warningsOf,
  type PlacementFacts,
} from './decide-placement';
import {
  assertCancellable,
  assertChangeable,
  canBecome,
  isLastStanding,
  stageOfClass,
  statusOfClass,
} from './decide-session';
import { ALTERNATIVES, findAlternatives, wouldTimeHelp } from './find-alternatives';
import { sessionStatus } from './session';
import { earningsOf, isWorthValid, moveWorth, suggestWorth } from './worth';

const newId = createIdGenerator(
  () => 1_700_000_000_000,
  (count) => new Uint8Array(count),
);
/** A Friday. */
const DATE = '2026-11-20';
const NOW = instantOf('2026-11-18', 8 * 60);
const span = (from: number, to: number, date = DATE) => ({
  startsAt: instantOf(date, from * 60),
  endsAt: instantOf(date, to * 60),
});
const WEEKDAYS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 8 * 60, to: 18 * 60 }));
const baseId = newId();
const factsOf = (changes: Partial<PlacementFacts> = {}): PlacementFacts => ({
  base: { id: baseId, status: 'listed', openingHours: WEEKDAYS, blackouts: [] },
  venue: { id: newId(), capacity: 60, active: true },
  instructors: [{ id: newId(), active: true }],
  course: { id: newId(), status: 'published', reviewBy: '2027-01-01', baseIds: [baseId] },
  span: span(14, 17),
  mode: 'on-site',
  people: 50,
  worth: { halfDays: [{ date: DATE, part: 'afternoon' }], classHours: 40_000 },
  ...changes,
});

describe('where a session may stand', () => {
  const facts = factsOf();
  it.each<[string, Partial<PlacementFacts>, string[]]>([
    ['fits', {}, []],
    ['exactly full venue', { people: 60 }, []],
    ['one too many', { people: 61 }, ['VENUE_TOO_SMALL']],
    ['online needs no seats', { people: 5000, mode: 'online' }, []],
    ['delisted base', { base: { ...facts.base, status: 'delisted' } }, ['BASE_NOT_OPERATING']],
    ['base being reviewed again still teaches', { base: { ...facts.base, status: 're-review' } }, []],
    [
      'base in rectification does not',
      { base: { ...facts.base, status: 'rectification' } },
      ['BASE_NOT_OPERATING'],
    ],
    ['venue out of use', { venue: { ...facts.venue, active: false } }, ['RESOURCE_NOT_IN_USE']],
    ['instructor gone', { instructors: [{ id: newId(), active: false }] }, ['RESOURCE_NOT_IN_USE']],
    ['course not published', { course: { ...facts.course, status: 'draft' } }, ['COURSE_NOT_OFFERED']],
    ['course due for review that day', { course: { ...facts.course, reviewBy: DATE } }, []],
    [
      'course due for review the day before',
      { course: { ...facts.course, reviewBy: '2026-11-19' } },
      ['COURSE_NOT_OFFERED'],
    ],
    [
      'closed day',
      { base: { ...facts.base, blackouts: [{ from: DATE, to: DATE, reason: '庙会' }] } },
      ['BASE_BLACKOUT'],
    ],
    [
      'before it opens',
      { span: span(7.5, 10), worth: { halfDays: [], classHours: 0 } },
      ['OUTSIDE_OPENING_HOURS'],
    ],
    [
      'worth on another day',
      { worth: { halfDays: [{ date: '2026-11-21', part: 'afternoon' }], classHours: 0 } },
      ['WORTH_INVALID'],
    ],
  ])('%s', (_name, changes, codes) => {
    expect(refusalsOf(factsOf(changes), NOW).map(({ code }) => code)).toEqual(codes);
  });

  it('is never in the past, nor right now', () => {
    expect(refusalsOf(factsOf(), facts.span.startsAt).map(({ code }) => code)).toEqual(['SESSION_IN_PAST']);
    expect(refusalsOf(factsOf(), new Date(facts.span.startsAt.getTime() - 1))).toEqual([]);
  });

  it('throws the deepest reason first', () => {
    const bad = factsOf({ base: { ...facts.base, status: 'delisted' }, people: 5000 });
    expect(() => assertPlacement(bad, NOW)).toThrow('BASE_NOT_OPERATING');
    expect(() => assertPlacement(factsOf(), NOW)).not.toThrow();
  });

  it('warns without standing in the way', () => {
    expect(warningsOf(factsOf())).toEqual([]);
    expect(
      warningsOf(factsOf({ span: span(18.5, 20, '2026-11-21'), course: { ...facts.course, baseIds: [] } })),
    ).toEqual(['course-elsewhere', 'weekend', 'evening']);
  });

  it('brings nobody to the base when it is online only', () => {
    expect([
      expectedPeopleOf('online', 50),
      expectedPeopleOf('both', 50),
      expectedPeopleOf('on-site', 50),
    ]).toEqual([0, 50, 50]);
  });
});

describe('opening hours', () => {
  it.each([
    ['to the minute', span(8, 18), true],
    ['a minute too long', { startsAt: instantOf(DATE, 480), endsAt: instantOf(DATE, 1081) }, false],
    ['a day without opening', span(9, 10, '2026-11-21'), false],
    ['over midnight', span(17, 26), false],
  ])('%s', (_name, asked, open) => {
    expect(isWithinOpeningHours(asked, WEEKDAYS)).toBe(open);
  });

  it('over midnight where both days are open around the clock', () => {
    const always = [5, 6].map((weekday) => ({ weekday, from: 0, to: 1440 }));
    expect(isWithinOpeningHours(span(20, 26), always)).toBe(true);
  });
});

describe('the worth of a session', () => {
  it.each([
    ['an afternoon', span(14, 17), ['afternoon']],
    ['over noon', span(10, 15), ['morning', 'afternoon']],
    ['a long day is one day', span(8, 20), ['morning', 'afternoon']],
    ['an evening', span(18.5, 20.5), ['evening']],
  ])('proposes for %s', (_name, asked, parts) => {
    const worth = suggestWorth(asked, 40_000);
    expect(worth.halfDays.map(({ part }) => part)).toEqual(parts);
    expect(worth.classHours).toBe(40_000);
    expect(isWorthValid(worth, asked)).toBe(true);
  });

  it('refuses a half-day twice, a half-day not touched and more than a day per date', () => {
    const half = (part: 'morning' | 'afternoon' | 'evening') => ({ date: DATE, part });
    expect(isWorthValid({ halfDays: [half('morning'), half('morning')], classHours: 0 }, span(8, 12))).toBe(
      false,
    );
    expect(isWorthValid({ halfDays: [half('evening')], classHours: 0 }, span(8, 12))).toBe(false);
    expect(
      isWorthValid(
        { halfDays: [half('morning'), half('afternoon'), half('evening')], classHours: 0 },
        span(8, 20),
      ),
    ).toBe(false);
    expect(isWorthValid({ halfDays: [], classHours: 0 }, span(8, 20))).toBe(true);
  });

  it('moves along, never growing', () => {
    const declared = { halfDays: [{ date: DATE, part: 'morning' as const }], classHours: 30_000 };
    expect(moveWorth(declared, span(13, 20, '2026-11-23'))).toEqual({
      halfDays: [{ date: '2026-11-23', part: 'afternoon' }],
      classHours: 30_000,
    });
  });

  it('adds up over a class: a half-day counts once, a date at most one day, cancelled sessions nothing', () => {
    const worth = (parts: ('morning' | 'afternoon' | 'evening')[], date = DATE) => ({
      halfDays: parts.map((part) => ({ date, part })),
      classHours: 20_000,
    });
    expect(
      earningsOf([
        { status: 'settled', worth: worth(['morning']) },
        { status: 'scheduled', worth: worth(['morning', 'afternoon']) },
        { status: 'scheduled', worth: worth(['evening']) },
        { status: 'scheduled', worth: worth(['evening'], '2026-11-21') },
        { status: 'cancelled', worth: worth(['morning'], '2026-11-22') },
      ]),
    ).toEqual({ days: 15_000, classHours: 80_000 });
  });
});

describe('alternatives', () => {
  const wanted = span(14, 16);
  it('are free, of the same length, the nearest first, and none overlaps another', () => {
    const taken = span(13, 17);
    const found = findAlternatives(
      wanted,
      (asked) => isWithinOpeningHours(asked, WEEKDAYS) && !overlaps(asked, taken),
    );
    expect(found).toHaveLength(ALTERNATIVES.count);
    expect(found[0]).toEqual(span(10, 12));
    for (const [index, a] of found.entries()) {
      expect(a.endsAt.getTime() - a.startsAt.getTime()).toBe(2 * 3_600_000);
      expect(overlaps(a, taken)).toBe(false);
      for (const b of found.slice(index + 1)) expect(overlaps(a, b)).toBe(false);
    }
  });

  it('keep an odd time of day on another date', () => {
    const odd = { startsAt: instantOf(DATE, 845), endsAt: instantOf(DATE, 930) };
    const found = findAlternatives(odd, (asked) => asked.startsAt >= instantOf('2026-11-21'));
    expect(found[0]).toEqual({
      startsAt: instantOf('2026-11-21', 845),
      endsAt: instantOf('2026-11-21', 930),
    });
  });

  it('reach into no more half-days than the wanted time', () => {
    const all = span(14, 17);
    const found = findAlternatives(
      all,
      (asked) => isWithinOpeningHours(asked, WEEKDAYS) && !overlaps(asked, span(14, 16)),
    );
    const monday = '2026-11-23';
    expect(found).toEqual([span(9, 12), span(14, 17, monday), span(9, 12, monday)]);
  });

  it('are none when nothing is free', () => {
    expect(findAlternatives(wanted, () => false)).toEqual([]);
  });
});

describe('the times of a class', () => {
  const start = instantOf('2026-12-03', 9 * 60);
  it.each([15, 30, 14 * 60, 15 * 24 * 60])('proposed %i minutes ahead are valid', (minutes) => {
    const now = new Date(start.getTime() - minutes * 60_000);
    expect(areClassTimesValid(suggestClassTimes(now, start), start)).toBe(true);
  });

  it.each([
    // Minutes ahead of 9:00, and when enrolment closes, promotion ends and withdrawal ends.
    [15 * 24 * 60, '12-02 09:00', '12-02 21:00', '12-02 09:00'],
    [48 * 60, '12-02 09:00', '12-02 21:00', '12-02 09:00'],
    [25 * 60, '12-02 21:00', '12-02 21:00', '12-02 21:00'],
    [22 * 60 + 17, '12-02 22:00', '12-02 22:00', '12-02 22:00'],
    [3 * 60 + 7, '12-03 07:30', '12-03 07:30', '12-03 07:30'],
    [31, '12-03 08:45', '12-03 08:45', '12-03 08:45'],
  ])('proposed %i minutes ahead are clock times people can say', (minutes, closes, promotes, withdraws) => {
    const said = (at: Date) =>
      new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
    const { window, promotionCutOff, withdrawalDeadline } = suggestClassTimes(
      new Date(start.getTime() - minutes * 60_000),
      start,
    );
    expect([window.closesAt, promotionCutOff, withdrawalDeadline].map(said)).toEqual([
      closes,
      promotes,
      withdraws,
    ]);
  });

  it('must open, close, stop promoting and start in this order', () => {
    const times = suggestClassTimes(NOW, start);
    const late = new Date(start.getTime() + 1);
    expect(areClassTimesValid({ ...times, promotionCutOff: late }, start)).toBe(false);
    expect(areClassTimesValid({ ...times, withdrawalDeadline: late }, start)).toBe(false);
    expect(areClassTimesValid({ ...times, window: { ...times.window, closesAt: start } }, start)).toBe(false);
    expect(
      areClassTimesValid(
        { ...times, window: { opensAt: times.window.closesAt, closesAt: times.window.closesAt } },
        start,
      ),
    ).toBe(false);
  });

  it('follow an earlier start, and stay for a later one', () => {
    const times = suggestClassTimes(NOW, start);
    const earlier = instantOf('2026-11-20', 9 * 60);
    expect(areClassTimesValid(fitClassTimes(times, earlier), earlier)).toBe(true);
    expect(fitClassTimes(times, instantOf('2026-12-05'))).toEqual(times);
  });

  it('move with the first start, at the same distance', () => {
    const later = instantOf('2026-12-10', 9 * 60);
    const moved = moveClassTimes(suggestClassTimes(NOW, start), start, later, NOW);
    expect(moved).toEqual(suggestClassTimes(NOW, later));
    // Back again: nothing is lost.
    expect(moveClassTimes(moved, later, start, NOW)).toEqual(suggestClassTimes(NOW, start));
  });

  it.each([15, 95, 26 * 60 + 7])('moved to %i minutes from now are shortened, never past', (minutes) => {
    const times = {
      ...suggestClassTimes(NOW, start),
      withdrawalDeadline: instantOf('2026-12-02', 8 * 60 + 50),
    };
    const near = new Date(NOW.getTime() + minutes * 60_000);
    const later = new Date(NOW.getTime() + 1_000);
    const moved = moveClassTimes(times, start, near, later);
    expect(areClassTimesValid(moved, near)).toBe(true);
    for (const at of [moved.window.closesAt, moved.promotionCutOff, moved.withdrawalDeadline])
      expect(at.getTime()).toBeGreaterThan(later.getTime());
  });

  it('stay where another session than the first moves', () => {
    const [first, last] = [
      { id: newId(), ...span(9, 11), status: 'scheduled' },
      { id: newId(), ...span(14, 16), status: 'scheduled' },
    ];
    const value = { ...suggestClassTimes(NOW, first.startsAt), startsAt: first.startsAt };
    const moved = { id: last.id, ...span(14, 16, '2026-11-21') };
    expect(classTimesAfterMove(value, [first, last], moved, NOW)).toBeNull();
    const ahead = { id: first.id, ...span(9, 11, '2026-11-21') };
    // The second session is the first one now.
    expect(classTimesAfterMove(value, [first, last], ahead, NOW)?.withdrawalDeadline).toEqual(
      suggestClassTimes(NOW, last.startsAt).withdrawalDeadline,
    );
  });

  it('span its sessions but the cancelled ones', () => {
    const sessions = [
      { ...span(14, 16), status: 'scheduled' },
      { ...span(8, 10), status: 'cancelled' },
      { ...span(9, 11, '2026-11-21'), status: 'scheduled' },
    ];
    expect(spanOfClass(sessions)).toEqual({
      startsAt: instantOf(DATE, 14 * 60),
      endsAt: instantOf('2026-11-21', 11 * 60),
    });
    expect(spanOfClass([])).toEqual({ startsAt: null, endsAt: null });
  });
});

it('a class says how far it is', () => {
  const [before, opens, closes, begins] = [1, 2, 3, 4].map((day) => instantOf(`2026-12-0${day}`));
  const value = {
    status: 'open' as const,
    startsAt: begins!,
    window: { opensAt: opens!, closesAt: closes! },
  };
  expect([before!, opens!, closes!, begins!].map((now) => stageOfClass(value, now))).toEqual([
    'not-begun',
    'enrolling',
    'not-begun',
    'under-way',
  ]);
  expect(stageOfClass({ ...value, status: 'cancelled' }, opens!)).toBe('cancelled');
  expect(stageOfClass({ ...value, startsAt: null }, begins!)).toBe('not-begun');
});

describe('the life of a session', () => {
  it('runs one way', () => {
    const allowed = sessionStatus.options.flatMap((from) =>
      sessionStatus.options.filter((to) => canBecome(from, to)).map((to) => `${from}→${to}`),
    );
    expect(allowed).toEqual([
      'scheduled→live',
      'scheduled→cancelled',
      'scheduled→not-held',
      'live→closed',
      'closed→settled',
      'not-held→cancelled',
    ]);
  });

  it('can be changed while it is scheduled only', () => {
    for (const status of sessionStatus.options) {
      const change = () => assertChangeable({ id: newId(), status });
      if (status === 'scheduled') expect(change).not.toThrow();
      else expect(change).toThrow('SESSION_NOT_SCHEDULED');
    }
  });

  it('can be cancelled while it is scheduled, and when nobody has held it', () => {
    for (const status of sessionStatus.options) {
      const cancel = () => assertCancellable({ id: newId(), status });
      if (status === 'scheduled' || status === 'not-held') expect(cancel).not.toThrow();
      else expect(cancel).toThrow('SESSION_NOT_SCHEDULED');
    }
  });

  it.each([
    ['open', ['settled', 'not-held'], 'open'],
    ['open', ['scheduled', 'cancelled'], 'open'],
    ['open', ['cancelled', 'cancelled'], 'cancelled'],
    ['open', ['settled', 'closed'], 'open'],
    ['open', ['settled', 'cancelled'], 'completed'],
    ['open', [], 'open'],
    ['draft', ['settled'], 'draft'],
    ['cancelled', ['scheduled'], 'cancelled'],
  ] as const)('a class that is %s with sessions %j is then %s', (current, statuses, then) => {
    expect(
      statusOfClass(
        current,
        statuses.map((status) => ({ status })),
      ),
    ).toBe(then);
  });
});

describe('the last session that stands', () => {
  const [one, other] = [newId(), newId()];
  it.each([
    ['one alone', [{ id: one, status: 'scheduled' }], true],
    [
      'beside cancelled ones',
      [
        { id: one, status: 'scheduled' },
        { id: other, status: 'cancelled' },
      ],
      true,
    ],
    [
      'beside one that is over',
      [
        { id: one, status: 'scheduled' },
        { id: other, status: 'settled' },
      ],
      false,
    ],
  ] as const)('%s', (_name, sessions, isLast) => {
    expect(isLastStanding(sessions, one)).toBe(isLast);
  });
});

describe('whether another time would help', () => {
  it.each([
    ['a closed day', ['BASE_BLACKOUT'], true],
    ['a rival alone', [], true],
    ['a venue that is too small', ['VENUE_TOO_SMALL'], false],
    ['too small on a closed day', ['BASE_BLACKOUT', 'VENUE_TOO_SMALL'], false],
    ['a base that receives nobody', ['BASE_NOT_OPERATING'], false],
  ] as const)('%s', (_name, codes, helps) => {
    expect(wouldTimeHelp(codes.map((code) => ({ code })))).toBe(helps);
  });
});
