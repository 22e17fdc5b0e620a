import { Backdated } from './backdated';
import { addMisnumbered, misnumbered, type Misnumbered } from './corrections';
import { type Crypto } from './crypto';
import type { Findings } from './findings';
import type { HeadLine, PersonBlock, RootDocument, SealRow } from './format';
import { historyOf } from './history';
import { HistorySeals, type Moved } from './history-seals';
import { ifWritten } from './if-written';
import type { KeptHead, KeptRoots } from './kept-roots';
import type { PersonReader } from './person-reader';
import { nameOf, rederive, type Rederived } from './rederive';
import type { Report } from './report';
import type { RootsReader } from './roots-reader';
import type { Said } from './said';
import { sayDifference } from './say-difference';
import type { SealedLists } from './sealed-lists';
import { SealTrees } from './seal-trees';
import { leafOf } from './signing';
import { sealsOf, type Suspicion } from './suspicion';
import { dayIn, daysAfter, UnsealedCount } from './unsealed';

/** Later than all days: what is known by then is all that is recorded. */
const EVER = '9999-12-31';

/** A person with the history that the figures of the file follow from: as it was known on their day. */
const personOf = ({ person, standings: [standing] }: PersonReader): PersonBlock['person'] => ({
  circumstances: person.circumstances,
  history: person.record ? historyOf(person.record, standing?.asOf ?? EVER) : (person.history ?? []),
});

/** Something recorded of a person that does not agree, but may be explained by what is wrong with the whole file. */
export interface Pending {
  no: string;
  line: number;
  kind: 'seal' | 'history';
  said: Said;
  /** The root that speaks against it, and the last root before it of which the file has an end of theirs. */
  root: number;
  since: number;
}

/** Judges people by the seals, by what was kept and by the rules, when all of their lines have been read. */
export class PersonJudge {
  readonly chains: SealTrees;
  readonly histories: HistorySeals;
  readonly backdated: Backdated;
  readonly suspicions: Suspicion[] = [];
  readonly pending: Pending[] = [];
  readonly rederived: Report['rederived'] = {
    inFull: {},
    factsOnly: {},
    sumsOnly: {},
    skipped: [],
    unjudged: [],
  };
  readonly unsealed = new UnsealedCount();
  readonly #crypto: Crypto;
  readonly #findings: Findings;
  readonly #roots: RootsReader;
  readonly #kept: KeptRoots;
  readonly #lists: SealedLists;
  readonly #madeOn: string | null;

  /** Once all roots are known, before the first person; `madeAt`: when the export says that it was made. */
  constructor(
    crypto: Crypto,
    findings: Findings,
    roots: RootsReader,
    kept: KeptRoots,
    lists: SealedLists,
    madeAt: string | undefined,
  ) {
    this.#crypto = crypto;
    this.#findings = findings;
    this.#roots = roots;
    this.#kept = kept;
    this.#lists = lists;
    this.#madeOn = dayIn(madeAt);
    const about = roots.close();
    this.chains = new SealTrees(crypto, about.roots, about.kept, about.proven);
    this.histories = new HistorySeals(crypto, about.roots, about.kept, about.proven);
    this.backdated = new Backdated(this.chains);
  }

