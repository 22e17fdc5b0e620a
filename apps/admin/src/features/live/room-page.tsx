import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow, useRoom } from '@cadre/client/live';
import { classTitleBeside, sessionModeNames } from '@cadre/client/naming';
import type { RoomView } from '@cadre/domain/live';
import { Countdown, Page, Section } from '@cadre/ui/admin';
import { formatTime, useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { QueryView } from '../../shared/failure';
import { Announcements } from './announcements';
import { liveWords } from './live.words';
import { RoomControls } from './room-controls';
import { RoomStateTag } from './room-state-tag';
import { RosterTable } from './roster-table';
import { countStates } from './roster-state';

const route = getRouteApi('/signed-in/live/$sessionId');

/** Minutes go on while nothing happens. */
const refreshMs = 60_000;

/** One room: its control, its figures, its roster. */
export function RoomPage() {
  const { sessionId } = route.useParams();
  const api = useApi();
  useFollow({ kind: 'session', id: sessionId });
  const query = useQuery({
    ...api.live.room.queryOptions({ sessionId }),
    meta: { live: ['session:changed', 'enrollment:changed'] },
    refetchInterval: refreshMs,
  });
  if (query.data) return <OpenedRoom view={query.data} />;
  return (
    <Page title={liveWords.say('title')}>
      <QueryView query={query}>{() => null}</QueryView>
    </Page>
  );
}

function OpenedRoom({ view }: { readonly view: RoomView }) {
  const say = liveWords.use();
  const format = useFormat();
  const { api, queries } = useAppClient();
  const now = useNow(10_000);
  const { room } = view;
  const { sessionId } = room;
  const classTitle = classTitleBeside(room);
  useRoom({ sessionId, as: 'watch', lastSeq: view.lastSeq }, () => {
    void queries.invalidateQueries(api.live.room.queryFilter({ sessionId }));
  });
  const counts = countStates(view.roster);
  const figures = [
    ['arrived', say('arrived', { checkedIn: view.checkedIn, expected: view.expected })],
    ['inHall', String(counts.inHall)],
    ...(room.mode === 'on-site' ? [] : [['online', String(counts.online + counts.away)] as const]),
    ['left', String(counts.left)],
    ['absent', String(counts.absent)],
  ] as const;
  const end = room.extendedTo ?? room.endsAt;
  return (
    <Page
      title={room.title}
      trail={
        <Link to="/live" className="no-print underline-offset-4 hover:underline">
          {say('room.trail')}
        </Link>
      }
      lead={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <RoomStateTag status={room.status} />
          <span>{format.span(room.startsAt, room.endsAt)}</span>
          {room.extendedTo && <span>{say('room.extended', { time: formatTime(room.extendedTo) })}</span>}
          <span>
            {format.text(room.base)} · {format.text(room.venue)}
          </span>
          {classTitle !== '' && <span>{say('room.class', { title: classTitle })}</span>}
          <span>{format.text(sessionModeNames[room.mode])}</span>
          {room.status === 'live' && (
            <span className="inline-flex items-center gap-1">
              {now < end && say('room.toEnd')}
              <Countdown until={end} now={now} />
            </span>
          )}
        </span>
      }
      actions={
        view.mayRun && <RoomControls view={view} now={now} stillIn={counts.inHall} absent={counts.absent} />
      }
    >
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-4">
        {figures.map(([key, value]) => (
          <div key={key} className="bg-surface px-4 py-3">
            <dt className="text-small text-ink-2">{say(`room.figures.${key}`)}</dt>
            <dd className="text-title font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <RosterTable view={view} />
      {(view.mayRun || view.announcements.length > 0) && (
        <Section title={say('notices')}>
          <Announcements view={view} />
        </Section>
      )}
    </Page>
  );
}
