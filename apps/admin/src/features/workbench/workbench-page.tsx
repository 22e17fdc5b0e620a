import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { baseStatusNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import { canOpenArea } from '@cadre/domain/access';
import { yearName } from '@cadre/domain/assessment';
import { canManageCatalog } from '@cadre/domain/catalog';
import { toCivilDate } from '@cadre/domain/core';
import { targetTitle } from '@cadre/domain/ledger';
import type { RoomFacts } from '@cadre/domain/live';
import { canManageNetwork } from '@cadre/domain/network';
import { canWriteRegulations } from '@cadre/domain/regulation';
import { canScheduleSomewhere } from '@cadre/domain/training';
import { classNames, EmptyState, Page, Section, StateTag } from '@cadre/ui/admin';
import { formatTime, useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { LayoutDashboard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { TargetCell } from '../../shared/target-cell';
import { workbenchWords } from './workbench.words';

/** How many of a kind the workbench names; the rest is a click away. */
const NAMED = 8;
/** What a base passes through between two listings, and needs somebody for. */
const SETTLED: readonly string[] = ['listed', 'delisted'];

/** What needs the actor today, by what their grants reach. */
export function WorkbenchPage() {
  const say = workbenchWords.use();
  const format = useFormat();
  const actor = useActor();
  useFollow({ kind: 'network' });
  const now = useNow(60_000);
  const parts = [
    canOpenArea(actor, 'live') && <Rooms key="rooms" day={toCivilDate(now)} />,
    canOpenArea(actor, 'live') && <Disputed key="disputed" />,
    canScheduleSomewhere(actor) && <NotHeld key="not-held" />,
    canManageNetwork(actor) && <Reviews key="reviews" />,
    canManageCatalog(actor) && <Drafts key="drafts" />,
    canWriteRegulations(actor) && <Regulations key="regulations" />,
    canOpenArea(actor, 'insight') && <Behind key="behind" />,
    canOpenArea(actor, 'assessment') && <Years key="years" />,
  ].filter((part) => part !== false);
  return (
    <Page title={say('title')} lead={say('lead', { day: format.weekday(now) })}>
      {parts.length > 0 ? parts : <EmptyState icon={LayoutDashboard} title={say('empty')} />}
    </Page>
  );
}

/** Rows whose parts stand under one another where there is room, and flow where there is not. */
function Lines({ columns, children }: { readonly columns: string; readonly children: ReactNode }) {
  return (
    <ul className={classNames('flex flex-col gap-x-6 divide-y divide-line lg:grid', columns)}>{children}</ul>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 lg:col-span-full lg:grid lg:grid-cols-subgrid lg:gap-x-6">
      {children}
    </li>
  );
}

/** Which room it is, and where: two cells of a line. */
function RoomCells({ room }: { readonly room: RoomFacts }) {
  const format = useFormat();
  return (
    <>
      <TextLink to="/live/$sessionId" params={{ sessionId: room.sessionId }}>
        {room.title}
      </TextLink>
      <span className="text-ink-2">
        {format.text(room.base)} · {format.text(room.venue)}
      </span>
    </>
  );
}

function Rooms({ day }: { readonly day: string }) {
  const say = workbenchWords.use();
  const api = useApi();
  const query = useQuery({
    ...api.live.rooms.queryOptions({ date: day }),
    meta: { live: ['session:changed', 'enrollment:changed'] },
  });
  return (
    <Section title={say('rooms')}>
      <QueryView query={query} rows={2}>
        {(rooms) =>
          rooms.length === 0 ? (
            <p className="text-ink-2">{say('roomsNone')}</p>
          ) : (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_minmax(0,1fr)_max-content_max-content]">
              {rooms.map(({ room, expected, checkedIn }) => (
                <Line key={room.sessionId}>
                  <span className="tabular-nums">
                    {formatTime(room.startsAt)}–{formatTime(room.extendedTo ?? room.endsAt)}
                  </span>
                  <RoomCells room={room} />
                  <span className="tabular-nums">{say('expected', { expected, checkedIn })}</span>
                  <span>{room.status === 'live' && <StateTag tone="now">{say('live')}</StateTag>}</span>
                </Line>
              ))}
            </Lines>
          )
        }
      </QueryView>
    </Section>
  );
}

/** Objections reach no open screen by themselves; they are read again while the workbench is on screen. */
const DISPUTES_REFRESH_MS = 60_000;

/** Rooms to whose records of attendance somebody has objected (有误？): the roster says who, and what. */
function Disputed() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.live.disputed.queryOptions(),
    meta: { live: ['session:changed'] },
    refetchInterval: DISPUTES_REFRESH_MS,
  });
  return (
    <Section title={say('disputed')}>
      <QueryView query={query} rows={1}>
        {(rooms) =>
          rooms.length === 0 ? (
            <p className="text-ink-2">{say('disputedNone')}</p>
          ) : (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_minmax(0,1fr)_max-content]">
              {rooms.map(({ room, disputes }) => (
                <Line key={room.sessionId}>
                  <span className="tabular-nums">
                    {format.span(room.startsAt, room.extendedTo ?? room.endsAt)}
                  </span>
                  <RoomCells room={room} />
                  <StateTag tone="wait">{say('disputes', { count: disputes })}</StateTag>
                </Line>
              ))}
            </Lines>
          )
        }
      </QueryView>
    </Section>
  );
}

