import { defineWords } from '@cadre/ui/i18n';
import { en } from './catalog.en';
import { zh } from './catalog.zh';

export const catalogWords = defineWords(zh, en);
