import type { Bilingual, CivilDate } from '../core';
import type { StatementMove } from './statement.io';

/** That a new version of a regulation took the place of another one, and how that moved what is asked. */
export const sayVersionMove = (
  on: CivilDate,
  title: Bilingual,
  version: number,
  before: number,
  moved: readonly Bilingual[],
): StatementMove => ({
  kind: 'version',
  on,
  sentence: {
    zh: `《${title.zh}》第 ${version} 版代替第 ${before} 版，从这天起按第 ${version} 版计算任务。${moved.map(({ zh }) => zh).join('；')}。`,
    en: `version ${version} of “${title.en === '' ? title.zh : title.en}” takes the place of version ${before}; from this day the targets are those of version ${version}. ${moved.map(({ en }) => en).join('; ')}.`,
  },
  changes: true,
});
