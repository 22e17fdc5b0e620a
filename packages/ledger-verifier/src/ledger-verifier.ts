import { canonical, type Json } from './canonical';
import { toHex, utf8, type Crypto } from './crypto';
import { ChainReader, type Link, type Stray } from './chain-reader';
import { ENOUGH, noExport, whyNoExport, withoutMark } from './beginning';
import {
  FORMATS,
  UnreadableExportError,
  type EntryLine,
  type ExportLine,
  type HeadLine,
  type KeyDocument,
  type PersonBlock,
  type PersonLine,
  type RootDocument,
  type RootFile,
  type SealRow,
  type SettlementLine,
} from './format';
import { KeptRoots, type KeptHead } from './kept-roots';
import { LineSplitter } from './line-splitter';
import { nameOf, rederive, type Rederived } from './rederive';
import { ranges, type Fault, type Report } from './report';
import { sayDifference } from './say-targets';
import { HistorySeals } from './history-seals';
import { historyOf } from './history';
import { SealTrees } from './seal-trees';
import { SealedLists } from './sealed-lists';
import { personIn, shaped } from './shapes';
import { digest, digestWithin, isAnnounced, isRootSigned, leafOf } from './signing';
import { narrow, sealsOf, type Suspicion } from './suspicion';

const NEWLINE = Uint8Array.of(10);
const GENESIS = '0'.repeat(64);
/** `{"entry":` … `,"hash":"<64>"}`, likewise a settlement: what the hash covers lies between, byte for byte. */
const ENTRY_BEGIN = 9;
const SETTLEMENT_BEGIN = 14;
const LINK_END = 75;
function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** What the signed roots cover. */
interface Trees {
  chains: SealTrees;
  histories: HistorySeals;
}

/** Later than all days: what is known by then is all that is recorded. */
const EVER = '9999-12-31';

/** A person with the history that the figures of the file follow from: as it was known on their day. */
const personOf = ({ person, standings: [standing] }: Current): PersonBlock['person'] => ({
  circumstances: person.circumstances,
  history: person.record ? historyOf(person.record, standing?.asOf ?? EVER) : (person.history ?? []),
});

/** The person whose lines are being read. */
interface Current extends Omit<PersonBlock, 'person'> {
  person: PersonLine;
  seals: SealRow[];
  chain: ChainReader;
  settled: ChainReader;
  entryOf: Map<string, SettlementLine>;
  corrections: number;
  head: HeadLine | null;
  line: number;
  /** The lines of the first entry and the first settlement. */
  begins: { seq: number; settlement: number };
  /** All lines have been read: what is found now is found of the person as a whole. */
  isRead: boolean;
  /** Something of this person was found; what only follows from it is not said again. */
  faulty: boolean;
}

/**
 * Reads an export from its first byte to its last and says what cannot be so. It knows one person at a time, so its
 * memory does not grow with the ledger, and it goes on after a fault, so that each is named where it lies.
 */
export class LedgerVerifier {
  readonly #crypto: Crypto;
  readonly #kept: KeptRoots;
  readonly #splitter = new LineSplitter((line) => this.#readLine(line));
  readonly #whole: ReturnType<Crypto['hasher']>;
  #unhashed: Uint8Array | null = null;
  readonly #decoder = new TextDecoder();
  readonly #faults: Fault[] = [];
  readonly #keys: KeyDocument[] = [];
  readonly #roots: RootDocument[] = [];
  /** Roots whose signature does not hold: they speak for and against nobody. */
  readonly #unsigned = new Set<number>();
  readonly #rootsByNumber = new Map<number, RootDocument>();
  readonly #rederived: Report['rederived'] = { inFull: {}, factsOnly: {}, sumsOnly: {}, skipped: [] };
  readonly #lists: SealedLists;
  readonly #suspicions: Suspicion[] = [];
  /** Links that lie among another person's, by the chain that they are of. */
  readonly #strays = new Map<string, Stray[]>();
  /** The chains of those who miss a link. */
  readonly #broken: { key: string; chain: ChainReader }[] = [];
  #rootHash = GENESIS;
  #trees: Trees | null = null;
  /** The kept roots whose signature holds, once the keys are known. */
  #held: readonly RootDocument[] = [];
  /** The roots that chains name and the file does not have, and whose chains they are. */
  readonly #missingRoots = { numbers: new Set<number>(), people: [] as string[] };
  #current: Current | null = null;
  #lastPerson = '';
  #line = 0;
  /** The first bytes, until they tell whether it is an export. */
  #first: Uint8Array | null = new Uint8Array();
  #afterEnd: { line: number; count: number } | null = null;
  #people = 0;
  #entries = 0;
  #settlements = 0;
  #unsealed = { entries: 0, settlements: 0, people: 0 };
  #ended = false;
  /** Is the hash of all lines the one of the last line? */
  #isAsWritten = true;

