import { defineWords } from '@cadre/ui/i18n';
import { en } from './standing.en';
import { zh } from './standing.zh';

export const standingWords = defineWords(zh, en);
