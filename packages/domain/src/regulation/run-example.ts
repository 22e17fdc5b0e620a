import type { Bilingual } from '../core';
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
      /** The result in sentences, line by line. */
      readonly told: Bilingual;
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
    told: {
      zh: explainFacts(parsed.facts, result, regulation, 'zh').join('\n'),
      en: explainFacts(parsed.facts, result, regulation, 'en').join('\n'),
    },
    report: JSON.stringify(reportOf(parsed.facts, result), withoutVersion),
  };
}

/** Report and entries name the version that made them. */
const withoutVersion = (key: string, value: unknown): unknown => (key === 'regulation' ? undefined : value);
