import type { Bilingual } from '../../core';

/** The headings under which a regulation is described, with their English. */
const ENGLISH = {
  计量: 'Measures',
  部分: 'Parts',
  活动种类: 'Kinds of activities',
  自定义事实: 'Facts of its own',
  人员组: 'Groups of people',
  周期: 'Cycles',
  计入: 'What counts',
  上限: 'Limits',
  合计: 'Totals',
  结转: 'Carry-over',
  任务: 'Targets',
  等次: 'Ratings',
  后果: 'Consequences',
  集体结果: 'Results of teams',
  事实里要照写的文字: 'Texts that facts must use',
  待定问题: 'Open points',
  没有英文名称: 'Names without English',
} as const;
export type SectionTitle = keyof typeof ENGLISH;

export const isSectionTitle = (text: string): text is SectionTitle => Object.hasOwn(ENGLISH, text);

/** A heading in both languages; one that is none of ours stays as it is. */
export const sectionName = (title: string): Bilingual => ({
  zh: title,
  en: isSectionTitle(title) ? ENGLISH[title] : '',
});
