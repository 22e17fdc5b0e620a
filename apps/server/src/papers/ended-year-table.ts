import type { Language } from '@cadre/domain/core';
import { endedYear, TARGET_READING_NAMES, targetTitle, type Statement } from '@cadre/domain/ledger';
import type { PaperTable } from './paper';
import { STATEMENT_WORDS } from './statement-words';
import { nameIn } from './workbook-words';

/** The table of how the year before ended, as the screen has it beside today, and the sentences of the clauses in it. */
export interface EndedYearTable {
  readonly table: PaperTable;
  readonly clauses: readonly (readonly [clause: string, sentence: string])[];
}

/** By the statement as of the last day of that year; a clause of rules that are not those of `standings` says of which. */
export function endedYearTable(
  then: Statement,
  { standings }: Pick<Statement, 'standings'>,
  language: Language,
): EndedYearTable {
  const words = STATEMENT_WORDS[language];
  const text = nameIn(language);
  const cite = ({ regulation }: Statement['standings'][number], clause: string): string => {
    const now = standings.find((standing) => standing.regulation.id === regulation.id)?.regulation;
    if (now?.version === regulation.version) return clause;
    return now
      ? words.clauseOf(clause, regulation.version)
      : words.clauseOfOther(clause, text(regulation.title), regulation.version);
  };
  const rests = endedYear(then).flatMap(({ standing, targets }) => [
    ...targets.map(({ target, reading }) => ({
      says: text(targetTitle(target)),
      result: text(TARGET_READING_NAMES[reading]),
      clause: cite(standing, target.clause),
      sentence: target.clauseText,
    })),
    ...standing.flags.map(({ says, clause }) => ({
      says: text(says),
      result: '',
      clause: cite(standing, clause),
      sentence: standing.clauses[clause] ?? '',
    })),
  ]);
  return {
    table: {
      name: words.yearEnded(then.asOf.slice(0, 4)),
      columns: [
        { head: words.heads.says, width: 60 },
        { head: words.heads.result, width: 20 },
        { head: words.heads.clause, width: 20 },
      ],
      rows: rests.map(({ says, result, clause }) => [says, result, clause]),
      empty: '',
    },
    clauses: rests.map(({ clause, sentence }) => [clause, sentence]),
  };
}
