import { defineWords } from '@cadre/ui/i18n';
import { en } from './credit.en';
import { zh } from './credit.zh';

export const creditWords = defineWords(zh, en);
