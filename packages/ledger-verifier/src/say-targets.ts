import type { Rederived, Target } from './rederive';

/** The names that a regulation's text gives to its targets and measures, by their ids. */
export function targetNames(text: string): Record<string, string> {
  const { targets = [], measures = {} } = JSON.parse(text) as {
    targets?: { id: string; name: string }[];
    measures?: Record<string, string>;
  };
  return { ...measures, ...Object.fromEntries(targets.map(({ id, name }) => [id, name])) };
}

const STATES: Record<string, string> = { met: '完成', missed: '没有完成', open: '未到期', exempt: '免除' };

function sayTarget(
  { target, from, to, state, makesUp, alternatives }: Target,
  names: Record<string, string>,
): string {
  const leaves = alternatives
    .flat()
    .map(
      ({ measure, earned, required, met }) =>
        `${names[measure] ?? measure} ${earned / 10_000}/${required / 10_000}${met ? '，达到' : ''}`,
    );
  const name = `${names[target] ?? target}${makesUp ? '（补）' : ''}`;
  return `${name} ${from}—${to} ${STATES[state] ?? state}（${leaves.join('；')}）`;
}

/** What was found, and of targets what there ought to be and what the file says instead. */
export function sayDifference(
  { says, ought = [], given = [] }: Rederived,
  names: Record<string, string>,
): string | null {
  if (ought.length + given.length === 0) return says;
  const sides = [
    ['应有', ought],
    ['给出', given],
  ] as const;
  return `${says}：${sides
    .map(([side, targets]) => `${side} ${targets.map((one) => sayTarget(one, names)).join('、') || '无'}`)
    .join('，')}`;
}
