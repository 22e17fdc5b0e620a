import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import {
  assessPresence,
  presenceOutlook,
  roomEndsAt,
  roomMinutesLeft,
  type AttendanceReceipt,
  type RoomFacts,
} from '@cadre/domain/live';
import { sayDone } from '@cadre/ui/feedback';
import { formatTime, useFormat } from '@cadre/ui/format';
import { Button, Card, Section, Sheet, StateTag } from '@cadre/ui/learner';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { ButtonLink } from '../../shared/links';
import { DisputeSheet } from '../../shared/dispute-sheet';
import { liveWords } from './live.words';

/** A half-day counts as half a day, in ten-thousandths. */
const halfDayAmount = 5_000;
const tickMs = 10_000;

/**
 * Minutes up to this moment by the server's clock. In the hall they follow from the check-in alone; online the server
 * knows the lines, so its figure stands until it is read again.
 */
function minutesOf(
  room: RoomFacts,
  receipt: AttendanceReceipt,
  now: Date,
): { minutes: number; heldMinutes: number } {
  if (receipt.mode === 'online' || room.status !== 'live') return receipt;
  const { personId, mode, method, checkedInAt, checkedOutAt, checkOutReason } = receipt;
  const attended = {
    personId,
    mode,
    method,
    checkedInBy: null,
    checkedInAt,
    checkedOutAt,
    checkOutReason,
    connections: [],
  };
  return assessPresence(attended, room, room, now);
}

/** What became of it: the credit as it was settled, or that it was not counted, each opening to its 为什么. */
function Settled({ sessionId }: { readonly sessionId: string }) {
  const say = liveWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.credit.myStatement.queryOptions({}),
    meta: { live: ['credit:changed'], keep: true },
  });
  return (
    <QueryView query={query} rows={2}>
      {({ lines }) => {
        const own = lines.filter(
          ({ source, replaced }) => source.kind === 'session' && source.id === sessionId && !replaced,
        );
        if (own.length === 0) return <p className="text-ink-2">{say('receipt.noLine')}</p>;
        return (
          <ul className="flex flex-col gap-4">
            {own.map(({ settlementId, earned, refusals }) => (
              <li key={settlementId} className="flex flex-col gap-1">
                {earned.length > 0 && (
                  <p className="text-lead font-semibold">
                    {say('receipt.counted', {
                      amounts: earned.map(({ amount, name }) => format.measure(amount, name)).join(' · '),
                    })}
                  </p>
                )}
                {refusals.length > 0 && (
                  <p>
                    <StateTag tone="wait">
                      {say(earned.length > 0 ? 'receipt.partlyRefused' : 'receipt.refused')}
                    </StateTag>
                  </p>
                )}
                {refusals.map(({ reason, sentence }) => (
                  <p key={reason} className="text-pretty">
                    {format.text(sentence)}
                  </p>
                ))}
                <ButtonLink to="/credits/$settlementId" params={{ settlementId }} wide>
                  {say('receipt.why')}
                </ButtonLink>
              </li>
            ))}
          </ul>
        );
      }}
    </QueryView>
  );
}

/** What is to be expected: the declared worth, or that the presence is not enough for it any more. */
function Expected({
  room,
  receipt,
  missed,
}: Pick<ReceiptCardProps, 'room' | 'receipt'> & { readonly missed: Shortfall | null }) {
  const say = liveWords.use();
  const format = useFormat();
  if (missed)
    return (
      <div className="flex flex-col items-start gap-1">
        <StateTag tone="wait">{say('receipt.missed')}</StateTag>
        <p>{say('receipt.missedWhy', missed)}</p>
        {room.status === 'live' && (
          <p className="text-small text-ink-2">
            {say('receipt.missedHint', { time: formatTime(roomEndsAt(room)) })}
          </p>
        )}
      </div>
    );
  return (
    <p>
      {say('receipt.expected', {
        worth: format.worth(receipt.worth.halfDays.length * halfDayAmount, receipt.worth.classHours),
      })}
      <span className="mt-0.5 block text-small text-ink-2">{say('receipt.expectedHint')}</span>
    </p>
  );
}

export interface ReceiptCardProps {
  readonly room: RoomFacts;
  readonly receipt: AttendanceReceipt;
  readonly neededMinutes: number | null;
}

/** The minutes of somebody whose presence is not enough yet, or will not be. */
interface Shortfall {
  readonly minutes: number;
  readonly needed: number;
  readonly short: number;
}

