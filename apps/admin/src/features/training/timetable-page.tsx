import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import { addDays, instantOf, toCivilDate, type CivilDate, type DayPart } from '@cadre/domain/core';
import type { BaseResources, SessionView, TimetableBases, WeekGrid as Week } from '@cadre/domain/training';
import { EmptyState, Page } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import { CalendarRange, ChevronLeft, ChevronRight, Printer } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { useAssessment, useShortReason } from './placement-view';
import { SessionForm, type SessionDraft } from './session-form';
import { MovedDeadlines, SessionPanel, useMoveSession, type MovedPlace } from './session-panel';
import { spanOnSlot, usualSpan, type Slot } from './slots';
import { TrainingTabs } from './training-tabs';
import { trainingWords } from './training.words';
import { WeekGrid } from './week-grid';
import type { WeekSearch } from './week-search';

const route = getRouteApi('/signed-in/training/');
const FACTS = ['session:changed', 'class:changed', 'network:changed'] as const;

/** 排课: one week of one base, by venue or by instructor. */
export function TimetablePage() {
  const say = trainingWords.use();
  const api = useApi();
  const bases = useQuery(api.training.bases.queryOptions());
  return (
    <Page title={say('title')} actions={<TrainingTabs at="timetable" />}>
      <QueryView query={bases}>
        {(known) =>
          known.length === 0 ? (
            <EmptyState icon={CalendarRange} title={say('noBases')} />
          ) : (
            <Timetable bases={known} />
          )
        }
      </QueryView>
    </Page>
  );
}

function Timetable({ bases }: { readonly bases: TimetableBases }) {
  const say = trainingWords.use();
  const format = useFormat();
  const api = useApi();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = toCivilDate(useNow(60_000));
  const base = bases.find(({ id }) => id === search.base) ?? bases[0];
  const by = search.by ?? 'venue';
  const date = search.date ?? today;
  const baseId = base?.id ?? '';
  const week = useQuery({
    ...api.training.weekGrid.queryOptions({ date, by, baseId }),
    placeholderData: keepPreviousData,
    meta: { live: FACTS },
  });
  const resources = useQuery({
    ...api.training.resources.queryOptions({ baseId }),
    meta: { live: ['network:changed'] },
  });
  useFollow({ kind: 'base', id: baseId });
  const { session: _opened, ...place } = search;
  const change = (next: WeekSearch): void => void navigate({ search: { ...place, ...next }, replace: true });
  const { date: _date, ...thisWeek } = place;
  const { by: _by, ...byVenue } = place;
  return (
    <>
      <div className="no-print flex flex-wrap items-center gap-2">
        <Select
          aria-label={say('base')}
          showSearch
          optionFilterProp="label"
          className="min-w-56"
          value={baseId}
          onChange={(next: string) => change({ base: next })}
          options={bases.map((known) => ({
            value: known.id,
            label: `${known.code} ${format.text(known.name)}`,
          }))}
        />
        <Segmented
          aria-label={say('by.label')}
          value={by}
          options={[
            { value: 'venue', label: say('by.venue') },
            { value: 'instructor', label: say('by.instructor') },
          ]}
          onChange={(next) =>
            void navigate({
              search: next === 'instructor' ? { ...place, by: 'instructor' } : byVenue,
              replace: true,
            })
          }
        />
        <span className="flex flex-wrap items-center gap-1 sm:ms-auto">
          <Button
            type="text"
            aria-label={say('week.previous')}
            icon={<ChevronLeft aria-hidden size="1.2em" />}
            onClick={() => change({ date: addDays(date, -7) })}
          />
          <span className="min-w-36 text-center font-medium">
            {week.data && format.days(instantOf(week.data.from), instantOf(week.data.to))}
          </span>
          <Button
            type="text"
            aria-label={say('week.next')}
            icon={<ChevronRight aria-hidden size="1.2em" />}
            onClick={() => change({ date: addDays(date, 7) })}
          />
          <Button onClick={() => void navigate({ search: thisWeek, replace: true })}>
            {say('week.today')}
          </Button>
          <Button icon={<Printer aria-hidden size="1.1em" />} onClick={() => window.print()}>
            {say('week.print')}
          </Button>
        </span>
      </div>
      <QueryView query={week} rows={8}>
        {(shown) =>
          shown.rows.length === 0 ? (
            <EmptyState
              icon={CalendarRange}
              title={say('row.none', { what: say(by === 'venue' ? 'row.venue' : 'row.instructor') })}
            />
          ) : (
            <QueryView query={resources}>
              {(choices) => (
                <Desk
                  // Another base or kind of row begins with an empty desk.
                  key={`${baseId} ${by}`}
                  week={shown}
                  by={by}
                  today={today}
                  resources={choices}
                  editable={base?.canSchedule ?? false}
                  openFirst={search.session ?? null}
                />
              )}
            </QueryView>
          )
        }
      </QueryView>
    </>
  );
}

/** A form for a new session, under the number it was opened with. */
interface OpenedForm {
  readonly kind: 'form';
  readonly draft: SessionDraft;
  readonly key: number;
}
type Beside =
  | OpenedForm
  | {
      readonly kind: 'session';
      readonly id: string;
      readonly attempt: MovedPlace | null;
      readonly key: number;
    };

