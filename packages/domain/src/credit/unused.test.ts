import { describe, expect, it } from 'vitest';
import { parseRegulation } from './regulation';
import { sampleText } from './testing/sample';

const notesOf = (sections: object): unknown => {
  const text = JSON.stringify(JSON.parse(sampleText(sections)), null, 1);
  const parsed = parseRegulation(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  for (const { line, path } of parsed.notes)
    expect(text.split('\n')[line - 1]).toContain(`"${path.split('.').at(-1)}"`);
  return parsed.notes.map(({ path }) => path);
};

describe('names that nothing uses', () => {
  it('are noted with their line, and nothing else is', () => {
    expect(notesOf({})).toEqual(['kinds.talk']);
    expect(notesOf({ kinds: { class: '培训' } })).toEqual([]);
  });

  it.each([
    ['measures.points', { measures: { hours: '学时', points: '分' } }],
    ['groups.g', { groups: { g: { name: '组', where: { role: '甲' } } } }],
    ['totals.t', { totals: { t: { name: '合计', measure: 'hours', add: [] } } }],
    ['facts.f', { facts: { f: { name: '事实', type: 'number' } } }],
    ['settings.s', { settings: { s: { question: '?', options: { a: '甲' }, chosen: 'a' } } }],
  ])('%s', (path, sections) => {
    expect(notesOf({ kinds: { class: '培训' }, ...sections })).toEqual([path]);
  });

  it('are not those that other facts, totals, limits or readings use', () => {
    const earn = {
      id: 'class',
      clause: '一',
      kinds: ['class', 'talk'],
      groups: 'g',
      if: { s: 'a' },
      earns: [{ measure: 'hours', part: 'p', rate: 1, of: 'share' }],
    };
    expect(
      notesOf({
        earn: [{ ...earn, earns: [{ ...earn.earns[0], round: { to: 1, mode: 'down' } }] }],
        parts: { p: '部分' },
        groups: { g: { name: '组', where: { role: '甲' } } },
        settings: { s: { question: '?', options: { a: '甲' }, chosen: 'a' } },
        facts: {
          members: { name: '人数', type: 'number', step: 1 },
          share: { name: '每人', share: 'count', of: 'members' },
        },
        totals: {
          inner: { name: '内', measure: 'hours', add: [{}] },
          outer: { name: '外', measure: 'hours', cycle: 'year', add: [{ total: 'inner' }] },
        },
      }),
    ).toEqual([]);
  });

  it('of a part are noted as well', () => {
    const earn = {
      id: 'class',
      clause: '一',
      kinds: ['class', 'talk'],
      earns: [{ measure: 'hours', part: 'p', flat: 1 }],
    };
    expect(notesOf({ parts: { p: '部分', q: '别的' }, earn: [earn] })).toEqual(['parts.q']);
  });
});
