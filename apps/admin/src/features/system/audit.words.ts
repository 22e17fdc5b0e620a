import { defineWords } from '@cadre/ui/i18n';
import { en } from './audit.en';
import { zh } from './audit.zh';

export const auditWords = defineWords(zh, en);
