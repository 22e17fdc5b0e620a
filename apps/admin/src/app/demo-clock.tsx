import { nextMorning, useClockJump, useNow } from '@cadre/client/clock';
import { ClockBadge } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { formatMoment } from '@cadre/ui/format';
import { currentLanguage } from '@cadre/ui/i18n';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { Failed } from '../shared/failure';
import { appWords } from './app.words';

const minuteMs = 60_000;

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
    <ClockBadge now={now} open={open} onOpenChange={setOpen}>
      <div className="flex flex-col gap-2">
        <p className="text-ink-2">{say('clock.lead')}</p>
        <Button loading={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 30 * minuteMs))}>
          {say('clock.halfHour')}
        </Button>
        <Button loading={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 120 * minuteMs))}>
          {say('clock.twoHours')}
        </Button>
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
