import { GENESIS_HASH, type LedgerEntry, type SettlementRecord } from '@cadre/domain/ledger';
import { headLine, linkLine, personLine, withEnd, type MadeExport, type MadePerson } from './make-export';
import { chained, type Link } from './redo';

/** What becomes of each link of a chain (null takes it out), then of all that are left. */
export interface Forgery {
  entry?: (entry: LedgerEntry) => LedgerEntry | null;
  settlement?: (settlement: SettlementRecord) => SettlementRecord | null;
  entries?: (left: LedgerEntry[]) => LedgerEntry[];
  settlements?: (left: SettlementRecord[]) => SettlementRecord[];
}

export const endOf = (chain: readonly Link[]) => ({
  seq: chain.length,
  hash: chain.at(-1)?.hash ?? GENESIS_HASH,
});

/** The links that are left, numbered and hashed anew, and for each old length of the chain the new end. */
function redone<Kind extends Link>(
  links: readonly Kind[],
  become: (link: Kind) => Kind | null,
  arrange: (left: Kind[]) => Kind[],
): { chain: Kind[]; endAt: (seq: number) => { seq: number; hash: string } } {
  const left = links.map(become);
  const chain = chained(arrange(left.filter((link) => link !== null)));
  const endAt = (seq: number) =>
    endOf(chain.slice(0, left.slice(0, seq).filter((link) => link !== null).length));
  return { chain, endAt };
}

const same = <Value>(value: Value): Value => value;

/**
 * The file as somebody with the database would leave it: a person's chains otherwise, and numbers, digests, links, the head,
 * the ends recorded with the roots and the last line made to fit.
 */
export function forge(
  { lines, people }: Pick<MadeExport, 'lines' | 'people'>,
  victim: MadePerson,
  { entry = same, settlement = same, entries: ofEntries = same, settlements: ofSettlements = same }: Forgery,
): string[] {
  const body = lines.slice(0, -1);
  const begin = body.indexOf(personLine(victim.person));
  const entries = redone(victim.entries, entry, ofEntries);
  const settlements = redone(victim.settlements, settlement, ofSettlements);
  const { seals } = JSON.parse(body[begin + 1]!) as {
    seals: [root: number, entries: number, settlements: number, ...rest: string[]][];
  };
  const rows = seals.map(([root, count, settled, , , history]) => {
    const [end, settledEnd] = [entries.endAt(count), settlements.endAt(settled)];
    return [root, end.seq, settledEnd.seq, end.hash, settledEnd.hash, history];
  });
  const length = victim.entries.length + victim.settlements.length;
  body.splice(
    begin + 1,
    length + 2,
    `${JSON.stringify({ seals: rows })}\n`,
    ...settlements.chain.map((own) => linkLine('settlement', own)),
    ...entries.chain.map((own) => linkLine('entry', own)),
    headLine({ ...victim.head, ...endOf(entries.chain), settled: endOf(settlements.chain) }),
  );
  return withEnd(body, people.length);
}

/** The file without what any chain says of a root. */
export const withoutRows = (lines: readonly string[], root: number, people: number): string[] =>
  withEnd(
    lines.slice(0, -1).map((line) => {
      if (!line.startsWith('{"seals"')) return line;
      const { seals } = JSON.parse(line) as { seals: [number][] };
      return `${JSON.stringify({ seals: seals.filter(([number]) => number !== root) })}\n`;
    }),
    people,
  );
