import { defineWords } from '@cadre/ui/i18n';
import { en } from './enrollment.en';
import { zh } from './enrollment.zh';

export const enrollmentWords = defineWords(zh, en);
