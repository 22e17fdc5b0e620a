import type { Language } from './report-words';

/** What the page says besides the report; the words that never change stand in the page. */
interface PageWords {
  title: string;
  choose: string;
  none: string;
  comma: string;
  keptRoot: (name: string, number: number) => string;
  working: (name: string, percent: number) => string;
  waiting: string;
  unreadable: string;
  unreadFile: (name: string, why: string) => string;
  print: string;
  save: string;
  all: string;
  /** What the saved file is called. */
  savedName: (day: string) => string;
}

export const PAGE_WORDS: Record<Language, PageWords> = {
  zh: {
    title: '学分流水核对',
    choose: '选择文件',
    none: '没有',
    comma: '、',
    keptRoot: (name, number) => `${name}（第 ${number} 号）`,
    working: (name, percent) => `正在核对 ${name} … ${percent} %`,
    waiting: '已收下封存，再选导出的流水文件',
    unreadable: '读不了这个文件',
    unreadFile: (name, why) => `${name}：${why}`,
    print: '打印',
    save: '保存结果',
    all: '全部列出',
    savedName: (day) => `流水核对结果-${day}.txt`,
  },
  en: {
    title: 'Verify a credit ledger',
    choose: 'Choose files',
    none: 'none',
    comma: ', ',
    keptRoot: (name, number) => `${name} (seal ${number})`,
    working: (name, percent) => `Verifying ${name} … ${percent} %`,
    waiting: 'The seal was taken; now choose the exported ledger',
    unreadable: 'This file cannot be read',
    unreadFile: (name, why) => `${name}: ${why}`,
    print: 'Print',
    save: 'Save the result',
    all: 'List all',
    savedName: (day) => `ledger-verification-${day}.txt`,
  },
};
