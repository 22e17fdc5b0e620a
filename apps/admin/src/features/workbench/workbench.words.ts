import { defineWords } from '@cadre/ui/i18n';
import { en } from './workbench.en';
import { zh } from './workbench.zh';

export const workbenchWords = defineWords(zh, en);
