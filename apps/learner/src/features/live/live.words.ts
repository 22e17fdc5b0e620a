import { defineWords } from '@cadre/ui/i18n';
import { en } from './live.en';
import { zh } from './live.zh';

export const liveWords = defineWords(zh, en);
