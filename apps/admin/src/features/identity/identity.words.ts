import { defineWords } from '@cadre/ui/i18n';
import { en } from './identity.en';
import { zh } from './identity.zh';

export const identityWords = defineWords(zh, en);
