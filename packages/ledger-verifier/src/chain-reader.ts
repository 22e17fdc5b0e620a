import type { ChainEnd } from './format';
import type { Fault } from './report';

const GENESIS = '0'.repeat(64);

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
  readonly #personId: string;
  readonly #unit: string;
  readonly #name: string;
  readonly #report: (kind: Fault['kind'], says: string, place: number) => Fault;
  readonly #gaps: Gap[] = [];
  #strays: { fault: Fault; count: number } | null = null;
  readonly #hashes = new Map([[0, GENESIS]]);
  /** Empty after a link that was changed, so that the next one is not blamed. */
  #previousHash = GENESIS;

  /** `unit` and `name` make the words of a fault: 条 流水, 次 结算. */
  constructor(
    personId: string,
    [unit, name]: readonly [unit: string, name: string],
    report: (kind: Fault['kind'], says: string, place: number) => Fault,
  ) {
    this.#personId = personId;
    this.#unit = unit;
    this.#name = name;
    this.#report = report;
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
    const it = `这${this.#unit}${this.#name}是别人的`;
    this.#strays ??= { fault: this.fault('inserted', it, this.expected), count: 0 };
    this.#strays.count += 1;
    return true;
  }

  /** Takes the next link; false where something is wrong with it. */
  take({ seq, personId, previousHash }: Link, hash: string, isWhole: boolean): boolean {
    const { expected } = this;
    const it = `这${this.#unit}${this.#name}`;
    // A changed link that still names the one before stands in its place, whatever its number says now.
    const inPlace = seq === expected || (!isWhole && previousHash === this.#previousHash);
    const place = inPlace || !Number.isInteger(seq) ? expected : seq;
    if (!isWhole) this.fault('changed', `${it}被改过`, place);
    else if (personId !== this.#personId) this.fault('inserted', `${it}是别人的`, place);
    if (place < expected) {
      if (!isWhole || !this.#fills(place, previousHash, hash))
        this.fault('inserted', `${it}是插入的、重复的或被移动过`, place);
      return false;
    }
    if (place > expected) this.#missing(expected, place - 1, isWhole ? previousHash : undefined);
    else if (isWhole && this.#previousHash !== '' && previousHash !== this.#previousHash)
      this.fault(
        'broken-link',
        `${it}接不上前一${this.#unit}：第 ${place - 1} ${this.#unit}或这一${this.#unit}被整${this.#unit}换过`,
        place,
      );
    this.#hashes.set(place, hash);
    this.expected = place + 1;
    this.#previousHash = isWhole ? hash : '';
    return isWhole;
  }

  /** A link that cannot be read still takes its place. */
  skip(): void {
    this.fault('file', '这一行读不出来，内容被改过', this.expected);
    this.expected += 1;
    this.#previousHash = '';
  }

  /** Compares with the recorded end (null: there is none) and with how far a root covers the chain. */
  close(end: ChainEnd | null, sealedTo: number): void {
    for (const gap of this.#gaps) this.#sayMoved(gap);
    if (this.#strays && this.#strays.count > 1)
      this.#strays.fault.says = `从这里起有 ${this.#strays.count} ${this.#unit}${this.#name}是别人的`;
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
      if (first && hash === next)
        fault.says = `${this.#which(from, to)}被移到了文件第 ${first.line} 行，人员 ${first.under} 名下`;
    }
  }

  #checkEnd(end: ChainEnd | null, sealedTo: number): void {
    const { last } = this;
    const ought = Math.max(sealedTo, end?.seq ?? 0);
    if (ought > last) this.#missing(last + 1, ought, end?.seq === ought ? end.hash : undefined);
    else if (!end) return;
    else if (end.seq < last) this.fault('inserted', this.#beyond(end.seq), end.seq + 1);
    else if (!this.isFaulty && end.hash !== this.hashAt(last))
      this.fault('seal', `末尾记录与${this.#name}不符`, last);
  }

  /** A recorded end of nothing is one that was removed. */
  #beyond(seq: number): string {
    return seq === 0 ? `${this.#name}还在，末尾记录却被删掉了` : `末尾记录之后多出了${this.#name}`;
  }

  /** Where the chain ended when it had so many links. */
  endAt(seq: number): ChainEnd {
    return { hash: this.hashAt(seq) ?? '', seq };
  }

  /** Does the chain still end so, as far as it can be told? A link that is missing or unreadable has been named. */
  endsSo({ seq, hash }: ChainEnd): boolean {
    return (this.hashAt(seq) ?? hash) === hash;
  }

  fault(kind: Fault['kind'], says: string, place: number): Fault {
    this.isFaulty = true;
    return this.#report(kind, says, place);
  }

  #which(from: number, to: number): string {
    return `${from === to ? `这${this.#unit}` : `第 ${from}—${to} ${this.#unit}`}${this.#name}`;
  }

  #missing(from: number, to: number, next: string | undefined): void {
    const fault = this.fault('missing', `${this.#which(from, to)}被删掉了`, from);
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
    const filled = Array.from({ length: to - from + 1 }, (_, index) => this.#hashes.has(from + index));
    const moved = filled.lastIndexOf(true) + from;
    const says = `${this.#which(from, moved)}被移到了第 ${movedAfter} ${this.#unit}之后`;
    fault.says = moved === to ? says : `${says}，${this.#which(moved + 1, to)}被删掉了`;
  }
}
