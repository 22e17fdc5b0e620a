import { defineWords } from '@cadre/ui/i18n';
import { en } from './class-table.en';
import { zh } from './class-table.zh';

export const classTableWords = defineWords(zh, en);
