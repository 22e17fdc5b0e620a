import { toHex, type Crypto } from './crypto';
import type { RootDocument } from './format';
import { MerkleTree } from './merkle-tree';

/** Leaves built anew in total; of a longer ledger every second, third … root, the first, the kept and the newest. */
const LEAVES_LIMIT = 3_000_000;

/**
 * What the tree of a root shows when it is built anew: that the chains are those it was signed for; that at least the ends
 * recorded with it are (so that a chain which ends otherwise was rewritten); or neither.
 */
export type Shown = 'chains' | 'records' | 'nothing';

interface Pair {
  chains: MerkleTree;
  /** Only once they differ. */
  records: MerkleTree | null;
}

/** What came under a root that the one before did not cover. */
export interface Added {
  entries: number;
  settlements: number;
}

/** The trees of the signed roots, over the chains of the file and over the ends that were recorded with each root. */
export class SealTrees {
  readonly roots: readonly RootDocument[];
  readonly #pairs: ReadonlyMap<number, Pair>;
  readonly #added = new Map<number, Added>();

  /** Trees are built of none but the `proven` roots. */
  constructor(
    crypto: Crypto,
    roots: readonly RootDocument[],
    kept: readonly number[],
    proven: ReadonlySet<number>,
  ) {
    const every = Math.max(1, Math.ceil(roots.reduce((sum, { size }) => sum + size, 0) / LEAVES_LIMIT));
    const always = new Set([roots.at(-1)?.number, ...kept]);
    const chosen = roots.filter(
      ({ number }, index) => proven.has(number) && (index % every === 0 || always.has(number)),
    );
    this.roots = roots;
    this.#pairs = new Map(
      chosen.map(({ number }) => [number, { chains: new MerkleTree(crypto), records: null }]),
    );
  }

  get size(): number {
    return this.#pairs.size;
  }

  has(root: number): boolean {
    return this.#pairs.has(root);
  }

  /** Adds a person to a root's tree: as their chains are, and as was recorded. */
  add(root: number, leaf: Uint8Array, recorded: Uint8Array): void {
    const pair = this.#pairs.get(root);
    if (!pair) return;
    if (recorded !== leaf) pair.records ??= pair.chains.fork();
    pair.chains.add(leaf);
    pair.records?.add(recorded);
  }

  /** Counts what came under a root of a person's chains. */
  count(root: number, { entries, settlements }: Added): void {
    const sum = this.#added.get(root) ?? { entries: 0, settlements: 0 };
    sum.entries += entries;
    sum.settlements += settlements;
    this.#added.set(root, sum);
  }

  /** Undefined of a root whose tree was not built. */
  shown({ number, size, root }: RootDocument): Shown | undefined {
    const pair = this.#pairs.get(number);
    if (!pair) return undefined;
    const fits = (tree: MerkleTree | null): boolean => tree?.size === size && toHex(tree.root()) === root;
    if (fits(pair.chains)) return 'chains';
    return fits(pair.records) ? 'records' : 'nothing';
  }

  /** The first root whose tree shows nothing, the last built before it, and what came in between. */
  firstOff(): { root: RootDocument; before: RootDocument | null; added: Added } | null {
    let before: RootDocument | null = null;
    let added = { entries: 0, settlements: 0 };
    for (const root of this.roots) {
      const { entries = 0, settlements = 0 } = this.#added.get(root.number) ?? {};
      added = { entries: added.entries + entries, settlements: added.settlements + settlements };
      const shown = this.shown(root);
      if (shown === 'nothing') return { root, before, added };
      if (shown === undefined) continue;
      before = root;
      added = { entries: 0, settlements: 0 };
    }
    return null;
  }
}
