import type { Crypto } from './crypto';
import type { PersonLine, RootDocument, SealRow } from './format';
import { daysRecorded, historyDigest } from './history';
import type { KeptHead } from './kept-roots';
import type { Said } from './said';
import { SealTrees } from './seal-trees';
import { historyLeaf } from './signing';

/** A root over histories. */
type HistoryRoot = RootDocument & { histories: { day: string; root: string } };

const hasHistories = (root: RootDocument): root is HistoryRoot => root.histories !== undefined;

/** A record that is none that was sealed: from which root on, and of which root what was recorded speaks against it. */
export interface Moved {
  root: RootDocument;
  since: number;
  /** A root that was kept apart has the record as it is. */
  isVouched: boolean;
  said: Said;
}

const sayMoved = ({ number, histories }: RootDocument, agreed: HistoryRoot | null): Said => ({
  zh: `履历自第 ${number} 号封存（记到 ${histories?.day}）起与封存时的不同：${
    agreed ? `第 ${agreed.number} 号封存（记到 ${agreed.histories.day}）还相符` : '最早记下的就不相符'
  }`,
  en: `units, posts or grades are others from seal ${number} (as recorded until ${histories?.day}) on: ${
    agreed
      ? `they still agree with seal ${agreed.number} (until ${agreed.histories.day})`
      : 'they agree with none'
  }`,
});

/** Checks the records of people against the histories that roots cover. */
export class HistorySeals {
  readonly #crypto: Crypto;
  readonly #roots: readonly HistoryRoot[];
  readonly #trees: SealTrees;

  /** As for the trees of chains: trees are built of none but the `proven` roots. */
  constructor(
    crypto: Crypto,
    roots: readonly RootDocument[],
    kept: readonly number[],
    proven: ReadonlySet<number>,
  ) {
    this.#crypto = crypto;
    this.#roots = roots.filter(hasHistories);
    const trees = this.#roots.map((root) => ({ ...root, root: root.histories.root }));
    this.#trees = new SealTrees(crypto, trees, kept, proven);
  }

  /** The day until whose end a root covers what is recorded of histories; null where it covers none. */
  coveredUntil(root: RootDocument | undefined): string | null {
    return this.#roots.findLast(({ number }) => number <= (root?.number ?? 0))?.histories.day ?? null;
  }

  /**
   * Takes a person into the trees, and says from which root on the record is none that was sealed; null where it is. Of
   * those that were recorded with a root, and kept apart from the server, it must be each.
   */
  take(
    { id, record, isDamaged }: PersonLine,
    seals: readonly SealRow[],
    kept: readonly KeptHead[],
  ): Moved | null {
    const first = seals[0]?.[0] ?? Infinity;
    const digestOn = this.#digests(record);
    let agreed: HistoryRoot | null = null;
    let off: Pick<Moved, 'root' | 'since'> | null = null;
    let isVouched = false;
    let leaf: { of: string; hash: Uint8Array } | null = null;
    const leafFor = (history: string): Uint8Array => {
      if (leaf?.of !== history) leaf = { of: history, hash: historyLeaf(this.#crypto, id, history) };
      return leaf.hash;
    };
    for (const root of this.#roots) {
      if (root.number < first) continue;
      const row = seals.findLast(([number, , , , , history]) => number <= root.number && history);
      const recorded = row?.[5];
      const own = isDamaged ? (recorded ?? '') : digestOn(root.histories.day);
      const held = kept.find((head) => head.root.number === root.number)?.history;
      const isHeldOff = (held ?? own) !== own;
      if (held !== undefined) isVouched = !isHeldOff;
      if ((recorded ?? own) !== own || isHeldOff)
        off ??= { root, since: isHeldOff ? root.number : (row?.[0] ?? 0) };
      else if (!off) agreed = root;
      if (!this.#trees.has(root.number)) continue;
      const hash = leafFor(own);
      this.#trees.add(
        root.number,
        hash,
        recorded === undefined || recorded === own ? hash : leafFor(recorded),
      );
    }
    return off && { ...off, isVouched, said: sayMoved(off.root, agreed) };
  }

  /** What the trees show that no record by itself does; `isInDoubt`: something of somebody's has been found. */
  fault(isInDoubt: boolean): Said | null {
    const off = this.#trees.firstOff();
    if (!off) return null;
    const { root, before } = off;
    return {
      zh: `第 ${root.number} 号封存（${root.day}）起履历与封存不符${before ? `，第 ${before.number} 号还相符` : ''}${
        isInDoubt
          ? '，应先查清上面所列的'
          : '：有人的履历连同所记的封存一起被改过；给出从「下载封存文件」得到的那种，可以定位到人'
      }`,
      en: `from seal ${root.number} (${root.day}) on units and posts do not agree with the seals${before ? `; with seal ${before.number} they do` : ''}${
        isInDoubt
          ? '; look into what is listed above first'
          : ": somebody's were changed together with what was recorded of them; a seal file as it is downloaded shows whose"
      }`,
    };
  }

  /** The digest of a record by the end of a day, each reckoned once. */
  #digests(record: PersonLine['record']): (day: string) => string {
    const rows = record ?? { affiliations: [], posts: [], grades: [] };
    const days = daysRecorded(rows);
    const known = new Map<number, string>();
    return (day) => {
      const turn = days.findLastIndex((one) => one <= day);
      const digest = known.get(turn) ?? historyDigest(this.#crypto, rows, day);
      known.set(turn, digest);
      return digest;
    };
  }
}
