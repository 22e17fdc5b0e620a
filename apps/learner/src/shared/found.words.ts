import { defineWords } from '@cadre/ui/i18n';
import { en } from './found.en';
import { zh } from './found.zh';

export const foundWords = defineWords(zh, en);
