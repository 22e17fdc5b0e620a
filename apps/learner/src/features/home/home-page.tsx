import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { useMe } from '@cadre/client/session';
import { toCivilDate, type CivilDate } from '@cadre/domain/core';
import type { Standings } from '@cadre/domain/ledger';
import type { ClassCard, ScheduleItem } from '@cadre/domain/training';
import { formatTime, useFormat } from '@cadre/ui/format';
import { MovedNote, Page, Row, RowList, Section, StateTag, WrittenTitle } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { CalendarDays } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { ButtonLink, RowLink } from '../../shared/links';
import { areOfTheYear, StandingRings } from '../../shared/standing-rings';
import { homeWords } from './home.words';

/** How many classes the home page suggests. */
const SUGGESTED = 3;
const LOOKED_AT = 20;

/** 上午好 until noon, 下午好 until six, then 晚上好, by the server's clock. */
export function dayPartOf(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(formatTime(now).slice(0, 2));
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

export function HomePage() {
  const say = homeWords.use();
  const format = useFormat();
  const api = useApi();
  const now = useNow(60_000);
  const { person } = useMe();
  const today = toCivilDate(now);
  const standings = useQuery({
    ...api.credit.myStandings.queryOptions(),
    meta: { live: ['credit:changed'], keep: true },
  });
  const schedule = useQuery({
    ...api.training.mySchedule.queryOptions(),
    meta: { live: ['session:changed', 'enrollment:changed'], keep: true },
  });
  const isRetired = standings.data !== undefined && standings.data.servedUntil !== null;
  const classes = useQuery({
    ...api.training.openClasses.queryOptions({
      search: '',
      themeId: null,
      baseId: null,
      courseId: null,
      page: 1,
      pageSize: LOOKED_AT,
    }),
    enabled: !isRetired,
    meta: { live: ['class:changed', 'enrollment:changed'], keep: true },
  });
  useFollow({ kind: 'network' });
  return (
    <Page title={say(`greeting.${dayPartOf(now)}`, { name: person.name })} lead={format.weekday(now)}>
      <Section title={say(headOf(standings.data))}>
        <QueryView query={standings} rows={3}>
          {(value) => (
            <div className="flex flex-col gap-1">
              <StandingRings standings={value} />
              <div className="-ms-3 self-start">
                <ButtonLink to="/credits" variant="quiet" size="small">
                  {say('why')}
                </ButtonLink>
              </div>
            </div>
          )}
        </QueryView>
      </Section>
      <Section title={say('today')}>
        <QueryView query={schedule} rows={2}>
          {(items) => <Today today={today} items={items.filter((item) => concernsDay(item, today))} />}
        </QueryView>
      </Section>
      {!isRetired && (
        <Section title={say('fits')}>
          <QueryView query={classes} rows={3}>
            {(page) => <Suggestions cards={page.items} now={now} />}
          </QueryView>
        </Section>
      )}
    </Page>
  );
}

/** What the figures are: a record for whoever is retired, of whom nothing is asked. */
const headOf = (standings: Standings | undefined): 'record' | 'targets' | 'progress' => {
  if (standings === undefined) return 'progress';
  if (standings.servedUntil !== null) return 'record';
  return areOfTheYear(standings) ? 'progress' : 'targets';
};

/** Held on the day, or planned for it and held on another one: whoever has noted the old day reads that it moved. */
const concernsDay = ({ startsAt, movedFrom, status }: ScheduleItem, day: CivilDate): boolean =>
  toCivilDate(startsAt) === day ||
  (status === 'scheduled' && movedFrom !== null && toCivilDate(movedFrom.startsAt) === day);

function Today({ items, today }: { readonly items: readonly ScheduleItem[]; readonly today: CivilDate }) {
  const say = homeWords.use();
  const format = useFormat();
  if (items.length === 0)
    return (
      <RowList label={say('today')}>
        <Row
          leading={<CalendarDays aria-hidden size={22} strokeWidth={1.75} />}
          title={say('empty')}
          facts={[say('emptyText')]}
        />
      </RowList>
    );
  return (
    <RowList label={say('today')}>
      {items.map((item) => {
        const isElsewhere = toCivilDate(item.startsAt) !== today;
        const row = {
          title: <WrittenTitle title={item.title} course={item.courseTitle} />,
          facts: [
            isElsewhere ? undefined : `${formatTime(item.startsAt)}–${formatTime(item.endsAt)}`,
            `${format.text(item.baseName)} · ${format.text(item.venueName)}`,
          ],
        } as const;
        // Whoever had a seat must not set out: what was cancelled says so, and leads to its class.
        return item.status === 'cancelled' ? (
          <RowLink
            key={item.id}
            to="/classes/$classId"
            params={{ classId: item.classId }}
            {...row}
            below={
              <StateTag tone="refusal">
                {item.cancelledReason === null
                  ? say('cancelled')
                  : say('cancelledBecause', { reason: item.cancelledReason })}
              </StateTag>
            }
          />
        ) : (
          <RowLink
            key={item.id}
            {...(isElsewhere
              ? ({ to: '/classes/$classId', params: { classId: item.classId } } as const)
              : ({ to: '/rooms/$sessionId', params: { sessionId: item.id } } as const))}
            {...row}
            below={
              <>
                {item.status === 'live' && <StateTag tone="now">{say('live')}</StateTag>}
                <MovedNote session={item} />
              </>
            }
          />
        );
      })}
    </RowList>
  );
}

function Suggestions({ cards, now }: { readonly cards: readonly ClassCard[]; readonly now: Date }) {
  const say = homeWords.use();
  const format = useFormat();
  const fitting = cards
    .filter(
      (card) =>
        card.mine === null &&
        card.clashes.length === 0 &&
        card.mode !== 'nominated' &&
        card.window.opensAt <= now &&
        now < card.window.closesAt,
    )
    .slice(0, SUGGESTED);
  return (
    <RowList label={say('fits')}>
      {fitting.map((card) => {
        const left = Math.max(0, card.capacity - card.seatsTaken);
        return (
          <RowLink
            key={card.id}
            to="/classes/$classId"
            params={{ classId: card.id }}
            title={<WrittenTitle title={card.title} course={card.courseTitle} />}
            facts={[
              [
                card.startsAt && card.endsAt ? format.days(card.startsAt, card.endsAt) : '',
                left > 0 ? say('seats', { count: left }) : say('full'),
              ].join(' · '),
              say('earns', { worth: format.worth(card.earns.days, card.earns.classHours) }),
            ]}
          />
        );
      })}
      <RowLink to="/classes" title={fitting.length > 0 ? say('fitsAll') : say('fitsNone')} />
    </RowList>
  );
}
