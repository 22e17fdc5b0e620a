import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './assessment.zh';

export const en: SameShape<typeof zh> = {
  title: 'Assessment',
  empty: 'No assessment year yet',
  lead: '{{people}} people · cut-off {{cutOff}}',
  open: 'Open',
  frozen: 'Frozen · snapshot {{no}}',
  year: 'Assessment year',
  table: 'Credit results',
  name: 'Name',
  personNo: 'No.',
  unit: 'Unit',
  version: 'Version',
  flags: 'Notes',
  noLine: 'No data yet',
  and: '; ',
  statement: 'See this person’s statement',
  reason: '{{sentence}} ({{clause}})',
  cycle: 'Cycle {{from}} to {{to}}',
  regulation: '{{title}}, version {{version}} · {{clause}}',
  none: 'Nobody fits',
  signed: 'Signed line',
  ledger: 'Read up to entry #{{seq}}',
  hash: 'Check value of the entries',
  recorded: 'Made {{moment}}',
  feedHint:
    'The assessment system reads the same data with its key: GET /api/v1/assessment-years/{{id}}/feed',
};
