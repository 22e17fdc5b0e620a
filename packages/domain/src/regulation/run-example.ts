import {
  evaluateFacts,
  explainFacts,
  parseFacts,
  reportOf,
  type AuthorError,
  type Regulation,
} from '../credit';

export type FactsRun =
  | {
      readonly ok: true;
      /** The result in Chinese sentences. */
      readonly lines: readonly string[];
      /** The report as JSON, without the version that made it: what two versions are compared by. */
      readonly report: string;
    }
  | { readonly ok: false; readonly errors: readonly AuthorError[] };

/** What a regulation makes of a facts file. */
export function runFacts(regulation: Regulation, facts: string): FactsRun {
  const parsed = parseFacts(facts, regulation);
  if (!parsed.ok) return parsed;
  const result = evaluateFacts(parsed.facts, regulation);
  return {
    ok: true,
    lines: explainFacts(parsed.facts, result, regulation),
    report: JSON.stringify(reportOf(parsed.facts, result), withoutVersion),
  };
}

/** Report and entries name the version that made them. */
const withoutVersion = (key: string, value: unknown): unknown => (key === 'regulation' ? undefined : value);

/** Where a result is not what was expected; a value that one side lacks is null. */
export interface Difference {
  readonly at: string;
  /** The way there for a reader: whom and what it is about by name, then the field. */
  readonly steps: readonly string[];
  readonly expected: string | null;
  readonly found: string | null;
}

/** What is said by the names of its rows. */
const UNSAID = new Set(['people', 'targets', 'amounts']);

/** A row of a list by its name with its cycle, person or number from 1; a field by itself. */
function stepOf(key: string, value: unknown, isRow: boolean): string[] {
  if (!isRow) return UNSAID.has(key) ? [] : [key];
  const { name, person, cycle } = isTree(value)
    ? (value as { name?: unknown; person?: unknown; cycle?: unknown })
    : {};
  const said = [name, person].find((word) => typeof word === 'string' && word !== '');
  if (typeof said !== 'string') return [String(Number(key) + 1)];
  const label = isTree(cycle) ? (cycle as { label?: unknown }).label : undefined;
  return [typeof label === 'string' ? `${said} ${label}` : said];
}

/** Every leaf in which two JSON values differ, by its path. */
export function differencesOf(
  expected: unknown,
  found: unknown,
  at = '',
  steps: readonly string[] = [],
): Difference[] {
  if (isTree(expected) && isTree(found)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    const isRow = Array.isArray(expected) || Array.isArray(found);
    return keys.flatMap((key) => {
      const [was, is] = [expected, found].map((tree) => (tree as Record<string, unknown>)[key]);
      return differencesOf(was, is, `${at}/${key}`, [...steps, ...stepOf(key, was ?? is, isRow)]);
    });
  }
  const [was, is] = [leafText(expected), leafText(found)];
  return was === is ? [] : [{ at, steps, expected: was, found: is }];
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;
const leafText = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
