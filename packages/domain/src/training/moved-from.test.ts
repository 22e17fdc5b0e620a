import { expect, it } from 'vitest';
import { instantOf } from '../core';
import { movedFromAfter } from './moved-from';
import type { SessionPlace } from './session';

const base = 'base';
const hall = 'hall';
const room = 'room';
const place = (hour: number, venueId = hall): SessionPlace => ({
  baseId: base,
  venueId,
  startsAt: instantOf('2026-11-20', hour * 60),
  endsAt: instantOf('2026-11-20', hour * 60 + 150),
});
const session = (at: SessionPlace, movedFrom: SessionPlace | null = null) => ({ ...at, movedFrom });

it.each([
  ['to another time', session(place(14)), place(9), place(14)],
  ['to another venue', session(place(14)), place(14, room), place(14)],
  ['by its end alone', session(place(14)), { ...place(14), endsAt: place(15).endsAt }, place(14)],
  ['with other instructors alone', session(place(14)), place(14), null],
  ['a second time keeps the first place', session(place(9), place(14)), place(10), place(14)],
  ['back to where it was', session(place(9), place(14)), place(14), null],
  ['back by one of two moves', session(place(10), place(14)), place(9), place(14)],
])('a move %s', (_name, before, to, kept) => {
  expect(movedFromAfter(before, to, 'open')).toEqual(kept);
});

it('leaves nothing of a draft, which nobody has seen', () => {
  expect(movedFromAfter(session(place(14)), place(9), 'draft')).toBeNull();
});
