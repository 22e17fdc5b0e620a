import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './workbench.zh';

export const en: SameShape<typeof zh> = {
  title: 'Workbench',
  lead: '{{day}}: what needs you today',
  empty: 'Nothing is waiting for you today',
  rooms: "Today's rooms",
  roomsNone: 'No session today',
  expected: '{{checkedIn}} of {{expected}} here',
  live: 'In progress',
  notHeld: 'Sessions that were not held',
  notHeldNone: 'No session was left unopened',
  notHeldMore: { one: '{{count}} more', other: '{{count}} more' },
  notHeldHint:
    'Nobody opened the room, so nobody is credited and nobody was absent. Cancel each with its reason in the timetable.',
  behind: 'Who will miss the year',
  behindNone: 'Nobody is behind or has missed a target',
  behindMore: { one: 'See the {{count}} person', other: 'See all {{count}}' },
  reviews: 'Bases that wait for a decision',
  reviewsNone: 'No base is under review or asked to mend something',
  courses: 'Courses that wait for review',
  coursesNone: 'No course waits for review',
  inReview: 'In review',
  regulations: 'Regulations that wait for approval',
  regulationsNone: 'No regulation waits for approval',
  waiting: 'Waiting',
  years: 'Assessment years',
  yearsNone: 'No assessment year yet',
  yearLine: '{{people}} people · cut-off {{cutOff}}',
  frozen: 'Frozen',
  cutOffReached: 'Can be frozen',
  open: 'Before the cut-off',
};
