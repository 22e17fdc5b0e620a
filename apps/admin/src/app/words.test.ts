import { wordDefects, type SameShape, type WordTree } from '@cadre/ui/i18n';
import { describe, expect, it } from 'vitest';

const chinese = import.meta.glob<{ zh: WordTree }>('../**/*.zh.ts', { eager: true });
const english = import.meta.glob<{ en: SameShape<WordTree> }>('../**/*.en.ts', { eager: true });

describe('the words of every feature', () => {
  it.each(Object.entries(chinese))('%s say the same in both languages', (path, { zh }) => {
    const en = english[path.replace('.zh.ts', '.en.ts')]?.en;
    expect(en).toBeDefined();
    if (en) expect(wordDefects(zh, en)).toEqual([]);
  });
});
