import { defineWords } from '@cadre/ui/i18n';
import { en } from './dispute.en';
import { zh } from './dispute.zh';

export const disputeWords = defineWords(zh, en);
