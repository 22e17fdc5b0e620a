import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credits } from './credits';

/**
 * Rule sets invented in the style of published ones, with worked examples reckoned by hand: what somebody who has
 * only the page about the format would enter. They run through the command, as that person would run them.
 */
const PRACTICE = join(import.meta.dirname, '../../demo/regulations/practice');
interface Example {
  readonly says: string;
  readonly facts: unknown;
  readonly result: object;
}
const sets = readdirSync(PRACTICE)
  .filter((name) => !name.includes('.examples.'))
  .map((name) => name.replace('.json', ''));
const examples = sets.flatMap((set) =>
  (JSON.parse(readFileSync(join(PRACTICE, `${set}.examples.json`), 'utf8')) as Example[]).map(
    (example) => [set, example.says, example] as const,
  ),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('rule sets that the product does not know', () => {
  it.each(sets)('%s is accepted, says so in words, and is marked as invented', (set) => {
    const file = join(PRACTICE, `${set}.json`);
    expect(credits(['check', file])).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(file, 'utf8')).toContain('虚构');
  });

  it.each(examples)('%s: %s', (set, _says, { facts, result }) => {
    const file = join(folder, 'facts.json');
    writeFileSync(file, JSON.stringify(facts));
    const { code, out, err } = credits(['evaluate', join(PRACTICE, `${set}.json`), file]);
    // Beside an answer only what looks mistyped is said: words of facts that no rule names, which here are meant.
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject(result);
    for (const option of ['--explain', '--explain=en']) {
      const said = credits(['evaluate', join(PRACTICE, `${set}.json`), file, option]);
      expect([said.code, /undefined|NaN|\[object/.test(said.out)]).toEqual([0, false]);
    }
  });
});