  judge(reader: PersonReader): void {
    const { person, chain, settled, head } = reader;
    const seals = reader.seals ?? [];
    this.#roots.name(person.no, seals);
    const allHeads = this.#kept.take(person.id);
    const heads = allHeads.filter(({ root }) => root.number <= this.#roots.reach);
    reader.close(heads);
    const wrong = this.#misnumbered(reader);
    if (!head && !reader.faulty)
      this.#findings.add('truncated', { zh: '末尾记录不见了', en: 'the recorded end is gone' });
    this.#growTrees(reader, seals);
    this.#countUnsealed(reader, seals, heads);
    this.#checkNumber(reader, heads);
    this.#checkSeals(reader, seals, heads, allHeads.length > 0);
    // An export of before a kept root may have fewer links; where it has as many they end so.
    this.#suspect(
      reader,
      seals,
      allHeads.filter(
        (kept) => heads.includes(kept) || (kept.seq <= chain.last && kept.settled.seq <= settled.last),
      ),
      wrong.length > 0,
    );
    if (!reader.faulty) this.backdated.take(reader, seals);
    this.#checkHistory(reader, this.histories.take(person, seals, heads));
    this.#derive(reader);
    addMisnumbered(wrong, reader, this.#findings);
  }

  /** Which numbers of corrections cannot be, of chains that join. */
  #misnumbered({ chain, settled, settlements, entries }: PersonReader): Misnumbered[] {
    if (chain.isFaulty || settled.isFaulty) return [];
    return ifWritten(() => misnumbered(settlements, entries, this.#lists.forms)) ?? [];
  }

  #growTrees({ person, chain, settled }: PersonReader, seals: readonly SealRow[]): void {
    const trees = this.chains;
    let next = 0;
    let row: SealRow | null = null;
    let leaves: { own: Uint8Array; recorded: Uint8Array } | null = null;
    for (const { number } of this.#roots.roots) {
      for (let seal = seals[next]; seal !== undefined && seal[0] <= number; seal = seals[next]) {
        const [, before = 0, settledBefore = 0]: Partial<SealRow> = row ?? [];
        trees.count(number, { entries: seal[1] - before, settlements: seal[2] - settledBefore });
        row = seal;
        leaves = null;
        next += 1;
      }
      if (!row || !trees.has(number)) continue;
      const [, covered, settledCovered, hash, settledHash] = row;
      leaves ??= this.#leavesOf(
        person.id,
        { ...chain.endAt(covered), settled: settled.endAt(settledCovered) },
        { hash, settledHash },
      );
      trees.add(number, leaves.own, leaves.recorded);
    }
  }

