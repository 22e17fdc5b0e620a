import { GENESIS_HASH, type LedgerEntry, type SettlementRecord } from '@cadre/domain/ledger';
import { rehashed } from './corrupt';
import { headLine, linkLine, personLine, withEnd, type MadeExport, type MadePerson } from './make-export';

type Link = LedgerEntry | SettlementRecord;

/** What becomes of each link of a chain; null takes it out. */
export interface Forgery {
  entry?: (entry: LedgerEntry) => LedgerEntry | null;
  settlement?: (settlement: SettlementRecord) => SettlementRecord | null;
}

/** The links that are left, numbered and hashed anew, and for each old length of the chain the new end. */
function redone<Kind extends Link>(
  links: readonly Kind[],
  become: (link: Kind) => Kind | null,
): { chain: Kind[]; endAt: (seq: number) => { seq: number; hash: string } } {
  const chain: Kind[] = [];
  const ends = [{ seq: 0, hash: GENESIS_HASH }];
  for (const link of links) {
    const own = become(link);
    if (own) {
      const [seq, previousHash] = [chain.length + 1, chain.at(-1)?.hash ?? GENESIS_HASH];
      chain.push(rehashed({ ...own, seq, previousHash }) as Kind);
    }
    ends.push({ seq: chain.length, hash: chain.at(-1)?.hash ?? GENESIS_HASH });
  }
  return { chain, endAt: (seq) => ends[seq]! };
}

/**
 * The file as somebody with the database would leave it: a person's chains otherwise, and numbers, digests, links, the head,
 * the ends recorded with the roots and the last line made to fit.
 */
export function forge(
  { lines, people }: Pick<MadeExport, 'lines' | 'people'>,
  victim: MadePerson,
  { entry = (own) => own, settlement = (own) => own }: Forgery,
): string[] {
  const body = lines.slice(0, -1);
  const begin = body.indexOf(personLine(victim.person));
  const entries = redone(victim.entries, entry);
  const settlements = redone(victim.settlements, settlement);
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
    headLine({
      ...victim.head,
      ...entries.endAt(victim.entries.length),
      settled: settlements.endAt(victim.settlements.length),
    }),
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
