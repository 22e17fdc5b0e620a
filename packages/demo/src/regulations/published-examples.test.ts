import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { evaluateFacts, parseFacts, parseRegulation, reportOf } from '@cadre/domain/credit';
import { leavesOf, valuesAt } from './example-query';
import { examples, publishedExamples, type Example, type Mapping } from './examples';
import { publishedRegulations } from '.';

/** Runs an example through the public functions, as the command line does. */
function reportsOf(example: Example, settings: Mapping['settings']): unknown[] {
  const regulation = publishedRegulations[example.regulation];
  if (!regulation) throw new Error(`no regulation ${example.regulation}`);
  return example.runs.map((run) => {
    const text = JSON.stringify(
      settings ? { ...run, settings: { ...(run['settings'] ?? {}), ...settings } } : run,
    );
    const parsed = parseFacts(text, regulation);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return reportOf(parsed.facts, evaluateFacts(parsed.facts, regulation));
  });
}

/** In a report of a single person the person need not be named. */
function valuesIn(roots: readonly unknown[], at: string): unknown[] {
  const [, run, path] = /^(?:(\d+)\/)?(.*)$/.exec(at) ?? [];
  const root = roots[Number(run ?? 0)];
  const direct = valuesAt(root, path ?? '');
  return direct.length > 0 || (path ?? '').startsWith('people') ? direct : valuesAt(root, `people.${path}`);
}

/** The values of a mapping: one, or one per place; numbers that were added up are fractions as text. */
function found(roots: readonly unknown[], { at, how }: Mapping): unknown {
  const sum = (values: readonly unknown[]): string =>
    values
      .reduce<Fraction>((total, value) => total.add(new Fraction(String(value))), new Fraction(0))
      .toFraction();
  const combine = (values: readonly unknown[]): unknown => {
    if (how === 'exists' || how === 'absent') return values.length > 0 === (how === 'exists');
    return how === 'count' ? values.length : how === 'sum' ? sum(values) : values;
  };
  if (typeof at === 'string') return combine(valuesIn(roots, at));
  const places = at.map((place) => valuesIn(roots, place));
  if (how === 'count') return places.map((values) => values.length);
  const isText = places.flat().some((value) => typeof value === 'boolean');
  if (isText) return places.map(([value]) => value);
  const sums = places.map(sum);
  return how === 'difference' ? sum([sums[0], ...sums.slice(1).map((value) => `-${value}`)]) : sums;
}

/** Equal as numbers, at the digits that the source prints; otherwise as they are. */
function same(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(actual) && !Array.isArray(wanted)) return actual.length === 1 && same(actual[0], wanted);
  if (Array.isArray(actual) && Array.isArray(wanted)) {
    return actual.length === wanted.length && actual.every((value, index) => same(value, wanted[index]));
  }
  if (typeof wanted === 'number') {
    const text = String(actual);
    if (!/^-?\d+(\.\d+)?$|^-?\d+\/\d+$/.test(text)) return false;
    const digits = String(wanted).split('.')[1]?.length ?? 0;
    const value = new Fraction(text);
    return digits < 3 ? value.equals(String(wanted)) : value.round(digits).equals(String(wanted));
  }
  return String(actual) === String(wanted) && typeof actual === typeof wanted;
}

const covers = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/[.[\]]/g, '\\$&').replaceAll('\\[*\\]', '\\[\\d+\\]')}$`).test(path);

/** Every original value is in exactly one mapping, and is found at its new place. */
function check(
  original: unknown,
  mappings: Example['inputs'],
  roots: (mapping: Mapping) => readonly unknown[],
): void {
  const leaves = leavesOf(original);
  for (const [path] of leaves) {
    expect(
      Object.keys(mappings).filter((pattern) => covers(pattern, path)),
      `mapping of ${path}`,
    ).toHaveLength(1);
  }
  for (const [pattern, mapping] of Object.entries(mappings)) {
    const originals = leaves.filter(([path]) => covers(pattern, path)).map(([, value]) => value);
    expect(originals, `original of ${pattern}`).not.toHaveLength(0);
    const wanted = mapping.value ?? (pattern.includes('[*]') ? originals : originals[0]);
    const actual = found(roots(mapping), mapping);
    expect(same(actual, wanted), `${pattern}: ${JSON.stringify(actual)} for ${JSON.stringify(wanted)}`).toBe(
      true,
    );
  }
}

describe('published rule sets', () => {
  it.each(Object.entries(publishedRegulations))(
    '%s is accepted as its author wrote it',
    (_number, regulation) => {
      expect(parseRegulation(JSON.stringify(regulation))).toEqual({ ok: true, regulation, notes: [] });
    },
  );

  it('has every published example, once', () => {
    expect(examples.map((example) => example.id).sort()).toEqual(
      publishedExamples.map((original) => original.id).sort(),
    );
  });

  it.each(examples.map((example) => [example.id, example] as const))('%s', (id, example) => {
    const original = publishedExamples.find((candidate) => candidate.id === id);
    check(original?.input, example.inputs, () => example.runs);
    check(original?.expected, example.expected, (mapping) => reportsOf(example, mapping.settings));
  });
});
