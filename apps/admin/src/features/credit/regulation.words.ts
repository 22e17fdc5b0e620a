import { defineWords } from '@cadre/ui/i18n';
import { en } from './regulation.en';
import { zh } from './regulation.zh';

export const regulationWords = defineWords(zh, en);
