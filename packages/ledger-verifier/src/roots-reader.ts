import type { Crypto } from './crypto';
import type { Findings } from './findings';
import type { KeyDocument, RootDocument, SealRow } from './format';
import type { KeptRoots } from './kept-roots';
import { counted, firstOf, ranges } from './said';
import type { SealedLists } from './sealed-lists';
import { digest, isAnnounced, isRootSigned } from './signing';

const GENESIS = '0'.repeat(64);

/** Takes the keys and the signed roots of a file, and holds them to each other and to those that were kept. */
export class RootsReader {
  readonly keys: KeyDocument[] = [];
  readonly roots: RootDocument[] = [];
  readonly byNumber = new Map<number, RootDocument>();
  /** Roots whose signature does not hold: they speak for and against nobody. */
  readonly #unsigned = new Set<number>();
  /** The kept roots whose signature holds, once the keys are known. */
  held: readonly RootDocument[] = [];
  /** The roots that chains name. */
  readonly #named = new Set<number>();
  /** The roots that chains name and the file does not have, and whose chains they are. */
  readonly #missing = { numbers: new Set<number>(), people: [] as string[] };
  #hash = GENESIS;
  readonly #crypto: Crypto;
  readonly #kept: KeptRoots;
  readonly #findings: Findings;
  readonly #lists: SealedLists;

  constructor(crypto: Crypto, kept: KeptRoots, findings: Findings, lists: SealedLists) {
    this.#crypto = crypto;
    this.#kept = kept;
    this.#findings = findings;
    this.#lists = lists;
  }

