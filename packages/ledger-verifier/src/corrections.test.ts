import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { LedgerEntry, SettlementRecord } from '@cadre/domain/ledger';
import { describe, expect, it } from 'vitest';
import { parseRootFile } from './root-file';
import { forge, type Forgery } from './testing/forge';
import { makeExport, type MadeExport, type MadePerson } from './testing/make-export';
import { verifyFile } from './testing/verify';

const made = makeExport({ seed: 31, people: 30, sources: 16, roots: 4 });
const first = parseRootFile(made.rootFile(1));

const numbersOf = ({ settlements }: MadePerson) => settlements.flatMap(({ correction }) => correction ?? []);
/** Somebody with so many corrections, and the settlement that is the one of a number. */
function corrected(least: number, number: number): { victim: MadePerson; settlement: SettlementRecord } {
  const victim = made.people.find((one) => numbersOf(one).length >= least)!;
  return { victim, settlement: victim.settlements.find(({ correction }) => correction === number)! };
}
const placesOf = ({ entries }: MadePerson, { entryIds }: SettlementRecord) =>
  entries.filter(({ id }) => entryIds.includes(id)).map(({ seq }) => seq);

/** Another number for a settlement and its entries, or for either alone; the recorded ends are made to fit. */
function renumbered(
  victim: MadePerson,
  { seq, entryIds }: SettlementRecord,
  correction: number | null,
  which: 'both' | 'settlement' | 'entries' = 'both',
): string[] {
  const forgery: Forgery = {
    entry: (entry: LedgerEntry) =>
      which !== 'settlement' && entryIds.includes(entry.id) ? { ...entry, correction } : entry,
    settlement: (one) => (which !== 'entries' && one.seq === seq ? { ...one, correction } : one),
  };
  return forge(made, victim, forgery);
}
const correctionsIn = (lines: readonly string[], kept = first) =>
  verifyFile(lines, [kept]).faults.filter(({ kind }) => kind === 'correction');

describe('the numbers of corrections', () => {
  it.each<[string, number | null, RegExp]>([
    ['taken away', null, /更正编号没有了：应是 2/],
    ['there twice', 1, /更正编号不连续：写着 1，应是 2/],
    ['leaving one out', 3, /更正编号不连续：写着 3，应是 2/],
  ])('are found %s, at the settlement alone', (_what, number, says) => {
    const { victim, settlement } = corrected(4, 2);
    expect(correctionsIn(renumbered(victim, settlement, number))).toEqual([
      expect.objectContaining({
        person: victim.person.no,
        settlement: settlement.seq,
        says: expect.stringMatching(says) as string,
      }),
    ]);
  });

  it('are the same in a settlement and its entries', () => {
    const { victim, settlement } = corrected(2, 2);
    const places = placesOf(victim, settlement);
    const faults = correctionsIn(renumbered(victim, settlement, 1, 'entries'));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ person: victim.person.no, seq: places[0], to: places.at(-1) });
    expect(faults[0]!.says).toContain(`更正编号是 1，第 ${settlement.seq} 次结算`);
  });

  it('are of nothing that was recorded while its cycle ran', () => {
    const victim = made.people.find(({ settlements }) =>
      settlements.some(({ correction, entryIds }) => correction === null && entryIds.length > 0),
    )!;
    const settlement = victim.settlements.find(
      ({ correction, entryIds }) => correction === null && entryIds.length > 0,
    )!;
    const [fault] = correctionsIn(renumbered(victim, settlement, 1));
    expect(fault).toMatchObject({ person: victim.person.no, settlement: settlement.seq });
    expect(fault!.says).toContain('不该有更正编号');
  });

  it('that a seal covers are named, and the chain is said to differ in nothing else', () => {
    const until = made.roots.at(-1)!.day;
    const isSealed = ({ correction, recordedAt }: SettlementRecord): boolean =>
      correction === 2 && recordedAt.toISOString() < until;
    const victim = made.people.find(({ settlements }) => settlements.some(isSealed))!;
    const settlement = victim.settlements.find(isSealed)!;
    const lines = renumbered(victim, settlement, 1);
    const { faults } = verifyFile(lines, [parseRootFile(made.root)]);
    expect(faults[0]).toMatchObject({ kind: 'correction', settlement: settlement.seq });
    const said = faults.map(({ says }) => says).join('\n');
    expect(said).toContain('对不上的是更正编号');
    expect(said).not.toContain('事实本身也有疑点');
  });
});

it('corrections under a version that took the place of another raise no alarm', () => {
  const second = DEMO_REGULATION_TEXT.replace('"version": 1', '"version": 2').replace(
    /"effective": \{\s*"from": "[^"]+"/,
    '"effective": { "from": "2025-03-01"',
  );
  const versions = [DEMO_REGULATION_TEXT, second];
  const changed: MadeExport = makeExport({ seed: 5, people: 40, sources: 20, roots: 3, versions });
  expect(changed.people.flatMap(numbersOf).length).toBeGreaterThan(20);
  const later = changed.people.flatMap(({ settlements }) => settlements);
  expect(later.some(({ regulation, correction }) => regulation.version === 2 && correction !== null)).toBe(
    true,
  );
  expect(verifyFile(changed.lines, [parseRootFile(changed.root)]).faults).toEqual([]);
});
