import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { classKindNames, classModeNames } from '@cadre/client/naming';
import type { CourseHit } from '@cadre/domain/catalog';
import type { Interval } from '@cadre/domain/core';
import {
  areClassTimesValid,
  classKind,
  classMode,
  suggestClassTimes,
  suggestWorth,
  USUAL_DEADLINES,
  type AssessPlacementInput,
  type BaseResources,
  type ClassDeadlines,
  type ClassKind,
  type ClassMode,
  type ClassTimes,
  type Scheduled,
  type SessionMode,
  type Worth,
} from '@cadre/domain/training';
import { sayOutOfRange, sayTooLong, SidePanel } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Collapse, Input, InputNumber, Radio, Select } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { Failed } from '../../shared/failure';
import {
  DeadlineList,
  deadlinesOf,
  Field,
  InstructorsField,
  ModeField,
  MOST_PEOPLE,
  TimeFields,
  VenueField,
  WorthFields,
} from './placement-fields';
import { PlacementView, useAssessment, useRefusalOf } from './placement-view';
import { trainingWords } from './training.words';

/** What the grid knows when a cell is chosen. */
export interface SessionDraft {
  readonly span: Interval;
  readonly venueId: string;
  readonly instructorIds: readonly string[];
}

export interface SessionFormProps {
  readonly baseId: string;
  readonly resources: BaseResources;
  readonly draft: SessionDraft;
  /** False while it is put aside: what was typed stays. */
  readonly open: boolean;
  /** Told when something is filled in that is worth keeping, and when that is taken out again. */
  readonly onBegun: (isBegun: boolean) => void;
  readonly onClose: () => void;
  /** The grid follows what the form says. */
  readonly onScheduled: (scheduled: Scheduled) => void;
}

/** So many people stand in the form when the venue does not say less. */
const USUAL_CAPACITY = 50;
/** What the server takes. */
const [LONGEST_TITLE, LONGEST_DESCRIPTION, MOST_HOURS] = [80, 2000, 2000];