/** Sessions that nobody opened: somebody has to say what they were. */
function NotHeld() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const [all, setAll] = useState(false);
  const query = useQuery({
    ...api.training.notHeld.queryOptions(),
    meta: { live: ['session:changed'] },
  });
  return (
    <Section title={say('notHeld')}>
      <QueryView query={query} rows={1}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p className="text-ink-2">{say('notHeldNone')}</p>
          ) : (
            <>
              <p className="text-small text-ink-2">{say('notHeldHint')}</p>
              <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_minmax(0,1fr)]">
                {(all ? sessions : sessions.slice(0, NAMED)).map((session) => (
                  <Line key={session.id}>
                    <span className="tabular-nums">{format.span(session.startsAt, session.endsAt)}</span>
                    <TextLink
                      to="/training"
                      search={{
                        base: session.baseId,
                        date: toCivilDate(session.startsAt),
                        session: session.id,
                      }}
                    >
                      {session.title}
                    </TextLink>
                    <span className="text-ink-2">
                      {format.text(session.baseName)} · {format.text(session.venueName)}
                    </span>
                  </Line>
                ))}
              </Lines>
              {!all && sessions.length > NAMED && (
                <Button type="link" size="small" className="px-0" onClick={() => setAll(true)}>
                  {say('notHeldMore', { count: sessions.length - NAMED })}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </Section>
  );
}

/** Bases between two listings: applied, under review, asked to mend something. */
function Reviews() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({ ...api.network.map.queryOptions({}), meta: { live: ['network:changed'] } });
  return (
    <Section title={say('reviews')}>
      <QueryView query={query} rows={2}>
        {(bases) => {
          const waiting = bases.filter(({ status }) => !SETTLED.includes(status));
          if (waiting.length === 0) return <p className="text-ink-2">{say('reviewsNone')}</p>;
          return (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_minmax(0,1fr)_max-content]">
              {waiting.map((base) => (
                <Line key={base.id}>
                  <span className="tabular-nums">{base.code}</span>
                  <TextLink to="/network/$baseId" params={{ baseId: base.id }}>
                    {format.text(base.name)}
                  </TextLink>
                  <span className="text-ink-2">
                    {base.city} {base.county}
                  </span>
                  <StateTag tone="wait">{format.text(baseStatusNames[base.status])}</StateTag>
                </Line>
              ))}
            </Lines>
          );
        }}
      </QueryView>
    </Section>
  );
}

/** Courses that wait for a review before they are published. */
function Drafts() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery(
    api.catalog.searchCourses.queryOptions({ status: 'in-review', page: 1, pageSize: NAMED }),
  );
  return (
    <Section title={say('courses')}>
      <QueryView query={query} rows={2}>
        {(page) =>
          page.total === 0 ? (
            <p className="text-ink-2">{say('coursesNone')}</p>
          ) : (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_max-content]">
              {page.items.map((course) => (
                <Line key={course.id}>
                  <span className="tabular-nums">{course.code}</span>
                  <TextLink to="/catalog/courses/$courseId" params={{ courseId: course.id }}>
                    {format.text(course.title)}
                  </TextLink>
                  <StateTag tone="wait">{say('inReview')}</StateTag>
                </Line>
              ))}
            </Lines>
          )
        }
      </QueryView>
    </Section>
  );
}

