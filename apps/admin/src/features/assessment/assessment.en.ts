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
  lacks: '{{name}}: {{sentence}}',
  statement: 'See this person’s statement',
  reason: '{{sentence}} ({{clause}})',
  cycle: 'Cycle {{from}} to {{to}}',
  regulation: '{{title}}, version {{version}} · {{clause}}',
  none: 'Nobody fits',
  freeze: 'Freeze {{name}}',
  freezeAsk: 'Freeze {{name}}?',
  freezeText:
    'What was recorded by the cut-off becomes snapshot {{no}}, signed for the assessment system. This cannot be undone; a later correction only makes a new version.',
  notYet: 'Can be frozen from {{cutOff}}',
  frozenDone: '{{name}} is frozen',
  signed: 'Signed line',
  ledger: 'Read up to entry #{{seq}}',
  hash: 'Check value of the entries',
  recorded: 'Made {{moment}}',
  feedHint:
    'The assessment system reads the same data with its key: GET /api/v1/assessment-years/{{id}}/feed',
};
