import { describe, expect, it } from 'vitest';
import { oncePer } from './once-per';
import { groupsOn } from '../person/person';
import { sample } from '../testing/sample';

describe('what is kept of an object', () => {
  it('is made once, also where it is nothing', () => {
    let made = 0;
    const nothingOf = oncePer((_: object) => {
      made += 1;
      return undefined;
    });
    const [one, other] = [{}, {}];
    expect([one, one, other, one].map(nothingOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(made).toBe(2);
  });

  it('is kept by the second of two for each first', () => {
    const pairOf = oncePer((first: { id: string }) => oncePer((second: { id: string }) => [first, second]));
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(pairOf(a)(b)).toBe(pairOf(a)(b));
    expect(pairOf(a)(b)).not.toBe(pairOf(c)(b));
  });
});

describe('the groups of people', () => {
  const regulation = sample({
    groups: {
      section: { name: '乡科级', where: { rank: '乡科级正职' } },
      all: { name: '全体', where: { not: { rank: '厅局级正职' } } },
    },
  });
  const of = (id: string, postLevel: string): ReadonlySet<string> =>
    groupsOn({ id, history: [{ from: '2020-01-01', postLevel }] }, '2024-05-10', regulation);

  it('are one set for all who are in the same ones, so that what follows from it can be kept', () => {
    expect(of('p', '乡科级正职')).toBe(of('q', '乡科级正职'));
    expect([...of('p', '乡科级正职')]).toEqual(['section', 'all']);
    expect([...of('r', '乡科级副职')]).toEqual(['all']);
  });
});
