import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createIdGenerator, instantOf, overlaps } from '../core';
import {
  bookingDaysOf,
  clashesOn,
  completeDays,
  datesOf,
  dayKeysOf,
  peopleIn,
  planBookings,
  type BookingDay,
  type BookingSlot,
} from './booking';
import type { Session } from './session';

const newId = createIdGenerator(
  () => 1_700_000_000_000,
  (count) => new Uint8Array(count),
);
const DATE = '2026-11-20';
const at = (hour: number, date = DATE) => instantOf(date, hour * 60);
const slotOf = (from: number, to: number, changes: Partial<BookingSlot> = {}): BookingSlot => ({
  sessionId: newId(),
  classId: newId(),
  startsAt: at(from),
  endsAt: at(to),
  people: 40,
  ...changes,
});
const dayOf = (changes: Partial<BookingDay> = {}): BookingDay => ({
  id: newId(),
  resourceKind: 'venue',
  resourceId: newId(),
  date: DATE,
  slots: [],
  revision: 3,
  ...changes,
});

describe('the dates of a span', () => {
  it.each([
    ['a morning', at(8), at(11), [DATE]],
    ['up to midnight exactly', at(20), at(24), [DATE]],
    ['over midnight', at(22), at(25), [DATE, '2026-11-21']],
    ['early in Shanghai, still yesterday in UTC', at(1), at(2), [DATE]],
  ])('%s', (_name, startsAt, endsAt, dates) => {
    expect(datesOf({ startsAt, endsAt })).toEqual(dates);
  });
});

describe('one venue, instructor or class', () => {
  const taken = slotOf(14, 16);
  const day = dayOf({ slots: [taken] });
  it.each([
    ['before', 12, 14, false],
    ['after', 16, 18, false],
    ['overlapping the beginning', 13, 14.5, true],
    ['overlapping the end', 15.5, 17, true],
    ['inside', 14.5, 15, true],
    ['around', 13, 17, true],
    ['the same time', 14, 16, true],
  ])('%s: clash %#', (_name, from, to, clash) => {
    const found = clashesOn(day, slotOf(from, to), null);
    expect(found).toEqual(clash ? [{ kind: 'venue', resourceId: day.resourceId, rival: taken }] : []);
  });

  it('never clashes with itself', () => {
    expect(clashesOn(day, slotOf(15, 17, { sessionId: taken.sessionId }), null)).toEqual([]);
  });
});

describe("a base's half-days", () => {
  const base = (slots: BookingSlot[]) => dayOf({ resourceKind: 'base', slots });

  it('takes people up to its capacity exactly, and tells the half-day that would be over', () => {
    const day = base([slotOf(8, 11, { people: 60 })]);
    expect(clashesOn(day, slotOf(9, 11.5, { people: 40 }), 100)).toEqual([]);
    expect(clashesOn(day, slotOf(9, 11.5, { people: 41 }), 100)).toEqual([
      { kind: 'base', resourceId: day.resourceId, date: DATE, part: 'morning', people: 101, capacity: 100 },
    ]);
  });

  it('counts each half-day by itself', () => {
    const day = base([slotOf(8, 12, { people: 90 })]);
    expect(clashesOn(day, slotOf(12, 17, { people: 90 }), 100)).toEqual([]);
    expect(clashesOn(day, slotOf(11, 17, { people: 90 }), 100)).toHaveLength(1);
  });

  it('counts the people of one class once, by its largest session', () => {
    const classId = newId();
    const slots = [slotOf(8, 9.5, { classId, people: 50 }), slotOf(10, 12, { classId, people: 60 })];
    expect(peopleIn(slots, DATE, 'morning')).toBe(60);
    expect(peopleIn(slots, DATE, 'afternoon')).toBe(0);
    expect(clashesOn(base(slots), slotOf(9, 11, { classId, people: 100 }), 100)).toEqual([]);
  });
});

