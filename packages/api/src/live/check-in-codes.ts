import { createHmac } from 'node:crypto';
import type { SettingRepository } from '@cadre/db/setting';
import type { Id } from '@cadre/domain/core';
import {
  CODE_GRACE_STEPS,
  CODE_KNOWN_STEPS,
  TOKEN_BYTES,
  codeChangesAt,
  codeMessage,
  codeStepOf,
  digitsOf,
  type CheckInProof,
} from '@cadre/domain/live';
import { z } from 'zod';
import { equalSecrets, toToken, type Ports } from '../core';

const SETTING = 'check-in-key';
const KEY_BYTES = 32;
const storedKey = z.object({ key: z.string().min(1) });

/** `expired`: it was shown lately; anything else that is not shown now is `wrong`. */
export type CodeVerdict = 'right' | 'expired' | 'wrong';

export interface CheckInCode {
  token: string;
  digits: string;
  changesAt: Date;
}

export interface CheckInCodesDeps extends Pick<Ports, 'random'> {
  settings: Pick<SettingRepository, 'getOrSet'>;
}

export type CheckInCodes = ReturnType<typeof createCheckInCodes>;

/**
 * The rotating codes of the hall screens: HMAC-SHA-256 over session and step with a key that the installation makes
 * once and keeps in its database, so that every process shows and accepts the same.
 */
export function createCheckInCodes({ settings, random }: CheckInCodesDeps) {
  let key: Promise<Buffer> | undefined;
  const readKey = async (): Promise<Buffer> => {
    const fresh = { key: toToken(random.bytes(KEY_BYTES)) };
    return Buffer.from(storedKey.parse(await settings.getOrSet(SETTING, fresh)).key, 'base64url');
  };
  const getKey = (): Promise<Buffer> => {
    // A database that was away for a moment must not leave a rejected promise behind for ever.
    key ??= readKey().catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  const codeOf = (secret: Buffer, sessionId: Id, step: number): CheckInCode => {
    const mac = createHmac('sha256', secret).update(codeMessage(sessionId, step)).digest();
    return {
      token: mac.subarray(0, TOKEN_BYTES).toString('base64url'),
      digits: digitsOf(mac),
      changesAt: codeChangesAt(step),
    };
  };

  return {
    /** What the hall screen shows at this moment. */
    async current(sessionId: Id, now: Date): Promise<CheckInCode> {
      return codeOf(await getKey(), sessionId, codeStepOf(now));
    },

    /** Was this shown for the session at `now`, or so shortly before that it still counts? */
    async verify(sessionId: Id, proof: CheckInProof, now: Date): Promise<CodeVerdict> {
      const secret = await getKey();
      const step = codeStepOf(now);
      for (let age = 0; age <= CODE_KNOWN_STEPS; age += 1) {
        const shown = codeOf(secret, sessionId, step - age);
        const matches =
          proof.kind === 'qr'
            ? equalSecrets(proof.token, shown.token)
            : equalSecrets(proof.digits, shown.digits);
        if (matches) return age <= CODE_GRACE_STEPS ? 'right' : 'expired';
      }
      return 'wrong';
    },
  };
}
