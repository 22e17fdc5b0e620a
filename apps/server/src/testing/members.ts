import { randomBytes } from 'node:crypto';
import type { Repositories } from '@cadre/api/container';
import { hashSecret } from '@cadre/api/core';
import type { PersonActor } from '@cadre/domain/access';
import type { IdGenerator } from '@cadre/domain/core';
import { DEFAULT_SETTINGS } from '@cadre/domain/identity';
import { SIGN_IN_COOKIE } from '../http/actor';

/** Somebody who is signed in, and the cookie that shows it. */
export interface Member {
  actor: PersonActor;
  cookie: string;
}

/**
 * People of one new unit who are signed in already, without the slow part of it: checking passwords is by design the
 * most expensive thing the server does. They sign in at `now`.
 */
export async function addMembers(
  repositories: Pick<Repositories, 'accounts' | 'people' | 'signIns' | 'units'>,
  newId: IdGenerator,
  count: number,
  now: Date,
): Promise<Member[]> {
  const unitId = newId();
  await repositories.units.insert({
    id: unitId,
    code: unitId.slice(-12),
    name: { zh: '单位', en: 'Unit' },
    kind: 'organ',
    parentId: null,
    path: [unitId],
    demo: false,
  });
  const members = Array.from({ length: count }, (): Member & { token: string } => {
    const token = randomBytes(32).toString('base64url');
    const actor: PersonActor = { kind: 'person', personId: newId(), accountId: newId(), grants: [] };
    return { actor, token, cookie: `${SIGN_IN_COOKIE}=${token}` };
  });
  await repositories.people.insertMany(
    members.map(({ actor: { personId } }) => ({
      person: {
        id: personId,
        personNo: personId.slice(-12),
        name: '学员',
        birthDate: null,
        unitId,
        unitPath: [unitId],
        affiliations: [{ unitId, kind: 'home', from: '2020-01-01', to: null }],
        posts: [],
        grades: [],
        status: 'active',
        demo: false,
      },
      idCardHash: null,
    })),
  );
  await repositories.accounts.insertMany(
    members.map(({ actor: { personId, accountId } }) => ({
      account: {
        id: accountId,
        personId,
        loginName: personId.slice(-12),
        mustChangePassword: false,
        failedAttempts: 0,
        lockedUntil: null,
        disabledAt: null,
        settings: DEFAULT_SETTINGS,
      },
      passwordHash: 'nobody signs in with it',
    })),
  );
  await Promise.all(
    members.map(({ actor: { accountId, personId }, token }) =>
      repositories.signIns.insert({
        id: newId(),
        tokenHash: hashSecret(token),
        accountId,
        personId,
        createdAt: now,
        lastSeenAt: now,
        userAgent: 'test',
      }),
    ),
  );
  return members.map(({ actor, cookie }) => ({ actor, cookie }));
}
