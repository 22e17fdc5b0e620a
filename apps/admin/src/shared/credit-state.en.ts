import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './credit-state.zh';

export const en: SameShape<typeof zh> = {
  all: 'All',
  counted: '{{name}} {{count}}',
  notCovered: 'Does not apply',
  or: ' or ',
};
