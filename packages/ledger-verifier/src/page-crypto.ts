import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { toHex, type Crypto, type Hasher } from './crypto';

// Browsers keep their own cryptography from pages of some origins; what is brought along works in all of them.
hashes.sha512 = sha512;

const hasherOf = (running: ReturnType<typeof sha256.create>): Hasher => ({
  update: (bytes) => void running.update(bytes),
  digest: () => running.digest(),
  fork: () => hasherOf(running.clone()),
});

export const pageCrypto: Crypto = {
  sha256,
  sha256Hex: (bytes) => toHex(sha256(bytes)),
  hasher: () => hasherOf(sha256.create()),
  verify: (publicKey, message, signature) => verify(signature, message, publicKey),
};
