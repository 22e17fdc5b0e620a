import { describe, expect, it } from 'vitest';
import { changeHistory, type Person } from '../identity';
import { historyDigest } from './sealed-history';
import { historiesRoot, merkleRoot } from './merkle';

const person: Person = {
  id: 'p',
  personNo: 'P1',
  name: '甲',
  birthDate: null,
  unitId: 'u',
  unitPath: ['u'],
  affiliations: [{ unitId: 'u', kind: 'home', from: '2020-01-01', to: null }],
  posts: [{ postLevel: '乡科级正职', title: '科长', from: '2020-01-01', to: null }],
  grades: [],
  status: 'active',
  demo: false,
};
const promoted = changeHistory(
  person,
  { personId: 'p', on: '2026-03-01', change: { kind: 'post', postLevel: '县处级副职', title: '副处长' } },
  null,
  '2026-03-10',
);

describe('the digest of a history', () => {
  it('of a day is the same whatever is recorded later, and moves with what is', () => {
    expect(historyDigest(promoted, '2026-03-09')).toBe(historyDigest(person, '2026-03-09'));
    expect(historyDigest(promoted, '2026-03-10')).not.toBe(historyDigest(person, '2026-03-10'));
    const seconded = changeHistory(
      promoted,
      { personId: 'p', on: '2026-04-01', change: { kind: 'second', unitId: 'v', to: '2026-12-31' } },
      null,
      '2026-04-01',
    );
    const back = changeHistory(
      seconded,
      { personId: 'p', on: '2026-05-31', change: { kind: 'second-end', unitId: 'v' } },
      null,
      '2026-06-01',
    );
    for (const day of ['2026-03-31', '2026-04-01', '2026-05-31'])
      expect(historyDigest(back, day)).toBe(historyDigest(seconded, day));
    expect(historyDigest(back, '2026-06-01')).not.toBe(historyDigest(seconded, '2026-06-01'));
  });

  it('does not hang on the order of rows, and shows every change of one', () => {
    const turned = { ...promoted, posts: promoted.posts.toReversed() };
    expect(historyDigest(turned, '2026-12-31')).toBe(historyDigest(promoted, '2026-12-31'));
    const [first, second] = promoted.posts;
    for (const change of [
      { postLevel: '县处级正职' },
      { from: '2026-02-01' },
      { title: '处长' },
      { recordedOn: '2027-01-01' },
    ]) {
      const posts = [first!, { ...second!, ...change }];
      expect(historyDigest({ ...promoted, posts }, '2026-12-31')).not.toBe(
        historyDigest(promoted, '2026-12-31'),
      );
    }
  });
});

it('people and their histories have a root that is not that of their chains', () => {
  const history = historyDigest(person, '2026-12-31');
  const head = { personId: 'p', seq: 1, hash: history, settled: { seq: 1, hash: history }, history };
  expect(historiesRoot([head])).toMatch(/^[0-9a-f]{64}$/);
  expect(historiesRoot([head])).not.toBe(merkleRoot([head]));
  expect(historiesRoot([head, { personId: 'q', history }])).not.toBe(historiesRoot([head]));
});
