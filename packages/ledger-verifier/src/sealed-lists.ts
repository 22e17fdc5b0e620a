import { dayOf, isBefore, sayBackdated } from './backdated';
import { digestWithin, digest, isSigned, keyIdOf } from './signing';
import type { Crypto } from './crypto';
import type { CountersignatureDocument, RegulationLine, RootDocument } from './format';
import { knownForm, type Regulation } from './rederive';
import type { Findings } from './findings';
import type { Report, Signer } from './report';
import type { Said } from './said';
import { namesIn } from './say-difference';

/** `{"regulation":` … `}`, `{"countersignature":` … `}`: what a root's digest covers. */
const REGULATION_BEGIN = 14;
const COUNTERSIGNATURE_BEGIN = 20;

/** A version of a regulation as the first root that covers it has it. */
interface SealedVersion {
  root: number;
  sha256: string;
}

/** A countersignature as a later root lists it. */
interface SealedSignature {
  root: number;
  rootNumber: number;
  keyId: string;
}

const versionOf = ({ id, version }: { id: string; version: number }): string => `${id} 第 ${version} 版`;
const inEnglish = (name: string): string => name.replace(/ 第 (\d+) 版$/, ' version $1');

/** A text that cannot be read is none of the known form; that it was changed is said elsewhere. */
function formOf(text: string): Regulation | null {
  try {
    return knownForm(text);
  } catch {
    return null;
  }
}

function wrongSignature(hasRoot: boolean, isOfLedger: boolean): Said {
  if (!hasRoot)
    return {
      zh: '无从核对：文件里没有这号封存',
      en: 'cannot be checked: the file does not have that seal',
    };
  return isOfLedger
    ? {
        zh: '不对：不是登记的公钥签的，或被改过',
        en: 'does not hold: it was not signed by the key that is recorded, or was changed',
      }
    : {
        zh: '不对：被改过，或不是这本流水的',
        en: 'does not hold: it was changed, or is of another ledger',
      };
}

/** The regulations and countersignatures of a file, held to what its roots list of them. */
export class SealedLists {
  readonly #crypto: Crypto;
  readonly #findings: Findings;
  /** The names of bases that have countersigned, as the file gives them. */
  baseNames: Record<string, string> = {};
  readonly #sealedVersions = new Map<string, SealedVersion>();
  /** The versions that the file holds; `approvedAt`: when they were recorded as approved, as they say. */
  readonly #versions = new Map<string, { line: number; sha256: string; approvedAt: string | null }>();
  /** The signed roots that list regulations. */
  readonly #listing: RootDocument[] = [];
  /** Those whose figures can be derived anew in full, by the names that `rederive` uses. */
  readonly forms = new Map<string, Regulation | null>();
  readonly names = new Map<string, Record<string, Said>>();
  /** By their digests. */
  readonly #sealedSignatures = new Map<string, SealedSignature>();
  readonly #signatures = new Map<string, CountersignatureDocument>();
  /** Roots and keys of countersignatures that do not hold. */
  readonly #wrongSignatures = new Set<string>();

  constructor(crypto: Crypto, findings: Findings) {
    this.#crypto = crypto;
    this.#findings = findings;
  }

  /** Takes what a root lists; by one that is not signed no date is judged. */
  seal(root: RootDocument, previous: RootDocument | undefined, isSigned: boolean): void {
    if (isSigned && (root as Partial<RootDocument>).regulations) this.#listing.push(root);
    this.#sealVersions(root, previous);
    for (const { sha256, rootNumber, keyId } of root.countersigned)
      this.#sealedSignatures.set(sha256, { root: root.number, rootNumber, keyId });
  }

