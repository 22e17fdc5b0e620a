import { defineWords } from '@cadre/ui/i18n';
import { en } from './credit-state.en';
import { zh } from './credit-state.zh';

export const creditStateWords = defineWords(zh, en);
