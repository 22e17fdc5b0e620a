import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './dispute.zh';

export const en: SameShape<typeof zh> = {
  title: 'What is not right?',
  text: 'One sentence; the class teacher and the base will see it and check.',
  label: 'What happened',
  placeholder: 'For example: I was there at 13:50, my phone was empty',
  submit: 'Report',
  done: 'Reported',
};
