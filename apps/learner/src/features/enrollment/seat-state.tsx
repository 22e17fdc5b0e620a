import { useNow } from '@cadre/client/clock';
import { enrollmentStateNames } from '@cadre/client/naming';
import type { ClassCard } from '@cadre/domain/training';
import { useFormat } from '@cadre/ui/format';
import { StateTag } from '@cadre/ui/learner';
import { enrollmentWords } from './enrollment.words';

/** What can be done about a class now: seats, window and mode decided, the own enrolment left aside. */
export type Entrance = 'enroll' | 'wait' | 'not-yet' | 'closed' | 'nominated' | 'over';

type EntranceFacts = Pick<ClassCard, 'status' | 'mode' | 'window' | 'capacity' | 'seatsTaken'>;

/** The server decides again when somebody asks; this only says beforehand what it will most likely answer. */
export function entranceOf(value: EntranceFacts, now: Date): Entrance {
  if (value.status !== 'open') return 'over';
  if (value.mode === 'nominated') return 'nominated';
  if (now < value.window.opensAt) return 'not-yet';
  if (now >= value.window.closesAt) return 'closed';
  return value.seatsTaken < value.capacity ? 'enroll' : 'wait';
}

/** Where one stands with a class, or how many seats there are, as icon and word. */
export function SeatState({ value }: { readonly value: EntranceFacts & Pick<ClassCard, 'mine'> }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const entrance = entranceOf(value, useNow(60_000));
  const { mine } = value;
  if (mine?.state === 'waiting' && mine.position !== null)
    return <StateTag tone="wait">{say('seats.waiting', { position: mine.position })}</StateTag>;
  if (mine)
    return (
      <StateTag tone={mine.state === 'completed' ? 'neutral' : 'met'}>
        {format.text(enrollmentStateNames[mine.state])}
      </StateTag>
    );
  switch (entrance) {
    case 'enroll':
      return (
        <StateTag tone="primary">{say('seats.left', { count: value.capacity - value.seatsTaken })}</StateTag>
      );
    case 'wait':
      return <StateTag tone="wait">{say('seats.full')}</StateTag>;
    case 'not-yet':
      return (
        <StateTag tone="neutral">{say('seats.notYet', { when: format.day(value.window.opensAt) })}</StateTag>
      );
    case 'closed':
      return <StateTag tone="neutral">{say('seats.closed')}</StateTag>;
    case 'nominated':
      return <StateTag tone="neutral">{say('seats.nominated')}</StateTag>;
    case 'over':
      return <StateTag tone="neutral">{say('seats.ended')}</StateTag>;
  }
}
