import { askedDay } from '@cadre/client/address';
import { useNow } from '@cadre/client/clock';
import { toCivilDate } from '@cadre/domain/core';
import { Button, DateField } from '@cadre/ui/learner';
import { getRouteApi } from '@tanstack/react-router';
import { creditWords } from './credit.words';

const route = getRouteApi('/signed-in/credits');

/** What the record said on an earlier day, and the way back to today. What is asked for and no day is said to be none. */
export function AsOf() {
  const say = creditWords.use();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = toCivilDate(useNow(60_000));
  const { day = today, noDay } = askedDay(search);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="min-w-56 flex-1">
        <DateField
          label={say('asOfDate')}
          max={today}
          value={day}
          {...(noDay === undefined ? {} : { error: say('asOfNoDay', { text: noDay }) })}
          onChange={(next) => void navigate({ search: next === today ? {} : { asOf: next }, replace: true })}
        />
      </div>
      {search.asOf !== undefined && (
        <Button variant="quiet" onClick={() => void navigate({ search: {}, replace: true })}>
          {say('backToday')}
        </Button>
      )}
    </div>
  );
}