/** Versions that the actor has to look at as a second person, and their own that came back to be mended. */
function Regulations() {
  const say = workbenchWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.regulation.list.queryOptions(),
    meta: { live: ['regulation:changed'] },
  });
  return (
    <Section title={say('regulations')}>
      <QueryView query={query} rows={1}>
        {(rows) => {
          const needed = rows.filter(
            ({ state, isAuthor, returned }) =>
              (state === 'waiting' && !isAuthor) || (returned !== null && isAuthor),
          );
          if (needed.length === 0) return <p className="text-ink-2">{say('regulationsNone')}</p>;
          return (
            <Lines columns="lg:grid-cols-[minmax(0,1fr)_max-content_max-content]">
              {needed.map(({ code, version, title, author, returned }) => (
                <Line key={`${code} ${version}`}>
                  <TextLink
                    to="/credit/regulations/$code/$version"
                    params={{ code, version: String(version) }}
                  >
                    {say('regulationVersion', { title: format.text(title), version })}
                  </TextLink>
                  {returned === null ? (
                    <>
                      <span className="text-ink-2">{author}</span>
                      <StateTag tone="wait">{say('waiting')}</StateTag>
                    </>
                  ) : (
                    <>
                      <span className="min-w-0 truncate text-ink-2 lg:max-w-[32em]" title={returned}>
                        {returned}
                      </span>
                      <StateTag tone="refusal">{say('returned')}</StateTag>
                    </>
                  )}
                </Line>
              ))}
            </Lines>
          );
        }}
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
      show: ['missed', 'behind'],
    }),
    meta: { live: ['credit:changed'] },
  });
  const count = query.data?.total ?? 0;
  return (
    <Section
      title={say('behind')}
      aside={count > 0 && <TextLink to="/insight">{say('behindMore', { count })}</TextLink>}
    >
      <QueryView query={query} rows={4}>
        {(page) =>
          page.total === 0 ? (
            <p className="text-ink-2">{say('behindNone')}</p>
          ) : (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_minmax(0,3fr)]">
              {page.items.map((row) => (
                <Line key={row.personId}>
                  <TextLink to="/credit/people/$personId" params={{ personId: row.personId }}>
                    {row.name}
                  </TextLink>
                  <span className="text-ink-2">
                    {row.personNo} · {format.text(row.unit)}
                  </span>
                  <span className="flex flex-wrap gap-x-6 gap-y-1">
                    {row.targets
                      .filter(({ reading }) => reading === 'behind' || reading === 'missed')
                      .map((target) => (
                        <span
                          key={`${target.target} ${target.cycle.from}`}
                          className="flex flex-wrap items-center gap-x-2"
                        >
                          {format.text(targetTitle(target))}
                          <TargetCell target={target} />
                        </span>
                      ))}
                  </span>
                </Line>
              ))}
            </Lines>
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
        {(years) =>
          years.length === 0 ? (
            <p className="text-ink-2">{say('yearsNone')}</p>
          ) : (
            <Lines columns="lg:grid-cols-[max-content_minmax(0,1fr)_max-content]">
              {years.map((year) => (
                <Line key={year.id}>
                  <TextLink to="/assessment">{format.text(yearName(year))}</TextLink>
                  <span className="text-ink-2">
                    {say('yearLine', { people: year.people, cutOff: format.moment(year.cutOffAt) })}
                  </span>
                  <StateTag tone={year.state === 'frozen' ? 'met' : year.cutOffReached ? 'wait' : 'neutral'}>
                    {say(year.state === 'frozen' ? 'frozen' : year.cutOffReached ? 'cutOffReached' : 'open')}
                  </StateTag>
                </Line>
              ))}
            </Lines>
          )
        }
      </QueryView>
    </Section>
  );
}
