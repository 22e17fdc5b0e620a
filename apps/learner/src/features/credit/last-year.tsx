import { useApi } from '@cadre/client/api';
import type { CivilDate } from '@cadre/domain/core';
import { targetTitle, type TargetReading } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Card, ReadingTag, StateTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { RowLink } from '../../shared/links';
import { creditWords } from './credit.words';

/** So long into a year people still look for how the one before ended. */
const MONTHS = 3;

/** In the first months of a year: how the one before ended and what follows, as the way to its statement. */
export function LastYear({ on }: { readonly on: CivilDate }) {
  return Number(on.slice(5, 7)) <= MONTHS && <Ended year={Number(on.slice(0, 4)) - 1} />;
}

/** Nothing without a yearly target. */
function Ended({ year }: { readonly year: number }) {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const asOf = `${year}-12-31`;
  const { data } = useQuery({
    ...api.credit.myStatement.queryOptions({ asOf }),
    meta: { live: ['credit:changed'], keep: true },
  });
  const targets = (data?.standings ?? [])
    .flatMap((standing) => standing.targets)
    .filter(({ cycle, makesUp }) => cycle.to === asOf && cycle.from === `${year}-01-01` && makesUp === null);
  if (data?.servedUntil !== null || targets.length === 0) return null;
  return (
    <Card>
      <RowLink
        to="/credits"
        search={{ asOf }}
        title={say('lastYear', { year })}
        below={
          <span className="flex flex-col gap-1">
            {targets.map((target) => (
              <span
                key={target.target}
                className="flex flex-wrap items-center justify-between gap-2 text-small"
              >
                {format.text(targetTitle(target))}
                <ReadingTag reading={readingOfPast(target.state)} />
              </span>
            ))}
            {data?.standings.flatMap(({ flags, regulation }) =>
              flags.map(({ flag, says, clause }) => (
                <span
                  key={`${regulation.id} ${flag} ${clause}`}
                  className="flex flex-wrap items-center gap-2"
                >
                  <StateTag tone="refusal" wraps>
                    {format.text(says)}
                  </StateTag>
                  <span className="text-small text-ink-2">{say('byClause', { clause })}</span>
                </span>
              )),
            )}
          </span>
        }
      />
    </Card>
  );
}

/** What was open at the end of the last day was missed. */
const readingOfPast = (state: 'met' | 'open' | 'missed' | 'exempt'): TargetReading =>
  state === 'open' ? 'missed' : state;
