import type { SessionView } from '@cadre/domain/training';
import { CalendarClock } from 'lucide-react';
import { civilDate, formatTime, useFormat } from '../format';
import { uiWords } from './ui.words';

type Place = NonNullable<SessionView['movedFrom']>;

export interface MovedNoteProps {
  readonly session: Place & Pick<SessionView, 'movedFrom' | 'status'>;
}

/** Of a session that is still to come or on: what it was planned for and where it stands instead, as far as the two differ. */
export function MovedNote({ session }: MovedNoteProps) {
  const say = uiWords.use();
  const format = useFormat();
  const { movedFrom: before, status } = session;
  if (!before || (status !== 'scheduled' && status !== 'live')) return null;
  const otherTime =
    before.startsAt.getTime() !== session.startsAt.getTime() ||
    before.endsAt.getTime() !== session.endsAt.getTime();
  const otherBase = before.baseName.zh !== session.baseName.zh;
  const otherVenue = otherBase || before.venueName.zh !== session.venueName.zh;
  // On the same day the hours say it all.
  const isSameDay = civilDate(before.startsAt) === civilDate(session.startsAt);
  const timeOf = ({ startsAt, endsAt }: Place): string =>
    isSameDay ? `${formatTime(startsAt)}–${formatTime(endsAt)}` : format.span(startsAt, endsAt);
  const placeOf = (place: Place): string =>
    [
      otherTime ? timeOf(place) : '',
      otherBase ? format.text(place.baseName) : '',
      otherVenue ? format.text(place.venueName) : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <span className="flex gap-1.5 text-small text-pretty text-wait">
      <CalendarClock aria-hidden size="1.15em" className="mt-[0.25em] shrink-0" />
      <span>{say('moved', { before: placeOf(before), now: placeOf(session) })}</span>
    </span>
  );
}
