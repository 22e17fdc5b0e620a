import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { toHex, type Crypto } from './crypto';

// Browsers keep their own cryptography from pages of some origins; what is brought along works in all of them.
hashes.sha512 = sha512;

export const pageCrypto: Crypto = {
  sha256,
  sha256Hex: (bytes) => toHex(sha256(bytes)),
  hasher: () => {
    const running = sha256.create();
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
  verify: (publicKey, message, signature) => verify(signature, message, publicKey),
};
