import { canonical, type Json } from './canonical';
import { fromBase64Url, toHex, utf8, type Crypto } from './crypto';
import type {
  CountersignatureDocument,
  EntryLine,
  Fact,
  KeyDocument,
  PersonBlock,
  PersonLine,
  RegulationLine,
  RootDocument,
  RootFile,
  SettlementLine,
  StandingLine,
} from './format';
import { LineSplitter } from './line-splitter';
import { leafHash, MerkleTree } from './merkle-tree';
import { rederive } from './rederive';
import type { Fault, Report } from './report';

const NEWLINE = Uint8Array.of(10);
const GENESIS = '0'.repeat(64);
/** All trees are built anew up to so many leaves in total; beyond it those of the first, the given and the newest root. */
const LEAVES_LIMIT = 3_000_000;
/** `{"entry":` … `,"hash":"<64>"}`: what the hash covers lies between, byte for byte. */
const ENTRY_BEGIN = 9;
const ENTRY_END = 75;

interface Sealed {
  seq: number;
  hash: string | undefined;
}

/** The text of a regulation as the first root that covers it has it. */
interface SealedText {
  root: number;
  sha256: string;
}

const versionOf = ({ id, version }: { id: string; version: number }): string => `${id} 第 ${version} 版`;

/** The person whose lines are being read. */
interface Current extends PersonBlock {
  seals: [root: number, seq: number][];
  hashes: Map<number, string>;
  entryOf: Map<string, SettlementLine>;
  expected: number;
  previousHash: string;
  corrections: number;
  head: { seq: number; hash: string } | null;
  /** Something of this person was found; what only follows from it is not said again. */
  faulty: boolean;
}

/**
 * Reads an export from its first byte to its last and says what cannot be so. It knows one person at a time, so its
 * memory does not grow with the ledger, and it goes on after a fault, so that each is named where it lies.
 */
export class LedgerVerifier {
  readonly #crypto: Crypto;
  readonly #given: RootFile | null;
  readonly #givenHeads: Map<string, { seq: number; hash: string }>;
  readonly #splitter = new LineSplitter((line) => this.#readLine(line));
  readonly #whole: ReturnType<Crypto['hasher']>;
  readonly #decoder = new TextDecoder();
  readonly #faults: Fault[] = [];
  readonly #keys: KeyDocument[] = [];
  readonly #roots: RootDocument[] = [];
  readonly #rederived: Report['rederived'] = { inFull: {}, sumsOnly: {} };
  readonly #sealedTexts = new Map<string, SealedText>();
  /** The versions whose text the file holds. */
  readonly #texts = new Map<string, { line: number; sha256: string }>();
  #rootHash = GENESIS;
  #trees: Map<number, MerkleTree> | null = null;
  #anchor = 0;
  #current: Current | null = null;
  #lastPerson = '';
  #line = 0;
  #people = 0;
  #entries = 0;
  #countersignatures = 0;
  #unsealed = { entries: 0, people: 0 };
  #ended = false;

