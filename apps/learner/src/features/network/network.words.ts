import { defineWords } from '@cadre/ui/i18n';
import { en } from './network.en';
import { zh } from './network.zh';

export const networkWords = defineWords(zh, en);
