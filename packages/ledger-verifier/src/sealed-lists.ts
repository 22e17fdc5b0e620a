import { digestWithin, digest, isSigned, keyIdOf } from './signing';
import type { Crypto } from './crypto';
import type { CountersignatureDocument, RegulationLine, RootDocument } from './format';
import { knownForm, type Regulation } from './rederive';
import type { Fault, Report } from './report';
import { targetNames } from './say-targets';

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

/** A text that cannot be read is none of the known form; that it was changed is said elsewhere. */
function formOf(text: string): Regulation | null {
  try {
    return knownForm(text);
  } catch {
    return null;
  }
}

/** Says what was found: in the line that is being read, in another one, or (null) of the whole file. */
type Say = (kind: Fault['kind'], says: string, line?: number | null) => void;

/** The regulations and countersignatures of a file, held to what its roots list of them. */
export class SealedLists {
  readonly #crypto: Crypto;
  readonly #fault: Say;
  /** The names of bases that have countersigned, as the file gives them. */
  baseNames: Record<string, string> = {};
  readonly #sealedVersions = new Map<string, SealedVersion>();
  /** The versions that the file holds. */
  readonly #versions = new Map<string, { line: number; sha256: string }>();
  /** Those whose figures can be derived anew in full, by the names that `rederive` uses. */
  readonly forms = new Map<string, Regulation | null>();
  readonly names = new Map<string, Record<string, string>>();
  /** By their digests. */
  readonly #sealedSignatures = new Map<string, SealedSignature>();
  readonly #signatures = new Map<string, CountersignatureDocument>();
  /** Roots and keys of countersignatures that do not hold. */
  readonly #wrongSignatures = new Set<string>();

  constructor(crypto: Crypto, fault: Say) {
    this.#crypto = crypto;
    this.#fault = fault;
  }

  /** Takes what a root lists. */
  seal(root: RootDocument, previous: RootDocument | undefined): void {
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
      if (!listed.has(name)) this.#fault('regulation', `第 ${number} 号封存里没有了规则 ${name}`);
    for (const regulation of regulations) {
      const name = versionOf(regulation);
      const { sha256 } = regulation;
      const before = this.#sealedVersions.get(name);
      if (!before) this.#sealedVersions.set(name, { root: number, sha256 });
      else if (before.sha256 !== sha256)
        this.#fault('regulation', `第 ${number} 号封存里的规则 ${name}与第 ${before.root} 号封存不同`);
    }
  }

  readRegulation({ code, version, text }: RegulationLine, bytes: Uint8Array, line: number): void {
    const name = versionOf({ id: code, version });
    if (this.#versions.has(name)) return void this.#fault('inserted', `规则 ${name}出现了两次`);
    const sha256 = digestWithin(this.#crypto, bytes, REGULATION_BEGIN, 1);
    this.#versions.set(name, { line, sha256 });
    // By a text that was changed nobody's figures are judged.
    const isSealed = (this.#sealedVersions.get(name)?.sha256 ?? sha256) === sha256;
    const form = isSealed ? formOf(text) : null;
    this.forms.set(`${code} v${version}`, form);
    if (form) this.names.set(`${code} v${version}`, targetNames(text));
  }

  /** When everything has been read: a line may stand before the root that lists it. */
  check(): void {
    for (const [name, sealed] of this.#sealedVersions) {
      const found = this.#versions.get(name);
      if (!found) this.#fault('regulation', `第 ${sealed.root} 号封存里的规则 ${name}在文件里没有了`, null);
      else if (found.sha256 !== sealed.sha256)
        this.#fault('regulation', `规则 ${name}与第 ${sealed.root} 号封存不符：被改过`, found.line);
    }
    for (const [sha256, { root, rootNumber, keyId }] of this.#sealedSignatures)
      if (!this.#signatures.has(sha256) && !this.#wrongSignatures.has(`${rootNumber} ${keyId}`))
        this.#fault(
          'countersignature',
          `第 ${root} 号封存列有的一份会签在文件里没有了：第 ${rootNumber} 号封存的，公钥 ${keyId}`,
          null,
        );
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
    if (this.#signatures.has(sha256)) this.#fault('inserted', `第 ${rootNumber} 号封存的一份会签出现了两次`);
    else if (isOfLedger && isByKey) this.#signatures.set(sha256, value);
    else {
      this.#wrongSignatures.add(`${rootNumber} ${keyId}`);
      const wrong = isOfLedger ? '不是登记的公钥签的，或被改过' : '被改过，或不是这本流水的';
      const says = root ? `会签不对：${wrong}` : '会签无从核对：文件里没有这号封存';
      this.#fault('countersignature', `第 ${rootNumber} 号封存的一份${says}`);
    }
  }

  countersignatureReport(
    newest: RootDocument | undefined,
    roots: readonly RootDocument[],
  ): Report['countersignatures'] {
    const by: Record<string, number> = {};
    const signed = new Set<number>();
    let unsealed = 0;
    for (const [sha256, { role, baseId, keyId, rootNumber }] of this.#signatures) {
      const base = this.baseNames[baseId ?? ''] ?? `基地 ${baseId}`;
      const signer = `${role === 'alliance' ? '联盟办公室' : base}，公钥 ${keyId}`;
      by[signer] = (by[signer] ?? 0) + 1;
      signed.add(rootNumber);
      if ((this.#sealedSignatures.get(sha256)?.root ?? Infinity) > (newest?.number ?? 0)) unsealed += 1;
    }
    const missing = roots.map(({ number }) => number).filter((number) => !signed.has(number));
    return { count: this.#signatures.size, unsealed, by, missing };
  }
}