/** The one form: course, place, people and time; a class of its own comes into being by itself. */
export function SessionForm({
  baseId,
  resources,
  draft,
  open,
  onBegun,
  onClose,
  onScheduled,
}: SessionFormProps) {
  const say = trainingWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const now = useNow(60_000);
  const [course, setCourse] = useState<CourseHit | null>(null);
  const [span, setSpan] = useState(draft.span);
  const [venueId, setVenueId] = useState(draft.venueId);
  const [instructorIds, setInstructorIds] = useState<readonly string[]>(draft.instructorIds);
  const [mode, setMode] = useState<SessionMode>('on-site');
  const [classId, setClassId] = useState<string | null>(null);
  const [isNew, setNew] = useState(true);
  const [title, setTitle] = useState<string | null>(null);
  const [classTitle, setClassTitle] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [kind, setKind] = useState<ClassKind>('on-site');
  const [enrollment, setEnrollment] = useState<ClassMode>('self-selected');
  const [seats, setSeats] = useState<number | null>(null);
  const [hours, setHours] = useState<ClassDeadlines>(USUAL_DEADLINES);
  const [declared, setDeclared] = useState<Worth | null>(null);

  const classes = useQuery({
    ...api.training.listClasses.queryOptions({ baseId, status: 'open', pageSize: 200 }, { enabled: !isNew }),
    meta: { live: ['class:changed'] },
  });
  const venue = resources.venues.find(({ id }) => id === venueId);
  const chosenClass = classes.data?.items.find(({ id }) => id === classId) ?? null;
  const capacity = isNew
    ? (seats ?? Math.min(USUAL_CAPACITY, venue?.capacity ?? USUAL_CAPACITY))
    : (chosenClass?.capacity ?? 1);
  const times = suggestClassTimes(now, span.startsAt, hours);
  const timesFit = areClassTimesValid(times, span.startsAt);
  const worth = declared ?? suggestWorth(span, course?.classHours ?? 0);
  const courseTitle = course ? format.text(course.title) : '';
  const wrong = {
    title: sayTooLong(title ?? courseTitle, LONGEST_TITLE),
    ...(isNew
      ? {
          capacity: sayOutOfRange(capacity, 1, MOST_PEOPLE),
          classTitle: sayTooLong(classTitle ?? courseTitle, LONGEST_TITLE),
          description: sayTooLong(description, LONGEST_DESCRIPTION),
        }
      : {}),
  };
  const hoursFit = [hours.enroll, hours.promote, hours.withdraw].every(
    (count) => sayOutOfRange(count, 0, MOST_HOURS) === undefined,
  );
  const fits = Object.values(wrong).every((said) => said === undefined) && (!isNew || hoursFit);
  const wish: AssessPlacementInput | null =
    course && wrong.capacity === undefined
      ? {
          baseId,
          venueId,
          instructorIds: [...instructorIds],
          ...span,
          courseId: course.id,
          mode,
          people: capacity,
          sessionId: null,
          classId: isNew ? null : classId,
          worth,
        }
      : null;
  const assessment = useAssessment(open ? wish : null);

  const schedule = useMutation(
    api.training.scheduleSession.mutationOptions({
      onSuccess: (scheduled) => {
        sayDone(say('form.done', { title: scheduled.session.title, no: scheduled.classNo }));
        onScheduled(scheduled);
      },
      onSettled: () => queries.invalidateQueries(api.training.pathFilter()),
    }),
  );
  const asked = { wish, title, classTitle, description, kind, enrollment, hours };
  const refusal = useRefusalOf(schedule.error, asked, assessment);
  const isBegun =
    description !== '' ||
    [course, classId, seats, title, classTitle, declared].some((value) => value !== null);
  const tellBegun = useEffectEvent(onBegun);
  useEffect(() => tellBegun(isBegun), [isBegun]);
  const isReady = course !== null && fits && (isNew ? timesFit : classId !== null);
  const save = (): void => {
    if (!course || !isReady) return;
    schedule.mutate({
      baseId,
      venueId,
      instructorIds: [...instructorIds],
      ...span,
      courseId: course.id,
      title: title ?? courseTitle,
      mode,
      worth,
      in:
        isNew || classId === null
          ? {
              kind: 'new-class',
              class: {
                title: classTitle ?? courseTitle,
                description,
                kind,
                mode: enrollment,
                capacity,
                ...times,
              },
            }
          : { kind: 'class', classId },
    });
  };
  const changeSpan = (next: Interval): void => {
    setSpan(next);
    // Half-days belong to dates: another time is worth what it touches, the hours stay as they were typed.
    if (declared) setDeclared({ ...suggestWorth(next, declared.classHours) });
  };

  return (
    <SidePanel
      open={open}
      onClose={onClose}
      title={say('form.title')}
      width={480}
      footer={
        <Button type="primary" loading={schedule.isPending} disabled={!isReady} onClick={save}>
          {course ? say('form.go') : say('form.missing')}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-3"
        // Enter belongs to the field it is pressed in: only the button schedules.
        onSubmit={(event) => event.preventDefault()}
      >
        <CourseField baseId={baseId} value={course} onChange={setCourse} />
        <TimeFields span={span} onSpan={changeSpan} />
        <VenueField resources={resources} value={venueId} onChange={setVenueId} />
        <InstructorsField resources={resources} value={instructorIds} onChange={setInstructorIds} />
        <PlacementView
          assessment={assessment}
          instructorName={(id) =>
            resources.instructors.find((instructor) => instructor.id === id)?.name ?? ''
          }
          onTime={(startsAt, endsAt) => changeSpan({ startsAt, endsAt })}
          onVenue={setVenueId}
        />
        <Failed error={refusal} />
        <Field label={say('form.in')}>
          {(id) => (
            <Radio.Group
              id={id}
              value={isNew ? 'new' : 'class'}
              onChange={({ target }) => setNew(target.value === 'new')}
              options={[
                { value: 'new', label: say('form.newClass') },
                { value: 'class', label: say('form.inClass') },
              ]}
            />
          )}
        </Field>
        {isNew ? (
          <>
            <div className="flex gap-2">
              <Field label={say('form.classTitle')} error={wrong.classTitle}>
                {(id) => (
                  <Input
                    id={id}
                    status={wrong.classTitle === undefined ? '' : 'error'}
                    value={classTitle ?? courseTitle}
                    onChange={({ target }) => setClassTitle(target.value)}
                  />
                )}
              </Field>
              <div className="w-24">
                <Field label={say('form.capacity')} error={wrong.capacity}>
                  {(id) => (
                    <InputNumber
                      id={id}
                      status={wrong.capacity === undefined ? '' : 'error'}
                      value={capacity}
                      onChange={(count) => setSeats(count)}
                    />
                  )}
                </Field>
              </div>
            </div>
            {span.startsAt > now && (
              <DeadlineLines startsAt={span.startsAt} hours={hours} times={times} isValid={timesFit} />
            )}
            <Collapse
              ghost
              size="small"
              items={[
                {
                  key: 'more',
                  label: say('form.enrollment'),
                  children: (
                    <div className="flex flex-col gap-3">
                      <Field label={say('form.joining')}>
                        {(id) => (
                          <Select<ClassMode>
                            id={id}
                            value={enrollment}
                            onChange={setEnrollment}
                            options={classMode.options.map((value) => ({
                              value,
                              label: format.text(classModeNames[value]),
                            }))}
                          />
                        )}
                      </Field>
                      <Field label={say('form.kind')}>
                        {(id) => (
                          <Select<ClassKind>
                            id={id}
                            value={kind}
                            onChange={setKind}
                            options={classKind.options.map((value) => ({
                              value,
                              label: format.text(classKindNames[value]),
                            }))}
                          />
                        )}
                      </Field>
                      <fieldset>
                        <legend className="text-small text-ink-2">{say('form.deadlines')}</legend>
                        <div className="flex gap-2">
                          {(['enroll', 'promote', 'withdraw'] as const).map((deadline) => (
                            <Field
                              key={deadline}
                              label={say(`form.${deadline}`)}
                              error={sayOutOfRange(hours[deadline], 0, MOST_HOURS)}
                            >
                              {(id) => (
                                <InputNumber
                                  id={id}
                                  suffix={say('form.hours')}
                                  value={hours[deadline]}
                                  onChange={(count) => setHours({ ...hours, [deadline]: count ?? 0 })}
                                />
                              )}
                            </Field>
                          ))}
                        </div>
                      </fieldset>
                      <Field label={say('form.description')} error={wrong.description}>
                        {(id) => (
                          <Input.TextArea
                            id={id}
                            rows={3}
                            status={wrong.description === undefined ? '' : 'error'}
                            value={description}
                            onChange={({ target }) => setDescription(target.value)}
                          />
                        )}
                      </Field>
                    </div>
                  ),
                },
              ]}
            />
          </>
        ) : (
          <Select
            aria-label={say('form.pickClass')}
            placeholder={say('form.pickClass')}
            showSearch
            optionFilterProp="label"
            value={classId}
            onChange={setClassId}
            options={(classes.data?.items ?? []).map((value) => ({
              value: value.id,
              label: `${value.classNo} ${value.title}`,
            }))}
          />
        )}
        <Field label={say('form.sessionTitle')} error={wrong.title}>
          {(id) => (
            <Input
              id={id}
              status={wrong.title === undefined ? '' : 'error'}
              value={title ?? courseTitle}
              onChange={({ target }) => setTitle(target.value)}
            />
          )}
        </Field>
        <ModeField value={mode} onChange={setMode} />
        <WorthFields span={span} value={worth} onChange={setDeclared} />
      </form>
    </SidePanel>
  );
}

/** When enrolment, promotion and free withdrawal will end, and why earlier than usual is not possible. */
function DeadlineLines({
  startsAt,
  hours,
  times,
  isValid,
}: {
  readonly startsAt: Date;
  readonly hours: ClassDeadlines;
  readonly times: ClassTimes;
  readonly isValid: boolean;
}) {
  const say = trainingWords.use();
  const ends = deadlinesOf(times);
  const shortened = (['enroll', 'promote', 'withdraw'] as const).filter(
    (deadline) => startsAt.getTime() - ends[deadline].getTime() < hours[deadline] * 3_600_000,
  );
  return (
    <div className="flex flex-col gap-1.5 text-small">
      <DeadlineList times={times} />
      {isValid ? (
        shortened.length > 0 && (
          <p role="status" className="rounded-card bg-wait-soft px-3 py-2 text-wait">
            {say('form.shortened', {
              list: shortened
                .map((deadline) =>
                  say('form.wished', { what: say(`form.${deadline}`), hours: hours[deadline] }),
                )
                .join(say('form.comma')),
            })}
          </p>
        )
      ) : (
        <p role="alert" className="rounded-card bg-refusal-soft px-3 py-2 text-refusal">
          {say('form.disordered')}
        </p>
      )}
    </div>
  );
}

function CourseField({
  baseId,
  value,
  onChange,
}: {
  readonly baseId: string;
  readonly value: CourseHit | null;
  readonly onChange: (course: CourseHit | null) => void;
}) {
  const say = trainingWords.use();
  const format = useFormat();
  const api = useApi();
  const [text, setText] = useState('');
  // Without a word: what is taught at this base. With one: the whole catalog.
  const query = useQuery({
    ...api.catalog.searchCourses.queryOptions({ pageSize: 30, ...(text === '' ? { baseId } : { text }) }),
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  const shown = value && !items.some(({ id }) => id === value.id) ? [value, ...items] : items;
  return (
    <Field label={say('form.course')}>
      {(id) => (
        <Select
          id={id}
          autoFocus
          showSearch
          filterOption={false}
          onSearch={setText}
          loading={query.isFetching}
          placeholder={say('form.findCourse')}
          value={value?.id ?? null}
          onChange={(chosen: string) => onChange(shown.find((course) => course.id === chosen) ?? null)}
          options={shown.map((course) => ({
            value: course.id,
            label: `${format.text(course.title)} · ${format.measure(course.classHours, 'classHour')}`,
          }))}
        />
      )}
    </Field>
  );
}
