import { ENOUGH, joined, noExport, whyNoExport, withoutMark } from './beginning';
import type { Crypto } from './crypto';
import { EncodingWatch } from './encoding';
import { Findings, ranked, type At } from './findings';
import {
  FORMATS,
  UnreadableExportError,
  type ExportLine,
  type PersonLine,
  type RootFile,
  type SealRow,
} from './format';
import { KeptRoots } from './kept-roots';
import { LineSplitter } from './line-splitter';
import { PersonJudge } from './person-judge';
import { PersonReader, type Strays } from './person-reader';
import type { ChainReader } from './chain-reader';
import type { Report } from './report';
import { RootsReader } from './roots-reader';
import {
  begunAgain,
  NOT_AS_WRITTEN,
  OUT_OF_ORDER,
  PERSON_GONE,
  PERSON_TWICE,
  sayAfterEnd,
  sayAllGone,
  sayCounts,
  sayUnfinished,
  SEALS_TWICE,
  SHAPELESS,
  UNKNOWN,
  UNREADABLE,
} from './line-words';
import { SealedLists } from './sealed-lists';
import { personIn, shaped } from './shapes';
import { WholeHash } from './whole-hash';
import { judgeWhole } from './whole-file';

/**
 * Reads an export from its first byte to its last and says what cannot be so. It knows one person at a time, so its
 * memory does not grow with the ledger, and it goes on after a fault, so that each is named where it lies.
 */
export class LedgerVerifier {
  readonly #crypto: Crypto;
  readonly #kept: KeptRoots;
  readonly #splitter = new LineSplitter((line) => this.#readLine(line));
  readonly #whole: WholeHash;
  readonly #encoding = new EncodingWatch();
  readonly #decoder = new TextDecoder();
  readonly #findings = new Findings();
  readonly #lists: SealedLists;
  readonly #roots: RootsReader;
  readonly #strays: Strays = new Map();
  /** The chains of those who miss a link. */
  readonly #broken: { key: string; chain: ChainReader }[] = [];
  #judge: PersonJudge | null = null;
  #reader: PersonReader | null = null;
  #madeAt: string | undefined;
  /** Seals of somebody whose own line is missing. */
  #ownerless: SealRow[] | null = null;
  #lastPerson = '';
  /** The first bytes, until they tell whether it is an export. */
  #first: Uint8Array | null = new Uint8Array();
  #hasMark = false;
  #afterEnd: { line: number; count: number } | null = null;
  #people = 0;
  #personLines = 0;
  #entries = 0;
  #settlements = 0;
  #ended = false;
  /** The line that is read has no end: it may be half of one. */
  #isOpen = false;
  /** Is the hash of all lines the one of the last line? */
  #isAsWritten = true;

  /** `kept`: the signed roots that somebody has kept apart from the server. */
  constructor(crypto: Crypto, kept: readonly RootFile[] = []) {
    this.#crypto = crypto;
    this.#kept = new KeptRoots(crypto, kept);
    this.#whole = new WholeHash(crypto);
    this.#lists = new SealedLists(crypto, this.#findings);
    this.#roots = new RootsReader(crypto, this.#kept, this.#findings, this.#lists);
  }

