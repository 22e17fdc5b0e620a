import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './training.zh';

export const en: SameShape<typeof zh> = {
  title: 'Calendar',
  empty: 'Once you enrol, your sessions appear here',
};
