import { classTitleBeside, sessionStatusNames } from '@cadre/client/naming';
import { dayPart, instantOf, type CivilDate, type DayPart } from '@cadre/domain/core';
import type { PlacementVerdict, SessionView, WeekGrid as Week } from '@cadre/domain/training';
import { classNames } from '@cadre/ui/admin';
import { formatTime, useFormat } from '@cadre/ui/format';
import { Ban, CircleAlert, CircleCheck, Clock3, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Assessment } from './placement-view';
import { closureOf, sameSlot, slotOf, weekFrom, type Slot } from './slots';
import { trainingWords } from './training.words';

const PARTS = dayPart.options;
const COLUMNS = 7 * PARTS.length;

const VERDICTS: Readonly<Record<PlacementVerdict['verdict'], { look: string; icon: LucideIcon }>> = {
  free: { look: 'bg-met-soft text-met', icon: CircleCheck },
  tight: { look: 'bg-wait-soft text-wait', icon: Clock3 },
  blocked: { look: 'bg-refusal-soft text-refusal', icon: CircleAlert },
};

const LOOKS: Readonly<Record<SessionView['status'], string>> = {
  scheduled: 'border-primary bg-primary-soft text-ink',
  live: 'border-now bg-now-soft text-now',
  closed: 'border-line bg-fill text-ink-2',
  settled: 'border-line bg-fill text-ink-2',
  cancelled: 'border-line bg-fill text-ink-2',
  'not-held': 'border-wait bg-wait-soft text-wait',
};

const COLUMNS_LOOK = 'grid grid-cols-[8.5rem_5rem_repeat(7,minmax(0,1fr))]';
const DAY_LOOK = 'row-span-3 grid grid-rows-subgrid divide-y divide-line border-s border-line';

const slotKey = ({ rowId, date, part }: Slot): string => `${rowId} ${date} ${part}`;

export interface WeekGridProps {
  readonly week: Week;
  readonly by: 'venue' | 'instructor';
  readonly today: CivilDate;
  /** False for those who only look. */
  readonly editable: boolean;
  /** The session shown beside the grid. */
  readonly openedId: string | null;
  /** The session on its way to another cell, and the cell it hovers over. */
  readonly carried: SessionView | null;
  readonly target: Slot | null;
  readonly assessment: Assessment;
  readonly shortReason: (verdict: PlacementVerdict) => string;
  readonly onOpen: (session: SessionView) => void;
  /** Schedules over the cells from one part of a day to another. */
  readonly onCreate: (slot: Slot, until: DayPart) => void;
  readonly onCarry: (session: SessionView, from: Slot) => void;
  readonly onTarget: (slot: Slot) => void;
  readonly onDrop: () => void;
  readonly onGiveUp: () => void;
}

/**
 * A week of one base: a row for each venue or instructor, three cells for each day. Everything the pointer can do the
 * keyboard can: arrows walk, Enter schedules or opens, M picks up, Enter drops, Escape gives up.
 */