  constructor(crypto: Crypto, given: RootFile | null = null) {
    this.#crypto = crypto;
    this.#given = given;
    this.#givenHeads = new Map(given?.heads.map(([id, seq, hash]) => [id, { seq, hash }]));
    this.#whole = crypto.hasher();
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  finish(): Report {
    this.#splitter.finish();
    this.#endPerson();
    if (!this.#ended) {
      this.#checkTexts();
      this.#fault('truncated', '文件没有读到结尾就断了');
    }
    this.#checkTrees();
    this.#checkGiven();
    const newest = this.#given?.root ?? this.#roots.at(-1);
    return {
      faults: this.#faults,
      people: this.#people,
      entries: this.#entries,
      roots: this.#roots.length,
      newestRoot: newest ? { number: newest.number, day: newest.day } : null,
      rebuilt: this.#trees?.size ?? 0,
      countersignatures: this.#countersignatures,
      unsealed: this.#unsealed,
      regulations: this.#regulationReport(newest),
      rootGiven: this.#given !== null,
      rederived: this.#rederived,
      firstKey: this.#keys[0]?.keyId ?? null,
    };
  }

  #fault(kind: Fault['kind'], says: string, seq?: number): void {
    const person = this.#current?.person.no;
    if (this.#current) this.#current.faulty = true;
    this.#faults.push({
      kind,
      says,
      line: this.#line,
      ...(person === undefined ? {} : { person }),
      ...(seq === undefined ? {} : { seq }),
    });
  }

  #readLine(bytes: Uint8Array): void {
    this.#line += 1;
    if (this.#ended) return this.#fault('inserted', '结尾之后还有内容');
    const text = this.#decoder.decode(bytes);
    let value: Record<string, unknown>;
    try {
      value = JSON.parse(text) as Record<string, unknown>;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
    } catch {
      this.#seen(bytes);
      this.#fault('file', '这一行读不出来,内容被改过', this.#current?.expected);
      if (text.startsWith('{"entry"')) this.#skipEntry();
      return;
    }
    if ('end' in value) return this.#readEnd(value['end'] as Record<string, unknown>);
    this.#seen(bytes);
    try {
      this.#take(value, bytes, text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#fault('file', '这一行不是导出的格式,内容被改过', this.#current?.expected);
    }
  }

  #seen(bytes: Uint8Array): void {
    this.#whole.update(bytes);
    this.#whole.update(NEWLINE);
  }

  #take(value: Record<string, unknown>, bytes: Uint8Array, text: string): void {
    if ('entry' in value) this.#readEntry(value, bytes);
    else if ('settlement' in value) this.#readSettlement(value, text);
    else if ('person' in value) this.#readPerson(value['person'] as PersonLine);
    else if ('seals' in value) this.#inPerson().seals = value['seals'] as Current['seals'];
    else if ('head' in value) this.#inPerson().head = value['head'] as Current['head'];
    else if ('standing' in value) this.#inPerson().standings.push(value['standing'] as StandingLine);
    else if ('key' in value) this.#readKey(value['key'] as KeyDocument);
    else if ('root' in value) this.#readRoot(value['root'] as RootDocument);
    else if ('countersignature' in value)
      this.#readCountersignature(value['countersignature'] as CountersignatureDocument);
    else if ('regulation' in value) this.#readRegulation(value['regulation'] as RegulationLine);
    else if (!('export' in value)) this.#fault('inserted', '多出一行不认识的内容');
  }

  #inPerson(): Current {
    if (!this.#current) throw new TypeError('no person');
    return this.#current;
  }

  #digest(text: string): string {
    return this.#crypto.sha256Hex(utf8(text));
  }

  #isSigned(x: string, purpose: string, content: object, signature: string): boolean {
    const message = utf8(`${purpose}\n${canonical(content as Json)}`);
    try {
      return this.#crypto.verify(fromBase64Url(x), message, fromBase64Url(signature));
    } catch {
      return false;
    }
  }

  #keyIdOf(x: string): string {
    return this.#digest(canonical({ crv: 'Ed25519', kty: 'OKP', x })).slice(0, 16);
  }

  #rootHashOf(root: RootDocument): string {
    return this.#digest(canonical(root as object as Json));
  }

  #readKey({ signature, ...content }: KeyDocument): void {
    const previous = this.#keys.at(-1);
    const announcer = previous ?? { keyId: content.keyId, x: content.x };
    const fits =
      content.number === this.#keys.length + 1 &&
      content.keyId === this.#keyIdOf(content.x) &&
      content.announcedBy === announcer.keyId &&
      this.#isSigned(announcer.x, 'cadre-ledger-key-1', content, signature);
    if (!fits) this.#fault('key', `第 ${content.number} 把公钥不是由前一把签名公布的`);
    const kept = this.#given?.keys.find((key) => key.number === content.number);
    if (kept && kept.x !== content.x) this.#fault('key', `第 ${content.number} 把公钥与另行保存的不同`);
    this.#keys.push({ ...content, signature });
  }

  #readRoot({ signature, ...content }: RootDocument): void {
    const previous = this.#roots.at(-1);
    const key = this.#keys.findLast((candidate) => candidate.fromRoot <= content.number);
    if (content.number !== (previous?.number ?? 0) + 1)
      this.#fault('root', `第 ${content.number} 号封存之前有缺号`);
    else if (content.previousRootHash !== this.#rootHash)
      this.#fault('root', `第 ${content.number} 号封存接不上前一号`);
    if (content.keyId !== key?.keyId || !this.#isSigned(key.x, 'cadre-ledger-root-1', content, signature))
      this.#fault('root', `第 ${content.number} 号封存的签名不对`);
    this.#sealTexts(content, previous);
    this.#roots.push({ ...content, signature });
    this.#rootHash = this.#rootHashOf({ ...content, signature });
    const given = this.#given?.root;
    if (given?.number === content.number && this.#rootHashOf(given) !== this.#rootHash)
      this.#fault('root', `第 ${content.number} 号封存与另行保存的不同`);
  }

  /** Each root says of a text what the roots before it said, and none falls out. */
  #sealTexts({ number, regulations = [] }: Omit<RootDocument, 'signature'>, previous?: RootDocument): void {
    const listed = new Set(regulations.map(versionOf));
    for (const name of (previous?.regulations ?? []).map(versionOf))
      if (!listed.has(name)) this.#fault('regulation', `第 ${number} 号封存里没有了规则 ${name}`);
    for (const regulation of regulations) {
      const name = versionOf(regulation);
      const { sha256 } = regulation;
      const before = this.#sealedTexts.get(name);
      if (!before) this.#sealedTexts.set(name, { root: number, sha256 });
      else if (before.sha256 !== sha256)
        this.#fault('regulation', `第 ${number} 号封存里规则 ${name}的条文与第 ${before.root} 号封存不同`);
    }
  }

  #readRegulation({ code, version, text }: RegulationLine): void {
    const name = versionOf({ id: code, version });
    if (this.#texts.has(name)) return this.#fault('inserted', `规则 ${name}出现了两次`);
    this.#texts.set(name, { line: this.#line, sha256: this.#digest(text) });
  }

  /** When everything has been read: a text may stand before the root that covers it. */
  #checkTexts(): void {
    for (const [name, sealed] of this.#sealedTexts) {
      const text = this.#texts.get(name);
      if (!text) this.#fault('regulation', `第 ${sealed.root} 号封存里的规则 ${name}在文件里没有了`);
      else if (text.sha256 !== sealed.sha256)
        this.#faults.push({
          kind: 'regulation',
          says: `规则 ${name}的条文与第 ${sealed.root} 号封存不符:条文被改过`,
          line: text.line,
        });
    }
  }

  #regulationReport(newest: RootDocument | undefined): Report['regulations'] {
    const names = [...this.#texts.keys()];
    if (!newest?.regulations) return { sealed: 0, unsealed: names, covered: false };
    const listed = new Set(newest.regulations.map(versionOf));
    const agrees = (name: string): boolean =>
      this.#texts.get(name)?.sha256 === this.#sealedTexts.get(name)?.sha256;
    return {
      sealed: names.filter((name) => listed.has(name) && agrees(name)).length,
      unsealed: names.filter((name) => !listed.has(name)),
      covered: true,
    };
  }

  #readCountersignature(value: CountersignatureDocument): void {
    const { rootNumber, rootHash, role, baseId, keyId, signedAt, x, signature } = value;
    const root = this.#roots.find((candidate) => candidate.number === rootNumber);
    const content = { rootNumber, rootHash, role, baseId, keyId, signedAt };
    const fits =
      root !== undefined &&
      rootHash === this.#rootHashOf(root) &&
      keyId === this.#keyIdOf(x) &&
      this.#isSigned(x, 'cadre-ledger-countersignature-1', content, signature);
    if (fits) this.#countersignatures += 1;
    else this.#fault('countersignature', `第 ${rootNumber} 号封存的一份会签不对`);
  }

  /** Which trees are built: decided once all roots are known, before the first person. */
  #plantTrees(): Map<number, MerkleTree> {
    const leaves = this.#roots.reduce((sum, root) => sum + root.size, 0);
    const newest = this.#roots.at(-1)?.number;
    const chosen = this.#roots
      .map((root) => root.number)
      .filter((number) => leaves <= LEAVES_LIMIT || [1, newest, this.#given?.root.number].includes(number));
    this.#anchor = this.#given?.root.number ?? newest ?? 0;
    return new Map(chosen.map((number) => [number, new MerkleTree(this.#crypto)]));
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
      hashes: new Map([[0, GENESIS]]),
      entryOf: new Map(),
      expected: 1,
      previousHash: GENESIS,
      corrections: 0,
      head: null,
      faulty: false,
    };
    if (person.id <= this.#lastPerson) this.#fault('inserted', '人员重复或次序不对');
    this.#lastPerson = person.id;
  }

  #readSettlement(value: Record<string, unknown>, text: string): void {
    const current = this.#inPerson();
    const settlement = value['settlement'] as SettlementLine;
    const facts = text.slice(text.indexOf(',"facts":') + 9, -1);
    current.settlements.push({ ...settlement, facts: value['facts'] as Fact[] });
    for (const entryId of settlement.entryIds) current.entryOf.set(entryId, settlement);
    if (this.#digest(facts) !== settlement.factsDigest)
      this.#fault('facts', `${settlement.source.kind} ${settlement.source.id} 的事实被改过`);
  }

  /** An entry that cannot be read still takes its place, so that the next one is not blamed. */
  #skipEntry(): void {
    const current = this.#current;
    if (!current) return;
    this.#entries += 1;
    current.expected += 1;
    current.previousHash = '';
  }

  #readEntry(value: Record<string, unknown>, bytes: Uint8Array): void {
    const current = this.#inPerson();
    const entry = value['entry'] as EntryLine;
    const hash = value['hash'] as string;
    this.#entries += 1;
    const { seq } = entry;
    const actual = this.#crypto.sha256Hex(bytes.subarray(ENTRY_BEGIN, bytes.length - ENTRY_END));
    const isWhole = actual === hash;
    const { expected, previousHash } = current;
    // A changed entry that still names the one before stands in its place, whatever its number says now.
    const inPlace = seq === expected || (!isWhole && entry.previousHash === previousHash);
    const place = inPlace ? expected : seq;
    if (!isWhole) this.#fault('changed', '这条流水被改过', place);
    else if (entry.personId !== current.person.id) this.#fault('inserted', '这条流水是别人的', place);
    current.entries.push(entry);
    if (place < expected) return this.#fault('inserted', '这条流水是插入的、重复的或被移动过', place);
    if (place > expected) this.#missing(expected, place - 1);
    else if (isWhole && previousHash !== '' && entry.previousHash !== previousHash)
      this.#fault('broken-link', `这条流水接不上前一条:第 ${place - 1} 条或这一条被整条换过`, place);
    if (isWhole) this.#checkEntry(current, entry);
    current.hashes.set(place, hash);
    current.expected = place + 1;
    current.previousHash = isWhole ? hash : '';
  }

  #missing(from: number, to: number): void {
    this.#fault('missing', from === to ? '这条流水被删掉了' : `第 ${from}—${to} 条流水被删掉了`, from);
  }

  #checkEntry(current: Current, entry: EntryLine): void {
    const settlement = current.entryOf.get(entry.id);
    if (!settlement) this.#fault('inserted', '这条流水不属于任何一次结算', entry.seq);
    else if (entry.reverses === null && entry.factsDigest !== settlement.factsDigest)
      this.#fault('facts', '这条流水与它的事实对不上', entry.seq);
    const number = entry.correction ?? null;
    if (number === null || number === current.corrections) return;
    if (number !== current.corrections + 1) this.#fault('correction', '更正编号不连续', entry.seq);
    current.corrections = number;
  }

  #endPerson(): void {
    const current = this.#current;
    if (!current) return;
    const last = current.expected - 1;
    const sealedTo = Math.max(0, ...current.seals.map(([, seq]) => seq), current.head?.seq ?? 0);
    if (sealedTo > last) this.#missing(last + 1, sealedTo);
    else if (!current.head) this.#fault('truncated', '链尾的记录不见了');
    else if (current.head.seq < last) this.#fault('inserted', '链尾之后多出了流水', current.head.seq + 1);
    else if (!current.faulty && current.head.hash !== current.hashes.get(last))
      this.#fault('seal', '链尾的记录与流水不符', last);
    this.#growTrees(current, last);
    for (const { says, seq, regulation, inFull } of current.faulty ? [] : rederive(current)) {
      const book = inFull ? this.#rederived.inFull : this.#rederived.sumsOnly;
      if (says === null) book[regulation] = (book[regulation] ?? 0) + 1;
      else this.#fault('rederived', says, seq);
    }
    this.#current = null;
  }

  #growTrees(current: Current, last: number): void {
    const { person, seals, hashes } = current;
    let next = 0;
    let sealed: Sealed | null = null;
    let leaf: Uint8Array | null = null;
    let anchored = 0;
    for (const { number } of this.#roots) {
      let moved = false;
      for (let seal = seals[next]; seal !== undefined && seal[0] <= number; seal = seals[next]) {
        sealed = { seq: seal[1], hash: hashes.get(seal[1]) };
        moved = true;
        next += 1;
      }
      if (number <= this.#anchor) anchored = sealed?.seq ?? 0;
      const tree = this.#trees?.get(number);
      if (!sealed || !tree) continue;
      if (moved || !leaf) {
        const content = canonical({ hash: sealed.hash ?? '', personId: person.id, seq: sealed.seq });
        leaf = leafHash(this.#crypto, utf8(content));
      }
      tree.add(leaf);
    }
    if (next < seals.length) this.#fault('seal', '链上记着一次不存在的封存');
    const kept = this.#givenHeads.get(person.id);
    if (kept && hashes.get(kept.seq) !== kept.hash)
      this.#fault('seal', `到第 ${kept.seq} 条为止的流水与另行保存的链头不符`, kept.seq);
    this.#givenHeads.delete(person.id);
    if (last <= anchored) return;
    this.#unsealed.people += 1;
    this.#unsealed.entries += last - anchored;
  }

  #checkTrees(): void {
    this.#trees ??= this.#plantTrees();
    for (const { number, day, size, root } of this.#roots) {
      const tree = this.#trees.get(number);
      if (!tree || (tree.size === size && toHex(tree.root()) === root)) continue;
      const traced = this.#faults.some((fault) => fault.person !== undefined);
      this.#fault(
        'seal',
        `第 ${number} 号封存(${day})与流水不符${traced ? '' : ':那天或以前有链被整条换过;给出带链头的封存文件可以定位到人'}`,
      );
      return;
    }
  }

  #checkGiven(): void {
    const given = this.#given?.root;
    if (!given) return;
    const { signature, ...content } = given;
    const keys = this.#given?.keys.length ? this.#given.keys : this.#keys;
    const key = keys.findLast((candidate) => candidate.fromRoot <= given.number);
    if (
      !key ||
      key.keyId !== given.keyId ||
      !this.#isSigned(key.x, 'cadre-ledger-root-1', content, signature)
    )
      this.#fault('root', '另行保存的封存签名不对,或不是这本流水的');
    if (!this.#roots.some((root) => root.number === given.number))
      this.#fault('truncated', `文件里没有第 ${given.number} 号封存(${given.day}):这之后的内容被截掉了`);
    for (const [personId, { seq }] of this.#givenHeads)
      this.#fault('missing', `人员 ${personId} 的整条链(${seq} 条)被删掉了`);
  }

  #readEnd(end: Record<string, unknown>): void {
    this.#endPerson();
    this.#checkTexts();
    this.#ended = true;
    if (end['people'] !== this.#people || end['entries'] !== this.#entries)
      this.#fault('truncated', `文件应有 ${String(end['people'])} 人 ${String(end['entries'])} 条流水`);
    if (end['sha256'] !== toHex(this.#whole.digest()) && this.#faults.length === 0)
      this.#fault('file', '文件在写好之后被改过,流水本身没有变');
  }
}
