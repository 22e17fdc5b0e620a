import type { ClassStatus } from './training-class';
import type { Session, SessionPlace } from './session';

const placeOf = ({ baseId, venueId, startsAt, endsAt }: SessionPlace): SessionPlace => ({
  baseId,
  venueId,
  startsAt,
  endsAt,
});

const isSamePlace = (one: SessionPlace, other: SessionPlace): boolean =>
  one.baseId === other.baseId &&
  one.venueId === other.venueId &&
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime();

/**
 * What a session keeps of its earlier place when it moves: the first one that people could note, however often it moves
 * since; nothing once it is back there, and nothing of a draft, which nobody has seen.
 */
export function movedFromAfter(
  session: SessionPlace & Pick<Session, 'movedFrom'>,
  to: SessionPlace,
  classStatus: ClassStatus,
): SessionPlace | null {
  const first = placeOf(session.movedFrom ?? session);
  return classStatus === 'draft' || isSamePlace(first, to) ? null : first;
}
