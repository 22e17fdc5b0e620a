import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { sessionModeNames, sessionStatusNames } from '@cadre/client/naming';
import type { Interval } from '@cadre/domain/core';
import { AMOUNT_UNIT } from '@cadre/domain/core';
import {
  canBecome,
  classTimesAfterMove,
  isLastStanding,
  moveWorth,
  type BaseResources,
  type ClassDetail,
  type SessionView,
} from '@cadre/domain/training';
import { MovedNote, SidePanel, StateTag, type Tone } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { CancelDialog } from './cancel-dialog';
import { Failed } from '../../shared/failure';
import { DeadlineList, InstructorsField, TimeFields, VenueField } from './placement-fields';
import { PlacementView, useAssessment, useRefusalOf } from './placement-view';
import { trainingWords } from './training.words';

const HALF_DAY = AMOUNT_UNIT / 2;
export const SESSION_TONES: Readonly<Record<SessionView['status'], Tone>> = {
  scheduled: 'primary',
  live: 'now',
  closed: 'neutral',
  settled: 'met',
  cancelled: 'refusal',
  'not-held': 'wait',
};

export interface SessionPanelProps {
  readonly session: SessionView;
  readonly resources: BaseResources;
  readonly editable: boolean;
  /** Another time or place that was tried on the grid and did not fit: the panel explains it. */
  readonly attempt: {
    readonly span: Interval;
    readonly venueId: string;
    readonly instructorIds: readonly string[];
  } | null;
  readonly onClose: () => void;
}