describe('planning bookings', () => {
  const venue = { kind: 'venue', id: newId() } as const;
  const other = { kind: 'venue', id: newId() } as const;
  const day = (resource: { id: string }, slots: BookingSlot[], date = DATE) =>
    dayOf({ resourceId: resource.id, slots, date });

  it('releases the old place and books the new one together', () => {
    const session = slotOf(8, 10);
    const kept = slotOf(14, 16);
    const moved = { ...session, startsAt: at(9), endsAt: at(11) };
    const plan = planBookings([day(venue, [session, kept]), day(other, [])], session.sessionId, [
      { resource: other, slot: moved, capacity: null },
    ]);
    expect(plan.ok && plan.changed.map(({ slots }) => slots)).toEqual([[kept], [moved]]);
  });

  it('moves within a day over its own old time', () => {
    const session = slotOf(8, 10);
    const moved = { ...session, startsAt: at(9), endsAt: at(11) };
    const plan = planBookings([day(venue, [session])], session.sessionId, [
      { resource: venue, slot: moved, capacity: null },
    ]);
    expect(plan.ok && plan.changed.map(({ slots }) => slots)).toEqual([[moved]]);
  });

  it('changes nothing when one of several does not fit, and tells every clash once', () => {
    const overnight = slotOf(22, 26);
    const rival = slotOf(23, 27);
    const plan = planBookings(
      [day(venue, [rival]), day(venue, [rival], '2026-11-21'), day(other, [])],
      overnight.sessionId,
      [venue, other].map((resource) => ({ resource, slot: overnight, capacity: null })),
    );
    expect(plan).toEqual({ ok: false, clashes: [{ kind: 'venue', resourceId: venue.id, rival }] });
  });

  it('looks at days that do not exist yet as empty ones', () => {
    const slot = slotOf(8, 10);
    const keys = dayKeysOf([
      { resource: venue, span: slot },
      { resource: other, span: slot },
    ]);
    const taken = day(venue, [slot]);
    const complete = completeDays(keys, [taken]);
    expect(complete.map(({ slots }) => slots.length).sort()).toEqual([0, 1]);
    expect(complete).toContain(taken);
  });

  it('locks days in one order, whoever asks', () => {
    const wants = [venue, other].map((resource) => ({ resource, span: slotOf(22, 26) }));
    expect(dayKeysOf(wants)).toEqual(dayKeysOf([...wants].reverse()));
    expect(dayKeysOf([...wants, ...wants])).toHaveLength(4);
  });

  it('never leaves two overlapping slots on a venue, whatever is asked in whatever order', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        let current = day(venue, []);
        for (const [from, length] of spans) {
          const slot = slotOf(from / 2, (from + length) / 2);
          const plan = planBookings([current], slot.sessionId, [{ resource: venue, slot, capacity: null }]);
          if (plan.ok) current = plan.changed[0] ?? current;
        }
        for (const [index, a] of current.slots.entries())
          for (const b of current.slots.slice(index + 1)) expect(overlaps(a, b)).toBe(false);
      }),
    );
  });
});

describe('the booking days of given sessions', () => {
  const session: Session = {
    id: newId(),
    classId: newId(),
    courseId: newId(),
    baseId: newId(),
    venueId: newId(),
    instructorIds: [newId(), newId()],
    title: '垦荒精神',
    startsAt: at(8),
    endsAt: at(11),
    mode: 'on-site',
    worth: { halfDays: [], classHours: 0 },
    status: 'scheduled',
    expectedPeople: 40,
    openedAt: null,
    closedAt: null,
    extendedTo: null,
    cancelledReason: null,
    movedFrom: null,
    revision: 0,
    demo: false,
  };

  it('hold base, class, each instructor and the venue', () => {
    const kinds = bookingDaysOf([session], newId).map(({ resourceKind }) => resourceKind);
    expect(kinds).toEqual(['base', 'class', 'instructor', 'instructor', 'venue']);
  });

  it('hold no base when nobody comes, and nothing of a cancelled session', () => {
    const online = bookingDaysOf([{ ...session, mode: 'online', expectedPeople: 0 }], newId);
    expect(online.map(({ resourceKind }) => resourceKind)).not.toContain('base');
    expect(bookingDaysOf([{ ...session, status: 'cancelled' }], newId)).toEqual([]);
  });
});
