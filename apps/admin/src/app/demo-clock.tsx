import { useApi } from '@cadre/client/api';
import { nextMorning, useClockJump, useNow } from '@cadre/client/clock';
import { useActor } from '@cadre/client/session';
import { canOpenArea } from '@cadre/domain/access';
import { toCivilDate } from '@cadre/domain/core';
import { ClockBadge } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { formatMoment, formatTime } from '@cadre/ui/format';
import { currentLanguage } from '@cadre/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { Failed } from '../shared/failure';
import { appWords } from './app.words';

const minuteMs = 60_000;
/** So long before its start a session is reached: its room opens, people arrive. */
const arrivalMs = 15 * minuteMs;

/** 演示时钟: the time it plays, and the jumps behind it. */
export function DemoClock() {
  const say = appWords.use();
  const now = useNow(10_000);
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState('');
  const fieldId = useId();
  const jump = useClockJump();
  const moveTo = (to: Date): void =>
    jump.mutate(
      { to },
      {
        onSuccess: () => {
          setOpen(false);
          sayDone(say('clock.moved', { time: formatMoment(to, currentLanguage()) }));
        },
      },
    );
  // The field speaks of Shanghai's time, whatever zone the computer is in.
  const pickedMoment = new Date(`${picked}:00+08:00`);
  return (
    <ClockBadge
      now={now}
      open={open}
      onOpenChange={(opening) => {
        jump.reset();
        setOpen(opening);
      }}
    >
      <div className="flex flex-col gap-2">
        <p className="text-ink-2">{say('clock.lead')}</p>
        <NextSession now={now} asked={open} isMoving={jump.isPending} onMove={moveTo} />
        <div className="grid grid-cols-2 gap-2">
          <Button loading={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 15 * minuteMs))}>
            {say('clock.quarterHour')}
          </Button>
          <Button loading={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 60 * minuteMs))}>
            {say('clock.hour')}
          </Button>
        </div>
        <Button loading={jump.isPending} onClick={() => moveTo(nextMorning(now))}>
          {say('clock.morning')}
        </Button>
        <form
          className="mt-1 flex flex-col gap-1.5 border-t border-line pt-2"
          onSubmit={(event) => {
            event.preventDefault();
            moveTo(pickedMoment);
          }}
        >
          <label htmlFor={fieldId}>{say('clock.pick')}</label>
          <Input
            id={fieldId}
            type="datetime-local"
            value={picked}
            onChange={(event) => setPicked(event.target.value)}
          />
          <Button htmlType="submit" disabled={Number.isNaN(pickedMoment.getTime())} loading={jump.isPending}>
            {say('clock.go')}
          </Button>
        </form>
        <Failed error={jump.error} />
      </div>
    </ClockBadge>
  );
}

/** The jump to a quarter of an hour before the next session of the day, for those who see the day's rooms. */
function NextSession({
  now,
  asked,
  isMoving,
  onMove,
}: {
  readonly now: Date;
  readonly asked: boolean;
  readonly isMoving: boolean;
  readonly onMove: (to: Date) => void;
}) {
  const say = appWords.use();
  const api = useApi();
  const seesRooms = canOpenArea(useActor(), 'live');
  const rooms = useQuery({
    ...api.live.rooms.queryOptions({ date: toCivilDate(now) }),
    enabled: asked && seesRooms,
  });
  if (!seesRooms) return null;
  if (rooms.isError)
    return (
      <Failed
        error={rooms.error}
        action={
          <Button size="small" onClick={() => void rooms.refetch()}>
            {say('clock.again')}
          </Button>
        }
      />
    );
  const next = (rooms.data ?? [])
    .map(({ room }) => room)
    .filter(({ startsAt }) => startsAt.getTime() - arrivalMs > now.getTime())
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())[0];
  return (
    <Button
      type="primary"
      className="h-auto! min-h-8 py-1.5! whitespace-normal!"
      loading={isMoving || rooms.isLoading}
      disabled={!next}
      onClick={() => next && onMove(new Date(next.startsAt.getTime() - arrivalMs))}
    >
      {next
        ? say('clock.nextSession', { time: formatTime(next.startsAt), title: next.title })
        : say(rooms.data ? 'clock.noSession' : 'clock.findingSession')}
    </Button>
  );
}
