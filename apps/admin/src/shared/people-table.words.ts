import { defineWords } from '@cadre/ui/i18n';
import { en } from './people-table.en';
import { zh } from './people-table.zh';

export const peopleTableWords = defineWords(zh, en);
