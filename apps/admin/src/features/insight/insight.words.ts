import { defineWords } from '@cadre/ui/i18n';
import { en } from './insight.en';
import { zh } from './insight.zh';

export const insightWords = defineWords(zh, en);
