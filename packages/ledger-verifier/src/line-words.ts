import { counted, type Said } from './said';

export const UNREADABLE: Said = {
  zh: '这一行读不出来，内容被改过',
  en: 'this line cannot be read: it was changed',
};
export const SHAPELESS: Said = {
  zh: '这一行不是导出的格式，内容被改过',
  en: 'this line is not as exports have it: it was changed',
};
export const PERSON_TWICE: Said = { zh: '人员这一行出现了两次', en: "this person's own line is there twice" };
export const PERSON_GONE: Said = {
  zh: '人员这一行被删掉了：编号和履历没有了，结算和流水还在',
  en: "this person's own line was removed, with number, units and posts; settlements and entries are there",
};

export const SEALS_TWICE: Said = {
  zh: '封存范围这一行出现了两次',
  en: 'the line of seals is there twice',
};
export const OUT_OF_ORDER: Said = {
  zh: '人员重复或次序不对',
  en: 'this person is there twice or out of order',
};
export const UNKNOWN: Said = {
  zh: '多出一行不认识的内容',
  en: 'a line of unknown content was put in',
};
export const NOT_AS_WRITTEN: Said = {
  zh: '文件在写好之后被改过，流水本身没有变',
  en: 'the file was changed after it was written; the ledger itself was not',
};

export const sayAfterEnd = (count: number): Said => ({
  zh: count === 1 ? '结尾之后还有一行' : `结尾之后还有 ${count} 行`,
  en: `${counted(count, 'line')} after the end`,
});

/** Why a file is refused in which, before its end, an export begins once more. */
export const begunAgain = (line: number): string =>
  `这个文件里有两份导出：第 ${line} 行又从头开始，前面那份没有下载完；请重新下载，只给一份 / this file holds two exports: line ${line} begins anew before the first one ends, which was not downloaded whole. Download it again and give one`;

export const sayCounts = (
  end: Record<string, unknown>,
  { people, settlements, entries }: Record<'people' | 'settlements' | 'entries', number>,
): Said => ({
  zh: `结尾写着 ${String(end['people'])} 人、${String(end['settlements'])} 次结算、${String(end['entries'])} 条流水，文件里是 ${people} 人、${settlements} 次、${entries} 条`,
  en: `the end says ${String(end['people'])} people, ${String(end['settlements'])} settlements and ${String(end['entries'])} entries; the file has ${people}, ${settlements} and ${entries}`,
});

/** Of a file that stops after a line; so many people ought to follow. */
export const sayUnfinished = (line: number, beyond: number): Said => ({
  zh: `复制没有完成，请重新拷贝，还是这样就重新导出：文件到第 ${line} 行就断了，没有结尾${beyond > 0 ? `，断开之后还应有 ${beyond} 人` : ''}；以下只说读到的部分`,
  en: `copying was not finished: copy the file again, or export anew if it stays so. It stops at line ${line}, without its end${beyond > 0 ? `; ${counted(beyond, 'person', 'people')} ought to follow` : ''}. What follows is of what could be read`,
});

export const sayAllGone = (settlements: number, entries: number): Said => ({
  zh: `全部记录（${settlements} 次结算、${entries} 条流水）被删掉了`,
  en: `all records (${counted(settlements, 'settlement')}, ${counted(entries, 'entry', 'entries')}) were removed`,
});
