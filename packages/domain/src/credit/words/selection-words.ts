import type { Bilingual } from '../../core';
import { sayCondition } from '../regulation/condition-words';
import { listOf, type Names } from '../regulation/earning-schema';
import { nameIn } from '../regulation/english';
import type { Regulation } from '../regulation/regulation-schema';
import type { Selection } from '../regulation/target-schema';
import { Phrases } from './phrases';

/** Which activities a selection means: «公需科目里的讲座（天数 ≥ 3）», “讲座 of 公需科目 (days ≥ 3)”. */
export function saySelection(selection: Selection, regulation: Regulation): Bilingual {
  return { zh: new Phrases(regulation).selection(selection), en: inEnglish(selection, regulation) };
}

function inEnglish({ measure, part, kind, rule, where }: Selection, regulation: Regulation): string {
  const { measures, parts = {}, kinds, earn } = regulation;
  const named = (labels: Readonly<Record<string, string>>, names: Names | undefined): string =>
    [...new Set(listOf(names))].map((id) => nameIn(labels[id] ?? id, regulation, 'en')).join(', ');
  const ofRules = earn.filter(({ id }) => listOf(rule).includes(id)).flatMap((one) => listOf(one.kinds));
  const what = [named(kinds, kind ?? ofRules), named(parts, part), named(measures, measure)];
  const said = what.filter((one) => one !== '').join(' of ') || 'all activities';
  return where === undefined ? said : `${said} (${sayCondition(where, regulation, 'en')})`;
}
