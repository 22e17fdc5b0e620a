import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './insight.zh';

export const en: SameShape<typeof zh> = {
  title: 'Insight',
  lead: 'Who will miss the year? As of {{day}}. For those responsible only, never a public ranking.',
  table: 'Progress of people',
  person: 'Name',
  personNo: 'No.',
  unit: 'Unit',
  flags: 'Notes',
  missing: 'Still missing',
  missingOf: '{{name}}: {{amounts}}',
  or: ' or ',
  and: '; ',
  anyUnit: 'All units',
  unitFilter: 'Unit',
  none: 'Nobody fits',
};
