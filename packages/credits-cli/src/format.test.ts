import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FACT_NAMES,
  factsJsonSchema,
  PERSON_FACTS,
  regulationJsonSchema,
  regulationSchema,
} from '@cadre/domain/credit';
import { RANK_CODES } from '@cadre/domain/identity';
import { credits } from './credits';

const CREDIT = join(import.meta.dirname, '../../domain/src/credit');
const page = readFileSync(join(CREDIT, 'FORMAT.md'), 'utf8');

/** The code blocks of the page: what each is, and its text. */
const blocks = [...page.matchAll(/^```(?:json|text) (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, is = '', text = '']) => ({ is, text }),
);
const examples = blocks.flatMap(({ is, text }, index) =>
  is === 'regulation'
    ? [{ regulation: text, facts: blocks[index + 1]?.text ?? '', result: blocks[index + 2]?.text ?? '' }]
    : [],
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'format-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Every name of a field in a JSON Schema. */
function fieldsOf(schema: unknown, fields = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return fields;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) fields.add(name);
    fieldsOf(value, fields);
  }
  return fields;
}

const saysWord = (word: string): boolean => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(page);

describe('the page about the format', () => {
  it('has the smallest example and three complete ones', () => {
    expect(examples).toHaveLength(4);
  });

  it.each(examples.map((example, index) => [index + 1, example] as const))(
    'example %i gives what the page says',
    (index, { regulation, facts, result }) => {
      const [rules, known] = [file(`rules-${index}.json`, regulation), file(`facts-${index}.json`, facts)];
      const { code, out, err } = credits(['evaluate', rules, known]);
      expect([code, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject(JSON.parse(result) as object);
      expect(credits(['check', rules]).code).toBe(0);
      expect(credits(['evaluate', rules, known, '--explain']).code).toBe(0);
    },
  );

  it('shows faults as they are said', () => {
    const [faulty, errors] = ['regulation-with-errors', 'errors'].map(
      (wanted) => blocks.find(({ is }) => is === wanted)?.text ?? '',
    );
    const path = file('faulty.json', faulty ?? '');
    const { code, err } = credits(['check', path]);
    expect([code, err.replaceAll(`${path}:`, '')]).toEqual([2, errors]);
  });

  it('names every field of both files, every fact and every rank', () => {
    const fields = [...fieldsOf(regulationJsonSchema()), ...fieldsOf(factsJsonSchema())];
    const facts = [...Object.keys(FACT_NAMES), ...Object.keys(PERSON_FACTS)];
    expect([...fields, ...facts].filter((word) => !saysWord(word))).toEqual([]);
    expect(RANK_CODES.map((rank) => rank.name.zh).filter((name) => !page.includes(name))).toEqual([]);
  });

  it('names every word that a field may hold', () => {
    const words = new Set<string>();
    JSON.stringify([regulationJsonSchema(), factsJsonSchema()], (key, value: unknown) => {
      if (key === 'enum') for (const word of value as unknown[]) words.add(String(word));
      if (key === 'const') words.add(String(value));
      return value;
    });
    expect([...words].filter((word) => !saysWord(word))).toEqual([]);
  });

  it.each([
    ['regulation.schema.json', regulationJsonSchema],
    ['facts.schema.json', factsJsonSchema],
  ])('%s is the schema that is applied', (name, schema) => {
    expect(JSON.parse(readFileSync(join(CREDIT, name), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(schema())),
    );
  });

  it('is written for the format that is read', () => {
    expect(regulationSchema.shape.format.value).toBe(1);
  });
});
