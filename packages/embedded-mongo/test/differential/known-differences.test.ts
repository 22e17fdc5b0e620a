import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { KNOWN_DIFFERENCES } from './known-differences';

it('the README names every recorded answer that is not given, and no other', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  const named = readme.match(/(?<=^\|.*`)[a-z-]+\/\d{5}(?=`)/gm) ?? [];
  expect(named.sort()).toEqual([...KNOWN_DIFFERENCES.keys()].sort());
});
