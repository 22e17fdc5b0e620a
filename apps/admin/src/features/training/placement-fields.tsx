import { sessionModeNames } from '@cadre/client/naming';
import {
  AMOUNT_UNIT,
  halfDayKey,
  halfDaysOf,
  instantOf,
  minuteOfDay,
  toCivilDate,
  type Interval,
} from '@cadre/domain/core';
import {
  sessionMode,
  type BaseResources,
  type ClassTimes,
  type SessionMode,
  type Worth,
} from '@cadre/domain/training';
import { DateField, TimeField } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { Checkbox, InputNumber, Radio, Select } from 'antd';
import { Fragment, useId, useState, type ReactNode } from 'react';
import { trainingWords } from './training.words';

/** A field with its name above it. */
/** So many people a class takes at most. */
export const MOST_PEOPLE = 5000;

export function Field({
  label,
  error,
  children,
}: {
  readonly label: string;
  /** What is wrong with what was typed. */
  readonly error?: string | undefined;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="text-small text-ink-2">
        {label}
      </label>
      {children(id)}
      {error !== undefined && (
        <p role="alert" className="text-small text-refusal">
          {error}
        </p>
      )}
    </div>
  );
}

/** When enrolment, promotion and free withdrawal of a class end. */
export const deadlinesOf = (times: ClassTimes) => ({
  enroll: times.window.closesAt,
  promote: times.promotionCutOff,
  withdraw: times.withdrawalDeadline,
});

export function DeadlineList({ times }: { readonly times: ClassTimes }) {
  const say = trainingWords.use();
  const format = useFormat();
  const ends = deadlinesOf(times);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
      {(['enroll', 'promote', 'withdraw'] as const).map((deadline) => (
        <Fragment key={deadline}>
          <dt className="text-ink-2">{say(`form.${deadline}`)}</dt>
          <dd className="tabular-nums">{format.moment(ends[deadline])}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

const clockOf = (instant: Date): string => {
  const minute = minuteOfDay(instant);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};
const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Date, start and end as civil values of Shanghai, wherever the computer stands. A new date keeps the times of day. */
export function TimeFields({
  span,
  onSpan,
}: {
  readonly span: Interval;
  readonly onSpan: (span: Interval) => void;
}) {
  const say = trainingWords.use();
  const date = toCivilDate(span.startsAt);
  const set = (day: string, from: number, to: number): void =>
    onSpan({ startsAt: instantOf(day, from), endsAt: instantOf(day, to) });
  const [from, to] = [minuteOfDay(span.startsAt), minuteOfDay(span.endsAt)];
  return (
    <div className="flex gap-2">
      <Field label={say('form.date')}>
        {(id) => <DateField id={id} allowClear={false} value={date} onChange={(day) => set(day, from, to)} />}
      </Field>
      <Field label={say('form.from')}>
        {(id) => (
          <TimeField
            id={id}
            value={clockOf(span.startsAt)}
            onChange={(time) => {
              const minutes = minutesOf(time);
              set(date, minutes, to > minutes ? to : minutes + (to - from));
            }}
          />
        )}
      </Field>
      <Field label={say('form.to')}>
        {(id) => (
          <TimeField
            id={id}
            value={clockOf(span.endsAt)}
            onChange={(time) => {
              const minutes = minutesOf(time);
              if (minutes > from) set(date, from, minutes);
            }}
          />
        )}
      </Field>
    </div>
  );
}

export function VenueField({
  resources,
  value,
  onChange,
}: {
  readonly resources: BaseResources;
  readonly value: string;
  readonly onChange: (venueId: string) => void;
}) {
  const say = trainingWords.use();
  const format = useFormat();
  return (
    <Field label={say('form.venue')}>
      {(id) => (
        <Select
          id={id}
          value={value}
          onChange={onChange}
          options={resources.venues.map((venue) => ({
            value: venue.id,
            label: `${format.text(venue.name)} · ${say('row.seats', { count: venue.capacity })}`,
          }))}
        />
      )}
    </Field>
  );
}

export function InstructorsField({
  resources,
  value,
  onChange,
}: {
  readonly resources: BaseResources;
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
}) {
  const say = trainingWords.use();
  // A choice closes the list: below it stands the verdict that the choice has just caused.
  const [open, setOpen] = useState(false);
  return (
    <Field label={say('form.instructors')}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          maxCount={8}
          // The list would toggle the option under the pointer on Tab, taking back what was just picked: Tab only leaves.
          onInputKeyDown={(event) => {
            if (event.key === 'Tab') event.stopPropagation();
          }}
          optionFilterProp="label"
          open={open}
          onOpenChange={setOpen}
          value={[...value]}
          onChange={(ids) => {
            setOpen(false);
            onChange(ids);
          }}
          options={resources.instructors.map((instructor) => ({
            value: instructor.id,
            label: instructor.title === '' ? instructor.name : `${instructor.name} · ${instructor.title}`,
          }))}
        />
      )}
    </Field>
  );
}

export function ModeField({
  value,
  onChange,
}: {
  readonly value: SessionMode;
  readonly onChange: (mode: SessionMode) => void;
}) {
  const say = trainingWords.use();
  const format = useFormat();
  return (
    <Field label={say('form.mode')}>
      {(id) => (
        <Radio.Group
          id={id}
          value={value}
          onChange={({ target }) => onChange(target.value as SessionMode)}
          options={sessionMode.options.map((mode) => ({
            value: mode,
            label: format.text(sessionModeNames[mode]),
          }))}
        />
      )}
    </Field>
  );
}

/** What the session declares to be worth: the half-days its time touches, and class hours. */
export function WorthFields({
  span,
  value,
  onChange,
}: {
  readonly span: Interval;
  readonly value: Worth;
  readonly onChange: (worth: Worth) => void;
}) {
  const say = trainingWords.use();
  const format = useFormat();
  const touched = span.startsAt < span.endsAt ? halfDaysOf(span) : [];
  const chosen = new Set(value.halfDays.map(halfDayKey));
  return (
    <div className="flex items-end gap-4">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-small text-ink-2">{say('form.worth')}</legend>
        <div className="flex min-h-8 flex-wrap items-center gap-x-3">
          {touched.map((half) => (
            <Checkbox
              key={halfDayKey(half)}
              checked={chosen.has(halfDayKey(half))}
              onChange={({ target }) =>
                onChange({
                  ...value,
                  halfDays: touched.filter((other) =>
                    halfDayKey(other) === halfDayKey(half) ? target.checked : chosen.has(halfDayKey(other)),
                  ),
                })
              }
            >
              {`${format.day(instantOf(half.date))}${say(`part.${half.part}`)}`}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <Field label={say('form.classHours')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={24}
            step={0.5}
            value={value.classHours / AMOUNT_UNIT}
            onChange={(hours) =>
              onChange({ ...value, classHours: Math.round(Number(hours ?? 0) * AMOUNT_UNIT) })
            }
          />
        )}
      </Field>
    </div>
  );
}
