import type {
  AccountRepository,
  GrantRepository,
  PersonRepository,
  SignIn,
  SignInRepository,
  UnitRepository,
} from '@cadre/db/identity';
import type { AttemptRepository } from '@cadre/db/live';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, toCivilDate } from '@cadre/domain/core';
import {
  afterWrongPassword,
  isPasswordStrong,
  LOCKOUT,
  type AccountSettings,
  type Me,
} from '@cadre/domain/identity';
import { hashSecret, toToken, type Ports } from '../core';

/** A browser that has not been used for so many days must sign in again. */
export const SIGN_IN_DAYS = 30;
const DAY_MILLIS = 86_400_000;
/** `lastSeenAt` is written at most once in so many milliseconds, so that reading stays reading. */
const TOUCH_MILLIS = 3_600_000;
const TOKEN_BYTES = 32;
/** Wrong tries within one window: for one name from one address, and from one address for all names together. */
export const TRIES = { windowMillis: 600_000, perName: 10, perAddress: 2_000 } as const;

export interface SignInDeps extends Pick<
  Ports,
  'clock' | 'systemClock' | 'newId' | 'publisher' | 'random' | 'passwords'
> {
  accounts: Pick<
    AccountRepository,
    'findById' | 'findForSignIn' | 'tryRecordFailure' | 'clearFailures' | 'setPassword' | 'setSettings'
  >;
  signIns: SignInRepository;
  attempts: Pick<AttemptRepository, 'countsOf' | 'deleteExpired' | 'forget' | 'record' | 'tryTake'>;
  grants: Pick<GrantRepository, 'listInForce'>;
  people: Pick<PersonRepository, 'getById'>;
  units: Pick<UnitRepository, 'getById'>;
}

export interface ResolvedSignIn {
  actor: PersonActor;
  signIn: SignIn;
  mustChangePassword: boolean;
}

const MINUTE_MILLIS = 60_000;

/** Minutes, not a time of day: the lock runs by the machine's clock, which a demonstration does not show. */
const minutesUntil = (until: Date, now: Date): number =>
  Math.ceil((until.getTime() - now.getTime()) / MINUTE_MILLIS);
const locked = (until: Date, now: Date): AppError =>
  new AppError('ACCOUNT_LOCKED', { minutes: minutesUntil(until, now) });

export type SignInService = ReturnType<typeof createSignInService>;

