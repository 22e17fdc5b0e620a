/**
 * What a state means to the reader: `met` done and confirmed, `wait` behind or waiting, `now` happening at this moment,
 * `refusal` refused or failed, `primary` chosen or worth knowing, `neutral` the rest.
 */
export type Tone = 'neutral' | 'primary' | 'met' | 'wait' | 'now' | 'refusal';

/** Text and ground of each tone, as Tailwind classes. */
export const toneClasses: Readonly<Record<Tone, string>> = {
  neutral: 'bg-fill text-ink-2',
  primary: 'bg-primary-soft text-primary',
  met: 'bg-met-soft text-met',
  wait: 'bg-wait-soft text-wait',
  now: 'bg-now-soft text-now',
  refusal: 'bg-refusal-soft text-refusal',
};

/** Text colour of each tone on paper or a surface. */
export const toneText: Readonly<Record<Tone, string>> = {
  neutral: 'text-ink-2',
  primary: 'text-primary',
  met: 'text-met',
  wait: 'text-wait',
  now: 'text-now',
  refusal: 'text-refusal',
};
