import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './workbench.zh';

export const en: SameShape<typeof zh> = {
  title: 'Workbench',
  lead: '{{day}}: what needs you today',
  empty: 'Nothing is waiting for you today',
  rooms: 'Today’s rooms',
  roomsNone: 'No session today',
  expected: '{{checkedIn}} of {{expected}} here',
  live: 'In progress',
  behind: 'Who will miss the year',
  behindCount: { one: '{{count}} person behind', other: '{{count}} people behind' },
  behindNone: 'Nobody is behind',
  behindMore: 'See all',
  years: 'Assessment years',
  yearLine: '{{people}} people · cut-off {{cutOff}}',
  frozen: 'Frozen',
  cutOffReached: 'Can be frozen',
  open: 'Before the cut-off',
};
