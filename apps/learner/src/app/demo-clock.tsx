import { nextMorning, useClockJump, useNow } from '@cadre/client/clock';
import { formatMoment } from '@cadre/ui/format';
import { sayDone } from '@cadre/ui/feedback';
import { currentLanguage } from '@cadre/ui/i18n';
import { Button, ClockBadge, Sheet, TextField } from '@cadre/ui/learner';
import { useState } from 'react';
import { Failed } from '../shared/failure';
import { appWords } from './app.words';

const minuteMs = 60_000;

/** 演示时钟: the line above the page and the jumps behind it. */
export function DemoClock() {
  const say = appWords.use();
  const now = useNow(10_000);
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState('');
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
  // The field speaks of Shanghai's time, whatever zone the phone is in.
  const pickedMoment = new Date(`${picked}:00+08:00`);
  return (
    <>
      <ClockBadge now={now} onOpen={() => setOpen(true)} />
      <Sheet open={open} onOpenChange={setOpen} title={say('clock.title')} lead={say('clock.lead')}>
        <div className="flex flex-col gap-3">
          <Button wide busy={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 30 * minuteMs))}>
            {say('clock.halfHour')}
          </Button>
          <Button wide busy={jump.isPending} onClick={() => moveTo(new Date(now.getTime() + 120 * minuteMs))}>
            {say('clock.twoHours')}
          </Button>
          <Button wide busy={jump.isPending} onClick={() => moveTo(nextMorning(now))}>
            {say('clock.morning')}
          </Button>
          <form
            className="mt-2 flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              moveTo(pickedMoment);
            }}
          >
            <TextField
              label={say('clock.pick')}
              type="datetime-local"
              value={picked}
              onChange={(event) => setPicked(event.target.value)}
            />
            <Button type="submit" wide disabled={Number.isNaN(pickedMoment.getTime())} busy={jump.isPending}>
              {say('clock.go')}
            </Button>
          </form>
          <Failed error={jump.error} />
        </div>
      </Sheet>
    </>
  );
}
