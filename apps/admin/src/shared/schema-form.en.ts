import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './schema-form.zh';

export const en: SameShape<typeof zh> = {
  required: 'Fill this in',
  tooLong: 'Too long, please shorten it',
  tooSmall: 'Not below {{minimum}}',
  tooBig: 'Not above {{maximum}}',
  tooMany: 'Too many, please remove some',
  format: 'The format is wrong',
  order: 'The end must come after the beginning',
  other: 'Please check this',
  cancel: 'Cancel',
  kept: 'What you typed is still here.',
};
