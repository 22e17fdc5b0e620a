import { baseReachOf, coversBase, hasRole, scopesOf, type Actor, type BaseReach } from '../access';
import type { Id } from '../core';

/** Who may look at the whole timetable without changing it. */
const READERS = ['auditor', 'organisation-officer'] as const;
const SCHEDULERS = ['base-admin', 'alliance-admin'] as const;

/** A base admin schedules at own bases, the alliance admin in the whole network (`decisions.md`, who schedules). */
export const canSchedule = (actor: Actor, baseId: Id): boolean =>
  coversBase(scopesOf(actor, ...SCHEDULERS), baseId);
export const canScheduleSomewhere = (actor: Actor): boolean => hasRole(actor, ...SCHEDULERS);
export const canViewTimetable = (actor: Actor): boolean => hasRole(actor, ...SCHEDULERS, ...READERS);

/** The bases where the actor may schedule. */
export const schedulingReach = (actor: Actor): BaseReach => baseReachOf(actor, ...SCHEDULERS);

/** The bases whose timetable the actor may see in full. */
export const timetableReach = (actor: Actor): BaseReach =>
  hasRole(actor, ...READERS) ? 'all' : schedulingReach(actor);

export const isWithinReach = (reach: BaseReach, baseId: Id): boolean =>
  reach === 'all' || reach.includes(baseId);
