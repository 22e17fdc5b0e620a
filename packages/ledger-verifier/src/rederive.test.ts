import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { PersonBlock } from './format';
import { historyOf } from './history';
import { knownForm, rederive, type Regulation } from './rederive';
import { namesIn, sayDifference } from './say-difference';
import { makeExport, type MadePerson } from './testing/make-export';

const SOURCE = readFileSync(join(import.meta.dirname, 'rederive.ts'), 'utf8');

/** The long run: `RUNS=1000`. */
const RUNS = Number(process.env['RUNS'] ?? 150);

type Known = ReadonlyMap<string, Regulation | null>;
const KNOWN: Known = new Map([['demo-2026 v1', knownForm(DEMO_REGULATION_TEXT)]]);

/** Without the blanks between signs. */
const compact = (text: string): string => text.replace(/(?<=[{[,:]) | (?=[}\]])/g, '');

/** A second version as the app would draft it: other dates, shares, rates, bands, limits, groups, targets and readings. */
const SECOND = (
  [
    ['"version": 1', '"version": 2'],
    ['"effective": { "from": "2023-01-01" }', '"effective": { "from": "2025-01-01" }'],
    ['"4/5"', '"7/9"'],
    ['"1/7"', '"1/5"'],
    ['"0.95"', '"0.8"'],
    ['"rate": 1, "of": "days"', '"rate": "1.5", "of": "days"'],
    ['"rate": 1, "of": "classHours"', '"rate": 0.75, "of": "classHours"'],
    ['{ "atLeast": 30, "flat": 1 }', '{ "atLeast": 30, "rate": "0.05" }'],
    [
      '{ "above": 15, "below": 30, "flat": 0.5 }, { "atMost": 15,',
      '{ "above": 20, "below": 30, "flat": 0.6 }, { "atMost": 20,',
    ],
    ['"part": "online", "flat": 0.5', '"part": "online", "flat": 0.3'],
    ['"atMost": 1, "per": "day"', '"atMost": "0.8", "per": "day"'],
    ['"where": { "rank": { "atLeast": "四级调研员" } }', '"where": { "rank": { "atLeast": "三级调研员" } }'],
    ['"not": { "rank": { "atLeast": "四级调研员" } }', '"not": { "rank": { "atLeast": "三级调研员" } }'],
    ['"atLeast": 12 }', '"atLeast": 10 }'],
    ['"atLeast": 550', '"atLeast": 400'],
    ['"atLeast": 50 }', '"atLeast": 20 }'],
    ['"months": 12, "groups"', '"months": 6, "groups"'],
    ['"to": "2027-12-31"', '"to": "2026-12-31"'],
    ['"chosen": "hours-only"', '"chosen": "60-days"'],
  ] as const
).reduce(
  (text, [was, becomes]) => {
    if (!text.includes(compact(was))) throw new Error(`the demonstration regulation has no ${was}`);
    return text.replaceAll(compact(was), compact(becomes));
  },
  JSON.stringify(JSON.parse(DEMO_REGULATION_TEXT)),
);

