import { shareDone } from './read-target';
import type { ProgressInput, ProgressRow, ProgressSortKey, TargetStanding } from './statement.io';

const OPEN: readonly TargetStanding['reading'][] = ['missed', 'behind', 'on-track'];

/** The targets of a person that are not met yet. */
export const openTargets = ({ targets }: Pick<ProgressRow, 'targets'>): TargetStanding[] =>
  targets.filter(({ reading }) => OPEN.includes(reading));

/**
 * The largest share that is still missing of a person's open targets, 0 … 1. A window of several years counts only once it
 * lags: at its start nearly all of it is missing.
 */
const gapOf = (row: ProgressRow): number =>
  Math.max(
    0,
    ...openTargets(row)
      .filter(({ longTerm, reading }) => !longTerm || reading !== 'on-track')
      .map(({ alternatives }) => 1 - shareDone(alternatives)),
  );

const byText = (text: (row: ProgressRow) => string) => (a: ProgressRow, b: ProgressRow) =>
  text(a).localeCompare(text(b), 'zh-CN');

const ORDERS: Readonly<Record<ProgressSortKey, (a: ProgressRow, b: ProgressRow) => number>> = {
  name: byText(({ name }) => name),
  personNo: byText(({ personNo }) => personNo),
  unit: byText(({ unit }) => unit.zh),
  gap: (a, b) => gapOf(a) - gapOf(b),
};

/** The rows in the order asked for; equal ones stay as they were. */
export function sortProgress(rows: readonly ProgressRow[], sort: ProgressInput['sort']): ProgressRow[] {
  if (!sort) return [...rows];
  const order = ORDERS[sort.key];
  return [...rows].sort((a, b) => (sort.descending ? order(b, a) : order(a, b)));
}

/** Every target that occurs in rows, in the order of its regulation; what is to be made up stands at the end. */
export function targetsIn(rows: readonly Pick<ProgressRow, 'targets'>[]) {
  const found = new Map(
    rows.flatMap(({ targets }) =>
      targets.map(
        ({ target, name, makesUp }) => [`${target} ${makesUp !== null}`, { target, name, makesUp }] as const,
      ),
    ),
  );
  return [...found.values()].sort((a, b) => Number(a.makesUp !== null) - Number(b.makesUp !== null));
}