/** One session: where it stands, and the way to another place or out of the timetable. */
export function SessionPanel({ session, resources, editable, attempt, onClose }: SessionPanelProps) {
  const say = trainingWords.use();
  const format = useFormat();
  const [editing, setEditing] = useState(attempt !== null);
  const [cancelling, setCancelling] = useState(false);
  const { data: ofClass } = useClassDetail(session.classId);
  const movable = editable && session.status === 'scheduled';
  const cancellable = editable && canBecome(session.status, 'cancelled');
  const worth = format.worth(session.worth.halfDays.length * HALF_DAY, session.worth.classHours);
  const facts: [string, React.ReactNode][] = [
    [
      say('session.when'),
      <div key="when">
        {format.span(session.startsAt, session.endsAt)}
        <MovedNote session={session} />
      </div>,
    ],
    ...(format.text(session.courseTitle) === session.title
      ? []
      : ([[say('form.course'), format.text(session.courseTitle)]] as [string, React.ReactNode][])),
    [say('session.venue'), format.text(session.venueName)],
    [
      say('session.instructors'),
      session.instructors.map(({ name }) => name).join(' ') || say('session.noInstructor'),
    ],
    [say('form.mode'), format.text(sessionModeNames[session.mode])],
    [
      say('session.people'),
      ofClass && say('session.peopleValue', { taken: ofClass.seatsTaken, capacity: ofClass.capacity }),
    ],
    [say('session.worth'), worth],
    [
      say('session.state'),
      <StateTag key="state" tone={SESSION_TONES[session.status]}>
        {format.text(sessionStatusNames[session.status])}
      </StateTag>,
    ],
    [
      say('session.class'),
      <Link
        key="class"
        to="/training/classes/$classId"
        params={{ classId: session.classId }}
        className="text-primary"
      >
        {session.classTitle}
      </Link>,
    ],
  ];
  return (
    <SidePanel
      open
      onClose={onClose}
      title={session.title}
      {...(cancellable && !editing
        ? {
            footer: (
              <>
                <Button danger onClick={() => setCancelling(true)}>
                  {say('session.cancel')}
                </Button>
                {movable && (
                  <Button type="primary" onClick={() => setEditing(true)}>
                    {say('session.edit')}
                  </Button>
                )}
              </>
            ),
          }
        : {})}
    >
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          {facts.map(([name, fact]) => (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
        {session.cancelledReason !== null && <p className="text-ink-2">{session.cancelledReason}</p>}
        {session.status === 'not-held' && <p className="text-ink-2">{say('session.notHeld')}</p>}
        {editable && !cancellable && <p className="text-small text-ink-2">{say('session.readOnly')}</p>}
        {movable && editing && <MoveForm session={session} resources={resources} attempt={attempt} />}
      </div>
      <CancelSession
        session={session}
        ofClass={ofClass}
        open={cancelling}
        onClose={() => setCancelling(false)}
        onDone={onClose}
      />
    </SidePanel>
  );
}

function MoveForm({
  session,
  resources,
  attempt,
}: Pick<SessionPanelProps, 'session' | 'resources' | 'attempt'>) {
  const say = trainingWords.use();
  const [span, setSpan] = useState<Interval>(attempt?.span ?? session);
  const [venueId, setVenueId] = useState(attempt?.venueId ?? session.venueId);
  const [instructorIds, setInstructorIds] = useState<readonly string[]>(
    attempt?.instructorIds ?? session.instructorIds,
  );
  const assessment = useAssessment({
    baseId: session.baseId,
    venueId,
    instructorIds: [...instructorIds],
    startsAt: span.startsAt,
    endsAt: span.endsAt,
    courseId: session.courseId,
    mode: session.mode,
    people: Math.max(1, session.expectedPeople),
    sessionId: session.id,
    classId: session.classId,
    worth: moveWorth(session.worth, span),
  });
  const move = useMoveSession();
  const refusal = useRefusalOf(move.error, { span, venueId, instructorIds }, assessment);
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <TimeFields span={span} onSpan={setSpan} />
      <VenueField resources={resources} value={venueId} onChange={setVenueId} />
      <InstructorsField resources={resources} value={instructorIds} onChange={setInstructorIds} />
      <PlacementView
        assessment={assessment}
        instructorName={(id) => resources.instructors.find((instructor) => instructor.id === id)?.name ?? ''}
        onTime={(startsAt, endsAt) => setSpan({ startsAt, endsAt })}
        onVenue={setVenueId}
      />
      <MovedDeadlines session={session} span={span} />
      <Failed error={refusal} />
      <Button
        type="primary"
        className="self-end"
        loading={move.isPending}
        onClick={() => move.mutate(session, { span, venueId, instructorIds })}
      >
        {say('session.save')}
      </Button>
    </div>
  );
}

/** The class of a session, with those whom a change of the session concerns. */
function useClassDetail(classId: string) {
  const api = useApi();
  return useQuery({
    ...api.training.classDetail.queryOptions({ classId }),
    meta: { live: ['class:changed', 'session:changed', 'enrollment:changed'] },
  });
}

/** What becomes of the class's deadlines by the move, and whom it concerns; nothing where its first start stays. */
export function MovedDeadlines({
  session,
  span,
}: {
  readonly session: Pick<SessionView, 'id' | 'classId'>;
  readonly span: Interval;
}) {
  const say = trainingWords.use();
  const now = useNow(60_000);
  const { data } = useClassDetail(session.classId);
  const isAhead = now < span.startsAt && span.startsAt < span.endsAt;
  const times =
    data && isAhead
      ? classTimesAfterMove(
          data,
          data.sessions,
          { id: session.id, startsAt: span.startsAt, endsAt: span.endsAt },
          now,
        )
      : null;
  if (!data || !times) return null;
  return (
    <div role="status" className="flex flex-col gap-1.5 rounded-card bg-fill px-3 py-2 text-small">
      <p>{say('session.timesMove')}</p>
      <DeadlineList times={times} />
      <p>
        {say('class.seatsValue', { taken: data.seatsTaken, capacity: data.capacity, waiting: data.waiting })}
      </p>
    </div>
  );
}

export interface MovedPlace {
  readonly span: Interval;
  readonly venueId: string;
  readonly instructorIds: readonly string[];
}

/** Moves a session, says so, and offers to move it back. */
export function useMoveSession(onRefused?: (session: SessionView, place: MovedPlace) => void) {
  const say = trainingWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const mutation = useMutation(
    api.training.moveSession.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.training.pathFilter()),
    }),
  );
  const mutate = (session: SessionView, place: MovedPlace, isUndo = false): void =>
    mutation.mutate(
      {
        sessionId: session.id,
        revision: session.revision,
        baseId: session.baseId,
        venueId: place.venueId,
        instructorIds: [...place.instructorIds],
        startsAt: place.span.startsAt,
        endsAt: place.span.endsAt,
        ...(isUndo ? { worth: session.worth } : {}),
      },
      {
        onSuccess: ({ session: moved }) => {
          const back = { ...moved, worth: session.worth };
          sayDone(say('session.moved', { time: format.span(moved.startsAt, moved.endsAt) }), {
            ...(isUndo
              ? {}
              : {
                  undo: () =>
                    mutate(
                      back,
                      {
                        span: { startsAt: session.startsAt, endsAt: session.endsAt },
                        venueId: session.venueId,
                        instructorIds: session.instructorIds,
                      },
                      true,
                    ),
                }),
          });
        },
        onError: () => onRefused?.(session, place),
      },
    );
  return { mutate, error: mutation.error, isPending: mutation.isPending };
}

function CancelSession({
  session,
  ofClass,
  open,
  onClose,
  onDone,
}: {
  readonly session: SessionView;
  readonly ofClass: ClassDetail | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = trainingWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const cancel = useMutation(
    api.training.cancelSession.mutationOptions({
      onSuccess: () => {
        sayDone(say('session.cancelled', { title: session.title }));
        onDone();
      },
      onSettled: () => queries.invalidateQueries(api.training.pathFilter()),
    }),
  );
  return (
    <CancelDialog
      open={open}
      onClose={onClose}
      title={say('session.cancelTitle', { title: session.title })}
      okText={say('session.cancel')}
      cancel={cancel}
      onCancel={(reason) => cancel.mutate({ sessionId: session.id, revision: session.revision, reason })}
    >
      {say('session.cancelText')}
      {ofClass && (
        <span className="mt-1 block">
          {ofClass.seatsTaken + ofClass.waiting === 0
            ? say('session.cancelNobody')
            : say('session.cancelPeople', { taken: ofClass.seatsTaken, waiting: ofClass.waiting })}
        </span>
      )}
      {ofClass && isLastStanding(ofClass.sessions, session.id) && (
        <strong className="mt-1 block">{say('session.cancelLast')}</strong>
      )}
    </CancelDialog>
  );
}
