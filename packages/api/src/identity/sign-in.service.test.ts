import { LOCKOUT } from '@cadre/domain/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing';
import { TRIES } from './sign-in.service';

const PASSWORD = 'Dachen-1956-island';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const addCadre = async () => {
  const unit = await api.addUnit();
  const person = await api.addPerson(unit);
  await api.addAccount(person, PASSWORD);
  return person;
};

const FROM = { userAgent: 'browser', address: '10.0.0.1' };

describe('signing in', () => {
  it('makes a sign-in whose token resolves to the person with the grants in force today', async () => {
    const person = await addCadre();
    const grant = {
      role: 'auditor',
      scope: { kind: 'network' },
      personId: person.id,
      grantedBy: null,
      delegatedFrom: null,
      revokedAt: null,
    } as const;
    await api.repositories.grants.insertMany([
      { ...grant, id: api.newId(), from: '2026-01-01', to: '2026-11-18' },
      { ...grant, id: api.newId(), from: '2026-11-19', to: null },
      { ...grant, id: api.newId(), from: '2026-01-01', to: '2026-11-17' },
      { ...grant, id: api.newId(), from: '2026-01-01', to: null, revokedAt: api.clock.now() },
    ]);
    const token = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const resolved = await api.services.signIn.resolve(token);
    expect(resolved?.actor.personId).toBe(person.id);
    expect(resolved?.actor.grants).toHaveLength(1);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const person = await addCadre();
    await expect(api.services.signIn.signIn(person.personNo, 'wrong', FROM)).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
      details: {},
    });
    await expect(api.services.signIn.signIn('nobody', 'wrong', FROM)).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
      details: {},
    });
  });

  it('locks after five wrong passwords, refuses the right one while locked, and opens again by itself', async () => {
    const person = await addCadre();
    const attempt = (password: string) => api.services.signIn.signIn(person.personNo, password, FROM);
    for (let count = 1; count < LOCKOUT.attempts; count += 1)
      await expect(attempt('wrong')).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    const locked = { code: 'ACCOUNT_LOCKED', details: { minutes: LOCKOUT.minutes } };
    await expect(attempt('wrong')).rejects.toMatchObject(locked);
    await expect(attempt(PASSWORD)).rejects.toMatchObject(locked);
    api.clock.advanceMinutes(LOCKOUT.minutes + 1);
    await expect(attempt(PASSWORD)).resolves.toEqual(expect.any(String));
  });

  it('signs a disabled account neither in nor on', async () => {
    const person = await addCadre();
    const token = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const [account] = await api.repositories.accounts.listByPersonIds([person.id]);
    await api.repositories.accounts.setDisabled(account!.id, api.clock.now());
    expect(await api.services.signIn.resolve(token)).toBeNull();
    await expect(api.services.signIn.signIn(person.personNo, PASSWORD, FROM)).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
    });
  });
});

describe('changing the password', () => {
  it('keeps this browser, signs out every other one, and the old password is gone', async () => {
    const person = await addCadre();
    const here = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const there = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const { actor, signIn } = (await api.services.signIn.resolve(here))!;
    await api.services.signIn.changePassword(actor, signIn.id, PASSWORD, 'Another-1958-word');
    expect(await api.services.signIn.resolve(here)).not.toBeNull();
    expect(await api.services.signIn.resolve(there)).toBeNull();
    await expect(api.services.signIn.signIn(person.personNo, PASSWORD, FROM)).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
    });
  });

  it('refuses a wrong current password, a weak and an unchanged new one; nothing changes', async () => {
    const person = await addCadre();
    const token = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const { actor, signIn } = (await api.services.signIn.resolve(token))!;
    const change = (current: string, next: string) =>
      api.services.signIn.changePassword(actor, signIn.id, current, next);
    await expect(change('wrong', 'Another-1958-word')).rejects.toMatchObject({
      code: 'CURRENT_PASSWORD_WRONG',
    });
    await expect(change(PASSWORD, 'short')).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject({ code: 'PASSWORD_UNCHANGED' });
    await expect(api.services.signIn.signIn(person.personNo, PASSWORD, FROM)).resolves.toEqual(
      expect.any(String),
    );
  });
});