  push(chunk: Uint8Array): void {
    if (this.#first === null) return this.#take(chunk);
    this.#first = joined(this.#first, chunk);
    if (this.#first.length >= ENOUGH) this.#begin(this.#first);
  }

  finish(): Report {
    if (this.#first !== null) this.#begin(this.#first);
    this.#isOpen = true;
    this.#splitter.finish();
    if (!this.#ended) this.#endUnfinished();
    if (this.#afterEnd) this.#sayAfterEnd(this.#afterEnd);
    const judge = this.#judging();
    for (const { key, chain } of this.#broken) chain.find(this.#strays.get(key) ?? []);
    this.#roots.checkKept(this.#ended);
    this.#roots.checkMadeAt(this.#madeAt);
    if (this.#ended) this.#sayMissing();
    judgeWhole(judge, this.#roots.withoutEnds, this.#findings, this.#ended);
    if (!this.#isAsWritten && this.#findings.faults.length === 0)
      this.#findings.ofFile('file', NOT_AS_WRITTEN, { line: this.#findings.line });
    return this.#report(judge);
  }

  #report(judge: PersonJudge): Report {
    const { chains, histories, unsealed, rederived } = judge;
    const { anchor, roots, held, keys } = this.#roots;
    const newest = anchor ?? roots.at(-1);
    return {
      faults: ranked(this.#findings.faults),
      isComplete: this.#ended,
      people: this.#people,
      entries: this.#entries,
      settlements: this.#settlements,
      roots: roots.length,
      newestRoot: newest ? { number: newest.number, day: newest.day, isKept: newest === anchor } : null,
      rebuilt: chains.size,
      historiesUntil: histories.coveredUntil(newest),
      historiesFrom: roots.find((root) => root.histories)?.histories?.day ?? null,
      countersignatures: this.#lists.countersignatureReport(newest, roots),
      unsealed: unsealed.sums,
      unsealedLinks: unsealed.links,
      unsealedHistories: unsealed.histories,
      regulations: this.#lists.regulationReport(newest),
      keptRoots: [...new Set(held.map(({ number }) => number))],
      rederived,
      firstKey: keys[0]?.keyId ?? null,
      fileSha256: this.#splitter.isPlain && !this.#hasMark ? this.#whole.hex() : null,
    };
  }

  #begin(first: Uint8Array): void {
    const why = whyNoExport(first);
    if (why !== null) throw new UnreadableExportError(why);
    this.#first = null;
    const marked = withoutMark(first);
    this.#hasMark = marked.length < first.length;
    this.#take(marked);
  }

  #take(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
    this.#whole.settle();
  }

  #readLine(bytes: Uint8Array): void {
    this.#findings.line += 1;
    if (this.#ended) return this.#readAfterEnd(bytes);
    const text = this.#decoder.decode(bytes);
    let value: Record<string, unknown>;
    try {
      value = JSON.parse(text) as Record<string, unknown>;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
    } catch {
      this.#whole.add(bytes);
      return this.#skip(text, bytes);
    }
    const end = value['end'];
    if (typeof end === 'object' && end !== null) return this.#readEnd(end as Record<string, unknown>, bytes);
    this.#whole.add(bytes);
    try {
      this.#encoding.see(text, bytes.length, this.#takeLine(value, bytes));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#beginDamaged(text);
      this.#findings.add('file', SHAPELESS, this.#placeOf(text));
    }
  }

  /** An end of line too many says nothing. */
  #readAfterEnd(bytes: Uint8Array): void {
    this.#whole.add(bytes);
    if (bytes.length === 0) return;
    this.#afterEnd ??= { line: this.#findings.line, count: 0 };
    this.#afterEnd.count += 1;
  }

  #sayAfterEnd({ line, count }: { line: number; count: number }): void {
    this.#findings.ofFile('inserted', sayAfterEnd(count), { line });
  }

  /** A person's line that is damaged still begins them, as long as it says who they are. */
  #beginDamaged(text: string): void {
    const person = personIn(text);
    if (person) this.#readPerson(person);
  }

  /** A line that cannot be read: of a chain it still takes its place, so that the next one is not blamed. */
  #skip(text: string, bytes: Uint8Array): void {
    if (this.#isOpen) return;
    if (text.includes('{"export":{"format":'))
      throw new UnreadableExportError(begunAgain(this.#findings.line));
    this.#encoding.see(text, bytes.length, false);
    const reader = this.#reader;
    if (reader && text.startsWith('{"entry"')) {
      this.#entries += 1;
      reader.chain.skip();
    } else if (reader && text.startsWith('{"settlement"')) {
      this.#settlements += 1;
      reader.settled.skip();
    } else {
      this.#beginDamaged(text);
      this.#findings.add('file', UNREADABLE);
    }
  }

  #placeOf(text: string): At {
    if (!this.#reader) return {};
    if (text.startsWith('{"settlement"')) return { settlement: this.#reader.settled.expected };
    return text.startsWith('{"entry"') ? { seq: this.#reader.chain.expected } : {};
  }

  /** False where a line is known not to have the bytes that were hashed. */
  #takeLine(value: Record<string, unknown>, bytes: Uint8Array): boolean {
    if (this.#findings.line === 1) this.#readExport(value['export'] as ExportLine | undefined);
    else if ('export' in value) throw new UnreadableExportError(begunAgain(this.#findings.line));
    else if ('entry' in value) {
      this.#entries += 1;
      return this.#ownerOf(value['entry']).readEntry(value, bytes);
    } else if ('settlement' in value) {
      this.#settlements += 1;
      return this.#ownerOf(value['settlement']).readSettlement(value, bytes);
    } else if ('person' in value) {
      this.#personLines += 1;
      this.#readPerson(shaped('person', value));
    } else if ('seals' in value) this.#readSeals(shaped('seals', value));
    else if ('head' in value) this.#ownerOf(null).head = shaped('head', value);
    else if ('standing' in value) this.#ownerOf(null).standings.push(shaped('standing', value));
    else if ('key' in value) this.#roots.readKey(shaped('key', value));
    else if ('root' in value) this.#roots.readRoot(shaped('root', value));
    else if ('countersignature' in value)
      this.#lists.readCountersignature(shaped('countersignature', value), bytes, this.#roots.roots);
    else if ('regulation' in value)
      return this.#lists.readRegulation(shaped('regulation', value), bytes, this.#findings.line);
    else this.#findings.add('inserted', UNKNOWN);
    return true;
  }

  #readExport(value: ExportLine | undefined): void {
    if (typeof value?.format !== 'number') throw noExport();
    if (!FORMATS.includes(value.format))
      throw new UnreadableExportError(
        `这个导出是第 ${value.format} 版格式，这里只认第 ${FORMATS.join('、')} 版 / an export of format ${value.format}; this verifier reads formats ${FORMATS.join(', ')}`,
      );
    this.#lists.baseNames = value.bases ?? {};
    this.#madeAt = value.madeAt;
  }

  /** Whose a line is: of seals without a person's line the links after them say it. */
  #ownerOf(link: unknown): PersonReader {
    if (this.#ownerless) {
      const seals = this.#ownerless;
      this.#ownerless = null;
      const { personId: id = '' } = (link ?? {}) as { personId?: string };
      const reader = this.#readPerson({ id, no: this.#kept.noOf(id) ?? id, isDamaged: true });
      reader.seals = seals;
      this.#findings.add('missing', PERSON_GONE, {}, reader.line - 1);
    }
    if (!this.#reader) throw new TypeError('no person');
    return this.#reader;
  }

  #readSeals(seals: SealRow[]): void {
    const reader = this.#reader;
    if (reader && reader.seals === null && reader.isBare) reader.seals = seals;
    else if (reader?.head === null) this.#findings.add('inserted', SEALS_TWICE);
    else {
      this.#endPerson();
      this.#ownerless = seals;
    }
  }

  #readPerson(person: PersonLine): PersonReader {
    if (this.#reader?.isBare && this.#reader.person.id === person.id) {
      this.#findings.add('inserted', PERSON_TWICE);
      return this.#reader;
    }
    this.#endPerson();
    this.#judging();
    this.#people += 1;
    const reader = new PersonReader(
      this.#crypto,
      this.#findings,
      this.#strays,
      person,
      this.#kept.knownOf(person.id),
    );
    this.#reader = reader;
    this.#findings.whose = reader;
    if (person.id <= this.#lastPerson) this.#findings.add('inserted', OUT_OF_ORDER);
    this.#lastPerson = person.id;
    return reader;
  }

  #judging(): PersonJudge {
    return (this.#judge ??= new PersonJudge(
      this.#crypto,
      this.#findings,
      this.#roots,
      this.#kept,
      this.#lists,
      this.#madeAt,
    ));
  }

  #endPerson(): void {
    const reader = this.#reader;
    if (!reader) return;
    this.#judging().judge(reader);
    const { id } = reader.person;
    if (reader.chain.isBroken) this.#broken.push({ key: `entry ${id}`, chain: reader.chain });
    if (reader.settled.isBroken) this.#broken.push({ key: `settlement ${id}`, chain: reader.settled });
    this.#leavePerson();
  }

  #leavePerson(): void {
    this.#reader = null;
    this.#findings.whose = null;
  }

  #readEnd(end: Record<string, unknown>, bytes: Uint8Array): void {
    this.#endPerson();
    this.#lists.check();
    this.#ended = true;
    const { people, settlements, entries } = end;
    const isCounted = people === this.#people || people === this.#personLines;
    if (!isCounted || settlements !== this.#settlements || entries !== this.#entries)
      this.#findings.ofFile(
        'truncated',
        sayCounts(end, { people: this.#people, settlements: this.#settlements, entries: this.#entries }),
        { line: this.#findings.line, ...(this.#findings.faults.length > 0 ? { follows: true } : {}) },
      );
    this.#isAsWritten = end['sha256'] === this.#whole.hex();
    this.#whole.add(bytes);
  }

  /** A file that stops: whom it stops in, nothing is said of, and who was to come is counted. */
  #endUnfinished(): void {
    if (this.#reader?.head) this.#endPerson();
    else if (this.#reader) this.#kept.take(this.#reader.person.id);
    this.#leavePerson();
    if (this.#people > 0) this.#lists.check();
    const beyond = this.#kept.left(Infinity).filter(([personId]) => personId > this.#lastPerson).length;
    const { line } = this.#findings;
    this.#findings.ofFile('truncated', sayUnfinished(line, beyond), { line });
  }

  #sayMissing(): void {
    for (const [personId, { no, seq, settled }] of this.#kept.left(this.#roots.reach))
      this.#findings.ofFile('missing', sayAllGone(settled.seq, seq), { person: no ?? personId });
  }
}
