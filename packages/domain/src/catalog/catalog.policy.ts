import { hasRole, type Actor } from '../access';

/** Everything in the catalog, drafts included, or only what is offered to learners today. */
export type CatalogSight = 'all' | 'offered';

export const catalogSightOf = (actor: Actor): CatalogSight =>
  hasRole(actor, 'alliance-admin', 'organisation-officer', 'auditor') ? 'all' : 'offered';

/** Themes, courses and micro-lessons are the alliance's. */
export const canManageCatalog = (actor: Actor): boolean => hasRole(actor, 'alliance-admin');

/** Targets are set by the organisation department together with the alliance. */
export const canManagePlan = (actor: Actor): boolean =>
  hasRole(actor, 'alliance-admin', 'organisation-officer');

/** The plan and its progress concern those who carry it out; the board is no public ranking. */
export const canReadPlan = (actor: Actor): boolean =>
  hasRole(actor, 'alliance-admin', 'organisation-officer', 'base-admin', 'auditor');
