import { defineWords } from '@cadre/ui/i18n';
import { en } from './app.en';
import { zh } from './app.zh';

export const appWords = defineWords(zh, en);
