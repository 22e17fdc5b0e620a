import type { Chance } from '@cadre/demo/chance';
import { toCivilDate } from '@cadre/domain/core';
import type { SettlementRecord } from '@cadre/domain/ledger';
import type { Corruption } from './corrupt';
import { endOf, forge, type Forgery } from './forge';
import { headLine, linkLine, personLine, withEnd, type MadeExport, type MadePerson } from './make-export';
import { chained } from './redo';

/** What can be done to a chain that is then numbered, hashed and sealed anew. */
export const REDONE: readonly string[] = [
  'redone appended',
  'redone inserted',
  'redone exchanged',
  'redone settled',
  'redone backdated',
  'redone invented',
];

/** What was settled, and sealed, before the last three roots. */
const settledLongAgo = ({ settlements }: MadePerson, { roots }: MadeExport): SettlementRecord[] =>
  settlements.filter(
    ({ revision, entryIds, recordedAt }) =>
      revision === 1 && entryIds.length > 0 && toCivilDate(recordedAt) < roots.at(-3)!.day,
  );

/** The file with somebody more, who has another's records and of whom no root says anything. */
function invent({ lines, people }: MadeExport, like: MadePerson): string[] {
  const number = '999999';
  const mine = (id: string): string => id.slice(0, 30) + number;
  const id = mine(like.person.id);
  const settlements = chained(
    like.settlements.map((one) => ({ ...one, personId: id, entryIds: one.entryIds.map(mine) })),
  );
  const entries = chained(
    like.entries.map((one) => ({
      ...one,
      id: mine(one.id),
      personId: id,
      reverses: one.reverses === null ? null : mine(one.reverses),
    })),
  );
  const head = { ...like.head, ...endOf(entries), settled: endOf(settlements) };
  const own = [
    personLine({ ...like.person, id, no: INVENTED }),
    ...settlements.map((one) => linkLine('settlement', one)),
    ...entries.map((one) => linkLine('entry', one)),
    headLine(head),
    like.standing,
  ];
  return withEnd([...lines.slice(0, -1), ...own], people.length + 1);
}

const INVENTED = 'P999999';

/** Credits somebody once more, in another order or as of long ago, or somebody who never was, as with the database at hand. */
export function redo(
  what: string,
  made: MadeExport,
  sealed: readonly { entries: number; settlements: number }[],
  chance: Chance,
): Corruption {
  const index = chance.pick(
    made.people
      .map((_, one) => one)
      .filter((one) => sealed[one]!.entries >= 3 && settledLongAgo(made.people[one]!, made).length > 0),
  );
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
    case 'redone backdated': {
      const like = chance.pick(settledLongAgo(victim, made));
      const mine = (id: string): string => `${id}x`;
      const source = { ...like.source, id: mine(like.source.id) };
      const credits = entries.filter(({ id }) => like.entryIds.includes(id));
      return done([entries.length + 1], {
        entries: (own) => [...own, ...credits.map((one) => ({ ...one, id: mine(one.id), source }))],
        settlements: (own) => [
          ...own,
          { ...like, id: mine(like.id), source, entryIds: like.entryIds.map(mine) },
        ],
      });
    }
    case 'redone invented':
      return { ...done([1], {}), person: INVENTED, lines: invent(made, victim) };
    default:
      return done([entries.length + 1], {
        entries: (own) => [...own, ...own.filter(({ id }) => again.entryIds.includes(id))],
        settlements: (own) => [...own, again],
      });
  }
}
