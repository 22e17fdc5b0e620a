import type { Bilingual } from '../core';
import type { TargetComparison } from './preview-flips';
import { previewName, type EnglishNames } from './preview-names';

/** What another version asks of a person otherwise, a sentence without its stop for each target, with the clauses that say so. */
export const tellMoves = (comparisons: readonly TargetComparison[], english: EnglishNames): Bilingual[] =>
  comparisons.map(({ name: kept, change, reasons }) => {
    const name = previewName(kept, english);
    const [zh, en] = [`“${name.zh}”`, `“${name.en || name.zh}”`];
    const clauses = [...new Set(reasons.map(({ clause }) => clause))].join('、');
    if (change === 'starts')
      return { zh: `新增任务${zh}（${clauses}）`, en: `${en} is a new target (${clauses})` };
    if (change === 'ends') return { zh: `不再要求${zh}`, en: `${en} is no longer asked for` };
    return {
      zh: `${zh}${reasons.map(({ says, clause }) => `${says.zh}（${clause}）`).join('，')}`,
      en: `${en}: ${reasons.map(({ says, clause }) => `${says.en} (${clause})`).join(', ')}`,
    };
  });
