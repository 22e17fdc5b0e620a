import { createHash, createPublicKey, hash, verify, type Hash } from 'node:crypto';
import type { Crypto, Hasher } from './crypto';

const hasherOf = (running: Hash): Hasher => ({
  update: (bytes) => void running.update(bytes),
  digest: () => running.digest(),
  fork: () => hasherOf(running.copy()),
});

export const nodeCrypto: Crypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sha256Hex: (bytes) => hash('sha256', bytes, 'hex'),
  hasher: () => hasherOf(createHash('sha256')),
  verify: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
};
