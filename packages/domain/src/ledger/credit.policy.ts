import { coversUnit, scopesOf, unitReachOf, type Actor, type UnitReach } from '../access';
import type { Person } from '../identity';

const READERS = [
  'unit-training-officer',
  'unit-leader',
  'organisation-officer',
  'assessment-officer',
  'auditor',
] as const;

/** One's own credits, and those of the people of a unit one is responsible for. */
export const canReadCredits = (actor: Actor, person: Pick<Person, 'id' | 'unitPath'>): boolean =>
  actor.kind === 'person' &&
  (actor.personId === person.id || coversUnit(scopesOf(actor, ...READERS), person.unitPath));

/** The units whose people's progress the actor may list. */
export const progressReachOf = (actor: Actor): UnitReach => unitReachOf(actor, ...READERS);
