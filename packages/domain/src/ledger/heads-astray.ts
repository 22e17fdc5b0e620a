import type { Id } from '../core';
import type { SealedHead } from './merkle';

/** The ends of a person's chains as they lie in the database; `head` is null where what lies there is none. */
export interface RecordedHead {
  readonly personId: Id;
  readonly head: SealedHead | null;
  /** Something was settled since the newest root. */
  readonly unsealed: boolean;
}

const isSame = (one: SealedHead, other: SealedHead): boolean =>
  one.seq === other.seq &&
  one.hash === other.hash &&
  one.settled.seq === other.settled.seq &&
  one.settled.hash === other.settled.hash;

/** Chains only grow: those of whoever was settled since the root are longer, and those of all others end as it has them. */
const goesOnFrom = ({ head, unsealed }: RecordedHead, sealed: SealedHead | undefined): boolean =>
  head !== null &&
  (sealed === undefined ||
    isSame(head, sealed) ||
    (unsealed && head.settled.seq > sealed.settled.seq && head.seq >= sealed.seq));

/**
 * The ends of everybody's chains, in the order of person ids, held against what the newest root covers. Whoever's is gone,
 * unreadable, or no longer what the root covers is `astray`, and goes by what the root covers, so that nobody drops out of
 * the next one; whom no root covers yet has nothing to go by.
 */
export function headsWithAstray(
  recorded: readonly RecordedHead[],
  sealed: ReadonlyMap<Id, SealedHead>,
): { heads: (SealedHead & { unsealed: boolean })[]; astray: Id[] } {
  const known = new Map(recorded.map((one) => [one.personId, one]));
  const ids = [...new Set([...known.keys(), ...sealed.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const heads: (SealedHead & { unsealed: boolean })[] = [];
  const astray: Id[] = [];
  for (const personId of ids) {
    const [own, covered] = [known.get(personId), sealed.get(personId)];
    if (own?.head && goesOnFrom(own, covered)) {
      heads.push({ ...own.head, unsealed: own.unsealed });
      continue;
    }
    astray.push(personId);
    if (covered) {
      const { seq, hash, settled } = covered;
      heads.push({ personId, seq, hash, settled, unsealed: false });
    }
  }
  return { heads, astray };
}
