import { defineWords } from '@cadre/ui/i18n';
import { en } from './system.en';
import { zh } from './system.zh';

export const systemWords = defineWords(zh, en);
