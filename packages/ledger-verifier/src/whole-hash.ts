import { toHex, type Crypto, type Hasher } from './crypto';

const NEWLINE = Uint8Array.of(10);

/** The hash of all lines. Lines that follow each other in memory, an end of line between them, go into it together. */
export class WholeHash {
  readonly #hasher: Hasher;
  #waiting: Uint8Array | null = null;

  constructor(crypto: Crypto) {
    this.#hasher = crypto.hasher();
  }

  add(line: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = line;
    const waiting = this.#waiting;
    const follows = waiting?.buffer === buffer && waiting.byteOffset + waiting.byteLength + 1 === byteOffset;
    if (!follows) this.settle();
    const from = follows ? waiting.byteOffset : byteOffset;
    this.#waiting = new Uint8Array(buffer, from, byteOffset + byteLength - from);
  }

  /** Takes in what waits, before its memory is used for something else. */
  settle(): void {
    if (!this.#waiting) return;
    this.#hasher.update(this.#waiting);
    this.#hasher.update(NEWLINE);
    this.#waiting = null;
  }

  /** Of the lines so far; more may follow. */
  hex(): string {
    this.settle();
    return toHex(this.#hasher.fork().digest());
  }
}
