import { canonical, type Json } from './canonical';
import { ChainReader, type Link, type Stray } from './chain-reader';
import { utf8, type Crypto } from './crypto';
import type { Findings, Whose } from './findings';
import type { EntryLine, HeadLine, PersonBlock, PersonLine, SealRow, SettlementLine } from './format';
import type { KeptHead } from './kept-roots';
import type { Fault } from './report';
import { ENTRIES, linksFrom, SETTLEMENTS } from './said';
import { judgeListing } from './say-listing';
import { digestWithin } from './signing';

/** `{"entry":` … `,"hash":"<64>"}`, likewise a settlement: what the hash covers lies between, byte for byte. */
const ENTRY_BEGIN = 9;
const SETTLEMENT_BEGIN = 14;
const LINK_END = 75;

/** Links that lie among another person's, by the chain that they are of. */
export type Strays = Map<string, Stray[]>;

/** Entries of one settlement, as they say, that no settlement lists; after which settlement, and what was said of them. */
interface Orphans {
  of: string;
  first: number;
  last: number;
  after: number;
  fault: Fault;
}

/** Takes the lines of one person one by one, and keeps what their figures follow from. */
export class PersonReader implements Omit<PersonBlock, 'person'>, Whose {
  readonly person: PersonLine;
  readonly line: number;
  readonly settlements: SettlementLine[] = [];
  readonly entries: EntryLine[] = [];
  readonly standings: PersonBlock['standings'] = [];
  seals: SealRow[] | null = null;
  readonly chain: ChainReader;
  readonly settled: ChainReader;
  head: HeadLine | null = null;
  /** The lines of the first entry and the first settlement. */
  readonly begins = { seq: 0, settlement: 0 };
  isRead = false;
  faulty = false;
  readonly #crypto: Crypto;
  readonly #findings: Findings;
  readonly #strays: Strays;
  readonly #settlementOf = new Map<string, SettlementLine>();
  readonly #orphans: Orphans[] = [];
  #listed = 0;
  /** The settlement that the entry before belongs to. */
  #settlementBefore = 0;

  /** `known`: so many entries and settlements a kept root says that there are. */
  constructor(
    crypto: Crypto,
    findings: Findings,
    strays: Strays,
    person: PersonLine,
    known: { entries: number; settlements: number },
  ) {
    this.#crypto = crypto;
    this.#findings = findings;
    this.#strays = strays;
    this.person = person;
    this.line = findings.line;
    this.chain = new ChainReader(person.id, ENTRIES, findings);
    this.settled = new ChainReader(person.id, SETTLEMENTS, findings);
    this.chain.known = known.entries;
    this.settled.known = known.settlements;
  }

  get no(): string {
    return this.person.no;
  }

  /** Has nothing of theirs but their own line been read? */
  get isBare(): boolean {
    return this.seals === null && this.head === null && this.settlements.length + this.entries.length === 0;
  }

