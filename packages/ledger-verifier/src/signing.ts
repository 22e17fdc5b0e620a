import { canonical, type Json } from './canonical';
import { fromBase64Url, utf8, type Crypto } from './crypto';
import type { HeadLine, KeyDocument, RootDocument } from './format';
import { leafHash } from './merkle-tree';

/** Is this what the holder of the key has signed for this purpose? What cannot be read is not. */
export function isSigned(
  crypto: Crypto,
  x: string,
  purpose: string,
  content: object,
  signature: string,
): boolean {
  const message = utf8(`${purpose}\n${canonical(content as Json)}`);
  try {
    return crypto.verify(fromBase64Url(x), message, fromBase64Url(signature));
  } catch {
    return false;
  }
}

/** Has the newest of these keys that may sign it signed this root? */
export function isRootSigned(
  crypto: Crypto,
  { signature, ...content }: RootDocument,
  keys: readonly KeyDocument[],
): boolean {
  const key = keys.findLast((candidate) => candidate.fromRoot <= content.number);
  return key?.keyId === content.keyId && isSigned(crypto, key.x, 'cadre-ledger-root-2', content, signature);
}

/** Is it signed by the key before it, the first by itself? */
export function isAnnounced(
  crypto: Crypto,
  { signature, ...content }: KeyDocument,
  previous: Pick<KeyDocument, 'keyId' | 'x'> = content,
): boolean {
  return (
    content.keyId === keyIdOf(crypto, content.x) &&
    content.announcedBy === previous.keyId &&
    isSigned(crypto, previous.x, 'cadre-ledger-key-1', content, signature)
  );
}

export const digest = (crypto: Crypto, value: object): string =>
  crypto.sha256Hex(utf8(canonical(value as Json)));

export const keyIdOf = (crypto: Crypto, x: string): string =>
  digest(crypto, { crv: 'Ed25519', kty: 'OKP', x }).slice(0, 16);

/** What a root's tree holds of a person. */
export function leafOf(crypto: Crypto, personId: string, { hash, seq, settled }: HeadLine): Uint8Array {
  const content = { hash, personId, seq, settled: { hash: settled.hash, seq: settled.seq } };
  return leafHash(crypto, utf8(canonical(content)));
}

/** What a root's second tree holds of a person. */
export const historyLeaf = (crypto: Crypto, personId: string, history: string): Uint8Array =>
  leafHash(crypto, utf8(canonical({ history, personId })));

/** The digest of what lies in a line between its first and its last bytes. */
export const digestWithin = (crypto: Crypto, bytes: Uint8Array, begin: number, end: number): string =>
  crypto.sha256Hex(bytes.subarray(begin, bytes.length - end));
