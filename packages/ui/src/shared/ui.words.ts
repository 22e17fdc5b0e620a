import { defineWords } from '../i18n';
import { en } from './ui.en';
import { zh } from './ui.zh';

/** Words of the kit itself: what every screen says in the same way. */
export const uiWords = defineWords(zh, en);
