import { CalendarDays, ChevronDown, CircleAlert, Eye, EyeOff } from 'lucide-react';
import {
  useId,
  useRef,
  useState,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
} from 'react';
import { formatWeekday } from '../format';
import { useLanguage } from '../i18n';
import { classNames } from '../shared/class-names';
import { uiWords } from '../shared/ui.words';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong, in words; what was typed stays. */
  readonly error?: string | undefined;
}

const inputClass =
  'w-full min-h-12 rounded-card border bg-surface px-4 py-2 text-body text-ink transition-colors disabled:opacity-55';

function edge(error: string | undefined): string {
  return error === undefined ? 'border-control' : 'border-refusal';
}

/** Label above, hint and error below; the ids tie them together for a screen reader. */
function Field({
  label,
  hint,
  error,
  id,
  optional,
  children,
}: FieldFrame & { id: string; optional?: boolean; children: ReactNode }) {
  const say = uiWords.use();
  return (
    <div className="flex flex-col gap-1.5">
      <label id={`${id}-label`} htmlFor={id} className="font-medium text-ink">
        {label}
        {optional && <span className="ps-1.5 text-small font-normal text-ink-2">{say('optional')}</span>}
      </label>
      {children}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="text-small text-ink-2">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1.5 text-small text-refusal">
          <CircleAlert aria-hidden size="1.1em" className="mt-[0.2em] shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export interface TextFieldProps
  extends FieldFrame, Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id'> {
  readonly optional?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text. A password can be looked at before it is sent. */
export function TextField({ label, hint, error, optional = false, type = 'text', ...rest }: TextFieldProps) {
  const say = uiWords.use();
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  return (
    <Field label={label} hint={hint} error={error} id={id} optional={optional}>
      <div className="relative">
        <input
          {...rest}
          id={id}
          type={secret && shown ? 'text' : type}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(id, hint, error)}
          className={classNames(inputClass, edge(error), secret && 'pe-13')}
        />
        {secret && (
          <button
            type="button"
            aria-label={say(shown ? 'hidePassword' : 'showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0 flex w-12 cursor-pointer items-center justify-center rounded-card text-ink-2"
          >
            {shown ? <EyeOff aria-hidden size={20} /> : <Eye aria-hidden size={20} />}
          </button>
        )}
      </div>
    </Field>
  );
}

export interface DateFieldProps extends FieldFrame {
  /** `YYYY-MM-DD`, or an empty text while no day is chosen. */
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  /** Called with a whole date, never with a part of one. */
  readonly onChange: (date: string) => void;
}

/** A day, written as people of the page's language write it; it is chosen with the device's own calendar. */
export function DateField({ label, hint, error, value, min, max, onChange }: DateFieldProps) {
  const say = uiWords.use();
  const language = useLanguage();
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  // Noon in Shanghai lies on the day itself.
  const noon = `${value}T12:00:00+08:00`;
  return (
    <Field label={label} hint={hint} error={error} id={id}>
      <div className="relative">
        <button
          type="button"
          id={id}
          aria-labelledby={`${id}-label ${id}-value`}
          aria-describedby={describedBy(id, hint, error)}
          onClick={() => picker.current?.showPicker()}
          className={classNames(inputClass, edge(error), 'flex cursor-pointer items-center gap-3 text-left')}
        >
          <span id={`${id}-value`} className={value === '' ? 'flex-1 text-ink-2' : 'flex-1'}>
            {value === '' ? say('chooseDay') : formatWeekday(noon, language, 0)}
          </span>
          <CalendarDays aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-ink-2" />
        </button>
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-hidden
          value={value}
          min={min}
          max={max}
          onChange={(event) => {
            if (event.target.value !== '') onChange(event.target.value);
          }}
          className="pointer-events-none absolute inset-0 opacity-0"
        />
      </div>
    </Field>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectFieldProps<Value extends string>
  extends
    FieldFrame,
    Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'id' | 'value' | 'onChange'> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of many: the phone's own picker, which everybody knows and every browser has. */
export function SelectField<Value extends string>({
  label,
  hint,
  error,
  choices,
  value,
  onChange,
  ...rest
}: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <Field label={label} hint={hint} error={error} id={id}>
      <div className="relative">
        <select
          {...rest}
          id={id}
          value={value}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(id, hint, error)}
          onChange={(event) => onChange(event.target.value as Value)}
          className={classNames(inputClass, edge(error), 'cursor-pointer appearance-none pe-11')}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          size={20}
          className="pointer-events-none absolute inset-y-0 end-3.5 my-auto text-ink-2"
        />
      </div>
    </Field>
  );
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  /** The label is read aloud but not drawn, because the screen says it already. */
  readonly quietLabel?: boolean;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. Arrow keys move, as between radio buttons, which they are. */
export function Segmented<Value extends string>({
  label,
  quietLabel = false,
  choices,
  value,
  onChange,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={quietLabel ? 'sr-only' : 'mb-1.5 font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-card bg-fill p-1 wrap-normal">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classNames(
              'flex min-h-10 flex-auto cursor-pointer items-center justify-center rounded-chip px-2 py-1 text-center leading-tight',
              'transition-colors has-focus-visible:outline-2 has-focus-visible:outline-primary',
              choice.value === value ? 'bg-surface font-medium text-ink ring-1 ring-control' : 'text-ink-2',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export interface SwitchRowProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A setting that is on or off, over the whole width of a row. */
export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-14 cursor-pointer items-center gap-4 px-4 py-2">
      <span className="flex-1">
        <span className="block text-ink">{label}</span>
        {hint !== undefined && <span className="block text-small text-ink-2">{hint}</span>}
      </span>
      <span className="relative inline-flex h-8 w-14 shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 m-0 cursor-pointer appearance-none rounded-full border-2 border-control bg-surface transition-colors checked:border-primary checked:bg-primary"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute start-1.5 top-1.5 size-5 rounded-full bg-control transition-transform peer-checked:translate-x-6 peer-checked:bg-on-primary"
        />
      </span>
    </label>
  );
}
