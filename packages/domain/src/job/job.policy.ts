import { hasRole, type Actor } from '../access/actor';

/** Work of the machine that does not get done is looked after by the system admin. */
export const canTendJobs = (actor: Actor): boolean => hasRole(actor, 'system-admin');
