import { DatePicker, TimePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

const DAY = 'YYYY-MM-DD';
const CLOCK = 'HH:mm';
/** Any day: only the time of day is read from it. */
const anyDay = '2000-01-01';

interface CivilFieldProps {
  readonly id?: string;
  readonly disabled?: boolean;
  readonly allowClear?: boolean;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
}

export interface DateFieldProps extends CivilFieldProps {
  /** A civil date, `2026-11-18`; empty or missing while none is chosen. */
  readonly value?: string | null | undefined;
  readonly onChange?: (date: string) => void;
  /** The last day that can be chosen. */
  readonly max?: string;
}

/**
 * A civil date, typed or picked, the same in every browser and language. It never passes through an instant, so the
 * computer's zone cannot move it. Clearing gives the empty text.
 */
export function DateField({ value, onChange, max, ...rest }: DateFieldProps) {
  return (
    <DatePicker
      {...rest}
      {...(max === undefined ? {} : { maxDate: dayjs(max, DAY) })}
      format={DAY}
      showNow={false}
      style={{ width: '100%' }}
      value={value ? dayjs(value, DAY) : null}
      onChange={(picked) => onChange?.(picked ? picked.format(DAY) : '')}
      // Enter takes over the day that was typed; the form around it is sent by its button.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
    />
  );
}

export interface TimeFieldProps extends CivilFieldProps {
  /** A time of day, `09:00`. */
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** A time of day on 24 hours, in steps of five minutes. */
export function TimeField({ value, onChange, ...rest }: TimeFieldProps) {
  return (
    <TimePicker
      {...rest}
      format={CLOCK}
      minuteStep={5}
      allowClear={false}
      needConfirm={false}
      showNow={false}
      style={{ width: '100%' }}
      value={dayjs(`${anyDay}T${value}`)}
      onChange={(picked) => {
        if (picked) onChange(picked.format(CLOCK));
      }}
    />
  );
}
