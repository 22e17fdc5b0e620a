import { describe, expect, it } from 'vitest';
import { headsWithAstray, type RecordedHead } from './heads-astray';
import type { SealedHead } from './merkle';

const head = (seq: number, settled = seq, hash = `h${seq}`): SealedHead => ({
  personId: 'b',
  seq,
  hash,
  settled: { seq: settled, hash: `s${settled}` },
});
const recorded = (own: SealedHead | null, unsealed = false): RecordedHead => ({
  personId: 'b',
  head: own,
  unsealed,
});
const sealed = new Map([['b', head(2)]]);

describe('the ends of chains held against what the newest root covers', () => {
  it.each<[string, RecordedHead, SealedHead]>([
    ['ends where the root has it', recorded(head(2)), head(2)],
    ['was settled since', recorded(head(3), true), head(3)],
    ['was refused something since', recorded({ ...head(2, 3) }, true), head(2, 3)],
    ['was sealed just now, its mark not yet taken off', recorded(head(2), true), head(2)],
  ])('whoever %s is whole', (_name, own, goesBy) => {
    const { heads, astray } = headsWithAstray([own], sealed);
    expect(astray).toEqual([]);
    expect(heads).toEqual([{ ...goesBy, unsealed: own.unsealed }]);
  });

  it.each<[string, RecordedHead[]]>([
    ['is gone', []],
    ['cannot be read', [recorded(null)]],
    ['has fewer entries', [recorded(head(1, 2), true)]],
    ['has fewer settlements', [recorded(head(2, 1), true)]],
    ['has another hash', [recorded(head(2, 2, 'x'))]],
    ['has another hash and the mark of something new', [recorded(head(2, 2, 'x'), true)]],
    ['is longer though nothing is new', [recorded(head(99))]],
  ])('whoever’s end %s is named and goes by what the root covers', (_name, own) => {
    expect(headsWithAstray(own, sealed)).toEqual({
      heads: [{ ...head(2), unsealed: false }],
      astray: ['b'],
    });
  });

  it('whom no root covers yet is named where nothing can be read, and has nothing to go by', () => {
    expect(headsWithAstray([recorded(null)], new Map())).toEqual({ heads: [], astray: ['b'] });
    expect(headsWithAstray([recorded(head(1), true)], new Map()).astray).toEqual([]);
  });

  it('are in the order of person ids, also those that go by the root', () => {
    const others = ['c', 'a'].map((personId) => ({
      ...recorded(null),
      personId,
      head: { ...head(1), personId },
    }));
    expect(headsWithAstray(others, sealed).heads.map(({ personId }) => personId)).toEqual(['a', 'b', 'c']);
  });
});
