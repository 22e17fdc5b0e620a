import type { Chance } from '@cadre/demo/chance';
import type { Corruption } from './corrupt';
import { forge, type Forgery } from './forge';
import type { MadeExport } from './make-export';

/** What can be done to a chain that is then numbered, hashed and sealed anew. */
export const REDONE: readonly string[] = [
  'redone appended',
  'redone inserted',
  'redone exchanged',
  'redone settled',
];

/** Credits somebody once more, or in another order, as with the database at hand. */
export function redo(
  what: string,
  made: MadeExport,
  sealed: readonly { entries: number; settlements: number }[],
  chance: Chance,
): Corruption {
  const index = chance.pick(made.people.map((_, one) => one).filter((one) => sealed[one]!.entries >= 3));
  const victim = made.people[index]!;
  const { entries, settlements } = victim;
  const at = chance.between(0, sealed[index]!.entries - 2);
  const copied = entries[at]!;
  const again = chance.pick(settlements.filter(({ entryIds }) => entryIds.length > 0));
  const done = (places: number[], forgery: Forgery): Corruption => ({
    what,
    person: victim.person.no,
    chain: 'entry',
    places,
    line: 0,
    lines: forge(made, victim, forgery),
  });
  switch (what) {
    case 'redone appended':
      return done([entries.length + 1], { entries: (own) => [...own, copied] });
    case 'redone inserted':
      return done([at + 2], { entries: (own) => own.toSpliced(at, 0, copied) });
    case 'redone exchanged':
      return done([at + 1, at + 2], { entries: (own) => own.toSpliced(at, 2, own[at + 1]!, own[at]!) });
    default:
      return done([entries.length + 1], {
        entries: (own) => [...own, ...own.filter(({ id }) => again.entryIds.includes(id))],
        settlements: (own) => [...own, again],
      });
  }
}
