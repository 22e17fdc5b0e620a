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

/** An Ed25519 public key (PEM, or its 32 bytes) as base64url; null when it is none. */
export function publicKeyOf(text: string): string | null {
  const bytes = bytesOf(text);
  if (bytes?.length === 32) return toBase64Url(bytes);
  const isSpki = bytes?.length === 44 && SPKI.every((byte, at) => bytes[at] === byte);
  return isSpki ? toBase64Url(bytes.subarray(12)) : null;
}

/** An Ed25519 signature as base64url; null when it is none. */
export function signatureOf(text: string): string | null {
  const bytes = bytesOf(text);
  return bytes?.length === 64 ? toBase64Url(bytes) : null;
}
