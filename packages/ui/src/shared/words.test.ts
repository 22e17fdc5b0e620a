import { expect, it } from 'vitest';
import { wordDefects } from '../i18n';
import { en } from './ui.en';
import { zh } from './ui.zh';

it('the kit says the same in both languages', () => {
  expect(wordDefects(zh, en)).toEqual([]);
});
