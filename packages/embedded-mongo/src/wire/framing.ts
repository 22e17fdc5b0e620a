/** A message longer than this is not even received. */
export const LARGEST_MESSAGE = 48_000_000;

const HEADER_BYTES = 16;

/** Cuts a byte stream into messages, each beginning with its length. */
export class Framing {
  #chunks: Buffer[] = [];
  #received = 0;
  #expected = 0;

  /** The messages that are complete with this chunk. Throws when a length is impossible: the stream is lost then. */
  push(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    while (this.#received >= (this.#expected || 4)) {
      if (this.#expected === 0) {
        this.#expected = this.#peekLength();
        if (this.#expected < HEADER_BYTES || this.#expected > LARGEST_MESSAGE) {
          throw new Error(`impossible message length ${this.#expected}`);
        }
        continue;
      }
      const all = this.#join();
      messages.push(all.subarray(0, this.#expected));
      this.#chunks = this.#expected < all.length ? [all.subarray(this.#expected)] : [];
      this.#received -= this.#expected;
      this.#expected = 0;
    }
    return messages;
  }

  #peekLength(): number {
    const first = this.#chunks[0] as Buffer;
    return first.length >= 4 ? first.readInt32LE(0) : this.#join().readInt32LE(0);
  }

  #join(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] as Buffer;
  }
}