  /** `kept`: the signed roots that somebody has kept apart from the server. */
  constructor(crypto: Crypto, kept: readonly RootFile[] = []) {
    this.#crypto = crypto;
    this.#kept = new KeptRoots(crypto, kept);
    this.#whole = crypto.hasher();
    this.#lists = new SealedLists(crypto, (kind, says, line) => {
      if (line === null) this.#faultOfFile(kind, says);
      else this.#fault(kind, says, {}, line);
    });
  }

  push(chunk: Uint8Array): void {
    if (this.#first === null) return this.#take(chunk);
    this.#first = joined(this.#first, chunk);
    if (this.#first.length >= ENOUGH) this.#begin(this.#first);
  }

  finish(): Report {
    if (this.#first !== null) this.#begin(this.#first);
    this.#splitter.finish();
    this.#endPerson();
    if (this.#afterEnd) this.#sayAfterEnd(this.#afterEnd);
    if (!this.#ended) {
      this.#lists.check();
      const says = '文件没有读到结尾就断了';
      this.#faults.unshift({ kind: 'truncated', says, ...(this.#line > 0 ? { line: this.#line } : {}) });
    }
    const { chains, histories } = (this.#trees ??= this.#plantTrees());
    for (const { key, chain } of this.#broken) chain.find(this.#strays.get(key) ?? []);
    this.#checkKept();
    this.#checkTrees(chains, histories);
    if (!this.#isAsWritten && this.#faults.length === 0)
      this.#fault('file', '文件在写好之后被改过，流水本身没有变');
    const anchor = this.#anchor;
    const newest = anchor ?? this.#roots.at(-1);
    return {
      faults: this.#faults,
      people: this.#people,
      entries: this.#entries,
      settlements: this.#settlements,
      roots: this.#roots.length,
      newestRoot: newest ? { number: newest.number, day: newest.day, isKept: newest === anchor } : null,
      rebuilt: chains.size,
      historiesUntil: histories.coveredUntil,
      countersignatures: this.#lists.countersignatureReport(newest, this.#roots),
      unsealed: this.#unsealed,
      regulations: this.#lists.regulationReport(newest),
      keptRoots: [...new Set(this.#held.map(({ number }) => number))],
      rederived: this.#rederived,
      firstKey: this.#keys[0]?.keyId ?? null,
    };
  }

  #begin(first: Uint8Array): void {
    const why = whyNoExport(first);
    if (why !== null) throw new UnreadableExportError(why);
    this.#first = null;
    this.#take(withoutMark(first));
  }

  #take(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
    this.#hashSeen();
  }

  #sayAfterEnd({ line, count }: { line: number; count: number }): void {
    const says = count === 1 ? '结尾之后还有一行' : `结尾之后还有 ${count} 行`;
    this.#faults.push({ kind: 'inserted', says, line });
  }

  #fault(
    kind: Fault['kind'],
    says: string,
    place: Pick<Fault, 'seq' | 'settlement'> = {},
    line = this.#current?.isRead ? this.#current.line : this.#line,
  ): Fault {
    const person = this.#current?.person.no;
    if (this.#current) this.#current.faulty = true;
    const fault = { kind, says, line, ...(person === undefined ? {} : { person }), ...place };
    this.#faults.push(fault);
    return fault;
  }

  /** Of what is missing, or follows from the whole file. */
  #faultOfFile(kind: Fault['kind'], says: string): void {
    this.#faults.push({ kind, says });
  }

  #readLine(bytes: Uint8Array): void {
    this.#line += 1;
    if (this.#ended) return this.#readAfterEnd(bytes);
    const text = this.#decoder.decode(bytes);
    let value: Record<string, unknown>;
    try {
      value = JSON.parse(text) as Record<string, unknown>;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
    } catch {
      this.#seen(bytes);
      return this.#skip(text);
    }
    const end = value['end'];
    if (typeof end === 'object' && end !== null) return this.#readEnd(end as Record<string, unknown>);
    this.#seen(bytes);
    try {
      this.#takeLine(value, bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#beginDamaged(text);
      this.#fault('file', '这一行不是导出的格式，内容被改过', this.#placeOf(text));
    }
  }

  /** An end of line too many says nothing. */
  #readAfterEnd(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#afterEnd ??= { line: this.#line, count: 0 };
    this.#afterEnd.count += 1;
  }

  /** A person's line that is damaged still begins them, as long as it says who they are. */
  #beginDamaged(text: string): void {
    const person = personIn(text);
    if (person) this.#readPerson(person);
  }

  /** A line that cannot be read: of a chain it still takes its place, so that the next one is not blamed. */
  #skip(text: string): void {
    const current = this.#current;
    if (current && text.startsWith('{"entry"')) {
      this.#entries += 1;
      current.chain.skip();
    } else if (current && text.startsWith('{"settlement"')) {
      this.#settlements += 1;
      current.settled.skip();
    } else {
      this.#beginDamaged(text);
      this.#fault('file', '这一行读不出来，内容被改过');
    }
  }

  #placeOf(text: string): Pick<Fault, 'seq' | 'settlement'> {
    if (!this.#current) return {};
    if (text.startsWith('{"settlement"')) return { settlement: this.#current.settled.expected };
    return text.startsWith('{"entry"') ? { seq: this.#current.chain.expected } : {};
  }

  /** Takes a line into the hash of the file. Lines that follow each other in memory, an end of line between them, go together. */
  #seen(line: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = line;
    const seen = this.#unhashed;
    const follows = seen?.buffer === buffer && seen.byteOffset + seen.byteLength + 1 === byteOffset;
    if (!follows) this.#hashSeen();
    const from = follows ? seen.byteOffset : byteOffset;
    this.#unhashed = new Uint8Array(buffer, from, byteOffset + byteLength - from);
  }

  #hashSeen(): void {
    if (!this.#unhashed) return;
    this.#whole.update(this.#unhashed);
    this.#whole.update(NEWLINE);
    this.#unhashed = null;
  }

  #takeLine(value: Record<string, unknown>, bytes: Uint8Array): void {
    if (this.#line === 1) this.#readExport(value['export'] as ExportLine | undefined);
    else if ('entry' in value) this.#readEntry(value, bytes);
    else if ('settlement' in value) this.#readSettlement(value, bytes);
    else if ('person' in value) this.#readPerson(shaped('person', value));
    else if ('seals' in value) this.#inPerson().seals = shaped('seals', value);
    else if ('head' in value) this.#inPerson().head = shaped('head', value);
    else if ('standing' in value) this.#inPerson().standings.push(shaped('standing', value));
    else if ('key' in value) this.#readKey(shaped('key', value));
    else if ('root' in value) this.#readRoot(shaped('root', value));
    else if ('countersignature' in value)
      this.#lists.readCountersignature(shaped('countersignature', value), bytes, this.#roots);
    else if ('regulation' in value)
      this.#lists.readRegulation(shaped('regulation', value), bytes, this.#line);
    else this.#fault('inserted', '多出一行不认识的内容');
  }

  #readExport(value: ExportLine | undefined): void {
    if (typeof value?.format !== 'number') throw noExport();
    if (!FORMATS.includes(value.format))
      throw new UnreadableExportError(
        `这个导出是第 ${value.format} 版格式，这里只认第 ${FORMATS.join('、')} 版 / an export of format ${value.format}; this verifier reads formats ${FORMATS.join(', ')}`,
      );
    this.#lists.baseNames = value.bases ?? {};
  }

  #inPerson(): Current {
    if (!this.#current) throw new TypeError('no person');
    return this.#current;
  }

  #digest(text: string): string {
    return this.#crypto.sha256Hex(utf8(text));
  }

  #readKey(key: KeyDocument): void {
    const { number } = key;
    const previous = this.#keys.at(-1);
    const fits = number === this.#keys.length + 1 && isAnnounced(this.#crypto, key, previous);
    const wrong = previous ? '不是由前一把签名公布的' : '的自签名不对';
    if (!fits) this.#fault('key', `第 ${number} 把公钥${wrong}`);
    const other = number === 1 ? '：这是另一本流水，或者整本被重新签过' : '';
    if (!this.#kept.knowsKey(key)) this.#fault('key', `第 ${number} 把公钥与另行保存的不同${other}`);
    this.#keys.push(key);
  }

  #readRoot(root: RootDocument): void {
    const { number, previousRootHash } = root;
    const previous = this.#roots.at(-1);
    const next = (previous?.number ?? 0) + 1;
    if (number > next)
      this.#fault(
        'root',
        `第 ${number} 号封存之前缺第 ${next}${number - 1 > next ? `—${number - 1}` : ''} 号`,
      );
    else if (number < next) this.#fault('root', `第 ${number} 号封存重复或次序不对`);
    else if (previousRootHash !== this.#rootHash) this.#fault('root', `第 ${number} 号封存接不上前一号`);
    if (!isRootSigned(this.#crypto, root, this.#keys)) {
      this.#unsigned.add(number);
      const hasKey = this.#keys.some(({ keyId }) => keyId === root.keyId);
      const wrong = hasKey ? '的签名不对' : `无从核对：文件里没有签它的公钥 ${root.keyId}`;
      this.#fault('root', `第 ${number} 号封存${wrong}`);
    }
    this.#lists.seal(root, previous);
    this.#roots.push(root);
    this.#rootsByNumber.set(number, root);
    this.#rootHash = digest(this.#crypto, root);
    if (!this.#kept.knowsRoot(root)) this.#fault('root', `第 ${number} 号封存与另行保存的不同`);
  }

  get #lastRoot(): number {
    return this.#roots.at(-1)?.number ?? 0;
  }

  /** The newest root that the file has or that a chain in it names. */
  get #reach(): number {
    return Math.max(this.#lastRoot, ...this.#missingRoots.numbers);
  }

  /** The newest kept root that the ledger can be held to: one of later than the ledger says nothing of its end. */
  get #anchor(): RootDocument | undefined {
    return this.#held.findLast(({ number }) => number <= this.#reach);
  }

  /** Once all roots are known, before the first person. */
  #plantTrees(): Trees {
    this.#held = this.#kept.held(this.#keys);
    const proven = this.#kept.proven(this.#roots, this.#keys, this.#unsigned);
    const kept = this.#held.map(({ number }) => number);
    const about = [this.#crypto, this.#roots, kept, proven] as const;
    return { chains: new SealTrees(...about), histories: new HistorySeals(...about) };
  }

  #readPerson(person: PersonLine): void {
    this.#endPerson();
    this.#trees ??= this.#plantTrees();
    this.#people += 1;
    this.#current = {
      person,
      settlements: [],
      entries: [],
      standings: [],
      seals: [],
      chain: new ChainReader(person.id, ['条', '流水'], (kind, says, seq) =>
        this.#fault(kind, says, { seq }),
      ),
      settled: new ChainReader(person.id, ['次', '结算'], (kind, says, settlement) =>
        this.#fault(kind, says, { settlement }),
      ),
      entryOf: new Map(),
      corrections: 0,
      head: null,
      line: this.#line,
      begins: { seq: 0, settlement: 0 },
      isRead: false,
      faulty: false,
    };
    if (person.id <= this.#lastPerson) this.#fault('inserted', '人员重复或次序不对');
    this.#lastPerson = person.id;
  }

  #readSettlement(value: Record<string, unknown>, bytes: Uint8Array): void {
    const current = this.#inPerson();
    const settlement = value['settlement'] as SettlementLine;
    const hash = value['hash'] as string;
    this.#settlements += 1;
    current.settlements.push(settlement);
    current.begins.settlement ||= this.#line;
    const isWhole = digestWithin(this.#crypto, bytes, SETTLEMENT_BEGIN, LINK_END) === hash;
    if (this.#isStray(current, 'settlement', settlement, hash, isWhole)) return;
    if (!current.settled.take(settlement, hash, isWhole)) return;
    for (const entryId of settlement.entryIds) current.entryOf.set(entryId, settlement);
    const { activities, factsDigest, seq } = settlement;
    // As a rule the file has them in canonical order already, which spares sorting.
    const agrees = (text: string): boolean => this.#digest(text) === factsDigest;
    if (!agrees(JSON.stringify(activities)) && !agrees(canonical(activities as Json)))
      current.settled.fault('facts', '这次结算与它的事实对不上', seq);
  }

  #readEntry(value: Record<string, unknown>, bytes: Uint8Array): void {
    const current = this.#inPerson();
    const entry = value['entry'] as EntryLine;
    const hash = value['hash'] as string;
    this.#entries += 1;
    current.entries.push(entry);
    current.begins.seq ||= this.#line;
    const isWhole = digestWithin(this.#crypto, bytes, ENTRY_BEGIN, LINK_END) === hash;
    if (this.#isStray(current, 'entry', entry, hash, isWhole)) return;
    if (current.chain.take(entry, hash, isWhole)) this.#checkEntry(current, entry);
  }

  #isStray(
    { person, chain, settled }: Current,
    kind: 'entry' | 'settlement',
    { seq, personId, previousHash }: Link,
    hash: string,
    isWhole: boolean,
  ): boolean {
    const link = { seq, personId, previousHash };
    if (!(kind === 'entry' ? chain : settled).isStray(link, isWhole)) return false;
    const key = `${kind} ${personId}`;
    const own = this.#strays.get(key) ?? [];
    this.#strays.set(key, own);
    own.push({ ...link, hash, line: this.#line, under: person.no });
    return true;
  }

  #checkEntry({ chain, settled, entryOf, corrections }: Current, entry: EntryLine): void {
    const { seq } = entry;
    const settlement = entryOf.get(entry.id);
    // Of a settlement that is missing or was changed it has been said.
    if (!settlement && !settled.isFaulty) chain.fault('inserted', '这条流水不属于任何一次结算', seq);
    else if (settlement && entry.reverses === null && entry.factsDigest !== settlement.factsDigest)
      chain.fault('facts', `这条流水与第 ${settlement.seq} 次结算的事实对不上`, seq);
    const number = entry.correction ?? null;
    if (number === null || number === corrections) return;
    if (number !== corrections + 1) chain.fault('correction', '更正编号不连续', seq);
    this.#inPerson().corrections = number;
  }

  #endPerson(): void {
    const current = this.#current;
    if (!current) return;
    const { chain, settled, seals, head } = current;
    this.#seekRoots(current);
    const allHeads = this.#kept.take(current.person.id);
    const heads = allHeads.filter(({ root }) => root.number <= this.#reach);
    const sealedTo = [...seals.map(([, entries]) => entries), ...heads.map(({ seq }) => seq)];
    const settledTo = [...seals.map(([, , count]) => count), ...heads.map((kept) => kept.settled.seq)];
    chain.close(head, Math.max(0, ...sealedTo));
    settled.close(head && head.settled, Math.max(0, ...settledTo));
    if (chain.isBroken) this.#broken.push({ key: `entry ${current.person.id}`, chain });
    if (settled.isBroken) this.#broken.push({ key: `settlement ${current.person.id}`, chain: settled });
    current.isRead = true;
    if (!head && !current.faulty) this.#fault('truncated', '末尾记录不见了');
    this.#growTrees(current);
    this.#countUnsealed(current);
    this.#checkNumber(current, heads);
    this.#checkSeals(current, heads, allHeads.length > 0);
    // An export of before a kept root may have fewer links; where it has as many they end so.
    this.#suspect(
      current,
      allHeads.filter(
        (head) => heads.includes(head) || (head.seq <= chain.last && head.settled.seq <= settled.last),
      ),
    );
    const moved = this.#trees!.histories.take(current.person, seals, heads);
    if (moved !== null) this.#fault('history', moved);
    if (current.faulty) this.#rederived.skipped.push(current.person.no);
    for (const found of current.faulty ? [] : this.#derivedOf(current)) {
      const { seqs, regulation, inFull } = found;
      const says = sayDifference(found, this.#lists.names.get(regulation) ?? {});
      const isJudged = current.standings.some((one) => nameOf(one.regulation) === regulation);
      const book = this.#rederived[!inFull ? 'sumsOnly' : isJudged ? 'inFull' : 'factsOnly'];
      if (says === null) book[regulation] = (book[regulation] ?? 0) + 1;
      else if (seqs[0] === undefined) this.#fault('rederived', says);
      else this.#fault('rederived', says, { seq: seqs[0] }, current.begins.seq + seqs[0] - 1);
    }
    this.#current = null;
  }

  /** Null of records that are whole, but not what the product writes: figures do not follow from them. */
  #derived(current: Current): Rederived[] | null {
    try {
      return rederive({ ...current, person: personOf(current) }, this.#lists.forms);
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) return null;
      throw error;
    }
  }

  #derivedOf(current: Current): Rederived[] {
    const derived = this.#derived(current);
    if (derived) return derived;
    this.#fault('rederived', '记录的内容不是系统会写的样子，数字推算不出来');
    this.#rederived.skipped.push(current.person.no);
    return [];
  }

  #seekRoots({ person, seals }: Current): void {
    const { numbers, people } = this.#missingRoots;
    const missing = seals.map(([root]) => root).filter((root) => root > this.#lastRoot);
    for (const number of missing) numbers.add(number);
    if (missing.length > 0) people.push(person.no);
  }

  #growTrees({ person, seals, chain, settled }: Current): void {
    const trees = this.#trees!.chains;
    let next = 0;
    let row: SealRow | null = null;
    let leaves: { own: Uint8Array; recorded: Uint8Array } | null = null;
    for (const { number } of this.#roots) {
      for (let seal = seals[next]; seal !== undefined && seal[0] <= number; seal = seals[next]) {
        const [, before = 0, settledBefore = 0]: Partial<SealRow> = row ?? [];
        trees.count(number, { entries: seal[1] - before, settlements: seal[2] - settledBefore });
        row = seal;
        leaves = null;
        next += 1;
      }
      if (!row) continue;
      if (!trees.has(number)) continue;
      const [, covered, settledCovered, hash, settledHash] = row;
      leaves ??= this.#leavesOf(
        person.id,
        { ...chain.endAt(covered), settled: settled.endAt(settledCovered) },
        { hash, settledHash },
      );
      trees.add(number, leaves.own, leaves.recorded);
    }
  }

  #countUnsealed({ seals, chain, settled }: Current): void {
    const anchor = this.#anchor?.number ?? this.#lastRoot;
    const [, covered = 0, settledCovered = 0]: Partial<SealRow> =
      seals.findLast(([root]) => root <= anchor) ?? [];
    const entries = Math.max(0, chain.last - covered);
    const settlements = Math.max(0, settled.last - settledCovered);
    this.#unsealed.entries += entries;
    this.#unsealed.settlements += settlements;
    if (entries + settlements > 0) this.#unsealed.people += 1;
  }

  /** Of the ends that a person's chains have, and of those recorded: the same bytes where nothing differs. */
  #leavesOf(
    personId: string,
    end: HeadLine,
    {
      hash = end.hash,
      settledHash = end.settled.hash,
    }: Partial<Record<'hash' | 'settledHash', string | undefined>>,
  ): { own: Uint8Array; recorded: Uint8Array } {
    const own = leafOf(this.#crypto, personId, end);
    if (hash === end.hash && settledHash === end.settled.hash) return { own, recorded: own };
    const settled = { ...end.settled, hash: settledHash };
    return { own, recorded: leafOf(this.#crypto, personId, { ...end, hash, settled }) };
  }

  #checkNumber({ person }: Current, heads: readonly KeptHead[]): void {
    const no = heads.findLast((head) => head.no !== undefined)?.no;
    if (no !== undefined && no !== person.no)
      this.#fault('changed', `编号与另行保存的封存文件不符，那时是 ${no}`);
  }

  /** Whether the seals reach as far as those that were kept say, so that a list that was changed is traced as well. */
  #checkSeals({ seals, faulty }: Current, heads: readonly KeptHead[], isKnown: boolean): void {
    if (faulty) return;
    const withHeads = this.#kept.newestWithHeads;
    const first = seals[0]?.[0] ?? Infinity;
    if (withHeads && first <= withHeads.number && !isKnown)
      return void this.#fault(
        'inserted',
        `不在另行保存的第 ${withHeads.number} 号封存（${withHeads.day}）里，是后来加进去的`,
      );
    for (const { root, seq, settled } of heads) {
      const [, entries = 0, settlements = 0]: Partial<SealRow> =
        seals.findLast(([number]) => number <= root.number) ?? [];
      if (entries === seq && settlements === settled.seq) continue;
      return void this.#fault(
        'seal',
        `所记的封存范围被改过：另行保存的第 ${root.number} 号封存（${root.day}）盖到第 ${seq} 条、第 ${settled.seq} 次结算，这里记的是第 ${entries} 条、第 ${settlements} 次`,
      );
    }
  }

  /** A chain that ends otherwise than a seal of it says: where, is narrowed down when all trees are built. */
  #suspect(current: Current, heads: readonly KeptHead[]): void {
    const { person, begins } = current;
    const found = (['seq', 'settlement'] as const)
      .map((chain) => ({ chain, ...sealsOf(current, heads, chain, this.#rootsByNumber) }))
      .filter(({ kept, recorded }) => [...kept, ...recorded].some(({ agrees }) => !agrees));
    if (found.length === 0) return;
    const derived = current.faulty ? [] : (this.#derived(current) ?? []);
    const wrong = derived.flatMap(({ seqs }) => seqs);
    const isFounded = derived.length > 0 && derived.every(({ says, inFull }) => inFull && says === null);
    const unfounded = wrong.length > 0 || isFounded ? wrong : null;
    for (const { chain, ...seals } of found)
      this.#suspicions.push({
        ...seals,
        person: person.no,
        chain,
        begin: begins[chain],
        both: found.length > 1,
        unfounded,
      });
    current.faulty = true;
  }

  #checkTrees(trees: SealTrees, histories: HistorySeals): void {
    const inDoubt = new Set([...this.#faults, ...this.#suspicions].flatMap(({ person }) => person ?? []));
    for (const suspicion of this.#suspicions) this.#faults.push(narrow(suspicion, trees, inDoubt.size === 1));
    const off = trees.firstOff();
    const moved = off ? null : histories.fault(inDoubt.size > 0);
    if (moved !== null) this.#faultOfFile('history', moved);
    if (!off) return;
    const { root, before, added } = off;
    const where =
      before && added.entries + added.settlements > 0
        ? `改动在这之间新记的 ${added.settlements} 次结算、${added.entries} 条流水里`
        : '有人的记录被整个换过';
    const since = `${before ? `第 ${before.number} 号（${before.day}）还相符：` : ''}${where}，或者有人被整个删掉，或者所记的封存范围被改过`;
    const hint =
      inDoubt.size > 0
        ? '，应先查清上面所列的'
        : `；${since}；给出从「下载封存文件」得到的那种，可以定位到人`;
    this.#faultOfFile('seal', `第 ${root.number} 号封存（${root.day}）起与流水不符${hint}`);
  }

  #checkKept(): void {
    for (const says of this.#kept.faults(this.#keys)) this.#faultOfFile('root', says);
    const last = this.#lastRoot;
    const { numbers, people } = this.#missingRoots;
    if (numbers.size > 0)
      this.#faultOfFile(
        'truncated',
        `文件里没有第 ${ranges([...numbers].sort((a, b) => a - b))} 号封存，却有 ${people.length} 人的记录提到它：${people.slice(0, 3).join('、')}${people.length > 3 ? ' 等' : ''}`,
      );
    const newest = this.#held.at(-1);
    if (newest && newest.number > this.#reach)
      this.#faultOfFile(
        'truncated',
        `这份导出里没有第 ${newest.number} 号封存：它早于这次封存，或者被截短了；请用之后的导出。${last === 0 ? '其中还没有封存' : `以下核到第 ${last} 号为止`}`,
      );
    if (this.#held.some((root) => root.number === last + 1 && root.previousRootHash !== this.#rootHash))
      this.#faultOfFile('root', `另行保存的第 ${last + 1} 号封存接不上文件里的第 ${last} 号封存`);
    const isBeyondEnd = (personId: string): boolean => !this.#ended && personId > this.#lastPerson;
    const left = this.#kept.left(this.#reach);
    const beyond = left.filter(([personId]) => isBeyondEnd(personId));
    if (beyond.length > 0)
      this.#faultOfFile('truncated', `断开之后还应有 ${beyond.length} 人，见另行保存的封存文件`);
    for (const [personId, { no, seq, settled }] of left)
      if (!isBeyondEnd(personId))
        this.#faults.push({
          kind: 'missing',
          person: no ?? personId,
          says: `全部记录（${settled.seq} 次结算、${seq} 条流水）被删掉了`,
        });
  }

  #readEnd(end: Record<string, unknown>): void {
    this.#endPerson();
    this.#lists.check();
    this.#ended = true;
    const { people, settlements, entries } = end;
    if (people !== this.#people || settlements !== this.#settlements || entries !== this.#entries)
      this.#fault(
        'truncated',
        `文件应有 ${String(people)} 人 ${String(settlements)} 次结算 ${String(entries)} 条流水`,
      );
    this.#hashSeen();
    this.#isAsWritten = end['sha256'] === toHex(this.#whole.digest());
  }
}