export function createSignInService(deps: SignInDeps) {
  const { accounts, signIns, attempts, grants, people, units } = deps;
  const { clock, systemClock, newId, publisher, random, passwords } = deps;
  // Verified against when the login name is unknown, so that the answer takes as long.
  const nobodysHash = passwords.hash(toToken(random.bytes(TOKEN_BYTES)));

  /** Refuses when too much was tried in vain; what fails now is recorded with what it answers. */
  const triesOf = async (loginName: string, address: string) => {
    const window = Math.floor(systemClock.now().getTime() / TRIES.windowMillis);
    const endsAt = new Date((window + 1) * TRIES.windowMillis);
    const ofAddress = `sign-in/${hashSecret(address)}/${window}`;
    const ofName = `sign-in/${hashSecret(`${loginName.trim().toLowerCase()} ${address}`)}/${window}`;
    const counts = await attempts.countsOf([ofAddress, ofName]);
    if ((counts.get(ofName) ?? 0) >= TRIES.perName || (counts.get(ofAddress) ?? 0) >= TRIES.perAddress)
      throw new AppError('TOO_MANY_REQUESTS', { until: endsAt.toISOString() });
    return { record: () => attempts.record([ofAddress, ofName], endsAt) };
  };

  /** One guess at the current password of an account, counted before it is made. */
  const takeGuess = async (accountId: string): Promise<string> => {
    const now = systemClock.now();
    const windowMillis = LOCKOUT.minutes * MINUTE_MILLIS;
    const window = Math.floor(now.getTime() / windowMillis);
    const endsAt = new Date((window + 1) * windowMillis);
    const key = `password/${accountId}/${window}`;
    if (!(await attempts.tryTake(key, LOCKOUT.attempts, endsAt)))
      throw new AppError('PASSWORD_TRIES_SPENT', { minutes: minutesUntil(endsAt, now) });
    return key;
  };

  const startSignIn = async (accountId: string, personId: string, userAgent: string): Promise<string> => {
    const token = toToken(random.bytes(TOKEN_BYTES));
    const now = systemClock.now();
    await signIns.insert({
      id: newId(),
      tokenHash: hashSecret(token),
      accountId,
      personId,
      createdAt: now,
      lastSeenAt: now,
      userAgent: userAgent.slice(0, 200),
    });
    return token;
  };

  return {
    /**
     * Returns the token of a new sign-in. A wrong name and a wrong password answer alike; five wrong passwords lock the
     * account. Wrong tries are counted per name and address, and per address at a height that no hall of people reaches.
     */
    async signIn(
      loginName: string,
      password: string,
      { userAgent, address }: { userAgent: string; address: string },
    ): Promise<string> {
      const tries = await triesOf(loginName, address);
      const found = await accounts.findForSignIn(loginName);
      const now = systemClock.now();
      if (found?.account.lockedUntil && found.account.lockedUntil > now)
        throw locked(found.account.lockedUntil, now);
      const matches = await passwords.verify(found?.passwordHash ?? (await nobodysHash), password);
      if (!found || found.account.disabledAt !== null || !matches) await tries.record();
      if (!found || found.account.disabledAt !== null) throw new AppError('CREDENTIALS_WRONG');
      const { account } = found;
      if (!matches) {
        const next = afterWrongPassword(account.failedAttempts, now);
        await accounts.tryRecordFailure(account.id, account.failedAttempts, next);
        if (next.lockedUntil) throw locked(next.lockedUntil, now);
        throw new AppError('CREDENTIALS_WRONG');
      }
      if (account.failedAttempts > 0) await accounts.clearFailures(account.id);
      return startSignIn(account.id, account.personId, userAgent);
    },

    /** Who a token belongs to, with the grants in force today; null for an unknown, old or signed-out token. */
    async resolve(token: string): Promise<ResolvedSignIn | null> {
      const now = systemClock.now();
      const signIn = await signIns.findByTokenHash(
        hashSecret(token),
        new Date(now.getTime() - SIGN_IN_DAYS * DAY_MILLIS),
      );
      if (!signIn) return null;
      const [account, inForce] = await Promise.all([
        accounts.findById(signIn.accountId),
        grants.listInForce(signIn.personId, toCivilDate(clock.now())),
      ]);
      if (!account || account.disabledAt !== null) return null;
      if (now.getTime() - signIn.lastSeenAt.getTime() > TOUCH_MILLIS) await signIns.touch(signIn.id, now);
      return {
        actor: {
          kind: 'person',
          personId: account.personId,
          accountId: account.id,
          grants: inForce.map(({ id, role, scope }) => ({ id, role, scope })),
        },
        signIn,
        mustChangePassword: account.mustChangePassword,
      };
    },

    async me(actor: PersonActor): Promise<Me> {
      const [account, person] = await Promise.all([
        accounts.findById(actor.accountId),
        people.getById(actor.personId),
      ]);
      if (!account) throw new AppError('NOT_SIGNED_IN');
      const unit = await units.getById(person.unitId);
      return {
        accountId: account.id,
        person: {
          id: person.id,
          personNo: person.personNo,
          name: person.name,
          unit: { id: unit.id, name: unit.name },
        },
        grants: actor.grants.map((held) => ({ ...held })),
        settings: account.settings,
        mustChangePassword: account.mustChangePassword,
      };
    },

    /** Removes sign-ins of browsers that have not been used for too long, and counts of tries whose window is over. */
    async removeExpired(): Promise<void> {
      const now = systemClock.now();
      await signIns.deleteExpired(new Date(now.getTime() - SIGN_IN_DAYS * DAY_MILLIS));
      await attempts.deleteExpired(now);
    },

    async signOut(signInId: string): Promise<void> {
      await signIns.deleteById(signInId);
    },

    /** Ends every sign-in of the account, this browser included. */
    async signOutEverywhere(actor: PersonActor): Promise<void> {
      await signIns.deleteByAccount(actor.accountId, null);
      publisher.publish({ type: 'account:signed-out', personId: actor.personId });
    },

    /**
     * Sets a new password and signs out every other browser. The current password may be wrong as often as at the
     * sign-in; beyond that only this is closed for a while, so that whoever sits at an open page locks nobody out.
     */
    async changePassword(actor: PersonActor, signInId: string, current: string, next: string): Promise<void> {
      const guess = await takeGuess(actor.accountId);
      const account = await accounts.findById(actor.accountId);
      const found = account && (await accounts.findForSignIn(account.loginName));
      if (!found || !(await passwords.verify(found.passwordHash, current)))
        throw new AppError('CURRENT_PASSWORD_WRONG');
      await attempts.forget(guess);
      if (!isPasswordStrong(next)) throw new AppError('PASSWORD_TOO_WEAK');
      if (current === next) throw new AppError('PASSWORD_UNCHANGED');
      await accounts.setPassword(actor.accountId, await passwords.hash(next), false);
      await signIns.deleteByAccount(actor.accountId, signInId);
      publisher.publish({ type: 'account:signed-out', personId: actor.personId });
    },

    async updateSettings(actor: PersonActor, settings: AccountSettings): Promise<void> {
      await accounts.setSettings(actor.accountId, settings);
    },
  };
}
