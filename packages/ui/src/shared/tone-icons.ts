import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  Clock3,
  Info,
  type LucideIcon,
} from 'lucide-react';
import type { Tone } from './tone';

/** The icon that says the same as the colour. */
export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  neutral: CircleDashed,
  primary: Info,
  met: CircleCheck,
  wait: Clock3,
  now: CircleDot,
  refusal: CircleAlert,
};