/** The grid with what stands beside it: the form for a new session, or one session. */
function Desk({
  week,
  by,
  today,
  resources,
  editable,
  openFirst,
}: {
  readonly week: Week;
  readonly by: 'venue' | 'instructor';
  readonly today: CivilDate;
  readonly resources: BaseResources;
  readonly editable: boolean;
  /** The session somebody came for. */
  readonly openFirst: string | null;
}) {
  const say = trainingWords.use();
  const [beside, setBeside] = useState<Beside | null>(
    openFirst === null ? null : { kind: 'session', id: openFirst, attempt: null, key: 0 },
  );
  const [carried, setCarried] = useState<{ session: SessionView; from: Slot } | null>(null);
  const [target, setTarget] = useState<Slot | null>(null);
  /** The form in which something is filled in: it stays when it is closed, until it is scheduled or another is begun. */
  const [begun, setBegun] = useState<OpenedForm | null>(null);
  const [opened, setOpened] = useState(0);
  const shortReason = useShortReason();
  const open = (
    next: { kind: 'form'; draft: SessionDraft } | { kind: 'session'; id: string; attempt: MovedPlace | null },
  ): void => {
    setBeside({ ...next, key: opened + 1 });
    setOpened(opened + 1);
  };
  const move = useMoveSession((session, attempt) => open({ kind: 'session', id: session.id, attempt }));

  /** What a drop on the cell would mean: another time, and another venue or one instructor for another. */
  const placeOn = (session: SessionView, from: Slot, slot: Slot): MovedPlace => ({
    span: spanOnSlot(session, slot),
    venueId: by === 'venue' ? slot.rowId : session.venueId,
    instructorIds:
      by === 'venue'
        ? session.instructorIds
        : [...new Set(session.instructorIds.map((id) => (id === from.rowId ? slot.rowId : id)))],
  });
  const wished = carried && target ? placeOn(carried.session, carried.from, target) : null;
  const assessment = useAssessment(
    carried && wished
      ? {
          baseId: carried.session.baseId,
          venueId: wished.venueId,
          instructorIds: [...wished.instructorIds],
          ...wished.span,
          courseId: carried.session.courseId,
          mode: carried.session.mode,
          people: Math.max(1, carried.session.expectedPeople),
          sessionId: carried.session.id,
          classId: carried.session.classId,
        }
      : null,
  );
  const putDown = (): void => {
    setCarried(null);
    setTarget(null);
  };
  const drop = (): void => {
    if (!carried || !wished) return;
    const { session } = carried;
    const stays =
      wished.span.startsAt.getTime() === session.startsAt.getTime() &&
      wished.venueId === session.venueId &&
      wished.instructorIds.join() === session.instructorIds.join();
    putDown();
    if (!stays) move.mutate(session, wished);
  };
  const create = (slot: Slot, until: DayPart): void => {
    const [firstVenue] = resources.venues;
    open({
      kind: 'form',
      draft: {
        span: usualSpan(slot.date, slot.part, until),
        venueId: by === 'venue' ? slot.rowId : (firstVenue?.id ?? ''),
        instructorIds: by === 'venue' ? [] : [slot.rowId],
      },
    });
  };
  const shownForm = beside?.kind === 'form' ? beside : null;
  const putAside = begun && begun.key !== shownForm?.key ? [begun] : [];
  const forms = shownForm ? [...putAside, shownForm] : putAside;
  const shownSession =
    beside?.kind === 'session' ? week.sessions.find(({ id }) => id === beside.id) : undefined;
  return (
    <>
      {editable && (
        <div className="no-print flex min-h-6 flex-wrap items-center gap-2">
          <p className="text-small text-ink-2">{say('week.help')}</p>
          {begun && beside?.kind !== 'form' && (
            <span className="flex gap-2 sm:ms-auto">
              <Button size="small" type="primary" onClick={() => setBeside(begun)}>
                {say('week.kept')}
              </Button>
              <Button size="small" type="text" onClick={() => setBegun(null)}>
                {say('week.discard')}
              </Button>
            </span>
          )}
        </div>
      )}
      <p role="status" className="sr-only">
        {carried ? say('carrying', { title: carried.session.title }) : ''}
      </p>
      <WeekGrid
        week={week}
        by={by}
        today={today}
        editable={editable}
        openedId={shownSession?.id ?? null}
        carried={carried?.session ?? null}
        target={target}
        assessment={assessment}
        shortReason={shortReason}
        onOpen={({ id }) => open({ kind: 'session', id, attempt: null })}
        onCreate={create}
        onCarry={(session, from) => {
          setBeside(null);
          setCarried({ session, from });
          setTarget(from);
        }}
        onTarget={setTarget}
        onDrop={drop}
        onGiveUp={putDown}
      />
      {carried && wished && (
        <div className="pointer-events-none fixed inset-x-0 bottom-5 z-10 mx-auto w-fit rounded-card border border-line bg-surface">
          <MovedDeadlines session={carried.session} span={wished.span} />
        </div>
      )}
      {forms.map((form) => (
        <SessionForm
          key={form.key}
          baseId={week.base.id}
          resources={resources}
          draft={form.draft}
          open={beside?.key === form.key}
          onBegun={(isBegun) => {
            if (isBegun || begun?.key === form.key) setBegun(isBegun ? form : null);
          }}
          onClose={() => setBeside(null)}
          onScheduled={({ session }) => {
            setBegun(null);
            open({ kind: 'session', id: session.id, attempt: null });
          }}
        />
      ))}
      {beside?.kind === 'session' && shownSession && (
        <SessionPanel
          // A changed session begins its panel anew.
          key={`${beside.key} ${shownSession.revision}`}
          session={shownSession}
          resources={resources}
          editable={editable}
          attempt={beside.attempt}
          onClose={() => setBeside(null)}
        />
      )}
    </>
  );
}
