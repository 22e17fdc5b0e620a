import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './credit.zh';

export const en: SameShape<typeof zh> = {
  title: 'My credits',
  empty: 'After your first session, credits and their reasons appear here',
};
