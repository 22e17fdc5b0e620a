import { defineWords } from '@cadre/ui/i18n';
import { en } from './freeze.en';
import { zh } from './freeze.zh';

export const freezeWords = defineWords(zh, en);