  /** Each root says of a regulation what the roots before it said, and none falls out. */
  #sealVersions(
    { number, regulations = [] }: Omit<RootDocument, 'signature'>,
    previous?: RootDocument,
  ): void {
    const listed = new Set(regulations.map(versionOf));
    for (const name of (previous?.regulations ?? []).map(versionOf))
      if (!listed.has(name))
        this.#findings.add('regulation', {
          zh: `第 ${number} 号封存里没有了规则 ${name}`,
          en: `seal ${number} no longer has regulation ${inEnglish(name)}`,
        });
    for (const regulation of regulations) {
      const name = versionOf(regulation);
      const { sha256 } = regulation;
      const before = this.#sealedVersions.get(name);
      if (!before) this.#sealedVersions.set(name, { root: number, sha256 });
      else if (before.sha256 !== sha256)
        this.#findings.add('regulation', {
          zh: `第 ${number} 号封存里的规则 ${name}与第 ${before.root} 号封存不同`,
          en: `regulation ${inEnglish(name)} of seal ${number} is not that of seal ${before.root}`,
        });
    }
  }

  /** False where the text is not the one that a root has. */
  readRegulation(
    { code, version, text, state, recordedAt }: RegulationLine,
    bytes: Uint8Array,
    line: number,
  ): boolean {
    const name = versionOf({ id: code, version });
    if (this.#versions.has(name)) {
      this.#findings.add('inserted', {
        zh: `规则 ${name}出现了两次`,
        en: `regulation ${inEnglish(name)} is there twice`,
      });
      return true;
    }
    const sha256 = digestWithin(this.#crypto, bytes, REGULATION_BEGIN, 1);
    const approvedAt = state === 'approved' ? String(recordedAt) : null;
    this.#versions.set(name, { line, sha256, approvedAt });
    // By a text that was changed nobody's figures are judged.
    const isSealed = (this.#sealedVersions.get(name)?.sha256 ?? sha256) === sha256;
    const form = isSealed ? formOf(text) : null;
    this.forms.set(`${code} v${version}`, form);
    if (form) this.names.set(`${code} v${version}`, namesIn(text));
    return isSealed;
  }

  /** When everything has been read: a line may stand before the root that lists it. */
  check(): void {
    for (const [name, sealed] of this.#sealedVersions) {
      const found = this.#versions.get(name);
      if (!found)
        this.#findings.ofFile('regulation', {
          zh: `第 ${sealed.root} 号封存里的规则 ${name}在文件里没有了`,
          en: `regulation ${inEnglish(name)} of seal ${sealed.root} is no longer in the file`,
        });
      else if (found.sha256 !== sealed.sha256)
        this.#findings.add(
          'regulation',
          {
            zh: `规则 ${name}与第 ${sealed.root} 号封存不符：被改过`,
            en: `regulation ${inEnglish(name)} does not agree with seal ${sealed.root}: it was changed`,
          },
          {},
          found.line,
        );
    }
    for (const [name, { line, approvedAt }] of this.#versions) {
      const root = this.#sealedVersions.get(name)?.root ?? Infinity;
      const [earlier, later] = this.#listing.filter(({ number }) => number < root).slice(-2);
      if (approvedAt === null || !earlier || !later) continue;
      if (!isBefore(approvedAt, { earlier, later })) continue;
      const { zh, en } = sayBackdated([dayOf(approvedAt)], { earlier, later });
      this.#findings.add(
        'regulation',
        { zh: `规则 ${name}${zh}`, en: `regulation ${inEnglish(name)} is ${en}` },
        {},
        line,
      );
    }
    for (const [sha256, { root, rootNumber, keyId }] of this.#sealedSignatures)
      if (!this.#signatures.has(sha256) && !this.#wrongSignatures.has(`${rootNumber} ${keyId}`))
        this.#findings.ofFile('countersignature', {
          zh: `第 ${root} 号封存列有的一份会签在文件里没有了：第 ${rootNumber} 号封存的，公钥 ${keyId}`,
          en: `a countersignature that seal ${root} lists is no longer in the file: of seal ${rootNumber}, key ${keyId}`,
        });
  }

  regulationReport(newest: RootDocument | undefined): Report['regulations'] {
    const names = [...this.#versions.keys()];
    const listed = new Set((newest?.regulations ?? []).map(versionOf));
    const covered = names.filter((name) => listed.has(name));
    const agrees = (name: string): boolean =>
      this.#versions.get(name)?.sha256 === this.#sealedVersions.get(name)?.sha256;
    return {
      sealed: covered.filter(agrees).length,
      changed: covered.filter((name) => !agrees(name)).length,
      unsealed: names.filter((name) => !listed.has(name)),
    };
  }

  readCountersignature(
    value: CountersignatureDocument,
    bytes: Uint8Array,
    roots: readonly RootDocument[],
  ): void {
    const { rootNumber, rootHash, role, baseId, keyId, signedAt, x, signature } = value;
    const root = roots.find((candidate) => candidate.number === rootNumber);
    const content = { rootNumber, rootHash, role, baseId, keyId, signedAt };
    const sha256 = digestWithin(this.#crypto, bytes, COUNTERSIGNATURE_BEGIN, 1);
    const isOfLedger = root !== undefined && rootHash === digest(this.#crypto, root);
    const isByKey =
      keyId === keyIdOf(this.#crypto, x) &&
      isSigned(this.#crypto, x, 'cadre-ledger-countersignature-1', content, signature);
    if (this.#signatures.has(sha256))
      this.#findings.add('inserted', {
        zh: `第 ${rootNumber} 号封存的一份会签出现了两次`,
        en: `a countersignature of seal ${rootNumber} is there twice`,
      });
    else if (isOfLedger && isByKey) this.#signatures.set(sha256, value);
    else {
      this.#wrongSignatures.add(`${rootNumber} ${keyId}`);
      const { zh, en } = wrongSignature(root !== undefined, isOfLedger);
      this.#findings.add('countersignature', {
        zh: `第 ${rootNumber} 号封存的一份会签${zh}`,
        en: `a countersignature of seal ${rootNumber} ${en}`,
      });
    }
  }

  countersignatureReport(
    newest: RootDocument | undefined,
    roots: readonly RootDocument[],
  ): Report['countersignatures'] {
    const by = new Map<string, Signer>();
    const signed = new Set<number>();
    let unsealed = 0;
    for (const [sha256, { role, baseId, keyId, rootNumber }] of this.#signatures) {
      const name = this.baseNames[baseId ?? ''];
      const base = name === undefined ? { id: String(baseId) } : { name };
      const key = JSON.stringify([role, base, keyId]);
      by.set(key, { role, base, keyId, count: (by.get(key)?.count ?? 0) + 1 });
      signed.add(rootNumber);
      if ((this.#sealedSignatures.get(sha256)?.root ?? Infinity) > (newest?.number ?? 0)) unsealed += 1;
    }
    const missing = roots.map(({ number }) => number).filter((number) => !signed.has(number));
    return { count: this.#signatures.size, unsealed, by: [...by.values()], missing };
  }
}