/** 已签到 13:58 ✓ 在场 72 分钟, the way out, and afterwards what is expected from it. */
export function ReceiptCard({ room, receipt, neededMinutes }: ReceiptCardProps) {
  const say = liveWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const now = useNow(tickMs);
  const { minutes, heldMinutes } = minutesOf(room, receipt, now);
  const [leaving, setLeaving] = useState(false);
  const [disputing, setDisputing] = useState(false);
  const isLive = room.status === 'live';
  const isIn = isLive && receipt.checkedOutAt === null;
  const outlook = presenceOutlook(minutes, neededMinutes, isIn ? roomMinutesLeft(room, now) : 0);
  const shortfall =
    outlook === null || outlook === 'enough' || neededMinutes === null
      ? null
      : { minutes, needed: neededMinutes, short: neededMinutes - minutes };
  const missed = outlook === 'missed' ? shortfall : null;
  const checkOut = useMutation(
    api.live.checkOut.mutationOptions({
      onSuccess: () => {
        setLeaving(false);
        sayDone(say('checkOut.done'));
        return queries.invalidateQueries(api.live.pathFilter());
      },
    }),
  );
  return (
    <Section title={say('receipt.title')}>
      <Card>
        <div className="p-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <StateTag tone="met">
              {say('receipt.checkedIn', { time: formatTime(receipt.checkedInAt) })}
            </StateTag>
            <span className="text-small text-ink-2">
              {receipt.checkedOutAt
                ? say('receipt.checkedOut', { time: formatTime(receipt.checkedOutAt) })
                : receipt.method === 'teacher' && say('receipt.byTeacher')}
            </span>
          </div>
          <p className="mt-4 flex items-baseline gap-2">
            <span className="text-ink-2">{say('receipt.minutes')}</span>
            <span className="text-display leading-none font-semibold tabular-nums">{minutes}</span>
            <span>{say('receipt.minuteUnit')}</span>
            <span className="ms-auto text-small text-ink-2">
              {isLive && now < room.startsAt
                ? say('receipt.countsFrom', { time: formatTime(room.startsAt) })
                : say('receipt.ofHeld', { minutes: heldMinutes })}
            </span>
          </p>
        </div>
        <div className="p-4">
          {room.status === 'settled' ? (
            <Settled sessionId={room.sessionId} />
          ) : (
            <Expected room={room} receipt={receipt} missed={missed} />
          )}
          {receipt.closedOpen && <p className="mt-2 text-small text-wait">{say('receipt.closedOpen')}</p>}
        </div>
      </Card>
      {receipt.mode === 'online' && isIn && (
        <p className="text-small text-ink-2">{say('checkIn.onlineNow')}</p>
      )}
      {isIn && (
        <Button variant="primary" wide onClick={() => setLeaving(true)}>
          {say('checkOut.do')}
        </Button>
      )}
      {!isLive && (
        <>
          {room.status !== 'settled' && <p className="text-ink-2">{say('receipt.final')}</p>}
          <ButtonLink to="/credits" wide>
            {say('receipt.credits')}
          </ButtonLink>
        </>
      )}
      {receipt.disputed ? (
        <p className="text-small text-ink-2">{say('receipt.disputed')}</p>
      ) : (
        <div className="-ms-5">
          <Button variant="quiet" onClick={() => setDisputing(true)}>
            {say('receipt.wrong')}
          </Button>
        </div>
      )}
      <Sheet
        open={leaving}
        onOpenChange={setLeaving}
        title={say('checkOut.ask')}
        footer={
          <>
            <Button
              variant={shortfall ? 'danger' : 'primary'}
              busy={checkOut.isPending}
              onClick={() => checkOut.mutate({ sessionId: room.sessionId })}
            >
              {say(shortfall ? 'checkOut.confirmAnyway' : 'checkOut.confirm')}
            </Button>
            <Button onClick={() => setLeaving(false)}>{say('checkOut.cancel')}</Button>
          </>
        }
      >
        <p>{say('checkOut.text', { title: room.title, minutes })}</p>
        {shortfall && (
          <p className="mt-2 text-wait">
            {missed
              ? say('receipt.missedWhy', missed)
              : say('checkOut.tooEarly', { ...shortfall, time: formatTime(roomEndsAt(room)) })}
          </p>
        )}
        <Failed error={checkOut.error} />
      </Sheet>
      <DisputeSheet sessionId={room.sessionId} open={disputing} onOpenChange={setDisputing} />
    </Section>
  );
}
