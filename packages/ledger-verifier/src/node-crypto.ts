import { createHash, createPublicKey, hash, verify } from 'node:crypto';
import type { Crypto } from './crypto';

export const nodeCrypto: Crypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sha256Hex: (bytes) => hash('sha256', bytes, 'hex'),
  hasher: () => {
    const running = createHash('sha256');
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
  verify: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
};