describe('guessing the current password', () => {
  const NEXT = 'Another-1958-word';
  const openPage = async () => {
    const person = await addCadre();
    const token = await api.services.signIn.signIn(person.personNo, PASSWORD, FROM);
    const { actor, signIn } = (await api.services.signIn.resolve(token))!;
    const change = (current: string) => api.services.signIn.changePassword(actor, signIn.id, current, NEXT);
    const signInAgain = (password: string) =>
      api.services.signIn.signIn(person.personNo, password, { ...FROM, address: '10.0.0.9' });
    return { change, signInAgain };
  };
  const after = async (tries: Promise<void>[]): Promise<string[]> =>
    (await Promise.allSettled(tries)).map((outcome) =>
      outcome.status === 'fulfilled' ? 'changed' : (outcome.reason as { code: string }).code,
    );

  it('ends after five times even for the right one, says for how long, and leaves the sign-in open', async () => {
    const { change, signInAgain } = await openPage();
    for (let time = 0; time < LOCKOUT.attempts; time += 1)
      expect(await after([change('wrong')])).toEqual(['CURRENT_PASSWORD_WRONG']);
    await expect(change(PASSWORD)).rejects.toMatchObject({
      code: 'PASSWORD_TRIES_SPENT',
      details: { minutes: expect.any(Number) as number },
    });
    await expect(signInAgain(PASSWORD)).resolves.toEqual(expect.any(String));
    api.clock.advanceMinutes(LOCKOUT.minutes);
    await change(PASSWORD);
    await expect(signInAgain(NEXT)).resolves.toEqual(expect.any(String));
  });

  it('of ten at once five are looked at', async () => {
    const { change } = await openPage();
    const codes = await after(Array.from({ length: 10 }, () => change('wrong')));
    expect(codes.filter((code) => code === 'CURRENT_PASSWORD_WRONG')).toHaveLength(LOCKOUT.attempts);
    expect(codes.filter((code) => code === 'PASSWORD_TRIES_SPENT')).toHaveLength(10 - LOCKOUT.attempts);
  });

  it('is forgotten with the right one', async () => {
    const { change } = await openPage();
    expect(await after(Array.from({ length: 4 }, () => change('wrong')))).not.toContain(
      'PASSWORD_TRIES_SPENT',
    );
    await change(PASSWORD);
    expect(await after(Array.from({ length: LOCKOUT.attempts }, () => change('wrong')))).toEqual(
      Array.from({ length: LOCKOUT.attempts }, () => 'CURRENT_PASSWORD_WRONG'),
    );
  });
});

describe('the procedures of the account', () => {
  it('set the cookie, tell who one is, and clear the cookie on sign-out', async () => {
    const person = await addCadre();
    await api.callerOf(null).identity.signIn({ loginName: person.personNo, password: PASSWORD });
    const { actor, signIn } = (await api.services.signIn.resolve(api.cookie.token!))!;
    const caller = api.callerOf(actor, { signInId: signIn.id });
    expect(await caller.identity.me()).toMatchObject({
      person: { id: person.id, name: person.name },
      grants: [],
    });
    const token = api.cookie.token!;
    await caller.identity.signOut();
    expect(api.cookie.token).toBeNull();
    expect(await api.services.signIn.resolve(token)).toBeNull();
  });

  it('refuse nobody, and a person who still owes a new password stays outside the product', async () => {
    await expect(api.callerOf(null).identity.me()).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      message: 'NOT_SIGNED_IN',
    });
    const actor = api.actorOf(await addCadre());
    await expect(
      api.callerOf(actor, { mustChangePassword: true }).clock.advance({ to: new Date('2027-01-01') }),
    ).rejects.toMatchObject({ message: 'PASSWORD_CHANGE_REQUIRED' });
  });
});

describe('the demonstration clock', () => {
  it('moves forward, tells open screens, and never goes back', async () => {
    const caller = api.callerOf(api.actorOf(await addCadre()));
    const before = api.clock.now();
    await expect(caller.clock.advance({ to: before })).rejects.toMatchObject({ message: 'CLOCK_BACKWARDS' });
    const later = new Date(before.getTime() + 60_000);
    expect(await caller.clock.advance({ to: later })).toEqual({ now: later, demonstration: true });
    expect(api.facts.at(-1)).toEqual({ type: 'clock:moved' });
  });
});

describe('trying names and passwords', () => {
  const attempt = (loginName: string, address: string) =>
    api.services.signIn.signIn(loginName, 'wrong', { userAgent: 'browser', address });

  it('is stopped for one name at one address, and goes on for everybody else there', async () => {
    const person = await api.addPerson(await api.addUnit());
    await api.addAccount(person, PASSWORD);
    for (let tried = 0; tried < TRIES.perName; tried += 1)
      await expect(attempt('guessed', FROM.address)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    await expect(attempt('GUESSED ', FROM.address)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await expect(attempt('guessed', '10.0.0.2')).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    expect(await api.services.signIn.signIn(person.personNo, PASSWORD, FROM)).toEqual(expect.any(String));
    api.clock.advanceMinutes(TRIES.windowMillis / 60_000);
    await expect(attempt('guessed', FROM.address)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
  });

  it('a hall of 300 behind one address, each wrong twice before they are right, is not stopped', async () => {
    expect(300 * 2).toBeLessThan(TRIES.perAddress);
    const unit = await api.addUnit();
    const people = await Promise.all(Array.from({ length: 30 }, () => api.addPerson(unit)));
    for (const person of people) await api.addAccount(person, PASSWORD);
    const tokens = await Promise.all(
      people.map(async ({ personNo }) => {
        for (const _ of [1, 2])
          await expect(attempt(personNo, FROM.address)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
        return api.services.signIn.signIn(personNo, PASSWORD, FROM);
      }),
    );
    expect(new Set(tokens).size).toBe(30);
  });
});
