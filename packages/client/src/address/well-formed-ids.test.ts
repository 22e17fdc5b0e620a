import { createIdGenerator, id } from '@cadre/domain/core';
import { expect, it } from 'vitest';
import { hasWellFormedIds } from './index';

const made = createIdGenerator(
  () => Date.UTC(2026, 10, 22),
  (count) => new Uint8Array(count).fill(0xa5),
)();

it.each([made, made.toUpperCase(), made.replace('-7', '-4'), `${made}0`, 'xyz', '', '1'])(
  'takes %j for an id exactly when the server does',
  (text) => {
    expect(hasWellFormedIds({ classId: text })).toBe(id.safeParse(text).success);
  },
);

it('asks nothing of parameters that are no ids', () => {
  expect(hasWellFormedIds({ classId: made, token: 'def', code: 'tz-2026', version: '1' })).toBe(true);
  expect(hasWellFormedIds({})).toBe(true);
});
