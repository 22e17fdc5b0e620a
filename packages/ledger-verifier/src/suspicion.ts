import type { ChainReader } from './chain-reader';
import type { ChainEnd, HeadLine, RootDocument, SealRow } from './format';
import type { KeptHead } from './kept-roots';
import type { Fault } from './report';
import { counted, ENTRIES, linksAt, linksFrom, SETTLEMENTS, type Said, type Unit } from './said';
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
  /** What else is not as the facts say. */
  unlike: Said | null;
  /** Is a number of a correction wrong, which is said by itself? */
  isMisnumbered: boolean;
  /** By how many links it is shorter than it was, and how many there are. */
  shortBy: number;
  last: number;
  /** Links before are missing, which has been said: those that are left have other numbers. */
  isRenumbered: boolean;
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

const UNITS: Record<Suspicion['chain'], Unit> = { seq: ENTRIES, settlement: SETTLEMENTS };

const nameOf = ({ isKept, root, day }: Witness): Said => ({
  zh: `${isKept ? '另行保存的' : ''}第 ${root} 号封存（${day}）`,
  en: `seal ${root} (${day})${isKept ? ', kept apart' : ''}`,
});

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
function recordChanged({ recorded }: Suspicion, good: Witness | undefined): Said {
  const { root, day, seq } = recorded.find(({ agrees }) => !agrees)!;
  const isOnlyRecord = good !== undefined && good.seq >= seq;
  return {
    zh: `第 ${root} 号封存（${day}）记下的末尾指纹与记录不符，${
      isOnlyRecord ? '改过的是这个指纹，记录没有变' : '给出那天另行保存的封存文件，才知道改过的是哪一个'
    }`,
    en: `the end recorded with seal ${root} (${day}) does not agree with the records: ${
      isOnlyRecord
        ? 'that end was changed, the records were not'
        : 'which of the two was changed, a seal file of that day kept apart would tell'
    }`,
  };
}

/** When this chain alone is in doubt, it is what the first root that no longer fits speaks against. */
function likely(
  { recorded, shortBy }: Suspicion,
  trees: SealTrees,
  from: number,
  to: number,
  unit: Unit,
): Said {
  const off = trees.firstOff()?.root;
  // Of a chain that lacks links the records count those that are left.
  const own = recorded.findLast(({ root }) => off && root <= off.number)?.seq ?? 0;
  const seq = own === 0 ? 0 : own + shortBy;
  if (!off || seq < from || seq >= to) return NOTHING;
  const where = linksFrom(from, seq, { ...unit, name: '' });
  return {
    zh: `；第 ${off.number} 号封存（${off.day}）起整体不符，多半就在${where.zh}`,
    en: `; from seal ${off.number} (${off.day}) on the whole does not agree, so it is most likely among ${where.en}`,
  };
}

/** Which entries from the first doubtful one on do not follow from their facts. */
function founded(
  { chain, unfounded, unlike, isMisnumbered, both, shortBy, isRenumbered }: Suspicion,
  from: number,
): Said {
  if (chain !== 'seq') return NOTHING;
  const found = (unfounded ?? []).filter((seq) => seq >= from);
  if (found.length > 0) {
    const { zh, en } = linksAt(found, { ...ENTRIES, name: '' });
    return {
      zh: `。照所附的事实推算，对不上的是${zh}${isRenumbered ? '（按现在的编号）' : ''}`,
      en: `. By the facts that are there, what does not follow is ${en}${isRenumbered ? ' (as numbered now)' : ''}`,
    };
  }
  if (unlike)
    return { zh: `。照所附的事实推算：${unlike.zh}`, en: `. By the facts that are there: ${unlike.en}` };
  if (unfounded === null || shortBy > 0) return NOTHING;
  if (isMisnumbered)
    return {
      zh: '。日期、条款和数都与所附的事实相符，对不上的是更正编号',
      en: '. Dates, clauses and amounts follow from the facts that are there; what does not fit is the correction number',
    };
  return {
    zh: `。日期、条款和数都与所附的事实相符${both ? '，但事实本身也有疑点' : ''}`,
    en: `. Dates, clauses and amounts follow from the facts that are there${both ? ', but those are in doubt themselves' : ''}`,
  };
}