const blockOf = ({ person, settlements, entries, standing }: MadePerson): PersonBlock => ({
  person: { history: historyOf(person.record, '9999-12-31') },
  settlements: settlements as unknown as PersonBlock['settlements'],
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

  const expectAgreement = (people: readonly MadePerson[], known: Known, names: readonly string[]) => {
    for (const person of people) {
      const found = rederive(blockOf(person), known);
      expect(found, person.person.no).toEqual(
        found.map(({ regulation }) => ({ differs: null, seqs: [], regulation, inFull: true })),
      );
      expect(names).toEqual(expect.arrayContaining(found.map(({ regulation }) => regulation)));
    }
  };

  it('agrees with the product for 1,000 random people, in full', { timeout: 600_000 }, () => {
    const { people } = makeExport({ seed: 42, people: 1_000, sources: 10, roots: 1 });
    expectAgreement(people, KNOWN, ['demo-2026 v1']);
    const said = people.map(({ standing }) => standing).join('');
    for (const part of ['"makesUp":true', '"missed"', '"met"', '"open"', 'concentrated-window'])
      expect(said).toContain(part);
    const corrected = people.flatMap(({ entries }) => entries).filter((entry) => entry.correction !== null);
    expect(corrected.length).toBeGreaterThan(0);
  });

  it('reads the numbers of a later version from its text', { timeout: 600_000 }, () => {
    const versions = [DEMO_REGULATION_TEXT, SECOND];
    const people = makeExport({ seed: 43, people: RUNS, sources: 12, roots: 1, versions }).people;
    const known = new Map([...KNOWN, ['demo-2026 v2', knownForm(SECOND)]]);
    expectAgreement(people, known, ['demo-2026 v1', 'demo-2026 v2']);
    const said = people.map(({ standing }) => standing).join('');
    for (const part of ['"makesUp":true', '"missed"', '"met"', '"required":600000', '"required":4000000'])
      expect(said).toContain(part);
    // With the numbers of the first version the figures of the second are others.
    const mixed = new Map([...KNOWN, ['demo-2026 v2', { ...knownForm(DEMO_REGULATION_TEXT)!, version: 2 }]]);
    const differing = people.filter((person) =>
      rederive(blockOf(person), mixed).some(({ differs }) => differs !== null),
    );
    expect(differing.length).toBeGreaterThan(people.length / 2);
  });

  it('knows the form of the demonstration regulation, and of no text that says something else', () => {
    expect(knownForm(DEMO_REGULATION_TEXT)).not.toBeNull();
    const { earn, caps, targets, ...rest } = JSON.parse(DEMO_REGULATION_TEXT) as Record<string, object[]>;
    const others: object[] = [
      { totals: { all: { name: '合计', measure: 'hours', of: [{ measure: 'hours' }] } } },
      { carryOver: [{ clause: '第一条' }] },
      { earn: [{ ...earn![0], groups: 'division-and-above' }] },
      { earn: [{ ...earn![0], where: { organiser: '市委党校' } }] },
      { earn: [{ ...earn![5], earns: [{ measure: 'hours', rate: 1, of: 'classHours', itemAtMost: 8 }] }] },
      { caps: [{ ...caps![0], per: 'month' }] },
      { caps: [{ ...caps![0], atMost: { first: 3 } }] },
      { targets: [{ ...targets![0], decidedOn: 'start' }] },
      { targets: [{ ...targets![2], needs: { measure: 'hours', atLeastShare: '1/2' } }] },
      { cycles: { year: { lastMonths: 12 } } },
      // No period of it would ever reach the day asked for.
      { cycles: { year: { from: '2020-01-01', months: 0 } } },
    ];
    for (const other of others)
      expect(
        knownForm(JSON.stringify({ ...rest, earn, caps, targets, ...other })),
        JSON.stringify(other),
      ).toBeNull();
  });

  it('misses the reason of a fact that neither counts nor is refused', () => {
    const { people } = makeExport({ seed: 3, people: 40, sources: 10, roots: 1 });
    const block = people.map(blockOf).find(({ settlements: [first] }) => first!.refusals.length > 0)!;
    expect(rederive(block, KNOWN)[0]!.differs).toBeNull();
    block.settlements[0]!.refusals = [];
    expect(rederive(block, KNOWN)[0]!.differs).toBe('silent');
  });

  it('derives no relief: of a person with absences sums and reversals alone', () => {
    const [person] = makeExport({ seed: 5, people: 1, sources: 5, roots: 1 }).people;
    const block = blockOf(person!);
    block.person = { ...block.person, circumstances: [{ kind: '病假', from: '2025-01-01' }] };
    expect(rederive(block, KNOWN)).toEqual([
      { differs: null, seqs: [], regulation: 'demo-2026 v1', inFull: false },
    ]);
  });

  it('names a wrong amount, a wrong reversal and a wrong figure', () => {
    const { people } = makeExport({ seed: 3, people: 40, sources: 10, roots: 1 });
    const of = (change: (block: PersonBlock) => void, has: (block: PersonBlock) => boolean) => {
      const block = structuredClone(people.map(blockOf).find(has)!);
      change(block);
      return rederive(block, KNOWN)[0]!;
    };
    const plain = (block: PersonBlock) => block.entries[0]?.reverses === null;
    expect(of((block) => (block.entries[0]!.amount += 1), plain).differs).toMatch(/entries|reversed/);
    const reversed = (block: PersonBlock) => block.entries.some((entry) => entry.reverses !== null);
    expect(
      of((block) => (block.entries.find((entry) => entry.reverses !== null)!.amount += 1), reversed).differs,
    ).toBe('reversed');
    const targeted = (block: PersonBlock) => block.standings[0]!.targets.length > 0;
    const names = namesIn(DEMO_REGULATION_TEXT);
    const exempt = of((block) => (block.standings[0]!.targets[0]!.state = 'exempt'), targeted);
    expect(sayDifference(exempt, names)?.zh).toMatch(
      /^任务另算不同：应有 [一-鿿]+ \S+ (完成|没有完成|未到期)（(天|学时|网络学时) .*，给出 [一-鿿]+ \S+ 免除（/,
    );
    const turned = of((block) => {
      const [leaf] = block.standings[0]!.targets[0]!.alternatives[0]!;
      leaf!.met = !leaf!.met;
    }, targeted);
    const said = sayDifference(turned, names)!.zh;
    // People read it: amounts as decimals, and words for what is reached.
    expect(said.match(/，达到/g)).toHaveLength(1);
    expect(said).not.toMatch(/true|false|[a-z]|\d{5}/);
    expect(
      sayDifference(
        of((block) => block.standings[0]!.targets.pop(), targeted),
        names,
      )?.zh,
    ).toMatch(/，给出 无$/);
  });

  it('names every entry that does not follow from its facts, and the changed one rather than its reversal', () => {
    const { people } = makeExport({ seed: 3, people: 40, sources: 10, roots: 1 });
    const blocks = people.map(blockOf);
    const two = structuredClone(
      blocks.find(({ entries }) => entries[0]?.reverses === null && entries.length > 9)!,
    );
    const plain = two.entries.filter(({ reverses }) => reverses === null);
    for (const entry of [plain[0]!, plain.at(-1)!]) entry.amount += 1;
    expect(rederive(two, KNOWN)[0]!.seqs).toEqual([plain[0]!.seq, plain.at(-1)!.seq]);
    const reversedIds = new Set(blocks.flatMap(({ entries }) => entries.map(({ reverses }) => reverses)));
    const one = structuredClone(blocks.find(({ entries }) => entries.some(({ id }) => reversedIds.has(id)))!);
    const original = one.entries.find(({ id }) => reversedIds.has(id))!;
    original.amount += 1;
    expect(rederive(one, KNOWN)[0]!.seqs).toEqual([original.seq]);
  });

  it('of another regulation derives sums and reversals alone, and says so', () => {
    const [person] = makeExport({ seed: 5, people: 1, sources: 5, roots: 1 }).people;
    const block = JSON.parse(
      JSON.stringify(blockOf(person!)).replaceAll('demo-2026', 'elsewhere'),
    ) as PersonBlock;
    expect(rederive(block, KNOWN)).toEqual([
      { differs: null, seqs: [], regulation: 'elsewhere v1', inFull: false },
    ]);
  });
});
