import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { cancelReasonsOf, seatReasonNames, sessionStatusNames } from '@cadre/client/naming';
import type { ClassDetail, SessionView } from '@cadre/domain/training';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import {
  Button,
  Card,
  FactList,
  KeptFocus,
  MovedNote,
  Page,
  ProgressLine,
  Row,
  RowList,
  Section,
  Sheet,
  StateTag,
  WrittenTitle,
  type Fact,
} from '@cadre/ui/learner';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CalendarPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { BackLink } from '../../shared/links';
import { enrollmentWords } from './enrollment.words';
import { entranceOf, SeatState } from './seat-state';

const route = getRouteApi('/signed-in/classes/$classId');
const FACTS = ['class:changed', 'session:changed', 'enrollment:changed'] as const;

/** One class: the first screen has what decides, the thumb has the one thing to do. */
export function ClassPage() {
  const say = enrollmentWords.use();
  const api = useApi();
  const { classId } = route.useParams();
  const query = useQuery({
    ...api.training.classDetail.queryOptions({ classId }),
    meta: { live: FACTS, keep: true },
  });
  useFollow({ kind: 'class', id: classId });
  const { data } = query;
  return (
    <Page
      title={data?.title ?? say('title')}
      lead={data && <Lead value={data} />}
      back={<BackLink to="/classes" search={{}} label={say('class.back')} />}
      {...(data
        ? {
            action: (
              <KeptFocus of={standingOf(data)}>
                <SeatAction value={data} />
              </KeptFocus>
            ),
          }
        : {})}
    >
      <QueryView query={query} rows={8}>
        {(value) => (
          <>
            <NotTakingPlace value={value} />
            <Deciding value={value} />
            <History classId={classId} />
            <Sessions sessions={value.sessions} offersCalendar={value.mine?.state === 'enrolled'} />
            {value.description !== '' && (
              <Section title={say('class.about')}>
                <p className="text-pretty whitespace-pre-line">{value.description}</p>
              </Section>
            )}
            <p className="text-small text-ink-2">{say('class.no', { no: value.classNo })}</p>
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** The base; on an English page the English name of the course above it. */
function Lead({ value }: { readonly value: ClassDetail }) {
  const format = useFormat();
  const english = format.english(value.courseTitle);
  return (
    <>
      {english !== '' && <span className="block">{english}</span>}
      {format.text(value.baseName)}
    </>
  );
}

/** Whether no session of the class was or will be held, and at least one was left without anybody opening it. */
const wasNotHeld = ({ status, sessions }: ClassDetail): boolean =>
  status !== 'cancelled' &&
  sessions.some((session) => session.status === 'not-held') &&
  sessions.every((session) => session.status === 'not-held' || session.status === 'cancelled');

/** Above everything else: the class was cancelled, and why; or it was not held, and what follows from that. */
function NotTakingPlace({ value }: { readonly value: ClassDetail }) {
  const say = enrollmentWords.use();
  if (value.status === 'cancelled') {
    return (
      <Card padded>
        <StateTag tone="refusal">{say('class.cancelled')}</StateTag>
        {cancelReasonsOf(value.sessions).map((reason) => (
          <p key={reason} className="mt-1 text-pretty">
            {say('class.because', { reason })}
          </p>
        ))}
      </Card>
    );
  }
  if (!wasNotHeld(value)) return null;
  return (
    <Card padded>
      <StateTag tone="wait">{say('class.notHeld')}</StateTag>
      <p className="mt-1 text-pretty">{say('class.notHeldText')}</p>
    </Card>
  );
}

/** Dates, place, way, worth, own calendar, seats, deadline: what one has to know to say yes. */
function Deciding({ value }: { readonly value: ClassDetail }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const left = value.capacity - value.seatsTaken;
  const isCancelled = value.status === 'cancelled';
  const takesPlace = !isCancelled && !wasNotHeld(value);
  const counted = value.sessions.filter(({ status }) => isCancelled || status !== 'cancelled');
  const [only] = counted;
  const when =
    value.startsAt === null || value.endsAt === null
      ? null
      : counted.length === 1 && only
        ? format.span(only.startsAt, only.endsAt)
        : say('class.sessions', {
            days: format.days(value.startsAt, value.endsAt),
            count: counted.length,
          });
  const deciding: Fact[] = [
    {
      name: say('class.earns'),
      value: format.worth(value.earns.days, value.earns.classHours),
    },
    { name: say('class.calendar'), value: value.mine ? null : <Calendar value={value} /> },
    {
      name: say('class.seats'),
      value: (
        <div className="flex flex-col gap-1.5">
          <span role="status">
            {left > 0
              ? say('class.seatsLeft', { left, capacity: value.capacity })
              : say('class.seatsFull', { capacity: value.capacity, waiting: value.waiting })}
          </span>
          <ProgressLine
            quiet
            label={say('class.seats')}
            value={value.seatsTaken}
            max={value.capacity}
            tone={left > 0 ? 'primary' : 'wait'}
          />
        </div>
      ),
    },
    value.mine?.state === 'enrolled'
      ? { name: say('class.withdrawUntil'), value: format.moment(value.withdrawalDeadline) }
      : { name: say('class.deadline'), value: format.moment(value.window.closesAt) },
  ];
  const facts: Fact[] = [
    {
      name: say('class.when'),
      value: counted.length === 1 && only && takesPlace ? <When session={only} /> : when,
    },
    {
      name: say('class.where'),
      value: [format.text(value.base.name), value.base.location.county].join(' · '),
    },
    { name: say('class.way'), value: value.base.access },
    ...(takesPlace ? deciding : []),
  ];
  return (
    <Card padded>
      <FactList facts={facts} />
    </Card>
  );
}

/** When the only session is; where it was planned for another time or place, that too. */
function When({ session }: { readonly session: SessionView }) {
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1">
      {format.span(session.startsAt, session.endsAt)}
      <MovedNote session={session} />
    </div>
  );
}

function Calendar({ value: { clashes } }: { readonly value: ClassDetail }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  if (clashes.length === 0) return <StateTag tone="met">{say('clash.none')}</StateTag>;
  return (
    <ul className="flex flex-col gap-1 text-wait">
      {clashes.map((clash) => (
        <li key={clash.sessionId}>
          {say('class.clashWith', { title: clash.title, when: format.span(clash.startsAt, clash.endsAt) })}
        </li>
      ))}
    </ul>
  );
}

function Sessions({
  sessions,
  offersCalendar,
}: {
  readonly sessions: readonly SessionView[];
  readonly offersCalendar: boolean;
}) {
  const say = enrollmentWords.use();
  const format = useFormat();
  return (
    <Section title={say('class.sessionList')}>
      <RowList label={say('class.sessionList')}>
        {sessions.map((session) => (
          <Row
            key={session.id}
            title={<WrittenTitle title={session.title} course={session.courseTitle} />}
            facts={[
              format.span(session.startsAt, session.endsAt),
              [format.text(session.venueName), ...session.instructors.map(({ name }) => name)].join(' · '),
            ]}
            below={<MovedNote session={session} />}
            trailing={
              ['cancelled', 'live', 'not-held'].includes(session.status) ? (
                <StateTag tone={session.status === 'live' ? 'now' : 'neutral'}>
                  {format.text(sessionStatusNames[session.status])}
                </StateTag>
              ) : offersCalendar ? (
                <a
                  href={`/api/v1/sessions/${session.id}.ics`}
                  aria-label={say('class.addToCalendar', { title: session.title })}
                  className="-me-3 inline-flex size-12 items-center justify-center rounded-card text-ink-2 hover:bg-fill"
                >
                  <CalendarPlus aria-hidden size={22} strokeWidth={1.75} />
                </a>
              ) : undefined
            }
          />
        ))}
      </RowList>
    </Section>
  );
}

/**
 * Every line of the seat ledger about oneself, with its reason, and also once the seat was given back: nobody is passed
 * over without being told why.
 */
function History({ classId }: { readonly classId: string }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.enrollment.mine.queryOptions({ classId, pageSize: 100 }),
    meta: { live: ['enrollment:changed'], keep: true },
  });
  const notes = [...(query.data?.items ?? [])].reverse().flatMap((own) => own.notes);
  if (notes.every(({ kind }) => kind === 'enrolled')) return null;
  return (
    <Section title={say('class.history')}>
      <RowList label={say('class.history')}>
        {notes.map((note) => (
          <Row
            key={`${note.at.toISOString()} ${note.kind}`}
            title={say(`event.${note.kind}`)}
            facts={[format.text(seatReasonNames[note.reason])]}
            trailing={format.moment(note.at)}
          />
        ))}
      </RowList>
    </Section>
  );
}

/** The own enrolment and its state as one text, to see that it has changed. */
const standingOf = ({ mine }: Pick<ClassDetail, 'mine'>): string => `${mine?.enrollmentId} ${mine?.state}`;

/**
 * Whether enrolling again gives back what was left: a seat that is still free, or the last place on the waitlist. Only
 * then is it 撤销; whoever would come back to another place has to ask for it by name.
 */
function comesBack(before: ClassDetail, after: ClassDetail, now: Date): boolean {
  const entrance = entranceOf(after, now);
  return before.mine?.state === 'waiting'
    ? entrance === 'wait' && before.mine.position === before.waiting
    : entrance === 'enroll';
}

/** The one thing to do: enrol, join the waitlist, or withdraw; with the reason beside it when it does not go. */
function SeatAction({ value }: { readonly value: ClassDetail }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const now = useNow(30_000);
  const [asking, setAsking] = useState(false);
  const readAgain = () =>
    Promise.all([
      queries.invalidateQueries(api.training.pathFilter()),
      queries.invalidateQueries(api.enrollment.pathFilter()),
    ]);
  // What was done is said when the page shows it, and only as long: its 撤销 is about that standing alone.
  const [said, setSaid] = useState<{ readonly of: string; readonly takeAway: () => void }>();
  const standing = standingOf(value);
  useEffect(() => (said?.of === standing ? said.takeAway : undefined), [said, standing]);
  const standingNow = (): ClassDetail =>
    queries.getQueryData(api.training.classDetail.queryKey({ classId: value.id })) ?? value;
  const sayHere = (...line: Parameters<typeof sayDone>): void =>
    setSaid({ of: standingOf(standingNow()), takeAway: sayDone(...line) });
  const withdraw = useMutation(
    api.enrollment.withdraw.mutationOptions({
      onError: readAgain,
      onSuccess: async () => {
        await readAgain();
        setAsking(false);
        sayHere(say(value.mine?.state === 'waiting' ? 'act.left' : 'act.withdrawn'), {
          ...(comesBack(value, standingNow(), now)
            ? { undo: () => enroll.mutate({ classId: value.id }) }
            : {}),
        });
      },
    }),
  );
  const enroll = useMutation(
    api.enrollment.enroll.mutationOptions({
      onError: readAgain,
      onSuccess: async ({ enrollmentId, state, position }) => {
        await readAgain();
        sayHere(position === null ? say('act.enrolled') : say('act.waiting', { position }), {
          undo: () => withdraw.mutate({ enrollmentId, from: state }),
        });
      },
    }),
  );

  const { mine } = value;
  const entrance = entranceOf(value, now);
  const failed = <Failed error={enroll.error ?? withdraw.error} />;
  if (mine?.state === 'enrolled' || mine?.state === 'waiting') {
    const waits = mine.state === 'waiting';
    const warning = waits
      ? say('act.ask.place')
      : value.waiting > 0
        ? say('act.ask.seat')
        : entrance === 'closed'
          ? say('act.ask.closed')
          : null;
    const isOpen = value.status === 'open';
    // A place on the waitlist can be left at any time, a seat only until its deadline.
    const mayLeave = isOpen && (waits || now <= value.withdrawalDeadline);
    const note = !isOpen
      ? null
      : waits
        ? now > value.promotionCutOff
          ? say('tooLate')
          : say('promise', { when: format.moment(value.promotionCutOff) })
        : mayLeave || !value.sessions.some(({ endsAt }) => endsAt > now)
          ? null
          : say('withdrawClosed');
    const leave = () => withdraw.mutate({ enrollmentId: mine.enrollmentId, from: mine.state });
    return (
      <div className="flex flex-col gap-2">
        {failed}
        <div className="flex items-center justify-between gap-3">
          <div className="min-w-0">
            <SeatState value={value} />
            {note !== null && <p className="mt-1 text-small text-ink-2">{note}</p>}
          </div>
          {mayLeave && (
            <Button busy={withdraw.isPending} onClick={() => (warning === null ? leave() : setAsking(true))}>
              {say(waits ? 'act.leave' : 'act.withdraw')}
            </Button>
          )}
        </div>
        <Sheet
          open={asking}
          onOpenChange={setAsking}
          title={say('act.ask.title', { title: value.title })}
          footer={
            <>
              <Button variant="danger" wide busy={withdraw.isPending} onClick={leave}>
                {say('act.ask.go')}
              </Button>
              <Button wide onClick={() => setAsking(false)}>
                {say('act.ask.keep')}
              </Button>
            </>
          }
        >
          <p>{warning}</p>
          {failed}
        </Sheet>
      </div>
    );
  }
  if (entrance === 'enroll' || entrance === 'wait')
    return (
      <div className="flex flex-col gap-2">
        {failed}
        <Button
          variant="primary"
          wide
          busy={enroll.isPending}
          onClick={() => enroll.mutate({ classId: value.id })}
        >
          {say(entrance === 'enroll' ? 'act.enroll' : 'act.wait')}
        </Button>
      </div>
    );
  return (
    <div className="flex items-center justify-center gap-3">
      {failed}
      {wasNotHeld(value) ? (
        <StateTag tone="wait">{say('class.notHeld')}</StateTag>
      ) : value.status === 'cancelled' ? (
        <StateTag tone="refusal">{say('class.cancelled')}</StateTag>
      ) : value.status === 'completed' ? (
        <StateTag tone="neutral">{say('class.completed')}</StateTag>
      ) : (
        <SeatState value={value} />
      )}
    </div>
  );
}
