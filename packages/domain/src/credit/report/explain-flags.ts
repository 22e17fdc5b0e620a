import type { Bilingual, CivilDate } from '../../core';
import type { FlagResult } from '../evaluation/consequences';
import type { Regulation } from '../regulation/regulation-schema';
import { sayFlag } from '../words/target-notes';

/** What follows in one cycle or from one day, said once for all targets, ratings and teams that it follows from. */
interface FlagsTogether {
  readonly on: string;
  /** The names of what it follows from, as the regulation gives them. */
  readonly of: readonly string[];
  readonly says: Bilingual;
  readonly clause: string;
}

export function flagsTogether(
  flags: readonly FlagResult[],
  asOf: CivilDate,
  regulation: Regulation,
): FlagsTogether[] {
  const found = new Map<string, FlagsTogether>();
  for (const flag of flags) {
    const { from, cycle, clause } = flag;
    const on = from !== undefined && from <= cycle.to ? from : cycle.label;
    const says = sayFlag(flag, asOf, regulation);
    const key = JSON.stringify([on, says.zh, clause]);
    const name = nameOf(flag, regulation);
    const of = found.get(key)?.of ?? [];
    found.set(key, { on, of: name === undefined || of.includes(name) ? of : [...of, name], says, clause });
  }
  return [...found.values()];
}

function nameOf({ because }: FlagResult, { targets, ratings, teams }: Regulation): string | undefined {
  const { target, rating, team } = because;
  if (target !== undefined) return targets?.find(({ id }) => id === target)?.name;
  return (rating === undefined ? teams : ratings)?.find(({ id }) => id === (rating ?? team))?.name;
}
