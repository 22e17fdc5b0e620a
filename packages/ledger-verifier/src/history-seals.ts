import type { Crypto } from './crypto';
import type { PersonLine, RootDocument, SealRow } from './format';
import { daysRecorded, historyDigest } from './history';
import type { KeptHead } from './kept-roots';
import { SealTrees } from './seal-trees';
import { historyLeaf } from './signing';

/** A root over histories. */
type HistoryRoot = RootDocument & { histories: { day: string; root: string } };

const hasHistories = (root: RootDocument): root is HistoryRoot => root.histories !== undefined;

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

  /** The day until whose end the newest root covers what is recorded of histories; null where none does. */
  get coveredUntil(): string | null {
    return this.#roots.at(-1)?.histories.day ?? null;
  }

  /**
   * Takes a person into the trees, and says from which root on the record is none that was sealed; null where it is. Of
   * those that were recorded with a root, and kept apart from the server, it must be each.
   */
  take(
    { id, record, isDamaged }: PersonLine,
    seals: readonly SealRow[],
    kept: readonly KeptHead[],
  ): string | null {
    const first = seals[0]?.[0] ?? Infinity;
    const digestOn = this.#digests(record);
    let agreed: HistoryRoot | null = null;
    let off: HistoryRoot | null = null;
    let leaf: { of: string; hash: Uint8Array } | null = null;
    const leafFor = (history: string): Uint8Array => {
      if (leaf?.of !== history) leaf = { of: history, hash: historyLeaf(this.#crypto, id, history) };
      return leaf.hash;
    };
    for (const root of this.#roots) {
      if (root.number < first) continue;
      const recorded = seals.findLast(([number, , , , , history]) => number <= root.number && history)?.[5];
      const own = isDamaged ? (recorded ?? '') : digestOn(root.histories.day);
      const held = kept.find((head) => head.root.number === root.number)?.history;
      if ((recorded ?? own) !== own || (held ?? own) !== own) off ??= root;
      else if (!off) agreed = root;
      if (!this.#trees.has(root.number)) continue;
      const hash = leafFor(own);
      this.#trees.add(
        root.number,
        hash,
        recorded === undefined || recorded === own ? hash : leafFor(recorded),
      );
    }
    if (!off) return null;
    const since = agreed
      ? `第 ${agreed.number} 号封存（记到 ${agreed.histories.day}）还相符`
      : '最早记下的就不相符';
    return `履历自第 ${off.number} 号封存（记到 ${off.histories.day}）起与封存时的不同：${since}`;
  }

  /** What the trees show that no record by itself does; `isInDoubt`: something of somebody's has been found. */
  fault(isInDoubt: boolean): string | null {
    const off = this.#trees.firstOff();
    if (!off) return null;
    const since = off.before ? `，第 ${off.before.number} 号还相符` : '';
    const hint = isInDoubt
      ? '，应先查清上面所列的'
      : '：有人的履历连同所记的封存一起被改过；给出从「下载封存文件」得到的那种，可以定位到人';
    return `第 ${off.root.number} 号封存（${off.root.day}）起履历与封存不符${since}${hint}`;
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
