import type { Crypto } from './crypto';
import { toHex } from './crypto';
import type { HeadLine, KeyDocument, RootDocument, RootFile } from './format';
import { MerkleTree } from './merkle-tree';
import type { Said } from './said';
import { digest, historyLeaf, isAnnounced, isRootSigned, leafOf } from './signing';

/** Where a person's chains ended when a root was made that somebody has kept with its heads. */
export interface KeptHead extends HeadLine {
  root: RootDocument;
  /** The person's number of that day, where the file has it. */
  no: string | undefined;
  /** The digest of the person's history, where the root covers it. */
  history: string | undefined;
}

interface Kept extends RootFile {
  /** Are its heads those of the root? */
  agrees: boolean;
  /** Do its own keys, where it has some, announce each other and sign its root? If not, it speaks against nothing. */
  isSound: boolean;
}

/** The roots that were kept apart from the server, oldest first. Heads that are not those of their root speak for nobody. */
export class KeptRoots {
  /** The newest of those whose heads can be used. */
  readonly newestWithHeads: RootDocument | null;
  readonly #crypto: Crypto;
  readonly #files: readonly Kept[];
  readonly #heads = new Map<string, KeptHead[]>();

  constructor(crypto: Crypto, files: readonly RootFile[]) {
    this.#crypto = crypto;
    this.#files = files
      .map((file) => ({ ...file, agrees: this.#agrees(file), isSound: this.#isSound(file) }))
      .sort((a, b) => a.root.number - b.root.number);
    const usable = this.#files.filter(({ heads, agrees, isSound }) => agrees && heads.length > 0 && isSound);
    this.newestWithHeads = usable.at(-1)?.root ?? null;
    for (const { root, heads } of usable) {
      for (const [id, seq, hash, settlements, settledHash, no, history] of heads) {
        const own = this.#heads.get(id) ?? [];
        this.#heads.set(id, own);
        own.push({ root, seq, hash, settled: { seq: settlements, hash: settledHash }, no, history });
      }
    }
  }

  /** Is it the key that was kept, if any was? */
  knowsKey({ number, x }: KeyDocument): boolean {
    return this.#files.every(
      ({ keys, isSound }) => !isSound || keys.every((key) => key.number !== number || key.x === x),
    );
  }

  /** Is it the root that was kept, if any was? */
  knowsRoot(root: RootDocument): boolean {
    const hash = digest(this.#crypto, root);
    return this.#files.every(
      (kept) => !kept.isSound || kept.root.number !== root.number || digest(this.#crypto, kept.root) === hash,
    );
  }

  /** Those whose signature holds, oldest first; `keys` are those of the ledger, for roots that were kept without. */
  held(keys: readonly KeyDocument[]): RootDocument[] {
    return this.#held(keys).map(({ root }) => root);
  }

  /**
   * Which of the ledger's signed roots belong to the chain of those held: they are one, or join one by the hash of the
   * root before. With none held near them it is those that the kept keys signed.
   */
  proven(
    roots: readonly RootDocument[],
    keys: readonly KeyDocument[],
    unsigned: ReadonlySet<number>,
  ): Set<number> {
    const held = this.#held(keys);
    const signed = roots.filter(({ number }) => !unsigned.has(number));
    const next = (roots.at(-1)?.number ?? 0) + 1;
    if (held.every(({ root }) => root.number > next)) {
      const isByKept = (root: RootDocument): boolean =>
        held.every(({ keys: own }) => own.length === 0 || isRootSigned(this.#crypto, root, own));
      return new Set(signed.filter(isByKept).map(({ number }) => number));
    }
    const vouched = new Set(held.flatMap(({ root }) => [digest(this.#crypto, root), root.previousRootHash]));
    const own = signed.map((root) => ({ ...root, hash: digest(this.#crypto, root) }));
    for (const { hash, previousRootHash } of own.toReversed())
      if (vouched.has(hash)) vouched.add(previousRootHash);
    for (const { hash, previousRootHash } of own) if (vouched.has(previousRootHash)) vouched.add(hash);
    return new Set(own.filter(({ hash }) => vouched.has(hash)).map(({ number }) => number));
  }

  /** How far the newest kept root says that a person's chains went. */
  knownOf(personId: string): { entries: number; settlements: number } {
    const newest = this.#heads.get(personId)?.at(-1);
    return { entries: newest?.seq ?? 0, settlements: newest?.settled.seq ?? 0 };
  }

  /** The person's number, where it was kept. */
  noOf(personId: string): string | undefined {
    return this.#heads.get(personId)?.findLast(({ no }) => no !== undefined)?.no;
  }

  /** A person's heads, oldest first; who was asked for is not left over. */
  take(personId: string): readonly KeptHead[] {
    const found = this.#heads.get(personId) ?? [];
    this.#heads.delete(personId);
    return found;
  }

  /** The newest heads up to a root of those nobody has asked for. */
  left(upTo: number): readonly (readonly [personId: string, head: KeptHead])[] {
    return [...this.#heads].flatMap(([id, heads]) => {
      const newest = heads.findLast(({ root }) => root.number <= upTo);
      return newest ? [[id, newest] as const] : [];
    });
  }

  /** What is wrong with the files themselves; `keys` are those of the ledger, for roots that were kept without. */
  faults(keys: readonly KeyDocument[]): Said[] {
    const held = new Set(this.#held(keys));
    return this.#files.flatMap((file) => {
      const { root, agrees } = file;
      const name = `另行保存的第 ${root.number} 号封存`;
      const english = `seal ${root.number}, which was kept apart,`;
      if (!held.has(file))
        return [
          {
            zh: `${name}被改过，或不是这本流水的；请换一份没有动过的`,
            en: `${english} was changed or is of another ledger: give one that was not touched`,
          },
        ];
      if (agrees) return [];
      return [
        {
          zh: `${name}文件自己被改过：其中各人的末尾指纹不是所签名的那些，没有用它们对照；请换一份没有动过的`,
          en: `the file of ${english} was changed itself: the ends in it are not those that were signed, and were not used; give one that was not touched`,
        },
      ];
    });
  }

  #held(keys: readonly KeyDocument[]): Kept[] {
    return this.#files.filter(({ root, keys: own, isSound }) =>
      own.length > 0 ? isSound : isRootSigned(this.#crypto, root, keys),
    );
  }

  #isSound({ root, keys }: RootFile): boolean {
    if (keys.length === 0) return true;
    return (
      keys.every((key, index) => isAnnounced(this.#crypto, key, keys[index - 1])) &&
      isRootSigned(this.#crypto, root, keys)
    );
  }

  #agrees({ root, heads }: RootFile): boolean {
    if (heads.length === 0) return true;
    const [chains, histories] = [new MerkleTree(this.#crypto), new MerkleTree(this.#crypto)];
    for (const [id, seq, hash, settlements, settledHash, , history] of heads.toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      chains.add(leafOf(this.#crypto, id, { seq, hash, settled: { seq: settlements, hash: settledHash } }));
      if (root.histories) histories.add(historyLeaf(this.#crypto, id, history ?? ''));
    }
    return (
      chains.size === root.size &&
      toHex(chains.root()) === root.root &&
      (!root.histories || toHex(histories.root()) === root.histories.root)
    );
  }
}
