import type { ChainEnd } from './format';
import type { At, Findings } from './findings';
import type { Fault } from './report';
import { linksFrom, through, type Said, type Unit } from './said';

const GENESIS = '0'.repeat(64);
/** A link may stand so far beyond what is known to have been there; a greater number is none that the product wrote. */
const LEAP = 100;

/** What an entry and a settlement have in common. */
export interface Link {
  seq: number;
  personId: string;
  previousHash: string;
}

/** A link that lies among another person's, as it is there. */
export interface Stray extends Link {
  hash: string;
  line: number;
  /** The number of the person among whose they lie. */
  under: string;
}

/** Links that do not stand in their place. */
interface Gap {
  from: number;
  to: number;
  /** What the link after them, or the recorded end, says of the last of them. */
  next: string | undefined;
  /** After which place some came all the same. */
  movedAfter: number | null;
  fault: Fault;
}

/** Takes one chain of a person link by link, in the order of the file, and says where it cannot be so. */
export class ChainReader {
  /** The place of the next link. */
  expected = 1;
  isFaulty = false;
  /** By how many links it is shorter than it was sealed, though it was made to end so. */
  shortBy = 0;
  /** It has been said which links it lacks. */
  isNamed = false;
  /** So many links are known to have been there. */
  known = 0;
  readonly #personId: string;
  readonly #unit: Unit;
  readonly #findings: Findings;
  readonly #gaps: Gap[] = [];
  #strays: { fault: Fault; count: number } | null = null;
  readonly #hashes = new Map([[0, GENESIS]]);
  /** Empty after a link that was changed, so that the next one is not blamed. */
  #previousHash = GENESIS;

  constructor(personId: string, unit: Unit, findings: Findings) {
    this.#personId = personId;
    this.#unit = unit;
    this.#findings = findings;
  }

  get last(): number {
    return this.expected - 1;
  }

  hashAt(place: number): string | undefined {
    return this.#hashes.get(place);
  }

