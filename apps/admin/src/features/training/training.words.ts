import { defineWords } from '@cadre/ui/i18n';
import { en } from './training.en';
import { zh } from './training.zh';

export const trainingWords = defineWords(zh, en);
