/** What tools outside hand over: base64 with or without padding, base64url, or hex. Null when it is neither. */
function bytesOf(text: string): Uint8Array | null {
  const bare = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '');
  if (/^[0-9a-f]+$/i.test(bare) && bare.length % 64 === 0)
    return Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    return Uint8Array.from(atob(bare.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
      sign.charCodeAt(0),
    );
  } catch {
    return null;
  }
}

export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** What stands before the 32 bytes of an Ed25519 key in the form that OpenSSL writes. */
const SPKI = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/** What stands before the 32 bytes of the private half in the form that OpenSSL writes. */
const PKCS8 = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

const startsWith = (bytes: Uint8Array | null, start: readonly number[]): boolean =>
  bytes !== null && start.every((byte, at) => bytes[at] === byte);

/** Somebody is about to hand over a private key (PEM, also of SSH or in a password; or what OpenSSL writes, bare). */
export const isPrivateKey = (text: string): boolean =>
  /PRIVATE KEY/.test(text) || startsWith(bytesOf(text), PKCS8);

/** An Ed25519 public key (PEM, or its 32 bytes) as base64url; null when it is none. */
export function publicKeyOf(text: string): string | null {
  const bytes = bytesOf(text);
  if (bytes?.length === 32) return toBase64Url(bytes);
  return bytes?.length === 44 && startsWith(bytes, SPKI) ? toBase64Url(bytes.subarray(12)) : null;
}

/** An Ed25519 signature as base64url; null when it is none. */
export function signatureOf(text: string): string | null {
  const bytes = bytesOf(text);
  return bytes?.length === 64 ? toBase64Url(bytes) : null;
}
