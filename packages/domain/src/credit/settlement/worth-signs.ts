import type { Earning, Worth } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import { constant, type ExactNumber } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { Supposed } from './selection';

/** Whether what is earned may add to an amount, and whether it may take of it. */
export interface WorthSigns {
  readonly adds: boolean;
  readonly deducts: boolean;
}

/** What one activity may do to an amount in a way of earning. */
export const worthSignsOf = oncePer((regulation: Regulation) =>
  oncePer(({ rule, measure, part }: Supposed['way']): WorthSigns => {
    const earnings = regulation.earn.find(({ id }) => id === rule)?.earns ?? [];
    const own = earnings.filter((one) => one.measure === measure && (one.part ?? '') === part);
    const signs = own.flatMap(signsOf);
    return { adds: signs.some((sign) => sign > 0), deducts: signs.some((sign) => sign < 0) };
  }),
);

/** The signs of all amounts that a worth may come to; with a factor below nothing either. */
function signsOf(worth: Worth | Earning): number[] {
  const { flat, rate, bands = [], values = {}, otherwise, times = [], itemAtLeast, itemAtMost } = worth;
  const inner: readonly (ExactNumber | Worth | undefined)[] = [
    flat,
    rate,
    itemAtLeast,
    itemAtMost,
    otherwise,
    ...bands,
    ...Object.values(values),
  ];
  const signs = inner.flatMap((one) =>
    one === undefined ? [] : typeof one === 'object' ? signsOf(one) : [Math.sign(constant(one).n)],
  );
  const isTurned = times.some(({ by }) => constant(by).n < 0);
  return isTurned ? [...signs, ...signs.map((sign) => -sign)] : signs;
}