export function WeekGrid(props: WeekGridProps) {
  const { week, by, today, editable, carried } = props;
  const say = trainingWords.use();
  const format = useFormat();
  const table = useRef<HTMLDivElement>(null);
  const [stand, setStand] = useState<Slot | null>(null);
  const [drawn, setDrawn] = useState<{ slot: Slot; until: DayPart } | null>(null);
  const days = weekFrom(week.from);
  const rowIds = week.rows.map(({ id }) => id);
  const [firstRow] = rowIds;
  const here = stand && rowIds.includes(stand.rowId) ? stand : null;
  const tabStop: Slot | null =
    here ?? (firstRow === undefined ? null : { rowId: firstRow, date: week.from, part: 'morning' });

  const slotAt = (row: number, column: number): Slot | null => {
    const rowId = rowIds[row];
    const date = days[Math.floor(column / PARTS.length)];
    const part = PARTS[column % PARTS.length];
    return rowId === undefined || date === undefined || part === undefined ? null : { rowId, date, part };
  };
  /** The cell from which the keyboard walks: the one that hovers while something is carried. */
  const walk = (slot: Slot, key: string): Slot | null => {
    const row = rowIds.indexOf(slot.rowId);
    const column = days.indexOf(slot.date) * PARTS.length + PARTS.indexOf(slot.part);
    switch (key) {
      case 'ArrowRight':
        return slotAt(row, column + PARTS.length);
      case 'ArrowLeft':
        return slotAt(row, column - PARTS.length);
      case 'ArrowDown':
        return PARTS.indexOf(slot.part) < PARTS.length - 1
          ? slotAt(row, column + 1)
          : slotAt(row + 1, column - PARTS.length + 1);
      case 'ArrowUp':
        return PARTS.indexOf(slot.part) > 0
          ? slotAt(row, column - 1)
          : slotAt(row - 1, column + PARTS.length - 1);
      case 'Home':
        return slotAt(row, PARTS.indexOf(slot.part));
      case 'End':
        return slotAt(row, COLUMNS - PARTS.length + PARTS.indexOf(slot.part));
      default:
        return null;
    }
  };
  const focusOn = (slot: Slot): void => {
    setStand(slot);
    table.current?.querySelector<HTMLElement>(`[data-slot="${slotKey(slot)}"]`)?.focus();
  };

  const onKey = (event: KeyboardEvent<HTMLElement>, slot: Slot): void => {
    if (event.key === 'Escape' && carried) {
      event.preventDefault();
      props.onGiveUp();
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      if (!editable || event.target !== event.currentTarget) return;
      event.preventDefault();
      if (carried) props.onDrop();
      else if (!closureOf(week.base, slot.date, slot.part)) props.onCreate(slot, slot.part);
      return;
    }
    const next = walk(slot, event.key);
    if (!next) return;
    event.preventDefault();
    focusOn(next);
    if (carried) props.onTarget(next);
  };

  const inRow = (rowId: string) =>
    week.sessions.filter((session) =>
      by === 'venue' ? session.venueId === rowId : session.instructorIds.includes(rowId),
    );

  /** What the grid knows of one cell, and what the cell tells the grid. */
  const cellOf = (slot: Slot) => ({
    slot,
    isTabStop: sameSlot(tabStop, slot),
    isDrawn:
      drawn !== null &&
      drawn.slot.rowId === slot.rowId &&
      drawn.slot.date === slot.date &&
      isBetween(slot.part, drawn.slot.part, drawn.until),
    onStand: () => setStand(slot),
    onKey: (event: KeyboardEvent<HTMLElement>) => onKey(event, slot),
    onDraw: () => setDrawn({ slot, until: slot.part }),
    onDrawOver: () => {
      if (drawn && drawn.slot.rowId === slot.rowId && drawn.slot.date === slot.date)
        setDrawn({ ...drawn, until: slot.part });
    },
    onPickUp: (session: SessionView) => {
      props.onCarry(session, slot);
      focusOn(slot);
    },
  });

  return (
    <div
      ref={table}
      role="grid"
      aria-label={say('week.label', { first: format.day(instantOf(week.from)) })}
      className="week-grid relative overflow-x-auto rounded-card border border-line bg-surface select-none"
      onPointerUp={() => {
        if (!drawn) return;
        props.onCreate(drawn.slot, drawn.until);
        setDrawn(null);
      }}
      onPointerLeave={() => setDrawn(null)}
    >
      <div className="min-w-[64rem]">
        <div role="row" className={classNames(COLUMNS_LOOK, 'border-b border-line')}>
          <div role="columnheader" className="col-span-2 px-3 py-2 text-small text-ink-2">
            {say(by === 'venue' ? 'row.venue' : 'row.instructor')}
          </div>
          {days.map((date) => (
            <div
              key={date}
              role="columnheader"
              aria-colspan={PARTS.length}
              {...(date === today ? { 'aria-current': 'date' as const } : {})}
              className={classNames(
                'border-s border-line px-2 py-2 text-small',
                date === today ? 'font-semibold text-primary' : 'text-ink-2',
              )}
            >
              {format.weekday(instantOf(date))}
            </div>
          ))}
        </div>
        {week.rows.map((row) => (
          <div
            key={row.id}
            role="row"
            // The three parts of a day are as high as the fullest of them in the whole week.
            className={classNames(
              COLUMNS_LOOK,
              'grid-rows-[repeat(3,minmax(2.75rem,auto))] border-b border-line last:border-b-0',
            )}
          >
            <div role="rowheader" className="row-span-3 px-3 py-2">
              <div className="font-medium text-pretty text-ink">{format.text(row.name)}</div>
              {row.capacity !== null && (
                <div className="text-small text-ink-2">{say('row.seats', { count: row.capacity })}</div>
              )}
            </div>
            <div aria-hidden className={DAY_LOOK}>
              {PARTS.map((part) => (
                <span key={part} className="px-1 py-1.5 text-center text-small text-ink-2">
                  {say(`part.${part}`)}
                </span>
              ))}
            </div>
            {days.map((date) => (
              <div key={date} role="presentation" className={DAY_LOOK}>
                {PARTS.map((part) => (
                  <Cell
                    key={part}
                    {...cellOf({ rowId: row.id, date, part })}
                    grid={props}
                    row={row}
                    sessions={inRow(row.id)}
                  />
                ))}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  readonly grid: WeekGridProps;
  readonly row: Week['rows'][number];
  readonly slot: Slot;
  readonly sessions: readonly SessionView[];
  /** The one cell that Tab reaches. */
  readonly isTabStop: boolean;
  /** Inside the stretch that the pointer is drawing. */
  readonly isDrawn: boolean;
  readonly onStand: () => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onDraw: () => void;
  readonly onDrawOver: () => void;
  readonly onPickUp: (session: SessionView) => void;
}

function Cell({ grid, row, slot, sessions, isTabStop, isDrawn, ...does }: CellProps) {
  const say = trainingWords.use();
  const format = useFormat();
  const { week, carried, target, editable } = grid;
  const { date, part } = slot;
  const here = sessions.filter(({ startsAt }) => sameSlot(slotOf(row.id, startsAt), slot));
  const busy = week.busy.filter(
    (other) => other.rowId === row.id && sameSlot(slotOf(row.id, other.startsAt), slot),
  );
  const closure = closureOf(week.base, date, part);
  const isTarget = carried !== null && sameSlot(target, slot);
  const name = say('cell.name', {
    row: format.text(row.name),
    day: format.weekday(instantOf(date)),
    part: say(`part.${part}`),
  });
  // A cancelled session is shown and takes no place.
  const isTaken = busy.length > 0 || here.some(({ status }) => status !== 'cancelled');
  const state = closure
    ? closure.reason === null
      ? say('cell.closed')
      : say('cell.blackout', { reason: closure.reason })
    : isTaken
      ? ''
      : say('cell.free');
  const draws = editable && !carried && !closure;
  return (
    <div
      role="gridcell"
      data-slot={slotKey(slot)}
      // What stands in a cell names it; an empty one has nothing that could.
      {...(state === '' ? {} : { 'aria-label': `${name}，${state}` })}
      {...(closure?.reason ? { title: say('cell.blackout', { reason: closure.reason }) } : {})}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && does.onStand()}
      onKeyDown={does.onKey}
      onPointerDown={(event) => {
        if (draws && event.button === 0 && event.target === event.currentTarget) does.onDraw();
      }}
      onPointerEnter={does.onDrawOver}
      onDragOver={(event) => {
        if (!carried) return;
        event.preventDefault();
        if (!isTarget) grid.onTarget(slot);
      }}
      onDrop={(event) => {
        event.preventDefault();
        grid.onDrop();
      }}
      className={classNames(
        'flex min-h-11 min-w-0 flex-col gap-1 p-1 transition-colors',
        closure ? 'bg-fill' : draws && 'cursor-cell hover:bg-paper',
        isDrawn && 'bg-primary-soft',
      )}
    >
      {state === '' && <span className="sr-only">{name}</span>}
      {here.map((session) => (
        <SessionCard key={session.id} grid={grid} session={session} onPickUp={() => does.onPickUp(session)} />
      ))}
      {busy.map(({ startsAt, endsAt }) => (
        <span
          key={startsAt.toISOString()}
          className="rounded-chip bg-fill px-1.5 py-0.5 text-small text-ink-2"
        >
          {say('cell.busy', { time: `${formatTime(startsAt)}–${formatTime(endsAt)}` })}
        </span>
      ))}
      {isTarget && <Ghost assessment={grid.assessment} shortReason={grid.shortReason} />}
      {closure && here.length === 0 && !isTarget && (
        <Ban aria-hidden size="1em" className="m-auto text-ink-2 opacity-40" />
      )}
    </div>
  );
}

/** What the server says of the cell under the carried session, in colour, icon and word. */
function Ghost({ assessment, shortReason }: Pick<WeekGridProps, 'assessment' | 'shortReason'>) {
  const say = trainingWords.use();
  const { verdict, asking } = assessment;
  if (!verdict) return asking ? <GhostLine icon={LoaderCircle}>{say('verdict.asking')}</GhostLine> : null;
  const { look, icon } = VERDICTS[verdict.verdict];
  return (
    <GhostLine icon={icon} look={look}>
      {shortReason(verdict)}
    </GhostLine>
  );
}

function SessionCard({
  grid,
  session,
  onPickUp,
}: {
  readonly grid: WeekGridProps;
  readonly session: SessionView;
  readonly onPickUp: () => void;
}) {
  const format = useFormat();
  const movable = grid.editable && session.status === 'scheduled';
  const isOpened = grid.openedId === session.id;
  const classTitle = classTitleBeside(session);
  const isCancelled = session.status === 'cancelled';
  return (
    <button
      type="button"
      draggable={movable}
      aria-pressed={isOpened}
      onClick={() => grid.onOpen(session)}
      onKeyDown={(event) => {
        if (movable && event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          onPickUp();
        }
      }}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', session.title);
        onPickUp();
      }}
      onDragEnd={grid.onGiveUp}
      className={classNames(
        'w-full rounded-chip border-s-3 px-1.5 py-0.5 text-start leading-snug',
        movable ? 'cursor-grab' : 'cursor-pointer',
        LOOKS[session.status],
        isOpened && 'outline-2 outline-primary',
        grid.carried?.id === session.id && 'opacity-50',
      )}
    >
      <span className="block text-small tabular-nums">
        {`${formatTime(session.startsAt)}–${formatTime(session.endsAt)}`}
        {session.status !== 'scheduled' && (
          <>
            {' '}
            <span className="whitespace-nowrap">{format.text(sessionStatusNames[session.status])}</span>
          </>
        )}
      </span>
      <span className={isCancelled ? 'block truncate line-through' : 'line-clamp-2'}>{session.title}</span>
      {classTitle !== '' && !isCancelled && <span className="block truncate text-small">{classTitle}</span>}
      {!isCancelled && (
        <span className="block truncate text-small text-ink-2">
          {grid.by === 'venue'
            ? session.instructors.map(({ name }) => name).join(' ')
            : format.text(session.venueName)}
        </span>
      )}
    </button>
  );
}

function GhostLine({
  icon: Icon,
  look = 'bg-fill text-ink-2',
  children,
}: {
  readonly icon: LucideIcon;
  readonly look?: string;
  readonly children: ReactNode;
}) {
  return (
    <span
      role="status"
      className={classNames(
        'pointer-events-none flex items-start gap-1 rounded-chip px-1.5 py-0.5 text-small',
        look,
      )}
    >
      <Icon aria-hidden size="1.1em" className="mt-0.5 shrink-0" />
      {children}
    </span>
  );
}

const isBetween = (part: DayPart, one: DayPart, other: DayPart): boolean => {
  const [low, high] = [PARTS.indexOf(one), PARTS.indexOf(other)].sort((a, b) => a - b);
  const at = PARTS.indexOf(part);
  return at >= (low ?? 0) && at <= (high ?? 0);
};
