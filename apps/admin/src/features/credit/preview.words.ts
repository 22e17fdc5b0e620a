import { defineWords } from '@cadre/ui/i18n';
import { en } from './preview.en';
import { zh } from './preview.zh';

export const previewWords = defineWords(zh, en);
