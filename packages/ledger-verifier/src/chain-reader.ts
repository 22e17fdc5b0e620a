import type { ChainEnd } from './format';
import type { Fault } from './report';

const GENESIS = '0'.repeat(64);

/** What an entry and a settlement have in common. */
export interface Link {
  seq: number;
  personId: string;
  previousHash: string;
}

/** Takes one chain of a person link by link, in the order of the file, and says where it cannot be so. */
export class ChainReader {
  /** The place of the next link. */
  expected = 1;
  isFaulty = false;
  readonly #personId: string;
  readonly #unit: string;
  readonly #name: string;
  readonly #report: (kind: Fault['kind'], says: string, place: number) => void;
  readonly #hashes = new Map([[0, GENESIS]]);
  /** Empty after a link that was changed, so that the next one is not blamed. */
  #previousHash = GENESIS;

  /** `unit` and `name` make the words of a fault: 条 流水, 次 结算. */
  constructor(
    personId: string,
    [unit, name]: readonly [unit: string, name: string],
    report: (kind: Fault['kind'], says: string, place: number) => void,
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
      this.fault('inserted', `${it}是插入的、重复的或被移动过`, place);
      return false;
    }
    if (place > expected) this.#missing(expected, place - 1);
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
    const { last } = this;
    const ought = Math.max(sealedTo, end?.seq ?? 0);
    if (ought > last) this.#missing(last + 1, ought);
    else if (!end) return;
    else if (end.seq < last) this.fault('inserted', `链尾之后多出了${this.#name}`, end.seq + 1);
    else if (!this.isFaulty && end.hash !== this.hashAt(last))
      this.fault('seal', `链尾的记录与${this.#name}不符`, last);
  }

  /** Where the chain ended when it had so many links. */
  endAt(seq: number): ChainEnd {
    return { hash: this.hashAt(seq) ?? '', seq };
  }

  /** Does the chain still end so, as far as it can be told? A link that is missing or unreadable has been named. */
  endsSo({ seq, hash }: ChainEnd): boolean {
    return (this.hashAt(seq) ?? hash) === hash;
  }

  fault(kind: Fault['kind'], says: string, place: number): void {
    this.isFaulty = true;
    this.#report(kind, says, place);
  }

  #missing(from: number, to: number): void {
    const which = from === to ? `这${this.#unit}` : `第 ${from}—${to} ${this.#unit}`;
    this.fault('missing', `${which}${this.#name}被删掉了`, from);
  }
}
