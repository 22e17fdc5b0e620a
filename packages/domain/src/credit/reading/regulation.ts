import type { z } from 'zod';
import { checkConsistency } from './consistency';
import { readJson, sayPath, type AuthorError } from '../source/json-source';
import { regulationJsonSchema, regulationSchema, type Regulation } from '../regulation/regulation-schema';
import { asMeant, faultsOf, otherKind, withSuggestions, type Fault } from '../source/schema-errors';
import { impossibleConditions } from './impossible';
import { unreachableAmounts } from './unreachable';
import { unusedNames } from './unused';

export type ParsedRegulation =
  | {
      readonly ok: true;
      readonly regulation: Regulation;
      /** What is in order and yet looks forgotten. */
      readonly notes: readonly AuthorError[];
    }
  | { readonly ok: false; readonly errors: readonly AuthorError[] };

/**
 * Reads a regulation as its author wrote it. Whatever the format does not know, whatever contradicts itself, and
 * whatever could yield finer than a ten-thousandth without a rounding step is refused: path, line of the file, sentence.
 */
export function parseRegulation(text: string): ParsedRegulation {
  const source = readJson(text);
  if (source.errors.length > 0) return { ok: false, errors: source.errors };
  const parsed = regulationSchema.safeParse(source.value);
  const faults = parsed.success
    ? checkConsistency(parsed.data)
    : (otherKind(source.value, 'regulation') ?? misfits(parsed.error.issues, source.value));
  const located = (found: readonly Fault[]): AuthorError[] =>
    found
      .map(({ path, sentence }) => ({ path: sayPath(path), line: source.lineOf(path), sentence }))
      .sort((a, b) => a.line - b.line);
  return parsed.success && faults.length === 0
    ? {
        ok: true,
        regulation: parsed.data,
        notes: located([
          ...unusedNames(parsed.data),
          ...unreachableAmounts(parsed.data),
          ...impossibleConditions(parsed.data),
        ]),
      }
    : { ok: false, errors: located(faults) };
}

/** What the format does not allow; where one word is meant for another, also what is then at odds. */
function misfits(issues: readonly z.core.$ZodIssue[], document: unknown): Fault[] {
  const faults = withSuggestions(faultsOf(issues, document), document, regulationJsonSchema);
  const mended = regulationSchema.safeParse(asMeant(document, faults));
  return mended.success ? [...faults, ...checkConsistency(mended.data)] : faults;
}

/** The same regulation under other readings of its open points. An unknown setting or option is an error. */
export function withSettings(regulation: Regulation, chosen: Readonly<Record<string, string>>): Regulation {
  const settings = { ...regulation.settings };
  for (const [id, option] of Object.entries(chosen)) {
    const setting = settings[id];
    if (!setting || !(option in setting.options)) throw new RangeError(`no such reading: ${id} = ${option}`);
    settings[id] = { ...setting, chosen: option };
  }
  return { ...regulation, settings };
}
