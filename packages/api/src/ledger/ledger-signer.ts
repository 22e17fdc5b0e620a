import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
} from 'node:crypto';
import type { Tx } from '@cadre/db/core';
import type { SealRepository } from '@cadre/db/ledger';
import type { SettingRepository } from '@cadre/db/setting';
import { keyIdOf, keyMessage, type LedgerKey } from '@cadre/domain/ledger';
import type { Ports } from '../core';

/** Where the private half of a key lies. */
const settingOf = (keyId: string): string => `ledger-key:${keyId}`;

const signWith = (jwk: JsonWebKey, message: string): string =>
  sign(null, Buffer.from(message), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64url');

/** Does a signature (base64url) of this Ed25519 key hold for a message? */
export function holds(x: string, message: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(message), key, Buffer.from(signature, 'base64url'));
}

export interface LedgerSignerDeps extends Pick<Ports, 'clock' | 'newId'> {
  settings: Pick<SettingRepository, 'find' | 'remove' | 'set'>;
  seals: Pick<SealRepository, 'listKeys' | 'tryInsertKey'>;
}

export type LedgerSigner = ReturnType<typeof createLedgerSigner>;

/**
 * The keys that sign roots: the first is made by itself, each later one is announced under the signature of the one
 * before, whose private half is then gone for good. Its public half stays, and verifies what it has signed.
 */
export function createLedgerSigner({ settings, seals, clock, newId }: LedgerSignerDeps) {
  const privateKey = async (keyId: string, tx?: Tx): Promise<JsonWebKey> =>
    (await settings.find(settingOf(keyId), tx))!['jwk'] as JsonWebKey;

  const announce = async (previous: LedgerKey | undefined, fromRoot: number, tx?: Tx): Promise<LedgerKey> => {
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const keyId = keyIdOf(jwk.x!);
    const content = {
      number: (previous?.number ?? 0) + 1,
      keyId,
      x: jwk.x!,
      fromRoot,
      announcedBy: previous?.keyId ?? keyId,
      announcedAt: clock.now(),
    };
    const signature = signWith(previous ? await privateKey(previous.keyId, tx) : jwk, keyMessage(content));
    const key = { id: newId(), ...content, signature };
    // The private half first: an announced key that nobody holds could never sign.
    await settings.set(settingOf(keyId), { jwk }, tx);
    await seals.tryInsertKey(key, tx);
    return key;
  };

  return {
    /** Makes the first key where there is none; of several processes at once one wins. */
    async open(): Promise<void> {
      if ((await seals.listKeys()).length === 0) await announce(undefined, 1);
    },
    /** Announces the key that signs from the given root on, and removes the private half of the one before. */
    async rotate(fromRoot: number, tx: Tx): Promise<LedgerKey> {
      const previous = (await seals.listKeys(tx)).at(-1);
      const key = await announce(previous, fromRoot, tx);
      if (previous) await settings.remove([settingOf(previous.keyId)], tx);
      return key;
    },
    /** Removes what an installation of before has kept: private halves of keys that a later one has replaced. */
    async forgetRetired(): Promise<void> {
      const retired = (await seals.listKeys()).slice(0, -1);
      if (retired.length > 0) await settings.remove(retired.map(({ keyId }) => settingOf(keyId)));
    },
    async newestKey(tx: Tx): Promise<LedgerKey> {
      return (await seals.listKeys(tx)).at(-1)!;
    },
    async sign(keyId: string, message: string, tx: Tx): Promise<string> {
      return signWith(await privateKey(keyId, tx), message);
    },
  };
}
