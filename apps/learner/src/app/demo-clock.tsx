import { nextMorning, useClockJump, useNow } from '@cadre/client/clock';
import { civilDate, formatMoment } from '@cadre/ui/format';
import { sayDone } from '@cadre/ui/feedback';
import { currentLanguage } from '@cadre/ui/i18n';
import { Button, ClockBadge, DateField, SelectField, Sheet } from '@cadre/ui/learner';
import { useState } from 'react';
import { Failed } from '../shared/failure';
import { appWords } from './app.words';

const minuteMs = 60_000;

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => {
  const time = `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
  return { value: time, label: time };
});

/** 演示时钟: the line above the page and the jumps behind it. */
export function DemoClock() {
  const say = appWords.use();
  const now = useNow(10_000);
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState('');
  const [time, setTime] = useState('08:00');
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
  // The fields speak of Shanghai's time, whatever zone the phone is in.
  const pickedMoment = new Date(`${day}T${time}:00+08:00`);
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
            <DateField label={say('clock.pick')} min={civilDate(now)} value={day} onChange={setDay} />
            <SelectField label={say('clock.time')} choices={HALF_HOURS} value={time} onChange={setTime} />
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
