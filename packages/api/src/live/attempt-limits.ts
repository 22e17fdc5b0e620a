import type { AttemptRepository } from '@cadre/db/live';
import { AppError, type Id } from '@cadre/domain/core';
import { ATTEMPT_LIMITS, type CheckInProof } from '@cadre/domain/live';
import type { Ports } from '../core';
import type { CodeVerdict } from './check-in-codes';

/** One try to check in to a session, with what the code turned out to be. */
export interface Attempt {
  accountId: Id;
  kind: CheckInProof['kind'];
  verdict: CodeVerdict;
}

export interface AttemptLimitsDeps extends Pick<Ports, 'systemClock'> {
  attempts: Pick<AttemptRepository, 'countsOf' | 'record'>;
}

const REFUSAL = { wrong: 'CHECK_IN_CODE_WRONG', expired: 'CHECK_IN_CODE_EXPIRED' } as const;
const WINDOW_MILLIS = ATTEMPT_LIMITS.windowMinutes * 60_000;

/**
 * Limits on guessing, per account and per session and never per address: a hall of 500 sits behind one. Wrong tries
 * are counted in the database, so that the limit holds over all processes; right ones cost nothing.
 */
export function createAttemptLimits({ attempts, systemClock }: AttemptLimitsDeps) {
  return {
    /** For each try, in the order of arrival, the refusal it earns, or null when it may go on. */
    async judge(sessionId: Id, tries: readonly Attempt[]): Promise<(AppError | null)[]> {
      if (tries.length === 0) return [];
      const window = Math.floor(systemClock.now().getTime() / WINDOW_MILLIS);
      const endsAt = new Date((window + 1) * WINDOW_MILLIS);
      const sessionKey = `session/${sessionId}/${window}`;
      const accountKey = (accountId: Id) => `account/${accountId}/${window}`;
      const keys = new Set(tries.map(({ accountId }) => accountKey(accountId)));
      const counts = await attempts.countsOf([sessionKey, ...keys]);
      const countOf = (key: string): number => counts.get(key) ?? 0;
      const wrong: string[] = [];
      const note = (key: string): void => {
        counts.set(key, countOf(key) + 1);
        wrong.push(key);
      };
      const tooMany = () => new AppError('TOO_MANY_REQUESTS', { until: endsAt.toISOString() });

      const judged = tries.map(({ accountId, kind, verdict }) => {
        const own = accountKey(accountId);
        if (countOf(own) >= ATTEMPT_LIMITS.account) return tooMany();
        if (kind === 'code' && countOf(sessionKey) >= ATTEMPT_LIMITS.sessionDigits) return tooMany();
        if (verdict === 'right') return null;
        // Typing a code that has just changed is no guessing.
        if (verdict === 'wrong') {
          note(own);
          if (kind === 'code') note(sessionKey);
        }
        return new AppError(REFUSAL[verdict]);
      });
      await attempts.record(wrong, endsAt);
      return judged;
    },
  };
}
