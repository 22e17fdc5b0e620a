import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './home.zh';

export const en: SameShape<typeof zh> = {
  greeting: {
    morning: 'Good morning, {{name}}',
    afternoon: 'Good afternoon, {{name}}',
    evening: 'Good evening, {{name}}',
  },
  progress: "This year's targets",
  targets: 'Your targets',
  record: 'Your record',
  why: 'See why',
  today: 'Today',
  empty: 'No session today',
  emptyText: 'Once you enrol, your sessions appear here.',
  fits: 'For you',
  fitsAll: 'All classes',
  fitsNone: 'No class fits your calendar right now: see all classes',
  seats: { one: '{{count}} seat left', other: '{{count}} seats left' },
  full: 'Full, you can join the waitlist',
  earns: 'Earns {{worth}}',
  cancelled: 'Cancelled',
  cancelledBecause: 'Cancelled: {{reason}}',
  live: 'In progress, check in',
};
