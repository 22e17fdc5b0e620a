import { instantOf } from '@cadre/domain/core';
import type { CountingEntry, StatementLine } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import type { BilingualText } from '@cadre/ui/i18n';
import { WrittenTitle } from '@cadre/ui/learner';
import { getRouteApi, Link } from '@tanstack/react-router';
import { creditWords } from './credit.words';

const route = getRouteApi('/signed-in/credits');

interface SummedRecordsProps {
  readonly counting: readonly CountingEntry[];
  readonly lines: readonly StatementLine[];
  /** What the measure is called. */
  readonly measure: BilingualText;
  /** Taken over from an earlier cycle, beside the records. */
  readonly carried?: number;
}

/** The records of which a number is made, each with its amount and opening to its reasons, and what they add up to. */
export function SummedRecords({ counting, lines, measure, carried = 0 }: SummedRecordsProps) {
  const say = creditWords.use();
  const format = useFormat();
  const search = route.useSearch();
  if (counting.length === 0 && carried === 0)
    return <p className="text-small text-ink-2">{say('summed.none')}</p>;
  const total = counting.reduce((sum, { amount }) => sum + amount, carried);
  return (
    <ul className="flex flex-col text-small">
      {byLine(counting, lines).map(({ line, amount }) => (
        <li key={line?.settlementId ?? ''} className="flex min-h-12 items-center justify-between gap-3">
          {line ? (
            <Link
              to="/credits/$settlementId"
              params={{ settlementId: line.settlementId }}
              search={search}
              className="flex min-h-12 min-w-0 flex-col justify-center text-primary underline-offset-2 hover:underline"
            >
              <WrittenTitle title={line.title} course={line.courseTitle} />
              {line.occurredOn && (
                <span className="text-ink-2">{format.day(instantOf(line.occurredOn))}</span>
              )}
            </Link>
          ) : (
            <span>{say('summed.opening')}</span>
          )}
          <span className="shrink-0 tabular-nums">{format.measure(amount, measure)}</span>
        </li>
      ))}
      {carried !== 0 && (
        <li className="flex min-h-12 items-center justify-between gap-3">
          <span>{say('summed.carried')}</span>
          <span className="shrink-0 tabular-nums">{format.measure(carried, measure)}</span>
        </li>
      )}
      <li className="flex justify-between gap-3 border-t border-line pt-2">
        <span>{say('summed.total')}</span>
        <span className="shrink-0 font-semibold tabular-nums">{format.measure(total, measure)}</span>
      </li>
    </ul>
  );
}

/** Per record what its entries bring, in the order of the records; what belongs to no record is an opening balance, the last. */
function byLine(
  counting: readonly CountingEntry[],
  lines: readonly StatementLine[],
): { readonly line: StatementLine | undefined; readonly amount: number }[] {
  const lineOf = new Map(lines.flatMap((line) => line.entries.map((entry) => [entry, line] as const)));
  const sums = new Map<StatementLine | undefined, number>();
  for (const { entry, amount } of counting) {
    const line = entry === null ? undefined : lineOf.get(entry);
    sums.set(line, (sums.get(line) ?? 0) + amount);
  }
  const placeOf = new Map<StatementLine | undefined, number>(lines.map((line, index) => [line, index]));
  return [...sums]
    .map(([line, amount]) => ({ line, amount }))
    .sort((a, b) => (placeOf.get(a.line) ?? lines.length) - (placeOf.get(b.line) ?? lines.length));
}
