import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { PersonBlock } from './format';
import { rederive } from './rederive';
import { makeExport, type MadePerson } from './testing/make-export';

const SOURCE = readFileSync(join(import.meta.dirname, 'rederive.ts'), 'utf8');

const blockOf = ({ person, settlements, entries, standing }: MadePerson): PersonBlock => ({
  person,
  settlements: settlements.map(({ line }) => {
    const { settlement, facts } = JSON.parse(line) as { settlement: object; facts: [] };
    return { ...settlement, facts } as unknown as PersonBlock['settlements'][number];
  }),
  entries: entries as unknown as PersonBlock['entries'],
  standings: [(JSON.parse(standing) as { standing: PersonBlock['standings'][number] }).standing],
});

describe('deriving anew', () => {
  it('is at most 300 formatted lines that import nothing', () => {
    expect(SOURCE.split('\n').length - 1).toBeLessThanOrEqual(300);
    expect(SOURCE).not.toMatch(/\bimport\b(?!s nothing)|\brequire\(|from '/);
  });

  it('is formatted as everything else is', async () => {
    const options = {
      parser: 'typescript',
      printWidth: 110,
      singleQuote: true,
      trailingComma: 'all',
    } as const;
    expect(await format(SOURCE, options)).toBe(SOURCE);
  });

  it('agrees with the product for 1,000 random people, in full', { timeout: 120_000 }, () => {
    const { people } = makeExport({ seed: 42, people: 1_000, sources: 10, roots: 1 });
    for (const person of people)
      expect(rederive(blockOf(person)), person.person.no).toEqual([
        { says: null, regulation: 'demo-2026 v1', inFull: true },
      ]);
    const said = people.map(({ standing }) => standing).join('');
    for (const part of ['"makesUp":true', '"missed"', '"met"', '"open"', 'concentrated-window'])
      expect(said).toContain(part);
    const corrected = people.flatMap(({ entries }) => entries).filter((entry) => entry.correction !== null);
    expect(corrected.length).toBeGreaterThan(0);
  });

  it('names a wrong amount, a wrong reversal and a wrong figure', () => {
    const { people } = makeExport({ seed: 3, people: 40, sources: 10, roots: 1 });
    const of = (change: (block: PersonBlock) => void, has: (block: PersonBlock) => boolean) => {
      const block = structuredClone(people.map(blockOf).find(has)!);
      change(block);
      return rederive(block)[0]!;
    };
    const plain = (block: PersonBlock) => block.entries[0]?.reverses === null;
    expect(of((block) => (block.entries[0]!.amount += 1), plain).says).toMatch(/应为|冲销/);
    const reversed = (block: PersonBlock) => block.entries.some((entry) => entry.reverses !== null);
    expect(
      of((block) => (block.entries.find((entry) => entry.reverses !== null)!.amount += 1), reversed).says,
    ).toContain('冲销');
    const targeted = (block: PersonBlock) => block.standings[0]!.targets.length > 0;
    expect(of((block) => (block.standings[0]!.targets[0]!.state = 'exempt'), targeted).says).toContain(
      '任务',
    );
  });

  it('of another regulation derives sums and reversals alone, and says so', () => {
    const [person] = makeExport({ seed: 5, people: 1, sources: 5, roots: 1 }).people;
    const block = JSON.parse(
      JSON.stringify(blockOf(person!)).replaceAll('demo-2026', 'elsewhere'),
    ) as PersonBlock;
    expect(rederive(block)).toEqual([{ says: null, regulation: 'elsewhere v1', inFull: false }]);
  });
});
