import { useApi, useAppClient } from '@cadre/client/api';
import { useFollow, useRoom } from '@cadre/client/live';
import { classTitleBeside } from '@cadre/client/naming';
import type { MyRoom } from '@cadre/domain/live';
import { formatTime, useFormat } from '@cadre/ui/format';
import { Page, RowList, Row, Section, StateTag, type Tone } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { BackLink } from '../../shared/links';
import { CheckInWays } from './check-in-ways';
import { liveWords } from './live.words';
import { ReceiptCard } from './receipt-card';
import { WaitNote } from './wait-note';

const route = getRouteApi('/signed-in/rooms/$sessionId');

/** Online people have no clock of their own: what the server counts is read again. */
const onlineRefreshMs = 30_000;

/** 现场课堂: one session's room on the phone. */
export function RoomPage() {
  const { sessionId } = route.useParams();
  const api = useApi();
  useFollow({ kind: 'session', id: sessionId });
  const query = useQuery({
    ...api.live.myRoom.queryOptions({ sessionId }),
    meta: { live: ['session:changed', 'enrollment:changed', 'credit:changed'], keep: true },
    refetchInterval: ({ state: { data } }) =>
      data?.room.status === 'live' && data.receipt?.mode === 'online' && data.receipt.checkedOutAt === null
        ? onlineRefreshMs
        : false,
  });
  if (query.data) return <OpenedRoom mine={query.data} />;
  return (
    <Page title={liveWords.say('checkIn.title')} back={<Back />}>
      <QueryView query={query}>{() => null}</QueryView>
    </Page>
  );
}

function Back() {
  const say = liveWords.use();
  return <BackLink to="/schedule" label={say('room.back')} />;
}

const tones: Readonly<Record<MyRoom['room']['status'], Tone>> = {
  scheduled: 'neutral',
  live: 'now',
  closed: 'neutral',
  settled: 'neutral',
  cancelled: 'refusal',
  'not-held': 'neutral',
};

function OpenedRoom({ mine }: { readonly mine: MyRoom }) {
  const say = liveWords.use();
  const format = useFormat();
  const { api, queries } = useAppClient();
  const { room, receipt } = mine;
  const [wantsOnline, setWantsOnline] = useState(false);
  const classTitle = classTitleBeside(room);
  const isLive = room.status === 'live';
  const stays = receipt?.mode === 'online' && receipt.checkedOutAt === null;
  const as = isLive && (stays || wantsOnline) ? 'online' : 'watch';
  const line = useRoom({ sessionId: room.sessionId, as, lastSeq: mine.lastSeq }, () => {
    void queries.invalidateQueries(api.live.myRoom.queryFilter({ sessionId: room.sessionId }));
  });
  const state = room.status === 'settled' ? 'closed' : room.status;
  return (
    <Page
      title={room.title}
      back={<Back />}
      lead={
        <>
          <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateTag tone={tones[room.status]}>{say(`room.${state}`)}</StateTag>
            <span>{format.span(room.startsAt, room.endsAt)}</span>
          </span>
          {classTitle !== '' && (
            <span className="mt-1 block text-small">{say('room.class', { title: classTitle })}</span>
          )}
          <span className="mt-1 block text-small">
            {say('room.place', { base: format.text(room.base), venue: format.text(room.venue) })}
            {room.extendedTo && ` · ${say('room.extended', { time: formatTime(room.extendedTo) })}`}
          </span>
        </>
      }
    >
      {receipt ? (
        <ReceiptCard room={room} receipt={receipt} neededMinutes={mine.neededMinutes} />
      ) : isLive && mine.enrolled ? (
        <CheckInWays room={room} online={wantsOnline ? line : null} onOnline={() => setWantsOnline(true)} />
      ) : (
        <WaitNote mine={mine} />
      )}
      {mine.announcements.length > 0 && (
        <Section title={say('notices')}>
          <RowList>
            {[...mine.announcements].reverse().map(({ seq, at, text }) => (
              <Row key={seq} title={text} facts={[formatTime(at)]} />
            ))}
          </RowList>
        </Section>
      )}
    </Page>
  );
}
