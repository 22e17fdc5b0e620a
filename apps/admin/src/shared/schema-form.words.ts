import { defineWords } from '@cadre/ui/i18n';
import { en } from './schema-form.en';
import { zh } from './schema-form.zh';

export const schemaFormWords = defineWords(zh, en);
