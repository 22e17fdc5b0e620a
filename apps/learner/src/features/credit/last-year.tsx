import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { toCivilDate } from '@cadre/domain/core';
import { targetTitle, type TargetReading } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Card, ReadingTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { RowLink } from '../../shared/links';
import { creditWords } from './credit.words';

/** So long into a year people still look for how the one before ended. */
const MONTHS = 3;

/** In the first months of a year: how the one before ended, as the way to its statement. Nothing without a yearly target. */
export function LastYear() {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const today = toCivilDate(useNow(60_000));
  const year = Number(today.slice(0, 4)) - 1;
  const asOf = `${year}-12-31`;
  const { data } = useQuery({
    ...api.credit.myStatement.queryOptions({ asOf }),
    enabled: Number(today.slice(5, 7)) <= MONTHS,
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
          </span>
        }
      />
    </Card>
  );
}

/** What was open at the end of the last day was missed. */
const readingOfPast = (state: 'met' | 'open' | 'missed' | 'exempt'): TargetReading =>
  state === 'open' ? 'missed' : state;