/** What is known to be missing of a chain that was made to end earlier. */
function lacks({ shortBy, last }: Suspicion, from: number, unit: Unit): Said {
  const isTail = from > last;
  const these = isTail ? linksFrom(from, last + shortBy, unit) : null;
  if (these)
    return {
      zh: `${these.zh}被删掉了，末尾记录跟着改过：`,
      en: `${these.en} ${from === last + shortBy ? 'was' : 'were'} removed, and the recorded end was made to fit: `,
    };
  return {
    zh: `少了 ${shortBy} ${unit.zh}${unit.name}：原有 ${last + shortBy} ${unit.zh}，现有 ${last} ${unit.zh}，编号和指纹都重做过；第一处改动在其中：`,
    en: `${counted(shortBy, unit.one, unit.many)} fewer: there were ${last + shortBy}, now there are ${last}, numbered and hashed anew; the first change is among these: `,
  };
}

const NOTHING: Said = { zh: '', en: '' };

/**
 * Narrows a rewritten chain to the links among which the first changed one is: after the last that a seal still vouches
 * for, up to the first that one speaks against. `isAlone`: no other person of the file is in doubt.
 */
export function narrow(suspicion: Suspicion, trees: SealTrees, isAlone: boolean): Fault {
  const { person, chain, begin, kept, shortBy, last } = suspicion;
  const unit = UNITS[chain];
  const proven = provenSeals(suspicion, trees);
  const beyond = suspicion.recorded
    .filter(({ seq }) => seq > last)
    .map((seal) => ({ ...seal, isKept: false }));
  const witnesses = [
    ...kept.map((seal) => ({ ...seal, isKept: true })),
    ...proven,
    ...(shortBy > 0 ? beyond : []),
  ];
  // Of those that say the same the kept one is named, which comes first.
  const bySeq = witnesses.sort((a, b) => a.seq - b.seq);
  const bad = bySeq.find(({ agrees }) => !agrees);
  const goods = bySeq.filter(({ agrees, seq }) => agrees && seq < (bad?.seq ?? Infinity));
  const good = goods.find(({ seq }) => seq === goods.at(-1)!.seq);
  const whose = { person, line: begin };
  if (!bad) {
    const { zh, en } = recordChanged(suspicion, good);
    return { kind: 'seal', ...whose, says: zh, english: en };
  }
  const from = (good?.seq ?? 0) + 1;
  const parts: Said[] = [
    shortBy > 0
      ? lacks(suspicion, from, unit)
      : {
          zh: `${from === bad.seq ? `这${unit.zh}${unit.name}被改过` : '第一处改动就在其中'}，后面各条的指纹跟着重做了：`,
          en: `${from === bad.seq ? `this ${unit.one} was changed` : 'the first change is among these'}, and the hashes after it were made anew: `,
        },
    good
      ? {
          zh: `到第 ${good.seq} ${unit.zh}为止，${nameOf(good).zh}时还对；`,
          en: `up to ${unit.one} ${good.seq} it still agrees with ${nameOf(good).en}; `,
        }
      : NOTHING,
    {
      zh: `到第 ${bad.seq} ${unit.zh}为止，${nameOf(bad).zh}时已不对`,
      en: `up to ${unit.one} ${bad.seq} it no longer agrees with ${nameOf(bad).en}`,
    },
    isAlone ? likely(suspicion, trees, from, bad.seq, unit) : NOTHING,
    founded(suspicion, from),
  ];
  return {
    kind: shortBy > 0 ? 'missing' : 'seal',
    person,
    [chain]: from,
    to: from > last ? last + shortBy : bad.seq,
    line: begin + Math.min(from, Math.max(last, 1)) - 1,
    says: parts.map(({ zh }) => zh).join(''),
    english: parts.map(({ en }) => en).join(''),
  };
}
