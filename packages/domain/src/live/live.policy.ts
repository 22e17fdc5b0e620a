import { coversBase, hasRole, scopesOf, type Actor } from '../access';
import type { Id } from '../core';

/** What decides who may run a room: where it is, what it belongs to, and the people named in it. */
export interface RoomPlace {
  sessionId: Id;
  classId: Id;
  baseId: Id;
  classTeacherIds: readonly Id[];
  /** The person records of the session's instructors; guests without a record have none. */
  instructorPersonIds: readonly Id[];
}

/** Opens, extends and closes the room, shows the hall screen, checks people in by hand, announces. */
export function canRunRoom(actor: Actor, place: RoomPlace): boolean {
  if (actor.kind !== 'person') return false;
  return (
    hasRole(actor, 'alliance-admin') ||
    coversBase(scopesOf(actor, 'base-admin'), place.baseId) ||
    place.classTeacherIds.includes(actor.personId) ||
    place.instructorPersonIds.includes(actor.personId) ||
    scopesOf(actor, 'class-teacher').some(
      (reach) => reach.kind === 'class' && reach.classId === place.classId,
    ) ||
    scopesOf(actor, 'host').some((reach) => reach.kind === 'session' && reach.sessionId === place.sessionId)
  );
}

/** Sees the roster with names and minutes; an auditor sees it and changes nothing. */
export const canSeeRoom = (actor: Actor, place: RoomPlace): boolean =>
  hasRole(actor, 'auditor') || canRunRoom(actor, place);

/** The rooms a person may see: all, or those of bases, classes, sessions and of the person's own teaching. */
export type RoomReach =
  | 'all'
  | {
      baseIds: readonly Id[];
      classIds: readonly Id[];
      sessionIds: readonly Id[];
      personId: Id;
    };

export function roomReachOf(actor: Extract<Actor, { kind: 'person' }>): RoomReach {
  if (hasRole(actor, 'alliance-admin', 'auditor')) return 'all';
  return {
    baseIds: scopesOf(actor, 'base-admin').flatMap((reach) => (reach.kind === 'bases' ? reach.baseIds : [])),
    classIds: scopesOf(actor, 'class-teacher').flatMap((reach) =>
      reach.kind === 'class' ? reach.classId : [],
    ),
    sessionIds: scopesOf(actor, 'host').flatMap((reach) => (reach.kind === 'session' ? reach.sessionId : [])),
    personId: actor.personId,
  };
}
