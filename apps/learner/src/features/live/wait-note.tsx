import type { MyRoom } from '@cadre/domain/live';
import { formatTime } from '@cadre/ui/format';
import { Button, EmptyState } from '@cadre/ui/learner';
import { CalendarX, Clock3, UserX } from 'lucide-react';
import { useState } from 'react';
import { DisputeSheet } from '../../shared/dispute-sheet';
import { liveWords } from './live.words';

/** Nothing to do here at the moment: not open yet, cancelled, no seat, or over without a check-in. */
export function WaitNote({ mine }: { readonly mine: MyRoom }) {
  const say = liveWords.use();
  const [disputing, setDisputing] = useState(false);
  const { room, enrolled } = mine;
  if (room.status === 'cancelled') return <EmptyState icon={CalendarX} title={say('room.cancelledText')} />;
  if (room.status === 'not-held')
    return (
      <EmptyState icon={CalendarX} title={say('room.notHeld')}>
        {say('room.notHeldText')}
      </EmptyState>
    );
  if (!enrolled) return <EmptyState icon={UserX} title={say('room.notEnrolled')} />;
  if (room.status === 'scheduled')
    return (
      <EmptyState icon={Clock3} title={say('room.waitTitle')}>
        {say('room.waitText', { time: formatTime(room.opensAt) })}
      </EmptyState>
    );
  return (
    <>
      <EmptyState
        icon={UserX}
        title={say('room.missed')}
        action={<Button onClick={() => setDisputing(true)}>{say('receipt.wrong')}</Button>}
      >
        {say('room.missedText')}
      </EmptyState>
      <DisputeSheet sessionId={room.sessionId} open={disputing} onOpenChange={setDisputing} />
    </>
  );
}
