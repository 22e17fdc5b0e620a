import { describe, expect, it } from 'vitest';
import { inclusionPath, merkleRoot, rootFromPath, type SealedHead } from './merkle';

const headsOf = (count: number): SealedHead[] =>
  Array.from({ length: count }, (_, index) => ({
    personId: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    seq: index + 1,
    hash: String(index).padStart(64, 'a'),
    settled: { seq: index + 2, hash: String(index).padStart(64, 'c') },
  }));

describe('the tree over all chain heads', () => {
  it('has the empty tree’s root of RFC 6962 without heads', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('proves every head of every size up to 40, and nothing else', () => {
    for (let size = 1; size <= 40; size += 1) {
      const heads = headsOf(size);
      const root = merkleRoot(heads);
      heads.forEach((head, index) => {
        const path = inclusionPath(heads, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(rootFromPath(head, index, size, path)).toBe(root);
        expect(rootFromPath({ ...head, seq: head.seq + 1 }, index, size, path)).not.toBe(root);
        for (const other of [
          { ...head, hash: head.hash.replace('a', 'b') },
          { ...head, settled: { ...head.settled, seq: 1 } },
          { ...head, settled: { ...head.settled, hash: head.hash } },
        ])
          expect(rootFromPath(other, index, size, path)).not.toBe(root);
      });
    }
  });

  it('moves with every head that is changed, left out, added or out of order', () => {
    const heads = headsOf(9);
    const root = merkleRoot(heads);
    const others = [
      heads.slice(1),
      [...heads, ...headsOf(10).slice(9)],
      [heads[1]!, heads[0]!, ...heads.slice(2)],
      heads.map((head, index) => (index === 4 ? { ...head, seq: 99 } : head)),
    ];
    for (const other of others) expect(merkleRoot(other)).not.toBe(root);
  });
});
