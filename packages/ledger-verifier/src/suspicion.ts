import type { ChainReader } from './chain-reader';
import type { ChainEnd, HeadLine, RootDocument, SealRow } from './format';
import type { KeptHead } from './kept-roots';
import type { Fault } from './report';
import type { SealTrees } from './seal-trees';

/** A chain that joins, but ends otherwise than some seal of it says. */
export interface Suspicion {
  person: string;
  chain: 'seq' | 'settlement';
  /** Line of the chain's first link. */
  begin: number;
  /** The ends that were kept apart, and those recorded with each root, both oldest first. */
  kept: readonly Seal[];
  recorded: readonly Seal[];
  /** Is the person's other chain under suspicion as well? */
  both: boolean;
  /** The entries that do not follow from their facts; null where that was not derived. */
  unfounded: readonly number[] | null;
}

/** How far a root covers a chain, and whether the chain still ends so. */
export interface Seal {
  root: number;
  day: string;
  seq: number;
  agrees: boolean;
}

/** What the seals of one of a person's chains say of its ends. */
export function sealsOf(
  { seals, chain, settled }: { seals: readonly SealRow[]; chain: ChainReader; settled: ChainReader },
  heads: readonly KeptHead[],
  which: Suspicion['chain'],
  roots: ReadonlyMap<number, RootDocument>,
): Pick<Suspicion, 'kept' | 'recorded'> {
  const own = which === 'seq' ? chain : settled;
  const sealOf = ({ number, day }: RootDocument, seq: number, hash: string | undefined): Seal => ({
    root: number,
    day,
    seq,
    agrees: hash === undefined || own.endsSo({ seq, hash }),
  });
  const endOf = (head: HeadLine): ChainEnd => (which === 'seq' ? head : head.settled);
  return {
    kept: heads.map((head) => sealOf(head.root, endOf(head).seq, endOf(head).hash)),
    recorded: seals.flatMap(([number, entries, settlements, hash, settledHash]) => {
      const root = roots.get(number);
      if (!root) return [];
      return which === 'seq' ? sealOf(root, entries, hash) : sealOf(root, settlements, settledHash);
    }),
  };
}

interface Witness extends Seal {
  isKept: boolean;
}

const UNITS = { seq: ['条', '流水'], settlement: ['次', '结算'] } as const;

const nameOf = ({ isKept, root, day }: Witness): string =>
  `${isKept ? '另行保存的' : ''}第 ${root} 号封存（${day}）`;
const placeOf = (from: number, to: number, unit: string): string =>
  from === to ? `第 ${from} ${unit}` : `第 ${from}—${to} ${unit}`;

/** What a root's tree has shown of the ends recorded with it, or one of a later root that covers no more of the chain. */
function provenSeals({ recorded }: Suspicion, trees: SealTrees): Witness[] {
  return recorded.flatMap((seal, index) => {
    const until = recorded[index + 1]?.root ?? Infinity;
    const shown = trees.roots
      .filter(({ number }) => seal.root <= number && number < until)
      .map((root) => trees.shown(root));
    if (shown.includes('chains')) return { ...seal, agrees: true, isKept: false };
    return shown.includes('records') ? { ...seal, isKept: false } : [];
  });
}

/** Where nothing speaks against the chain but a record that no root vouches for. */
function recordChanged({ recorded }: Suspicion, good: Witness | undefined): string {
  const { root, day, seq } = recorded.find(({ agrees }) => !agrees)!;
  return `第 ${root} 号封存（${day}）记下的末尾指纹与记录不符，${
    good && good.seq >= seq
      ? '改过的是这个指纹，记录没有变'
      : '给出那天另行保存的封存文件，才知道改过的是哪一个'
  }`;
}

/** When this chain alone is in doubt, it is what the first root that no longer fits speaks against. */
function likely({ recorded }: Suspicion, trees: SealTrees, from: number, to: number, unit: string): string {
  const off = trees.firstOff()?.root;
  const seq = recorded.findLast(({ root }) => off && root <= off.number)?.seq ?? 0;
  if (!off || seq < from || seq >= to) return '';
  return `；第 ${off.number} 号封存（${off.day}）起整体不符，多半就在${placeOf(from, seq, unit)}`;
}

/** Which entries from the first doubtful one on do not follow from their facts. */
function founded({ chain, unfounded, both }: Suspicion, from: number): string {
  if (chain !== 'seq' || unfounded === null) return '';
  const found = unfounded.filter((seq) => seq >= from);
  if (found.length > 0) return `。照所附的事实推算，对不上的是第 ${found.join('、')} 条`;
  return `。日期、条款和数都与所附的事实相符${both ? '，但事实本身也有疑点' : ''}`;
}

/**
 * Narrows a rewritten chain to the links among which the first changed one is: after the last that a seal still vouches
 * for, up to the first that one speaks against. `isAlone`: no other person of the file is in doubt.
 */
export function narrow(suspicion: Suspicion, trees: SealTrees, isAlone: boolean): Fault {
  const { person, chain, begin, kept } = suspicion;
  const [unit, links] = UNITS[chain];
  const witnesses = [...kept.map((seal) => ({ ...seal, isKept: true })), ...provenSeals(suspicion, trees)];
  // Of those that say the same the kept one is named, which comes first.
  const bySeq = witnesses.sort((a, b) => a.seq - b.seq);
  const bad = bySeq.find(({ agrees }) => !agrees);
  const goods = bySeq.filter(({ agrees, seq }) => agrees && seq < (bad?.seq ?? Infinity));
  const good = goods.find(({ seq }) => seq === goods.at(-1)!.seq);
  if (!bad) return { kind: 'seal', person, line: begin, says: recordChanged(suspicion, good) };
  const from = (good?.seq ?? 0) + 1;
  const says = [
    from === bad.seq ? `这${unit}${links}被改过` : '第一处改动就在其中',
    '，后面各条的指纹跟着重做了：',
    good ? `到第 ${good.seq} ${unit}为止，${nameOf(good)}时还对；` : '',
    `到第 ${bad.seq} ${unit}为止，${nameOf(bad)}时已不对`,
    isAlone ? likely(suspicion, trees, from, bad.seq, unit) : '',
    founded(suspicion, from),
  ].join('');
  return { kind: 'seal', person, [chain]: from, to: bad.seq, line: begin + from - 1, says };
}