  /** Of the ends that a person's chains have, and of those recorded: the same bytes where nothing differs. */
  #leavesOf(
    personId: string,
    end: HeadLine,
    {
      hash = end.hash,
      settledHash = end.settled.hash,
    }: Partial<Record<'hash' | 'settledHash', string | undefined>>,
  ): { own: Uint8Array; recorded: Uint8Array } {
    const own = leafOf(this.#crypto, personId, end);
    if (hash === end.hash && settledHash === end.settled.hash) return { own, recorded: own };
    const settled = { ...end.settled, hash: settledHash };
    return { own, recorded: leafOf(this.#crypto, personId, { ...end, hash, settled }) };
  }

  /** The root that the ledger is held to. */
  get #measure(): RootDocument | undefined {
    return this.#roots.anchor ?? this.#roots.roots.at(-1);
  }

  #countUnsealed(reader: PersonReader, seals: readonly SealRow[], heads: readonly KeptHead[]): void {
    const measure = this.#measure;
    const row = seals.findLast(([root]) => root <= (measure?.number ?? 0));
    this.unsealed.take(reader, row, heads, this.histories.coveredUntil(measure));
  }

  #checkNumber({ person }: PersonReader, heads: readonly KeptHead[]): void {
    const no = heads.findLast((head) => head.no !== undefined)?.no;
    if (no !== undefined && no !== person.no)
      this.#findings.add('number', {
        zh: `编号与另行保存的封存文件不符，那边是 ${no}：编号没有签名，两个文件都可能是被改过的那个`,
        en: `the number is not that of the seal file kept apart, where it is ${no}: numbers are not signed, either file may be the one that was changed`,
      });
  }

  /** Whether the seals reach as far as those that were kept say, so that a list that was changed is traced as well. */
  #checkSeals(
    { person, line, faulty }: PersonReader,
    seals: readonly SealRow[],
    heads: readonly KeptHead[],
    isKnown: boolean,
  ): void {
    if (faulty) return;
    const withHeads = this.#kept.newestWithHeads;
    const first = seals[0]?.[0] ?? Infinity;
    if (withHeads && first <= withHeads.number && !isKnown) {
      this.#findings.add('inserted', {
        zh: `不在另行保存的第 ${withHeads.number} 号封存（${withHeads.day}）里，是后来加进去的`,
        en: `is not in seal ${withHeads.number} (${withHeads.day}), kept apart: was put in later`,
      });
      return;
    }
    for (const { root, seq, settled } of heads) {
      const [since = 0, entries = 0, settlements = 0]: Partial<SealRow> =
        seals.findLast(([number]) => number <= root.number) ?? [];
      if (entries === seq && settlements === settled.seq) continue;
      const said = {
        zh: `所记的封存范围被改过：另行保存的第 ${root.number} 号封存（${root.day}）盖到第 ${seq} 条、第 ${settled.seq} 次结算，这里记的是第 ${entries} 条、第 ${settlements} 次`,
        en: `what is recorded of how far seals reach was changed: seal ${root.number} (${root.day}), kept apart, covers ${seq} entries and ${settled.seq} settlements, here it is ${entries} and ${settlements}`,
      };
      this.pending.push({ no: person.no, line, kind: 'seal', said, root: root.number, since });
      return;
    }
  }

  /** A chain that ends otherwise than a seal of it says: where, is narrowed down when all trees are built. */
  #suspect(
    reader: PersonReader,
    seals: readonly SealRow[],
    heads: readonly KeptHead[],
    isMisnumbered: boolean,
  ): void {
    const { person, begins, chain: entries, settled } = reader;
    const own = { seals, chain: entries, settled };
    const found = (['seq', 'settlement'] as const)
      .map((chain) => ({ chain, ...sealsOf(own, heads, chain, this.#roots.byNumber) }))
      .filter(({ kept, recorded }) => [...kept, ...recorded].some(({ agrees }) => !agrees));
    if (found.length === 0) return;
    const isChanged = reader.faulty && !entries.isNamed && !settled.isNamed;
    const derived = isChanged ? [] : (this.#derived(reader) ?? []);
    const wrong = derived.flatMap(({ seqs }) => seqs);
    const isFounded =
      derived.length > 0 && derived.every(({ differs, inFull }) => inFull && differs === null);
    const unfounded = wrong.length > 0 || isFounded ? wrong : null;
    const other = derived.find(({ differs, seqs }) => differs !== null && seqs.length === 0);
    for (const { chain, ...ends } of found) {
      const { isNamed, shortBy, last } = chain === 'seq' ? entries : settled;
      // What is missing has been named, and nothing else is known to be other.
      if (isNamed && wrong.length === 0) continue;
      this.suspicions.push({
        ...ends,
        person: person.no,
        chain,
        begin: begins[chain] || reader.line,
        both: found.length > 1,
        unfounded,
        unlike: other && !entries.isNamed ? this.#saysOf(other) : null,
        isMisnumbered,
        shortBy,
        last,
        isRenumbered: isNamed || shortBy > 0,
      });
    }
    reader.faulty = true;
  }

  #checkHistory(reader: PersonReader, moved: Moved | null): void {
    const { person, line } = reader;
    if (moved) {
      const { root, since, said } = moved;
      if (!moved.isVouched) reader.faulty = true;
      this.pending.push({ no: person.no, line, kind: 'history', said, root: root.number, since });
    }
    const future = this.#madeOn === null ? [] : daysAfter(person, this.#madeOn);
    if (future.length === 0 || moved) return;
    this.#findings.add('history', {
      zh: `履历里有 ${future.join('、')} 登记的，晚于导出的 ${this.#madeOn}，不可能`,
      en: `units, posts or grades are said to be recorded on ${future.join(', ')}, after the export of ${this.#madeOn}, which cannot be`,
    });
  }

  #saysOf(found: Rederived): Said | null {
    return sayDifference(found, this.#lists.names.get(found.regulation) ?? {});
  }

  #derive(reader: PersonReader): void {
    const { person, begins } = reader;
    const { skipped, unjudged } = this.rederived;
    if (reader.faulty) {
      skipped.push(person.no);
      return;
    }
    const derived = this.#derived(reader);
    if (!derived) {
      this.#findings.add('rederived', {
        zh: '记录的内容不是系统会写的样子，数字推算不出来',
        en: 'the records are not what the product writes: no figures follow from them',
      });
      skipped.push(person.no);
      return;
    }
    for (const found of derived) {
      const { seqs, regulation, inFull } = found;
      const said = this.#saysOf(found);
      const isJudged = reader.standings.some((one) => nameOf(one.regulation) === regulation);
      const book = this.rederived[!inFull ? 'sumsOnly' : isJudged ? 'inFull' : 'factsOnly'];
      if (said === null) {
        book[regulation] = (book[regulation] ?? 0) + 1;
        if (inFull && !isStanding(regulation, reader) && unjudged.at(-1) !== person.no)
          unjudged.push(person.no);
      } else if (seqs[0] === undefined) this.#findings.add('rederived', said);
      else this.#findings.add('rederived', said, { seq: seqs[0] }, begins.seq + seqs[0] - 1);
    }
  }

  #derived(reader: PersonReader): Rederived[] | null {
    const { settlements, entries, standings } = reader;
    const block = { person: personOf(reader), settlements, entries, standings };
    return ifWritten(() => rederive(block, this.#lists.forms));
  }
}

/** Whether the file has targets under a regulation: in this version, or in one that took its place. */
const isStanding = (name: string, { standings }: PersonReader): boolean =>
  standings.some(({ regulation }) => name.startsWith(`${regulation.id} v`));