  /** False where it cannot be read as one of the chain; `isWhole`: is its hash that of its bytes? */
  readSettlement(value: Record<string, unknown>, bytes: Uint8Array): boolean {
    const settlement = value['settlement'] as SettlementLine;
    const hash = value['hash'] as string;
    this.begins.settlement ||= this.#findings.line;
    const isWhole = digestWithin(this.#crypto, bytes, SETTLEMENT_BEGIN, LINK_END) === hash;
    const isStray = this.#isStray(this.settled, 'settlement', settlement, hash, isWhole);
    this.settlements.push(settlement);
    if (isStray) return isWhole;
    if (!this.settled.take(settlement, hash, isWhole)) return isWhole;
    for (const entryId of settlement.entryIds) this.#settlementOf.set(entryId, settlement);
    this.#listed += settlement.entryIds.length;
    this.chain.known = Math.max(this.chain.known, this.#listed);
    const { activities, factsDigest, seq } = settlement;
    // As a rule the file has them in canonical order already, which spares sorting.
    const agrees = (text: string): boolean => this.#crypto.sha256Hex(utf8(text)) === factsDigest;
    if (!agrees(JSON.stringify(activities)) && !agrees(canonical(activities as Json)))
      this.settled.fault(
        'facts',
        { zh: '这次结算与它的事实对不上', en: 'this settlement does not agree with its facts' },
        seq,
      );
    return true;
  }

  readEntry(value: Record<string, unknown>, bytes: Uint8Array): boolean {
    const entry = value['entry'] as EntryLine;
    const hash = value['hash'] as string;
    this.begins.seq ||= this.#findings.line;
    const isWhole = digestWithin(this.#crypto, bytes, ENTRY_BEGIN, LINK_END) === hash;
    const isStray = this.#isStray(this.chain, 'entry', entry, hash, isWhole);
    this.entries.push(entry);
    if (isStray) return isWhole;
    if (this.chain.take(entry, hash, isWhole)) this.#checkEntry(entry);
    return isWhole;
  }

  #isStray(
    chain: ChainReader,
    kind: 'entry' | 'settlement',
    { seq, personId, previousHash }: Link,
    hash: string,
    isWhole: boolean,
  ): boolean {
    const link = { seq, personId, previousHash };
    if (!chain.isStray(link, isWhole)) return false;
    const key = `${kind} ${personId}`;
    const own = this.#strays.get(key) ?? [];
    this.#strays.set(key, own);
    own.push({ ...link, hash, line: this.#findings.line, under: this.no });
    return true;
  }

  #checkEntry(entry: EntryLine): void {
    const { seq } = entry;
    const settlement = this.#settlementOf.get(entry.id);
    if (settlement) this.#settlementBefore = settlement.seq;
    // Of a settlement that is missing or was changed it has been said.
    if (!settlement && !this.settled.isFaulty) this.#takeOrphan(entry);
    else if (settlement && entry.reverses === null && entry.factsDigest !== settlement.factsDigest)
      this.chain.fault(
        'facts',
        {
          zh: `这条流水与第 ${settlement.seq} 次结算的事实对不上`,
          en: `this entry does not agree with the facts of settlement ${settlement.seq}`,
        },
        seq,
      );
  }

  #takeOrphan({ seq, source, revision }: EntryLine): void {
    const run = this.#orphans.at(-1);
    const of = [source?.kind, source?.id, revision].join('\0');
    if (run?.last === seq - 1 && run.of === of) {
      run.last = seq;
      run.fault.to = seq;
      run.fault.says = '这些流水不属于任何一次结算：它们是插入的，或者它们的那次结算被删掉了';
      run.fault.english = 'these entries belong to no settlement: they were inserted, or theirs was removed';
      return;
    }
    const fault = this.chain.fault(
      'inserted',
      {
        zh: '这条流水不属于任何一次结算：它是插入的，或者它的那次结算被删掉了',
        en: 'this entry belongs to no settlement: it was inserted, or its settlement was removed',
      },
      seq,
    );
    this.#orphans.push({ of, first: seq, last: seq, after: this.#settlementBefore, fault });
  }

  /** When all lines of the person have been read. */
  close(heads: readonly KeptHead[]): void {
    const { chain, settled, head } = this;
    const sealed = this.seals ?? [];
    const rows = {
      entries: this.#reach(
        sealed.map(([, entries]) => entries),
        chain,
      ),
      settlements: this.#reach(
        sealed.map(([, , count]) => count),
        settled,
      ),
    };
    chain.close(head, Math.max(rows.entries, ...heads.map(({ seq }) => seq)));
    settled.close(head && head.settled, Math.max(rows.settlements, ...heads.map((kept) => kept.settled.seq)));
    this.#nameLostSettlements(heads);
    if (!chain.isFaulty && !settled.isFaulty) judgeListing(this);
    this.isRead = true;
  }

  /** How far seals reach; a number that cannot be was put there, and is said to be none. */
  #reach(counts: readonly number[], chain: ChainReader): number {
    const greatest = Math.max(0, ...counts);
    return greatest > Math.max(chain.known, chain.last, this.head?.seq ?? 0) + 100 ? chain.last : greatest;
  }

  /** Settlements that are not there, where entries of theirs are that a kept root vouches for, or as many are missing. */
  #nameLostSettlements(heads: readonly KeptHead[]): void {
    const { chain, settled } = this;
    const last = this.#orphans.at(-1)?.last;
    if (last === undefined) return;
    const isVouched = heads.some((kept) => kept.seq >= last && kept.seq <= chain.last && chain.endsSo(kept));
    if (!isVouched && settled.shortBy !== this.#orphans.length) return;
    for (const [index, { first, last, after, fault }] of this.#orphans.entries()) {
      const own = linksFrom(first, last, ENTRIES);
      delete fault.seq;
      delete fault.to;
      fault.kind = 'missing';
      fault.settlement = after + index + 1;
      fault.says = `这次结算被删掉了，后面的重新编了号：${own.zh}是它的，现在不属于任何一次结算`;
      fault.english = `this settlement was removed and those after it were numbered anew: ${own.en} of it belong to no settlement now`;
    }
    settled.isNamed = true;
  }
}
