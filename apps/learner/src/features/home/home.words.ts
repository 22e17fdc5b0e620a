import { defineWords } from '@cadre/ui/i18n';
import { en } from './home.en';
import { zh } from './home.zh';

export const homeWords = defineWords(zh, en);
