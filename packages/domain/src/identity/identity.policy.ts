import { coversUnit, hasRole, scopesOf, unitReachOf, type Actor, type UnitReach } from '../access/actor';
import { SCOPES_OF_ROLE, type Role, type Scope } from '../access/grant';
import { AppError } from '../core';
import type { Person } from './person';

/** Units, people, accounts and grants are kept by the system admin. */
export const canKeepDirectory = (actor: Actor): boolean => hasRole(actor, 'system-admin');

const READERS = [
  'system-admin',
  'auditor',
  'organisation-officer',
  'unit-training-officer',
  'unit-leader',
] as const;

/** Whose people and units somebody may look up; empty for those who keep none. */
export const directoryReachOf = (actor: Actor): UnitReach => unitReachOf(actor, ...READERS);

export function canLookUpPeople(actor: Actor): boolean {
  const reach = directoryReachOf(actor);
  return reach === 'all' || reach.length > 0;
}

/** Accounts and grants are seen by those who keep them and by the auditor. */
export const canSeeAccounts = (actor: Actor): boolean => hasRole(actor, 'system-admin', 'auditor');

/** A new one-time password: the system admin for all, the unit training officer for own people. */
export const canIssuePassword = (actor: Actor, person: Pick<Person, 'unitPath'>): boolean =>
  canKeepDirectory(actor) || coversUnit(scopesOf(actor, 'unit-training-officer'), person.unitPath);

/** Whether it is worth offering: whose password, the rule above decides. */
export const canIssueSomewhere = (actor: Actor): boolean =>
  hasRole(actor, 'system-admin', 'unit-training-officer');

export const canReadAudit = (actor: Actor): boolean => hasRole(actor, 'auditor', 'system-admin');

/** A role can be granted only with the kinds of scope that belong to it. */
export function decideGrantScope(role: Role, scope: Scope): void {
  if (!SCOPES_OF_ROLE[role].includes(scope.kind))
    throw new AppError('GRANT_SCOPE_MISMATCH', { role, scope: scope.kind });
}
