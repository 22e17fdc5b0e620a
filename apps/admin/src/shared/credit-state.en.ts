import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './credit-state.zh';

export const en: SameShape<typeof zh> = {
  met: 'Met',
  open: 'On the way',
  behind: 'Behind',
  missed: 'Missed',
  exempt: 'Exempt',
  notCovered: 'Does not apply',
  or: ' or ',
};
