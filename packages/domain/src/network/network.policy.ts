import { coversBase, hasRole, scopesOf, type Actor } from '../access';
import type { Id } from '../core';

/** Which bases somebody can see: all, or the network's members and besides them those they run. */
export type BaseSight = 'all' | { own: readonly Id[] };

export function baseSightOf(actor: Actor): BaseSight {
  if (hasRole(actor, 'alliance-admin', 'organisation-officer', 'auditor')) return 'all';
  return {
    own: scopesOf(actor, 'base-admin').flatMap((reach) => (reach.kind === 'bases' ? reach.baseIds : [])),
  };
}

/** The alliance's own business: who belongs to the network, the charter, names, titles and places of the bases. */
export const canManageNetwork = (actor: Actor): boolean => hasRole(actor, 'alliance-admin');

/** A base's daily business: opening hours, blackouts, capacity, access, venues and instructors. */
export const canRunBase = (actor: Actor, baseId: Id): boolean =>
  coversBase(scopesOf(actor, 'base-admin', 'alliance-admin'), baseId);

/** Instructors of no base in particular belong to the alliance. */
export const canManageInstructors = (actor: Actor, baseId: Id | null): boolean =>
  baseId === null ? canManageNetwork(actor) : canRunBase(actor, baseId);
