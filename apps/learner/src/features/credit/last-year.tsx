import { useApi } from '@cadre/client/api';
import type { CivilDate } from '@cadre/domain/core';
import { endedYear, targetTitle, yearEndBefore } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Card, ReadingTag, StateTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { RowLink } from '../../shared/links';
import { creditWords } from './credit.words';

/** In the first months of a year: how the one before ended and what follows, as the way to its statement. */
export function LastYear({ on }: { readonly on: CivilDate }) {
  const end = yearEndBefore(on);
  return end !== null && <Ended asOf={end} />;
}

/** Nothing without a yearly target. */
function Ended({ asOf }: { readonly asOf: CivilDate }) {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const { data } = useQuery({
    ...api.credit.myStatement.queryOptions({ asOf }),
    meta: { live: ['credit:changed'], keep: true },
  });
  const ended = data ? endedYear(data) : [];
  if (ended.length === 0) return null;
  return (
    <Card>
      <RowLink
        to="/credits"
        search={{ asOf }}
        title={say('lastYear', { year: asOf.slice(0, 4) })}
        below={
          <span className="flex flex-col gap-1">
            {ended
              .flatMap(({ targets }) => targets)
              .map(({ target, reading }) => (
                <span
                  key={target.target}
                  className="flex flex-wrap items-center justify-between gap-2 text-small"
                >
                  {format.text(targetTitle(target))}
                  <ReadingTag reading={reading} />
                </span>
              ))}
            {ended.flatMap(({ standing: { flags, regulation } }) =>
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
