import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useActor } from '@cadre/client/session';
import { canOpenArea } from '@cadre/domain/access';
import { toCivilDate } from '@cadre/domain/core';
import { EmptyState, Page, Section, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LayoutDashboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { QueryView } from '../../shared/failure';
import { workbenchWords } from './workbench.words';

/** How many people the workbench names; the rest is a click away. */
const NAMED = 8;

/** What needs the actor today, by what their grants reach. */
export function WorkbenchPage() {
  const say = workbenchWords.use();
  const format = useFormat();
  const actor = useActor();
  const now = useNow(60_000);
  const parts = [
    canOpenArea(actor, 'live') && <Rooms key="rooms" day={toCivilDate(now)} />,
    canOpenArea(actor, 'insight') && <Behind key="behind" />,
    canOpenArea(actor, 'assessment') && <Years key="years" />,
  ].filter((part) => part !== false);
  return (
    <Page title={say('title')} lead={say('lead', { day: format.weekday(now) })}>
      {parts.length > 0 ? parts : <EmptyState icon={LayoutDashboard} title={say('empty')} />}
    </Page>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">{children}</li>
  );
}

function Rooms({ day }: { readonly day: string }) {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.live.rooms.queryOptions({ date: day }),
    meta: { live: ['session:changed'] },
  });
  return (
    <Section title={say('rooms')}>
      <QueryView query={query} rows={2}>
        {(rooms) =>
          rooms.length === 0 ? (
            <p className="text-ink-2">{say('roomsNone')}</p>
          ) : (
            <ul>
              {rooms.map(({ room, expected, checkedIn }) => (
                <Line key={room.sessionId}>
                  <span className="tabular-nums">{format.span(room.startsAt, room.endsAt)}</span>
                  <Link to="/live">{room.title}</Link>
                  <span className="text-ink-2">
                    {format.text(room.base)} · {format.text(room.venue)}
                  </span>
                  <span>{say('expected', { expected, checkedIn })}</span>
                  {room.status === 'live' && <StateTag tone="now">{say('live')}</StateTag>}
                </Line>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Section>
  );
}

function Behind() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.credit.progress.queryOptions({
      page: 1,
      pageSize: NAMED,
      search: '',
      unitId: null,
      show: 'behind',
    }),
    meta: { live: ['credit:changed'] },
  });
  return (
    <Section title={say('behind')}>
      <QueryView query={query} rows={4}>
        {(page) =>
          page.counts.behind === 0 ? (
            <p className="text-ink-2">{say('behindNone')}</p>
          ) : (
            <>
              <p>
                {say('behindCount', { count: page.counts.behind })} ·{' '}
                <Link to="/insight">{say('behindMore')}</Link>
              </p>
              <ul>
                {page.items.map((row) => (
                  <Line key={row.personId}>
                    <Link to="/credit/people/$personId" params={{ personId: row.personId }}>
                      {row.name}
                    </Link>
                    <span className="text-ink-2">
                      {row.personNo} · {format.text(row.unit)}
                    </span>
                    <span>
                      {row.targets
                        .filter((target) => target.behind)
                        .map((target) => target.name)
                        .join('、')}
                    </span>
                  </Line>
                ))}
              </ul>
            </>
          )
        }
      </QueryView>
    </Section>
  );
}

function Years() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({ ...api.assessment.years.queryOptions(), meta: { live: ['feed:changed'] } });
  return (
    <Section title={say('years')}>
      <QueryView query={query} rows={1}>
        {(years) => (
          <ul>
            {years.map((year) => (
              <Line key={year.id}>
                <Link to="/assessment">{year.name}</Link>
                <span className="text-ink-2">
                  {say('yearLine', { people: year.people, cutOff: format.moment(year.cutOffAt) })}
                </span>
                <StateTag tone={year.state === 'frozen' ? 'met' : year.cutOffReached ? 'wait' : 'neutral'}>
                  {say(year.state === 'frozen' ? 'frozen' : year.cutOffReached ? 'cutOffReached' : 'open')}
                </StateTag>
              </Line>
            ))}
          </ul>
        )}
      </QueryView>
    </Section>
  );
}
