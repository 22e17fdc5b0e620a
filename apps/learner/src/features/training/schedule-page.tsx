import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { addDays, toCivilDate, type CivilDate } from '@cadre/domain/core';
import type { ScheduleItem } from '@cadre/domain/training';
import { formatTime, useFormat } from '@cadre/ui/format';
import {
  classNames,
  EmptyState,
  MovedNote,
  Page,
  Section,
  Segmented,
  StateTag,
  WrittenTitle,
} from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarDays, CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { ButtonLink } from '../../shared/links';
import { trainingWords } from './training.words';

/** How far the calendar looks back, in days. */
const BACK = 365;

/** 日程: own sessions by day, the next first; those that are over behind a switch, the latest first. */
export function SchedulePage() {
  const say = trainingWords.use();
  const api = useApi();
  const [past, setPast] = useState(false);
  const today = toCivilDate(useNow(60_000));
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...api.training.mySchedule.queryOptions(
      past ? { from: addDays(today, -BACK), to: addDays(today, -1) } : undefined,
    ),
    meta: { live: ['session:changed', 'class:changed', 'enrollment:changed'], keep: true },
  });
  return (
    <Page
      title={say('title')}
      actions={
        <ButtonLink to="/classes" search={{}} variant="quiet" size="small">
          {say('find')}
        </ButtonLink>
      }
    >
      <Segmented
        label={say('show.label')}
        quietLabel
        choices={[
          { value: 'coming', label: say('show.coming') },
          { value: 'past', label: say('show.past') },
        ]}
        value={past ? 'past' : 'coming'}
        onChange={(next) => setPast(next === 'past')}
      />
      <QueryView query={query} rows={4}>
        {(read) => {
          // What was kept for times without a network may be of an earlier day.
          const items = past ? read : read.filter(({ startsAt }) => toCivilDate(startsAt) >= today);
          return items.length === 0 ? (
            <EmptyState
              icon={CalendarDays}
              title={say(past ? 'empty.past' : 'empty.coming')}
              action={
                past ? undefined : (
                  <ButtonLink to="/classes" search={{}} variant="primary">
                    {say('find')}
                  </ButtonLink>
                )
              }
            />
          ) : (
            <>
              {daysOf(items, past, today).map(([date, entries]) => (
                <Day key={date} date={date} today={today} entries={entries} />
              ))}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

/** A session where it stands, or on the day for which it was planned before it moved to another one. */
interface Entry {
  readonly session: ScheduleItem;
  readonly isFormer: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

function entriesOf(session: ScheduleItem, today: CivilDate): Entry[] {
  const { startsAt, endsAt, movedFrom, status } = session;
  const now: Entry = { session, isFormer: false, startsAt, endsAt };
  const formerDay = status === 'scheduled' && movedFrom ? toCivilDate(movedFrom.startsAt) : null;
  if (!movedFrom || formerDay === null || formerDay < today || formerDay === toCivilDate(startsAt))
    return [now];
  return [now, { session, isFormer: true, startsAt: movedFrom.startsAt, endsAt: movedFrom.endsAt }];
}

/** What each day holds, by time; the days forwards, or backwards for what is over. */
function daysOf(
  items: readonly ScheduleItem[],
  backwards: boolean,
  today: CivilDate,
): [CivilDate, Entry[]][] {
  const days = new Map<CivilDate, Entry[]>();
  const entries = items.flatMap((item) => entriesOf(item, today));
  for (const entry of entries.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    const date = toCivilDate(entry.startsAt);
    days.set(date, [...(days.get(date) ?? []), entry]);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1) * (backwards ? -1 : 1));
}

function Day({
  date,
  today,
  entries,
}: {
  readonly date: CivilDate;
  readonly today: CivilDate;
  readonly entries: readonly Entry[];
}) {
  const say = trainingWords.use();
  const format = useFormat();
  const [first] = entries;
  const weekday = first ? format.weekday(first.startsAt) : date;
  const name = date === today ? say('today') : date === addDays(today, 1) ? say('tomorrow') : null;
  return (
    <Section title={name === null ? weekday : `${name} · ${weekday}`}>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {entries.map((entry) => (
          <SessionRow key={`${entry.session.id} ${entry.isFormer}`} entry={entry} isToday={date === today} />
        ))}
      </ul>
    </Section>
  );
}

/** A row that opens the class, or today the room; beside it the way into one's own calendar. */
function SessionRow({ entry, isToday }: { readonly entry: Entry; readonly isToday: boolean }) {
  const say = trainingWords.use();
  const { session, isFormer } = entry;
  const isCancelled = session.status === 'cancelled';
  return (
    <li className="flex items-center">
      <Link
        {...(isToday && !isCancelled && !isFormer
          ? { to: '/rooms/$sessionId', params: { sessionId: session.id } }
          : { to: '/classes/$classId', params: { classId: session.classId } })}
        className="flex min-h-14 min-w-0 flex-1 gap-3 px-4 py-3 transition-colors hover:bg-fill active:bg-fill"
      >
        <span className={classNames('shrink-0 tabular-nums', isFormer && 'text-ink-2 line-through')}>
          {formatTime(entry.startsAt)}
          <span className="block text-small text-ink-2">{formatTime(entry.endsAt)}</span>
        </span>
        <span className="min-w-0 flex-1">
          <span className={isCancelled ? 'text-ink-2 line-through' : undefined}>
            <WrittenTitle title={session.title} course={session.courseTitle} />
          </span>
          {isFormer ? <MovedNote session={session} /> : <Where session={session} />}
        </span>
      </Link>
      {!isFormer && session.status === 'scheduled' && session.standing !== 'waiting' && (
        <a
          href={`/api/v1/sessions/${session.id}.ics`}
          aria-label={say('addToCalendar', { title: session.title })}
          className="me-1 inline-flex size-12 shrink-0 items-center justify-center rounded-card text-ink-2 hover:bg-fill"
        >
          <CalendarPlus aria-hidden size={22} strokeWidth={1.75} />
        </a>
      )}
    </li>
  );
}

/** Where it is, how to get there, and its state with what follows from that. */
function Where({ session }: { readonly session: ScheduleItem }) {
  const say = trainingWords.use();
  const format = useFormat();
  return (
    <>
      <span className="block text-small text-ink-2">
        {[format.text(session.baseName), format.text(session.venueName)].join(' · ')}
      </span>
      <MovedNote session={session} />
      {session.status === 'not-held' && <span className="block text-small text-ink-2">{say('notHeld')}</span>}
      {session.status === 'cancelled' && session.cancelledReason !== null ? (
        <span className="block text-small text-ink-2">
          {say('because', { reason: session.cancelledReason })}
        </span>
      ) : (
        session.access !== '' && <span className="line-clamp-2 text-small text-ink-2">{session.access}</span>
      )}
      <State session={session} />
    </>
  );
}

function State({ session }: { readonly session: ScheduleItem }) {
  const say = trainingWords.use();
  const tag = (() => {
    if (session.status === 'live') return <StateTag tone="now">{say('state.live')}</StateTag>;
    if (session.status === 'cancelled') return <StateTag tone="refusal">{say('state.cancelled')}</StateTag>;
    if (session.status === 'not-held') return <StateTag tone="neutral">{say('state.not-held')}</StateTag>;
    if (session.status !== 'scheduled') return <StateTag tone="neutral">{say('state.held')}</StateTag>;
    if (session.as === 'instructor') return <StateTag tone="primary">{say('state.teaching')}</StateTag>;
    if (session.standing === 'waiting') return <StateTag tone="wait">{say('state.waiting')}</StateTag>;
    return null;
  })();
  return tag && <span className="mt-1 block">{tag}</span>;
}
