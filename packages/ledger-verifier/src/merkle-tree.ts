import type { Crypto } from './crypto';

// Leaves and nodes are hashed under different first bytes (RFC 6962, 2.1).
const LEAF = 0;
const NODE = 1;

export function leafHash(crypto: Crypto, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 1);
  bytes[0] = LEAF;
  bytes.set(content, 1);
  return crypto.sha256(bytes);
}

/** A tree that takes leaf after leaf and keeps only the tops of its full parts. */
export class MerkleTree {
  size = 0;
  readonly #crypto: Crypto;
  readonly #tops: { hash: Uint8Array; leaves: number }[] = [];

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  add(leaf: Uint8Array): void {
    this.size += 1;
    let top = { hash: leaf, leaves: 1 };
    for (let last = this.#tops.at(-1); last?.leaves === top.leaves; last = this.#tops.at(-1)) {
      this.#tops.pop();
      top = { hash: this.#join(last.hash, top.hash), leaves: 2 * top.leaves };
    }
    this.#tops.push(top);
  }

  /** A tree of its own with the same leaves so far. */
  fork(): MerkleTree {
    const other = new MerkleTree(this.#crypto);
    other.size = this.size;
    other.#tops.push(...this.#tops);
    return other;
  }

  root(): Uint8Array {
    const [last, ...before] = [...this.#tops].reverse();
    if (!last) return this.#crypto.sha256(new Uint8Array());
    return before.reduce((right, left) => this.#join(left.hash, right), last.hash);
  }

  #join(left: Uint8Array, right: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(65);
    bytes[0] = NODE;
    bytes.set(left, 1);
    bytes.set(right, 33);
    return this.#crypto.sha256(bytes);
  }
}
