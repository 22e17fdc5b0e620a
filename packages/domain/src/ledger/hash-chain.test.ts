import { describe, expect, it } from 'vitest';
import { findChainFault, hashOf } from './hash-chain';
import { GENESIS_HASH, type LedgerEntry } from './ledger-entry';

const chainOf = (length: number): LedgerEntry[] => {
  const entries: LedgerEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const entry = {
      id: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      personId: '01900000-0000-7000-8000-00000000aaaa',
      seq,
      source: { kind: 'session', id: `s${seq}` },
      factsDigest: 'f',
      regulation: { id: 'demo', version: 1 },
      rule: 'r',
      clause: 'c12',
      kind: 'session',
      part: '',
      measure: 'days',
      line: 'l',
      amount: 5_000,
      occurredOn: '2026-11-20',
      about: { organiser: '市委党校' },
      revision: 1,
      reverses: null,
      correction: null,
      recordedAt: new Date('2026-11-20T10:00:00Z'),
      by: null,
      previousHash: entries.at(-1)?.hash ?? GENESIS_HASH,
    };
    entries.push({ ...entry, hash: hashOf(entry) });
  }
  return entries;
};
const headOf = (entries: readonly LedgerEntry[]) => ({
  seq: entries.length,
  hash: entries.at(-1)?.hash ?? GENESIS_HASH,
});

describe('a hash chain', () => {
  it('holds when nothing was touched, also after a journey through JSON', () => {
    const entries = chainOf(5);
    expect(findChainFault(entries, headOf(entries))).toBeNull();
    const copied = (JSON.parse(JSON.stringify(entries)) as LedgerEntry[]).map((entry) => ({
      ...entry,
      recordedAt: new Date(entry.recordedAt),
    }));
    expect(findChainFault(copied, headOf(entries))).toBeNull();
    expect(findChainFault([], null)).toBeNull();
  });

  it.each<[string, (entries: LedgerEntry[]) => LedgerEntry[], object]>([
    [
      'a changed amount',
      (entries) => entries.map((entry) => (entry.seq === 3 ? { ...entry, amount: 50_000 } : entry)),
      { kind: 'changed', seq: 3 },
    ],
    [
      'a removed entry',
      (entries) => entries.filter((entry) => entry.seq !== 2),
      { kind: 'gap', seq: 3, expected: 2 },
    ],
    [
      'an inserted entry',
      (entries) => [...entries.slice(0, 2), entries[1]!, ...entries.slice(2)],
      { kind: 'gap', seq: 2, expected: 3 },
    ],
    [
      'a reordered pair',
      (entries) => [entries[1]!, entries[0]!, ...entries.slice(2)],
      { kind: 'gap', seq: 2, expected: 1 },
    ],
    ['a cut-off end', (entries) => entries.slice(0, 4), { kind: 'wrong-head', seq: 4 }],
    ['an emptied chain', () => [], { kind: 'wrong-head', seq: 0 }],
    [
      'an entry whose hash was made to fit',
      (entries) =>
        entries.map((entry) =>
          entry.seq === 3 ? { ...entry, amount: 1, hash: hashOf({ ...entry, amount: 1 }) } : entry,
        ),
      { kind: 'broken-link', seq: 4 },
    ],
  ])('shows %s, and where', (_name, tamper, fault) => {
    const entries = chainOf(5);
    expect(findChainFault(tamper(entries), headOf(entries))).toEqual(fault);
  });
});
