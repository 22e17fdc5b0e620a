import { createHash, timingSafeEqual } from 'node:crypto';

/** The form in which tokens and keys of high entropy are kept. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export const toToken = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
