import { defineWords } from '@cadre/ui/i18n';
import { en } from './ledger.en';
import { zh } from './ledger.zh';

export const ledgerWords = defineWords(zh, en);
