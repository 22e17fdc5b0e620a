import type { Crypto } from '../crypto';
import type { RootFile } from '../format';
import { LedgerVerifier } from '../ledger-verifier';
import { nodeCrypto } from '../node-crypto';
import type { Report } from '../report';
import type { MadeExport } from './make-export';

/** A prime, so that pieces end anywhere, also within a character. */
const PIECE = 65_521;

/** What the verifier finds in a file, given whole or by its lines, that it reads in pieces. */
export function verifyFile(
  file: string | readonly string[] | Uint8Array,
  kept: readonly RootFile[],
  crypto: Crypto = nodeCrypto,
): Report {
  const verifier = new LedgerVerifier(crypto, kept);
  const bytes = file instanceof Uint8Array ? file : Buffer.from([file].flat().join(''));
  for (let at = 0; at < bytes.length; at += PIECE) verifier.push(bytes.subarray(at, at + PIECE));
  return verifier.finish();
}

/** How much of a person's records a root covers; nothing of whoever is not in it. */
export function coveredBy({ heads }: RootFile, personId: string): { entries: number; settlements: number } {
  const [, entries = 0, , settlements = 0] = heads.find(([id]) => id === personId) ?? [];
  return { entries, settlements };
}

/** The same of everybody in an export. */
export const coveredOf = (made: MadeExport, root: RootFile) =>
  made.people.map(({ person }) => coveredBy(root, person.id));
