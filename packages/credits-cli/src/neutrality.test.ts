import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateFacts, parseFacts, parseRegulation, reportOf, type Regulation } from '@cadre/domain/credit';
import places from './testing/places.json';
import { renamingOf, renamedFacts, renamedRegulation } from './testing/renaming';

const CREDIT = join(import.meta.dirname, '../../domain/src/credit');
const REGULATIONS = join(import.meta.dirname, '../../demo/regulations');
const EXAMPLES = join(import.meta.dirname, '../../demo/examples');
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const jsonIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));

const regulations = new Map(
  jsonIn(REGULATIONS).map((name) => [name.replace('.json', ''), read(join(REGULATIONS, name)) as Regulation]),
);
interface Example {
  readonly id: string;
  readonly regulation: string;
  readonly runs: readonly unknown[];
}
const examples = jsonIn(EXAMPLES)
  .filter((name) => name !== 'published.json')
  .flatMap((name) => read(join(EXAMPLES, name)) as Example[]);

const PRACTICE = join(REGULATIONS, 'practice');
const practice = jsonIn(PRACTICE).filter((name) => !name.includes('.examples.'));
/** The published rule sets with their worked examples, and those that were invented for practice with theirs. */
const sets = new Map([
  ...regulations,
  ...practice.map((name) => [name, read(join(PRACTICE, name)) as Regulation] as const),
]);
const practised = practice.map((name): Example => {
  const runs = read(join(PRACTICE, name.replace('.json', '.examples.json'))) as { facts: unknown }[];
  return { id: name, regulation: name, runs: runs.map(({ facts }) => facts) };
});

/** A regulation as the engine accepts it; a fault is the test's. */
function accepted(regulation: unknown): Regulation {
  const parsed = parseRegulation(JSON.stringify(regulation));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.regulation;
}

function reportFor(run: unknown, regulation: Regulation): unknown {
  const parsed = parseFacts(JSON.stringify(run), regulation);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return reportOf(parsed.facts, evaluateFacts(parsed.facts, regulation));
}

const FIGURES = new Set([
  'amount',
  'carried',
  'counted',
  'cut',
  'earned',
  'final',
  'from',
  'limit',
  'members',
  'met',
  'occurredOn',
  'reason',
  'required',
  'short',
  'state',
  'to',
  'used',
]);

/** All numbers, dates and states of a report, in its order, without any name that an author chose. */
function figures(value: unknown, key = ''): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => figures(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => figures(inner, name));
  return FIGURES.has(key) ? [value] : [];
}

describe('the engine knows no rule set', () => {
  const sources = readdirSync(CREDIT, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const words = [...regulations.values()].flatMap(({ id, title, source }) => [
    id,
    title,
    source.title,
    source.issuer,
    ...(source.number === undefined ? [] : [source.number]),
  ]);

  it('has names to look for', () => {
    expect([sources.length > 20, words.length > 100, places.length > 60]).toEqual([true, true, true]);
  });

  it.each(sources)('%s names no rule set, issuer, province or city', (name) => {
    const text = readFileSync(join(CREDIT, name), 'utf8').toLowerCase();
    expect([...words, ...places].filter((word) => text.includes(word.toLowerCase()))).toEqual([]);
    expect(text).not.toMatch(/\br\d\db?\b/);
  });

  it.each([...examples, ...practised].map((example) => [example.id, example] as const))(
    '%s gives the same figures when everything that its author named is called otherwise',
    (_id, example) => {
      const original = sets.get(example.regulation);
      if (!original) throw new Error(`no regulation ${example.regulation}`);
      const names = renamingOf(original);
      const other = renamedRegulation(original, names);
      expect(Object.keys({ ...other.kinds, ...other.measures, ...other.clauses })).not.toContainEqual(
        expect.stringMatching(/^[^·]*$/),
      );
      for (const run of example.runs) {
        const [before, after] = [
          reportFor(run, accepted(original)),
          reportFor(renamedFacts(run, names), accepted(other)),
        ];
        expect(figures(after)).toEqual(figures(before));
        expect(figures(before)).not.toEqual([]);
      }
    },
    60_000,
  );
});
