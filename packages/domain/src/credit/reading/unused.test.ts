import { describe, expect, it } from 'vitest';
import { parseRegulation } from './regulation';
import { sampleText } from '../testing/sample';

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
    [
      'cycles.w',
      {
        cycles: {
          year: { from: '2020-01-01', months: 12 },
          w: { windows: [{ from: '2020-01-01', to: '2022-12-31' }] },
        },
        effective: { from: '2023-01-01' },
      },
    ],
    [
      'targets[0].relief[0].per',
      {
        targets: [
          {
            id: 't',
            name: '任务',
            clause: '一',
            cycle: 'year',
            needs: { atLeast: 9 },
            relief: [{ clause: '二', when: { circumstance: '病假' }, less: 1, per: 'year' }],
          },
        ],
      },
    ],
    ['settings.s', { settings: { s: { question: '?', options: { a: '甲' }, chosen: 'a' } } }],
  ])('%s', (path, sections) => {
    expect(notesOf({ kinds: { class: '培训' }, ...sections })).toEqual([path]);
  });

  it('are not groups of which only the time in them is asked', () => {
    const where = { monthsIn: { staff: { below: 12 } } };
    const groups = { staff: { name: '职工', where: { role: '职工' } }, fresh: { name: '新人', where } };
    expect(notesOf({ kinds: { class: '培训' }, groups })).toEqual(['groups.fresh']);
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

  it('include what is carried over to where nothing counts it', () => {
    const earn = ['p', 'q'].map((part) => ({
      id: part,
      clause: '一',
      kinds: ['class', 'talk'],
      earns: [{ measure: 'hours', part, flat: 1 }],
    }));
    const notes = (needs: object, more: object = {}): unknown =>
      notesOf({
        parts: { p: '部分', q: '别的' },
        earn,
        carryOver: [{ clause: '三', cycle: 'year', from: {}, above: 9, to: { measure: 'hours', part: 'q' } }],
        targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs }],
        ...more,
      });
    const totals = (more: object): object => ({
      totals: { sum: { name: '合计', measure: 'hours', add: [{ part: 'q' }], ...more } },
    });
    const [none, noted] = [[], ['carryOver[0].to']];
    expect(notes({ atLeast: 9 })).toEqual(none);
    expect(notes({ part: ['p', 'q'], atLeast: 9 })).toEqual(none);
    expect(notes({ part: 'p', atLeast: 9 })).toEqual(noted);
    expect(
      notes({
        anyOf: [
          { part: 'p', atLeast: 9 },
          { kind: 'class', atLeast: 9 },
        ],
      }),
    ).toEqual(noted);
    expect(notes({ part: 'p', atLeastShare: 0.5, of: {} })).toEqual(none);
    expect(notes({ total: 'sum', atLeast: 9 }, totals({}))).toEqual(none);
    expect(notes({ total: 'sum', atLeast: 9 }, totals({ per: 'day' }))).toEqual(noted);
    expect(notes({ part: 'p', atLeast: 9 }, totals({ cycle: 'year' }))).toEqual(none);
    const team = { id: 'm', name: '人均', clause: '一', cycle: 'year', take: 'mean', quantity: {} };
    expect(notes({ part: 'p', atLeast: 9 }, { teams: [team] })).toEqual(none);
    const rating = { id: 'r', name: '等次', clause: '一', cycle: 'year', of: { part: 'p' } };
    const bands = [{ atLeast: 0, rating: '好', needs: { part: 'q', atLeast: 1 } }];
    expect(notes({ part: 'p', atLeast: 9 }, { ratings: [{ ...rating, bands }] })).toEqual(none);
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
