import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './people-table.zh';

export const en: SameShape<typeof zh> = {
  people: 'People',
  name: 'Name',
  personNo: 'No.',
  unit: 'Unit',
  rank: 'Post and grade',
  none: 'Nobody found',
};
