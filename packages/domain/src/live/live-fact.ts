import type { Id } from '../core';
import type { RoomEvent } from './room-event';

/**
 * What the server tells open screens, in the past tense and after the commit. Every fact but `room:event` is a hint
 * to fetch again: it carries ids only. A room event carries its data and its sequence number.
 */
export type LiveFact =
  | { type: 'network:changed'; baseId: Id }
  | { type: 'catalog:changed' }
  | { type: 'class:changed'; classId: Id }
  | { type: 'session:changed'; sessionId: Id; classId: Id; baseId: Id }
  | { type: 'enrollment:changed'; classId: Id; personIds: readonly Id[] }
  | { type: 'credit:changed'; personIds: readonly Id[] }
  /** A version of a regulation was drafted, moved on, approved or given up, or has other examples. */
  | { type: 'regulation:changed' }
  /** A preview of a draft has moved on or ended. */
  | { type: 'regulation:previewed'; draftId: Id }
  | { type: 'feed:changed'; assessmentYearId: Id }
  /** Some sign-ins of a person were ended from elsewhere; whose, each screen asks for itself. */
  | { type: 'account:signed-out'; personId: Id }
  | { type: 'clock:moved' }
  | { type: 'room:event'; event: RoomEvent };

/** Where services put facts; they do not know sockets. Called after the commit, never inside a transaction. */
export interface Publisher {
  publish(fact: LiveFact): void;
}
