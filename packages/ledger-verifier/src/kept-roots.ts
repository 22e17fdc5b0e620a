import type { Crypto } from './crypto';
import { toHex } from './crypto';
import type { HeadLine, KeyDocument, RootDocument, RootFile } from './format';
import { MerkleTree } from './merkle-tree';
import { digest, isRootSigned, leafOf } from './signing';

/** Where a person's chains ended when a root was made that somebody has kept with its heads. */
export interface KeptHead extends HeadLine {
  root: RootDocument;
  /** The person's number of that day, where the file has it. */
  no: string | undefined;
}

interface Kept extends RootFile {
  /** Are its heads those of the root? */
  agrees: boolean;
}

/** The roots that were kept apart from the server, oldest first. Heads that are not those of their root speak for nobody. */
export class KeptRoots {
  readonly numbers: readonly number[];
  readonly newest: RootDocument | null;
  /** The newest of those whose heads can be used. */
  readonly newestWithHeads: RootDocument | null;
  readonly #crypto: Crypto;
  readonly #files: readonly Kept[];
  readonly #heads = new Map<string, KeptHead[]>();

  constructor(crypto: Crypto, files: readonly RootFile[]) {
    this.#crypto = crypto;
    this.#files = files
      .map((file) => ({ ...file, agrees: this.#agrees(file) }))
      .sort((a, b) => a.root.number - b.root.number);
    this.numbers = [...new Set(this.#files.map(({ root }) => root.number))];
    this.newest = this.#files.at(-1)?.root ?? null;
    const usable = this.#files.filter(
      ({ root, keys, heads, agrees }) =>
        agrees && heads.length > 0 && (keys.length === 0 || isRootSigned(crypto, root, keys)),
    );
    this.newestWithHeads = usable.at(-1)?.root ?? null;
    for (const { root, heads } of usable) {
      for (const [id, seq, hash, settlements, settledHash, no] of heads) {
        const own = this.#heads.get(id) ?? [];
        this.#heads.set(id, own);
        own.push({ root, seq, hash, settled: { seq: settlements, hash: settledHash }, no });
      }
    }
  }

  /** Is it the key that was kept, if any was? */
  knowsKey({ number, x }: KeyDocument): boolean {
    return this.#files.every(({ keys }) => keys.every((key) => key.number !== number || key.x === x));
  }

  /** Is it the root that was kept, if any was? */
  knowsRoot(root: RootDocument): boolean {
    const hash = digest(this.#crypto, root);
    return this.#files.every(
      (kept) => kept.root.number !== root.number || digest(this.#crypto, kept.root) === hash,
    );
  }

  /** A person's heads, oldest first; who was asked for is not left over. */
  take(personId: string): readonly KeptHead[] {
    const found = this.#heads.get(personId) ?? [];
    this.#heads.delete(personId);
    return found;
  }

  /** The newest heads of those nobody has asked for. */
  get left(): readonly (readonly [personId: string, head: KeptHead])[] {
    return [...this.#heads].map(([id, heads]) => [id, heads.at(-1)!] as const);
  }

  /** What is wrong with the files themselves; `keys` are those of the ledger, for roots that were kept without. */
  faults(keys: readonly KeyDocument[]): string[] {
    return this.#files.flatMap(({ root, keys: own, agrees }) => {
      const name = `另行保存的第 ${root.number} 号封存`;
      if (!isRootSigned(this.#crypto, root, own.length > 0 ? own : keys))
        return [`${name}签名不对，或不是这本流水的`];
      return agrees ? [] : [`${name}文件自己被改过：其中的链头不是所签名的那些，没有用它们对照`];
    });
  }

  #agrees({ root, heads }: RootFile): boolean {
    if (heads.length === 0) return true;
    const tree = new MerkleTree(this.#crypto);
    for (const [id, seq, hash, settlements, settledHash] of heads.toSorted(([a], [b]) => (a < b ? -1 : 1)))
      tree.add(leafOf(this.#crypto, id, { seq, hash, settled: { seq: settlements, hash: settledHash } }));
    return tree.size === root.size && toHex(tree.root()) === root.root;
  }
}
