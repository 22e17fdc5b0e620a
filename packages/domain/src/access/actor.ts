import type { Id } from '../core';
import type { Grant, Role, Scope } from './grant';

/** A signed-in person with the grants in force today. Every person is a learner over their own record without a grant. */
export interface PersonActor {
  kind: 'person';
  personId: Id;
  accountId: Id;
  grants: readonly Pick<Grant, 'id' | 'role' | 'scope'>[];
}

/** What an API client may read. */
export const apiPermissions = ['feed:read'] as const;
export type ApiPermission = (typeof apiPermissions)[number];

export interface ClientActor {
  kind: 'client';
  clientId: Id;
  permissions: readonly ApiPermission[];
  /** The assessment year the client may read; null means all. */
  assessmentYearIds: readonly Id[] | null;
}

export type Actor = PersonActor | ClientActor;

export const hasRole = (actor: Actor, ...roles: readonly Role[]): boolean =>
  actor.kind === 'person' && actor.grants.some((held) => roles.includes(held.role));

/** Scopes in which the actor holds one of the roles. */
export const scopesOf = (actor: Actor, ...roles: readonly Role[]): Scope[] =>
  actor.kind === 'person'
    ? actor.grants.filter((held) => roles.includes(held.role)).map((held) => held.scope)
    : [];

/** Does a scope over units cover a unit whose path (root … itself) is given? */
export const coversUnit = (scopes: readonly Scope[], unitPath: readonly Id[]): boolean =>
  scopes.some(
    (reach) => reach.kind === 'network' || (reach.kind === 'unit' && unitPath.includes(reach.unitId)),
  );

export const coversBase = (scopes: readonly Scope[], baseId: Id): boolean =>
  scopes.some(
    (reach) => reach.kind === 'network' || (reach.kind === 'bases' && reach.baseIds.includes(baseId)),
  );

/** The base ids the actor's roles reach, or 'all'. What a list query takes as its required scope. */
export type BaseReach = 'all' | readonly Id[];
export const baseReachOf = (actor: Actor, ...roles: readonly Role[]): BaseReach => {
  const scopes = scopesOf(actor, ...roles);
  if (scopes.some((reach) => reach.kind === 'network')) return 'all';
  return scopes.flatMap((reach) => (reach.kind === 'bases' ? reach.baseIds : []));
};

/** The tops of the unit subtrees the actor's roles reach, or 'all'. */
export type UnitReach = 'all' | readonly Id[];
export const unitReachOf = (actor: Actor, ...roles: readonly Role[]): UnitReach => {
  const scopes = scopesOf(actor, ...roles);
  if (scopes.some((reach) => reach.kind === 'network')) return 'all';
  return scopes.flatMap((reach) => (reach.kind === 'unit' ? [reach.unitId] : []));
};