  readKey(key: KeyDocument): void {
    const { number } = key;
    const previous = this.keys.at(-1);
    if (number !== this.keys.length + 1 || !isAnnounced(this.#crypto, key, previous))
      this.#findings.add('key', {
        zh: `第 ${number} 把公钥${previous ? '不是由前一把签名公布的' : '的自签名不对'}`,
        en: `key ${number} ${previous ? 'was not announced by the key before it' : 'is not signed by itself'}`,
      });
    if (!this.#kept.knowsKey(key))
      this.#findings.add('key', {
        zh: `第 ${number} 把公钥与另行保存的不同${number === 1 ? '：这是另一本流水，或者整本被重新签过' : ''}`,
        en: `key ${number} is not the one that was kept apart${number === 1 ? ': this is another ledger, or all of it was signed anew' : ''}`,
      });
    this.keys.push(key);
  }

  readRoot(root: RootDocument): void {
    const { number } = root;
    const previous = this.roots.at(-1);
    this.#checkOrder(root, (previous?.number ?? 0) + 1);
    const isSigned = isRootSigned(this.#crypto, root, this.keys);
    if (!isSigned) {
      this.#unsigned.add(number);
      const hasKey = this.keys.some(({ keyId }) => keyId === root.keyId);
      this.#findings.add('root', {
        zh: `第 ${number} 号封存${hasKey ? '的签名不对' : `无从核对：文件里没有签它的公钥 ${root.keyId}`}`,
        en: `seal ${number} ${hasKey ? 'has a wrong signature' : `cannot be checked: the file does not have the key ${root.keyId} that signed it`}`,
      });
    }
    this.#lists.seal(root, previous, isSigned);
    this.roots.push(root);
    this.byNumber.set(number, root);
    this.#hash = digest(this.#crypto, root);
    if (!this.#kept.knowsRoot(root))
      this.#findings.add('root', {
        zh: `第 ${number} 号封存与另行保存的不同`,
        en: `seal ${number} is not the one that was kept apart`,
      });
  }

  #checkOrder({ number, previousRootHash }: RootDocument, next: number): void {
    const missing = `${next}${number - 1 > next ? `—${number - 1}` : ''}`;
    if (number > next)
      this.#findings.add('root', {
        zh: `第 ${number} 号封存之前缺第 ${missing} 号`,
        en: `before seal ${number} seal ${missing} is missing`,
      });
    else if (number < next)
      this.#findings.add('root', {
        zh: `第 ${number} 号封存重复或次序不对`,
        en: `seal ${number} is there twice or out of order`,
      });
    else if (previousRootHash !== this.#hash)
      this.#findings.add('root', {
        zh: `第 ${number} 号封存接不上前一号`,
        en: `seal ${number} does not follow from the one before`,
      });
  }

  get last(): number {
    return this.roots.at(-1)?.number ?? 0;
  }

  /** The newest root that the file has or that a chain in it names. */
  get reach(): number {
    return Math.max(this.last, ...this.#missing.numbers);
  }

  /** The newest kept root that the ledger can be held to: one of later than the ledger says nothing of its end. */
  get anchor(): RootDocument | undefined {
    return this.held.findLast(({ number }) => number <= this.reach);
  }

  /** What the trees of the roots are built of, once all roots are known. */
  close(): { roots: readonly RootDocument[]; kept: readonly number[]; proven: ReadonlySet<number> } {
    this.held = this.#kept.held(this.keys);
    const proven = this.#kept.proven(this.roots, this.keys, this.#unsigned);
    return { roots: this.roots, kept: this.held.map(({ number }) => number), proven };
  }

  /** The roots that somebody's seals name. */
  name(no: string, seals: readonly SealRow[]): void {
    let isMissing = false;
    for (const [root] of seals) {
      this.#named.add(root);
      if (root <= this.last) continue;
      this.#missing.numbers.add(root);
      isMissing = true;
    }
    if (isMissing) this.#missing.people.push(no);
  }

  /** Roots under which something came, since they differ from the one before, but which nobody's seals name. */
  get withoutEnds(): RootDocument[] {
    return this.roots.filter((root) => {
      const before = this.byNumber.get(root.number - 1);
      const isOther = before
        ? root.root !== before.root || root.histories?.root !== before.histories?.root
        : root.number === 1 && root.size > 0;
      return isOther && !this.#named.has(root.number) && !this.#unsigned.has(root.number);
    });
  }

  /** What the kept roots say of the file as a whole. `isWhole`: it has been read to its end. */
  checkKept(isWhole: boolean): void {
    const findings = this.#findings;
    for (const said of this.#kept.faults(this.keys)) findings.ofFile('kept', said);
    const { last } = this;
    const { numbers, people } = this.#missing;
    if (numbers.size > 0)
      findings.ofFile('truncated', {
        zh: `文件里没有第 ${ranges([...numbers])} 号封存，却有 ${people.length} 人的记录提到它：${firstOf(people).zh}`,
        en: `the file lacks seal ${ranges([...numbers], ', ')}, but the records of ${counted(people.length, 'person', 'people')} name it: ${firstOf(people).en}`,
      });
    const newest = this.held.at(-1);
    if (newest && newest.number > this.reach && isWhole)
      findings.ofFile('truncated', {
        zh: `这份导出里没有第 ${newest.number} 号封存：它早于这次封存，或者被截短了；请用之后的导出。${last === 0 ? '其中还没有封存' : `以下核到第 ${last} 号为止`}`,
        en: `this export lacks seal ${newest.number}: it was made before that seal, or was cut short; use a later export. ${last === 0 ? 'It has no seal yet' : `What follows is held to seal ${last}`}`,
      });
    if (this.held.some((root) => root.number === last + 1 && root.previousRootHash !== this.#hash))
      findings.ofFile('root', {
        zh: `另行保存的第 ${last + 1} 号封存接不上文件里的第 ${last} 号封存`,
        en: `seal ${last + 1}, which was kept apart, does not follow from seal ${last} of the file`,
      });
  }

  /** No export has roots that were made after it. */
  checkMadeAt(madeAt: string | undefined): void {
    const newest = this.roots.at(-1);
    if (!newest || madeAt === undefined || !(Date.parse(madeAt) < Date.parse(newest.signedAt))) return;
    this.#findings.ofFile(
      'file',
      {
        zh: `开头写的导出时间 ${madeAt} 早于其中第 ${newest.number} 号封存的签名时间 ${newest.signedAt}：这个时间被改过`,
        en: `the time of the export, ${madeAt}, is before seal ${newest.number} in it was signed, ${newest.signedAt}: that time was changed`,
      },
      { line: 1 },
    );
  }
}
