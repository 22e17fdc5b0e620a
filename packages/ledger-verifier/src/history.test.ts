import { createChance } from '@cadre/demo/chance';
import { addDays } from '@cadre/domain/core';
import { changeHistory, type Person } from '@cadre/domain/identity';
import { historyDigest as digestOfProduct } from '@cadre/domain/ledger';
import { describe, expect, it } from 'vitest';
import { daysRecorded, historyDigest, historyOf } from './history';
import { nodeCrypto } from './node-crypto';

const HOME = { id: 'u2', code: 'U2', name: { zh: '乙', en: 'B' }, path: ['u2'] };
const START: Person = {
  id: 'p',
  personNo: 'P1',
  name: '甲',
  birthDate: null,
  unitId: 'u1',
  unitPath: ['u1'],
  affiliations: [{ unitId: 'u1', kind: 'home', from: '2020-01-01', to: null }],
  posts: [{ postLevel: 'section-head', title: '科长', from: '2020-01-01', to: null }],
  grades: [{ grade: 'clerk-1', from: '2020-01-01', to: null }],
  status: 'active',
  demo: false,
};

/** A person after random changes, as the product records them. */
function lived(seed: number): Person {
  const chance = createChance(seed);
  let [person, day] = [START, '2021-01-01'];
  for (let step = 0; step < 8; step += 1) {
    day = addDays(day, chance.between(20, 90));
    const recordedOn = addDays(day, chance.between(0, 15));
    const change = chance.pick([
      { kind: 'post', postLevel: `level-${step}`, title: '处长' },
      { kind: 'grade', grade: `grade-${step}` },
      { kind: 'transfer', unitId: 'u2' },
      { kind: 'second', unitId: 'u3', to: chance.next() < 0.5 ? null : addDays(day, 60) },
      { kind: 'second-end', unitId: 'u3' },
      { kind: 'retire' },
      { kind: 'reinstate', unitId: 'u2' },
    ] as const);
    try {
      person = changeHistory(person, { personId: 'p', on: day, change }, HOME as never, recordedOn);
    } catch {
      // What cannot follow is not recorded.
    }
  }
  return person;
}

describe('a record', () => {
  it('has the digest that the product seals, on every day', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const person = lived(seed);
      const days = daysRecorded(person as never).flatMap((day) => [addDays(day, -1), day]);
      for (const day of ['2020-06-01', ...days, '2026-12-31'])
        expect(historyDigest(nodeCrypto, person as never, day)).toBe(digestOfProduct(person, day));
    }
  });

  it('keeps its digest between two days on which something became known', () => {
    const person = lived(3);
    const [first, second] = daysRecorded(person);
    const digestOn = (day: string): string => historyDigest(nodeCrypto, person, day);
    expect(digestOn(first!)).toBe(digestOn(addDays(second!, -1)));
    expect(digestOn(first!)).not.toBe(digestOn(second!));
  });

  it('is what rules look at, as it was known; service ends with the home unit', () => {
    const retired = changeHistory(
      START,
      { personId: 'p', on: '2026-03-01', change: { kind: 'retire' } },
      null,
      '2026-03-10',
    );
    const record = {
      ...retired,
      affiliations: [
        ...retired.affiliations,
        { unitId: 'u3', kind: 'secondment' as const, from: '2026-01-01', to: '2026-12-31' },
      ],
    };
    expect(historyOf(record as never, '2026-03-09')).toEqual([
      { from: '2020-01-01', postLevel: 'section-head' },
      { from: '2020-01-01', grade: 'clerk-1' },
      { from: '2020-01-01' },
      { from: '2026-01-01', to: '2026-12-31' },
    ]);
    expect(historyOf(record as never, '2026-03-10')).toEqual([
      { from: '2020-01-01', to: '2026-02-28', postLevel: 'section-head' },
      { from: '2020-01-01', to: '2026-02-28', grade: 'clerk-1' },
      { from: '2020-01-01', to: '2026-02-28' },
      { from: '2026-01-01', to: '2026-02-28' },
    ]);
  });
});
