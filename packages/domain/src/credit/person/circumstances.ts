import { addDays, type CivilDate } from '../../core';
import type { Circumstance } from './person';

interface Span {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The approved ones of these kinds. */
export const approved = (
  circumstances: readonly Circumstance[] | undefined,
  kinds: readonly string[],
): Circumstance[] =>
  (circumstances ?? []).filter((value) => kinds.includes(value.kind) && value.approved !== false);

/** Spans as spells with at least one day between them. */
export function spellsOf(spans: readonly Span[]): Span[] {
  const spells: Span[] = [];
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = spells.at(-1);
    if (!last || addDays(last.to, 1) < span.from) spells.push(span);
    else if (last.to < span.to) spells[spells.length - 1] = { from: last.from, to: span.to };
  }
  return spells;
}
