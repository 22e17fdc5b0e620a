import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { classTitleBeside } from '@cadre/client/naming';
import { addDays, instantOf } from '@cadre/domain/core';
import type { RoomSummary } from '@cadre/domain/live';
import { AppTable, EmptyState, Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { civilDate, formatTime, useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight, RadioTower } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { liveWords } from './live.words';
import { RoomStateTag } from './room-state-tag';

const route = getRouteApi('/signed-in/live/');

/** Check-ins send no hint about the day's list; its counts are read again while it is on screen. */
const refreshMs = 15_000;

/** 现场: the rooms of a day that the reader may see. */
export function RoomsPage() {
  const say = liveWords.use();
  const format = useFormat();
  const navigate = route.useNavigate();
  const today = civilDate(useNow(60_000));
  const { date = today } = route.useSearch();
  const [table, setTable] = useTableState({ pageSize: 200 });
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...useApi().live.rooms.queryOptions({ date }),
    meta: { live: ['session:changed', 'enrollment:changed'] },
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
  const goTo = (to: string): void => void navigate({ search: to === today ? {} : { date: to } });
  const columns: readonly AppColumn<RoomSummary>[] = [
    {
      key: 'time',
      title: say('column.time'),
      width: 130,
      render: ({ room }) => `${formatTime(room.startsAt)}–${formatTime(room.extendedTo ?? room.endsAt)}`,
    },
    {
      key: 'session',
      title: say('column.session'),
      render: ({ room }) => <SessionTitle room={room} />,
    },
    {
      key: 'place',
      title: say('column.place'),
      render: ({ room }) => `${format.text(room.base)} · ${format.text(room.venue)}`,
    },
    { key: 'state', title: say('column.state'), render: ({ room }) => <RoomStateTag status={room.status} /> },
    {
      key: 'arrived',
      title: say('column.arrived'),
      figure: true,
      render: ({ checkedIn, expected }) => say('arrived', { checkedIn, expected }),
    },
  ];
  return (
    <Page
      title={say('title')}
      lead={format.weekday(instantOf(date))}
      actions={
        <>
          <Button
            icon={<ChevronLeft aria-hidden size="1.15em" />}
            aria-label={say('previous')}
            title={say('previous')}
            onClick={() => goTo(addDays(date, -1))}
          />
          <Button disabled={date === today} onClick={() => goTo(today)}>
            {say('today')}
          </Button>
          <Button
            icon={<ChevronRight aria-hidden size="1.15em" />}
            aria-label={say('next')}
            title={say('next')}
            onClick={() => goTo(addDays(date, 1))}
          />
        </>
      }
    >
      <QueryView query={query}>
        {(rooms) => (
          <AppTable<RoomSummary>
            name="live-rooms"
            label={say('rooms')}
            withoutSearch
            columns={columns}
            rows={rooms}
            rowKey={({ room }) => room.sessionId}
            total={rooms.length}
            state={table}
            onState={setTable}
            loading={query.isPlaceholderData}
            onOpen={({ room }) =>
              void navigate({ to: '/live/$sessionId', params: { sessionId: room.sessionId } })
            }
            empty={
              <EmptyState icon={RadioTower} title={say('empty')}>
                {say('emptyText')}
              </EmptyState>
            }
          />
        )}
      </QueryView>
    </Page>
  );
}

/** The session, and the class it belongs to where that says more. */
function SessionTitle({ room }: { readonly room: RoomSummary['room'] }) {
  const classTitle = classTitleBeside(room);
  return (
    <>
      {room.title}
      {classTitle !== '' && <span className="block text-small text-ink-2">{classTitle}</span>}
    </>
  );
}
