import type { ChainReader } from './chain-reader';
import type { EntryLine, SettlementLine } from './format';
import { compareListing, compareRevisions, type Copies, type Listing } from './listing';
import { ENTRIES, linksAt, SETTLEMENTS, type Said, type Unit } from './said';

/** A person's chains, and in which lines of the file they begin. */
interface Chains {
  chain: ChainReader;
  settled: ChainReader;
  settlements: readonly SettlementLine[];
  entries: readonly EntryLine[];
  begins: { seq: number; settlement: number };
}

function sayCopies({ of, isEqual }: Copies, unit: Unit): Said {
  const { zh, en } = linksAt(of, { ...unit, name: '' });
  return isEqual
    ? {
        zh: `与${zh}${unit.name}是同一笔，重复记入`,
        en: `the same as ${en}, put in once more`,
      }
    : {
        zh: `与${zh}${unit.name}是同一笔，却记着别的数或日期：重复记入，并且改过`,
        en: `the same as ${en}, but with another amount or date: put in once more and changed`,
      };
}

function addCopies(copies: readonly Copies[], chain: ChainReader, unit: Unit, begin: number): void {
  for (const one of copies) {
    const fault = chain.fault('inserted', sayCopies(one, unit), one.from, begin + one.from - 1);
    if (one.to > one.from) fault.to = one.to;
    chain.isNamed = true;
  }
}

function addMoved(moved: readonly number[], chain: ChainReader, begin: number): void {
  const [first, last] = [moved[0], moved.at(-1)];
  if (first === undefined || last === undefined) return;
  const isOneRun = moved.length === last - first + 1;
  const { zh, en } = linksAt(moved, ENTRIES);
  const fault = chain.fault(
    'broken-link',
    {
      zh: `${isOneRun ? '' : `${zh}的`}次序与各次结算列出的不同：流水或结算被换过位置，编号和指纹都重做过`,
      en: `${isOneRun ? '' : `${en}: `}not in the order in which settlements list them: entries or settlements were exchanged, numbered and hashed anew`,
    },
    first,
    begin + first - 1,
  );
  if (isOneRun) fault.to = last;
  chain.isNamed = true;
}

function addLost(lost: Listing['lost'], chain: ChainReader): void {
  if (lost.length === 0) return;
  const places = lost.map(({ place }) => place);
  const [own, by] = [linksAt(places, ENTRIES), linksAt([...new Set(lost.map((one) => one.by))], SETTLEMENTS)];
  const isInside = places[0]! <= chain.last;
  chain.fault(
    'missing',
    {
      zh: `${own.zh}被删掉了${isInside ? '，后面的重新编了号' : ''}：${by.zh}列着，文件里没有`,
      en: `${own.en} ${lost.length === 1 ? 'was' : 'were'} removed${isInside ? ' and those after numbered anew' : ''}: listed by ${by.en}, but not in the file`,
    },
    places[0],
  );
  chain.isNamed = true;
}

/** Of chains that join: what settlements list and is not there, what stands elsewhere, and what is there once more. */
export function judgeListing({ chain, settled, settlements, entries, begins }: Chains): void {
  const revisions = compareRevisions(settlements);
  const listing = compareListing(settlements, entries);
  addCopies(revisions.copies, settled, SETTLEMENTS, begins.settlement);
  for (const { seq, revision } of revisions.beyond)
    settled.fault(
      'missing',
      {
        zh: `写着是同一件事的第 ${String(revision)} 次结算，前一次却没有`,
        en: `says that it is settlement ${String(revision)} of the same, but the one before is not there`,
      },
      seq,
      begins.settlement + seq - 1,
    );
  if (!listing) return;
  addCopies(listing.copies, chain, ENTRIES, begins.seq);
  addMoved(listing.moved, chain, begins.seq);
  addLost(listing.lost, chain);
}
