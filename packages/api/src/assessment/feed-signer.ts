import type { SettingRepository } from '@cadre/db/setting';
import { canonicalJson, digestOf } from '@cadre/domain/ledger';
import { CompactSign, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

const SETTING = 'feed-signing-key';
const ALGORITHM = 'EdDSA';

export type FeedSigner = ReturnType<typeof createFeedSigner>;

/** The key that signs the feed: made once per installation and kept with it; its public half is published. */
export function createFeedSigner({ settings }: { settings: Pick<SettingRepository, 'getOrSet'> }) {
  const open = async () => {
    const fresh = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
    const stored = await settings.getOrSet(SETTING, { jwk: await exportJWK(fresh.privateKey) });
    const jwk = stored['jwk'] as JWK;
    const { crv = '', x = '', kty = '' } = jwk;
    // RFC 7638: the key's thumbprint names it.
    const kid = digestOf({ crv, kty, x }).slice(0, 16);
    const key = (await importJWK({ ...jwk, alg: ALGORITHM }, ALGORITHM)) as CryptoKey;
    return { key, kid, publicKey: { kty, crv, x, kid, alg: ALGORITHM, use: 'sig' } };
  };
  let opened: ReturnType<typeof open> | null = null;
  const signingKey = () => (opened ??= open());

  return {
    /** Signs the canonical JSON of a value; the result carries it (compact JWS). */
    async sign(value: unknown): Promise<string> {
      const { key, kid } = await signingKey();
      return new CompactSign(new TextEncoder().encode(canonicalJson(value)))
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .sign(key);
    },
    async publicKeys() {
      return { keys: [(await signingKey()).publicKey] };
    },
  };
}