  /** Is it a whole link of somebody else's chain? It is said once, of the first, how many there are. */
  isStray({ personId, previousHash }: Link, isWhole: boolean): boolean {
    if (!isWhole || personId === this.#personId) return false;
    // One that joins stands in a place of this chain; at the beginning every first link does.
    if (previousHash === this.#previousHash && previousHash !== GENESIS) return false;
    this.#strays ??= { fault: this.fault('inserted', this.#isOthers(), this.expected), count: 0 };
    this.#strays.count += 1;
    return true;
  }

  /** Takes the next link; false where something is wrong with it. */
  take({ seq, personId, previousHash }: Link, hash: string, isWhole: boolean): boolean {
    const { expected } = this;
    const { zh, name, one } = this.#unit;
    const it = `这${zh}${name}`;
    // A changed link that still names the one before stands in its place, whatever its number says now.
    const inPlace = seq === expected || (!isWhole && previousHash === this.#previousHash);
    const isNumber = Number.isInteger(seq) && seq > 0;
    if (!inPlace && (!isNumber || seq > Math.max(this.known, expected + LEAP))) {
      this.fault(isWhole ? 'inserted' : 'changed', this.#impossible(seq), expected);
      return false;
    }
    const place = inPlace ? expected : seq;
    if (!isWhole) this.fault('changed', { zh: `${it}被改过`, en: `this ${one} was changed` }, place);
    else if (personId !== this.#personId) this.fault('inserted', this.#isOthers(), place);
    if (place < expected) {
      if (!isWhole || !this.#fills(place, previousHash, hash))
        this.fault(
          'inserted',
          {
            zh: `${it}是插入的、重复的或被移动过`,
            en: `this ${one} was inserted, is there twice or was moved`,
          },
          place,
        );
      return false;
    }
    if (place > expected) this.#missing(expected, place - 1, isWhole ? previousHash : undefined);
    else if (isWhole && this.#previousHash !== '' && previousHash !== this.#previousHash)
      this.fault(
        'broken-link',
        {
          zh: `${it}接不上前一${zh}：第 ${place - 1} ${zh}或这一${zh}被整${zh}换过`,
          en: `this ${one} does not follow from the one before: ${one} ${place - 1} or this one was replaced as a whole`,
        },
        place,
      );
    this.#hashes.set(place, hash);
    this.expected = place + 1;
    this.#previousHash = isWhole ? hash : '';
    return isWhole;
  }

  /** A link that cannot be read still takes its place. */
  skip(): void {
    this.fault(
      'file',
      { zh: '这一行读不出来，内容被改过', en: 'this line cannot be read: it was changed' },
      this.expected,
    );
    this.expected += 1;
    this.#previousHash = '';
  }

  /** Compares with the recorded end (null: there is none) and with how far a root covers the chain. */
  close(end: ChainEnd | null, sealedTo: number): void {
    for (const gap of this.#gaps) this.#sayMoved(gap);
    if (this.#strays && this.#strays.count > 1) {
      const { zh, name, many } = this.#unit;
      const { count, fault } = this.#strays;
      fault.says = `从这里起有 ${count} ${zh}${name}是别人的`;
      fault.english = `from here on ${count} ${many} are somebody else's`;
    }
    this.#checkEnd(end, sealedTo);
  }

  /** Do links not stand in their place? */
  get isBroken(): boolean {
    return this.#gaps.length > 0;
  }

  /** Says of links that lie whole among another person's where they are. */
  find(strays: readonly Stray[]): void {
    for (const { from, to, next, fault } of this.#gaps) {
      let hash = this.hashAt(from - 1);
      let first: Stray | undefined;
      for (let place = from; place <= to && hash !== undefined; place += 1) {
        const stray = strays.find((one) => one.seq === place && one.previousHash === hash);
        first ??= stray;
        hash = stray?.hash;
      }
      if (!first || hash !== next) continue;
      const { zh, en } = this.#which(from, to);
      fault.says = `${zh}被移到了文件第 ${first.line} 行，人员 ${first.under} 名下`;
      fault.english = `${en} moved to line ${first.line} of the file, under person ${first.under}`;
    }
  }

  #checkEnd(end: ChainEnd | null, sealedTo: number): void {
    const { last } = this;
    const { zh, name, one, many } = this.#unit;
    if (!end) {
      if (sealedTo > last) this.#missing(last + 1, sealedTo, undefined);
      return;
    }
    const isAsRecorded = end.seq === last && end.hash === this.hashAt(last);
    if (end.seq < last && end.seq > 0 && sealedTo > end.seq)
      this.fault('seal', {
        zh: `末尾记录被改过：它写着 ${end.seq} ${zh}，封存却盖到第 ${sealedTo} ${zh}，${name}也还在`,
        en: `the recorded end was changed: it says ${end.seq} ${many}, but a seal covers ${sealedTo}, and the ${many} are still there`,
      });
    else if (end.seq < last) this.fault('inserted', this.#beyond(end.seq), end.seq + 1);
    else if (end.seq > Math.max(this.known, sealedTo, last + LEAP))
      this.fault('seal', {
        zh: `末尾记录写着 ${end.seq} ${zh}${name}，这个数不可能：文件里有 ${last} ${zh}`,
        en: `the recorded end says ${end.seq} ${many}, which cannot be: the file has ${last}`,
      });
    else if (end.seq > last && sealedTo <= last && last > 0 && end.hash === this.hashAt(last))
      this.fault('seal', {
        zh: `末尾记录的${zh}数被改过：写着 ${end.seq} ${zh}，指纹却是第 ${last} ${zh}的`,
        en: `the number in the recorded end was changed: it says ${end.seq} ${many}, but its hash is that of ${one} ${last}`,
      });
    else if (isAsRecorded && sealedTo > last && last > 0 && !this.isFaulty) this.shortBy = sealedTo - last;
    else if (Math.max(sealedTo, end.seq) > last)
      this.#missing(
        last + 1,
        Math.max(sealedTo, end.seq),
        end.seq >= sealedTo && end.seq > last ? end.hash : undefined,
      );
    else if (!this.isFaulty && !isAsRecorded)
      this.fault(
        'seal',
        { zh: `末尾记录与${name}不符`, en: `the recorded end does not agree with the last ${one}` },
        last,
      );
  }

  /** A recorded end of nothing is one that was removed. */
  #beyond(seq: number): Said {
    const { name, many } = this.#unit;
    return seq === 0
      ? {
          zh: `${name}还在，末尾记录却被删掉了`,
          en: `the ${many} are there, but their recorded end was removed`,
        }
      : { zh: `末尾记录之后多出了${name}`, en: `there are ${many} beyond the recorded end` };
  }

  #isOthers(): Said {
    const { zh, name, one } = this.#unit;
    return { zh: `这${zh}${name}是别人的`, en: `this ${one} is somebody else's` };
  }

  #impossible(seq: number): Said {
    const { zh, name, one } = this.#unit;
    return {
      zh: `这${zh}${name}写着是第 ${String(seq)} ${zh}，这个编号不可能：它是插入的，或被改过`,
      en: `this ${one} says that it is number ${String(seq)}, which cannot be: it was inserted or changed`,
    };
  }

  /** Where the chain ended when it had so many links. */
  endAt(seq: number): ChainEnd {
    return { hash: this.hashAt(seq) ?? '', seq };
  }

  /** Does the chain still end so, as far as it can be told? A link that is missing or unreadable has been named. */
  endsSo({ seq, hash }: ChainEnd): boolean {
    if (this.shortBy > 0 && seq > this.last) return false;
    return (this.hashAt(seq) ?? hash) === hash;
  }

  /** At a place of the chain, or (none) of it as a whole; in the line that is being read where none is given. */
  fault(kind: Fault['kind'], said: Said, place?: number, line?: number): Fault {
    this.isFaulty = true;
    const at: At =
      place === undefined ? {} : this.#unit.one === 'entry' ? { seq: place } : { settlement: place };
    return this.#findings.add(kind, said, at, line);
  }

  /** In English with its verb, which is "was" or "were". */
  #which(from: number, to: number): Said {
    const { zh, name, one } = this.#unit;
    if (from === to) return { zh: `这${zh}${name}`, en: `this ${one} was` };
    const said = linksFrom(from, to, this.#unit);
    return { zh: said.zh, en: `${said.en} were` };
  }

  #missing(from: number, to: number, next: string | undefined): void {
    const { zh, en } = this.#which(from, to);
    const fault = this.fault('missing', { zh: `${zh}被删掉了`, en: `${en} removed` }, from);
    this.#gaps.push({ from, to, next, movedAfter: null, fault });
  }

  /** A link that comes too late, but joins those around its place, was moved. */
  #fills(place: number, previousHash: string, hash: string): boolean {
    const gap = this.#gaps.find(({ from, to }) => from <= place && place <= to);
    const isOwn = previousHash === this.hashAt(place - 1) && (place !== gap?.to || hash === gap.next);
    if (!gap || !isOwn || this.#hashes.has(place)) return false;
    this.#hashes.set(place, hash);
    gap.movedAfter ??= this.last;
    return true;
  }

  #sayMoved({ from, to, movedAfter, fault }: Gap): void {
    if (movedAfter === null) return;
    const moved = through(from, to).findLast((place) => this.#hashes.has(place))!;
    const first = this.#which(from, moved);
    const says = `${first.zh}被移到了第 ${movedAfter} ${this.#unit.zh}之后`;
    const english = `${first.en} moved behind ${this.#unit.one} ${movedAfter}`;
    const rest = this.#which(moved + 1, to);
    fault.says = moved === to ? says : `${says}，${rest.zh}被删掉了`;
    fault.english = moved === to ? english : `${english}, ${rest.en} removed`;
  }
}
