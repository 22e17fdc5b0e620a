import { expect, it } from 'vitest';
import { sampleTarget } from '../testing';
import { endedYear, yearEndBefore } from './ended-year';
import type { Standing } from './statement.io';

const cycle = { from: '2025-01-01', to: '2025-12-31', label: '2025' };
const standing = (targets: Standing['targets']): Standing => ({
  regulation: { id: 'demo', version: 1, title: { zh: '办法', en: '' }, source: { zh: '组织部', en: '' } },
  measures: {},
  targets,
  notCovered: [],
  flags: [],
  warnings: [],
});
const ended = (targets: Standing['targets'], servedUntil: string | null = null) =>
  endedYear({ asOf: '2025-12-31', servedUntil, standings: [standing(targets)] });

it.each([
  ['2026-01-01', '2025-12-31'],
  ['2026-03-31', '2025-12-31'],
  ['2026-04-01', null],
  ['2026-12-31', null],
])('on %s one looks for how the year ended on %s', (day, end) => {
  expect(yearEndBefore(day)).toBe(end);
});

it('a target of the year that was open at its end was missed; other cycles did not end', () => {
  const window = sampleTarget({ target: 'window', cycle: { ...cycle, to: '2029-12-31' } });
  const [of] = ended([
    sampleTarget({ target: 'a', state: 'open', cycle }),
    sampleTarget({ target: 'b', state: 'met', cycle }),
    window,
  ]);
  expect(of?.targets.map(({ target, reading }) => [target.target, reading])).toEqual([
    ['a', 'missed'],
    ['b', 'met'],
  ]);
  expect(ended([window])).toEqual([]);
});

it('of whoever was out of service no year ended', () => {
  expect(ended([sampleTarget({ state: 'open', cycle })], '2025-06-30')).toEqual([]);
});
