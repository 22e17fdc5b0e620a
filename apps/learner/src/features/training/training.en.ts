import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './training.zh';

export const en: SameShape<typeof zh> = {
  title: 'Calendar',
  find: 'Find a class',
  show: { label: 'Which days', coming: 'Coming', past: 'Past' },
  empty: {
    coming: 'Once you enrol, your sessions appear here',
    past: 'Sessions you attended appear here',
  },
  today: 'Today',
  tomorrow: 'Tomorrow',
  addToCalendar: 'Add “{{title}}” to the calendar',
  state: {
    live: 'Live',
    waiting: 'On the waitlist',
    cancelled: 'Cancelled',
    teaching: 'You teach',
    held: 'Ended',
    'not-held': 'Not held',
  },
  notHeld: 'Nobody opened the room: it earns nothing, and you were not absent',
  because: 'Cancelled: {{reason}}',
};
