import { defineWords } from '@cadre/ui/i18n';
import { en } from './assessment.en';
import { zh } from './assessment.zh';

export const assessmentWords = defineWords(zh, en);
