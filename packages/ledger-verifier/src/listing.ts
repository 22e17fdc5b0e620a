import type { EntryLine, SettlementLine } from './format';

/** Links that are there once more: from which place to which, and which they are the same as. */
export interface Copies {
  from: number;
  to: number;
  of: number[];
  /** Are they the same in what counts as well? */
  isEqual: boolean;
}

/** How the entries of somebody whose chains join differ from what their settlements list. */
export interface Listing {
  /** Entries that are not there: where they were, and which settlement lists them. */
  lost: { place: number; by: number }[];
  copies: Copies[];
  /** Places of entries that stand in another order. */
  moved: number[];
}

/** What an entry is made for: nothing is credited twice for the same. */
const purposeOf = ({ source, regulation, part, measure, line, revision, reverses }: EntryLine): string =>
  `${source?.kind}\0${source?.id}\0${regulation?.id}\0${part}\0${measure}\0${line}\0${revision}\0${reverses}`;

const idsOf = ({ entryIds }: SettlementLine): readonly string[] => (Array.isArray(entryIds) ? entryIds : []);

const countedSame = (one: EntryLine, other: EntryLine): boolean =>
  one.amount === other.amount && one.measure === other.measure && one.occurredOn === other.occurredOn;

function addCopy(copies: Copies[], place: number, of: number, isEqual: boolean): void {
  const run = copies.at(-1);
  if (run?.to !== place - 1 || run.isEqual !== isEqual) {
    copies.push({ from: place, to: place, of: [of], isEqual });
    return;
  }
  run.to = place;
  if (!run.of.includes(of)) run.of.push(of);
}

/**
 * Every entry is listed by one settlement, in its place, and none is made twice. Null where it is so, which is found out
 * without much ado.
 */
export function compareListing(
  settlements: readonly SettlementLine[],
  entries: readonly EntryLine[],
): Listing | null {
  const purposes = new Set<string>();
  let place = 0;
  let isSo = true;
  for (const settlement of settlements)
    for (const id of idsOf(settlement)) {
      const entry = entries[place];
      isSo &&= entry?.id === id;
      if (entry) purposes.add(purposeOf(entry));
      place += 1;
    }
  if (isSo && place === entries.length && purposes.size === place) return null;
  return differences(settlements, entries);
}

function differences(settlements: readonly SettlementLine[], entries: readonly EntryLine[]): Listing {
  const copies: Copies[] = [];
  const places = new Map<string, number>();
  const purposes = new Map<string, number>();
  entries.forEach((entry, index) => {
    const { id } = entry;
    const purpose = purposeOf(entry);
    const of = places.get(id) ?? purposes.get(purpose);
    if (of !== undefined) addCopy(copies, index + 1, of, countedSame(entry, entries[of - 1]!));
    if (!places.has(id)) places.set(id, index + 1);
    if (!purposes.has(purpose)) purposes.set(purpose, index + 1);
  });
  const lost: Listing['lost'] = [];
  const listed = new Set<number>();
  let last = 0;
  for (const settlement of settlements)
    for (const id of idsOf(settlement)) {
      const place = places.get(id);
      if (place === undefined) lost.push({ place: last + lost.length + 1, by: settlement.seq });
      else listed.add(place);
      last = place ?? last;
    }
  const inOrder = [...listed].sort((a, b) => a - b);
  const moved = [...listed].flatMap((place, index) => (inOrder[index] === place ? [] : inOrder[index]!));
  return { lost, copies, moved };
}

/** What settlements of the same source say of how often it was settled. */
export interface Revisions {
  copies: Copies[];
  /** Settlements of which the one before, of the same source, is not there. */
  beyond: { seq: number; revision: number }[];
}

/** A source is settled for the first time, the second time and so on, under each regulation, and each time once. */
export function compareRevisions(settlements: readonly SettlementLine[]): Revisions {
  const places = new Map<string, number[]>();
  const found: Revisions = { copies: [], beyond: [] };
  for (const { seq, source, regulation, revision } of settlements) {
    const key = `${source?.kind}\0${source?.id}\0${regulation?.id}`;
    const own = places.get(key) ?? [];
    places.set(key, own);
    const of = own[revision - 1];
    if (of !== undefined) addCopy(found.copies, seq, of, true);
    else if (revision !== own.length + 1) found.beyond.push({ seq, revision });
    own[revision - 1] = of ?? seq;
  }
  return found;
}
