/** A hash that is being made. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Ends it. */
  digest(): Uint8Array;
  /** Another one that has taken the same bytes so far. */
  fork(): Hasher;
}

/** What the verifier needs of cryptography; the command uses Node's, the page brings its own. */
export interface Crypto {
  sha256(bytes: Uint8Array): Uint8Array;
  /** The same in lower-case hex. */
  sha256Hex(bytes: Uint8Array): string;
  /** A hash over bytes that come one piece after another. */
  hasher(): Hasher;
  /** Does an Ed25519 signature hold? Key, message and signature as bytes. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** The bytes; any but the one way of writing them is an error, since the last sign has bits that stand for nothing. */
export function fromBase64Url(text: string): Uint8Array {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const written = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (written !== text) throw new TypeError('not as base64url is written');
  return Uint8Array.from(bytes, (sign) => sign.charCodeAt(0));
}

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
