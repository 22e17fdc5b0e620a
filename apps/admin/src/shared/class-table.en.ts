import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './class-table.zh';

export const en: SameShape<typeof zh> = {
  name: 'Class',
  no: 'No.',
  base: 'Base',
  dates: 'Dates',
  seats: 'Taken / seats',
  waiting: 'Waiting',
};
