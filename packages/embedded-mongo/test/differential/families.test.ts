import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { casesOf, familyNames } from './case';
import { KNOWN_DIFFERENCES } from './known-differences';

test('every recorded family is replayed by one test file', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts'));
  const sources = files.map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8')).join('\n');
  for (const family of familyNames()) expect(sources.split(`'${family}'`), family).toHaveLength(2);
});

test('the corpus is complete and the list of known differences names cases of it', () => {
  const ids = familyNames().flatMap((family) => casesOf(family).map(({ id }) => id));
  expect(new Set(ids).size).toBe(18_406);
  for (const id of KNOWN_DIFFERENCES.keys()) expect(ids).toContain(id);
});
