import type { Standing } from '@cadre/domain/ledger';

/** What the regulation of a standing calls a measure. */
export const nameOf = ({ measures }: Pick<Standing, 'measures'>, measure: string) =>
  measures[measure] ?? { zh: measure, en: '' };
