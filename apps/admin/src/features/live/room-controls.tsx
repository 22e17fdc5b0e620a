import { useApi, useAppClient } from '@cadre/client/api';
import type { RoomView } from '@cadre/domain/live';
import { sayDone } from '@cadre/ui/feedback';
import { formatTime } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Dropdown, Modal } from 'antd';
import { ChevronDown, MonitorUp, Printer } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { liveWords } from './live.words';

const extensionMinutes = [15, 30, 60, 120] as const;
const minuteMs = 60_000;

export interface RoomControlsProps {
  readonly view: RoomView;
  readonly now: Date;
  /** People in the hall who have not checked out. */
  readonly stillIn: number;
  /** People who have not checked in. */
  readonly absent: number;
}

/** 开课 · 大厅屏 · 延长 · 结束课堂, as far as the room's state allows. */
export function RoomControls({ view, now, stillIn, absent }: RoomControlsProps) {
  const say = liveWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const { room } = view;
  const { sessionId } = room;
  const router = useRouter();
  const hall = router.buildLocation({ to: '/live/$sessionId/hall', params: { sessionId } }).publicHref;
  const [closing, setClosing] = useState(false);
  const readAgain = () => queries.invalidateQueries(api.live.pathFilter());
  const open = useMutation(
    api.live.open.mutationOptions({
      onSuccess: () => {
        sayDone(say('room.opened'));
        return readAgain();
      },
    }),
  );
  const extend = useMutation(
    api.live.extend.mutationOptions({
      onSuccess: ({ extendedTo }) => {
        if (extendedTo) sayDone(say('room.extendedDone', { time: formatTime(extendedTo) }));
        return readAgain();
      },
    }),
  );
  const close = useMutation(
    api.live.close.mutationOptions({
      onSuccess: () => {
        setClosing(false);
        sayDone(say('room.closed'));
        return readAgain();
      },
    }),
  );
  const end = room.extendedTo ?? room.endsAt;
  const isOver = now >= end;
  const extensions = extensionMinutes
    .map((minutes) => ({ minutes, until: new Date(end.getTime() + minutes * minuteMs) }))
    .filter(({ until }) => until > now && until <= room.latestEnd);
  return (
    <>
      <Button icon={<Printer aria-hidden size="1.15em" />} onClick={() => window.print()}>
        {say('room.print')}
      </Button>
      {room.status === 'not-held' && <span className="text-ink-2">{say('room.notHeld')}</span>}
      {room.status === 'scheduled' &&
        (now < room.opensAt ? (
          <span className="text-ink-2">{say('room.openFrom', { time: formatTime(room.opensAt) })}</span>
        ) : now >= room.endsAt ? (
          <span className="text-ink-2">{say('room.neverOpened')}</span>
        ) : (
          <Button type="primary" loading={open.isPending} onClick={() => open.mutate({ sessionId })}>
            {say('room.open')}
          </Button>
        ))}
      {room.status === 'live' && (
        <>
          {extensions.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: extensions.map(({ minutes, until }) => ({
                  key: String(minutes),
                  label: say('room.extendBy', { minutes, time: formatTime(until) }),
                  onClick: () => extend.mutate({ sessionId, until }),
                })),
              }}
            >
              <Button loading={extend.isPending}>
                {say('room.extend')}
                <ChevronDown aria-hidden size="1.1em" />
              </Button>
            </Dropdown>
          )}
          <Button type={isOver ? 'primary' : 'default'} onClick={() => setClosing(true)}>
            {say('room.close')}
          </Button>
          <Button
            type={isOver ? 'default' : 'primary'}
            href={hall}
            target="_blank"
            icon={<MonitorUp aria-hidden size="1.15em" />}
          >
            {say('room.hall')}
          </Button>
        </>
      )}
      <Modal
        open={closing}
        title={say('room.closeAsk', { title: room.title })}
        okText={say('room.closeDo')}
        cancelText={say('room.keep')}
        okButtonProps={{ danger: true, loading: close.isPending }}
        onOk={() => close.mutate({ sessionId })}
        onCancel={() => setClosing(false)}
      >
        {stillIn > 0 && <p>{say('room.closeStillIn', { count: stillIn })}</p>}
        {absent > 0 && <p>{say('room.closeAbsent', { count: absent })}</p>}
        <p>{say('room.closeText')}</p>
        <Failed error={close.error} />
      </Modal>
      {room.status === 'scheduled' && <Failed error={open.error} />}
      {room.status === 'live' && <Failed error={extend.error} />}
    </>
  );
}
