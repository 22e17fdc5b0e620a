import { defineWords } from '@cadre/ui/i18n';
import { en } from './issue-password.en';
import { zh } from './issue-password.zh';

export const issuePasswordWords = defineWords(zh, en);
