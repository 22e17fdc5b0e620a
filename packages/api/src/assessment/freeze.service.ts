import type { AuditRepository } from '@cadre/db/audit';
import type { AssessmentYearRepository, FeedRepository } from '@cadre/db/assessment';
import type { Database } from '@cadre/db/core';
import type { PersonRepository } from '@cadre/db/identity';
import type { SessionRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import {
  canFreezeYear,
  canReadYear,
  decidedThrough,
  decideFreeze,
  type AssessmentYear,
  type FreezeView,
} from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Id } from '@cadre/domain/core';
import {
  countReadings,
  readTarget,
  readTogether,
  type PersonReading,
  type ReadableTarget,
} from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { StatementService } from '../credit';
import type { FeedService } from './feed.service';
import { createPeopleOfYear, type PeopleOfYearDeps } from './people-of-year';

const BATCH = 100;
const ACTION = 'assessment:year-frozen';

export interface FreezeDeps extends PeopleOfYearDeps, Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  audit: Pick<AuditRepository, 'insert' | 'list'>;
  assessmentYears: Pick<AssessmentYearRepository, 'findById' | 'tryFreeze'>;
  feed: Pick<FeedRepository, 'latestLines'>;
  feedService: Pick<FeedService, 'sequence' | 'writeLines'>;
  people: Pick<PersonRepository, 'listActive' | 'listByIds' | 'listEverIn'>;
  sessions: Pick<SessionRepository, 'listEndedBefore'>;
  statement: Pick<StatementService, 'figuresOf'>;
}

export type FreezeService = ReturnType<typeof createFreezeService>;

/** 定格: what a snapshot would hold, making it once, and who made it. */
export function createFreezeService(deps: FreezeDeps) {
  const { database, audit, assessmentYears, feed, feedService, people, sessions, statement } = deps;
  const { clock, newId, publisher } = deps;
  const { atCutOff } = createPeopleOfYear(deps);

  const getReadable = async (actor: PersonActor, yearId: Id): Promise<AssessmentYear> => {
    const year = canReadYear(actor, yearId) ? await assessmentYears.findById(yearId) : null;
    if (!year) throw new AppError('NOT_FOUND');
    return year;
  };

  /** Of how many people the snapshot says, or would say, that they have met what is asked. */
  const countsOf = async (year: AssessmentYear) => {
    const persons = await atCutOff(year);
    const ids = persons.map(({ id }) => id);
    const day = toCivilDate(year.cutOffAt);
    const rows: { reading: PersonReading | null }[] = [];
    const read = (targets: readonly ReadableTarget[]): void => {
      rows.push({ reading: readTogether(targets.map((target) => readTarget(target, day))) });
    };
    if (year.state === 'frozen') {
      const lines = await feed.latestLines(year.id, ids);
      for (const id of ids) read(lines.get(id)?.statement.targets ?? []);
    } else
      for (let start = 0; start < persons.length; start += BATCH) {
        const part = persons.slice(start, start + BATCH);
        const { referenceDate, cutOffAt } = year;
        const figures = await statement.figuresOf(part, referenceDate, cutOffAt, decidedThrough(year));
        for (const { targets } of figures.values()) read(targets);
      }
    const { all, met, missed, behind, 'on-track': onTrack } = countReadings(rows);
    const running = behind + onTrack;
    return { people: all, met, missed, running, nothingAsked: all - met - missed - running };
  };

  const doneOf = async (year: AssessmentYear): Promise<FreezeView['done']> => {
    if (year.state !== 'frozen') return null;
    const { items } = await audit.list({ subjectId: year.id, action: ACTION }, { page: 1, pageSize: 1 });
    const [entry] = items;
    if (entry?.actor.kind !== 'person') return null;
    const [by] = await people.listByIds([entry.actor.personId]);
    return { by: by?.name ?? '', at: entry.at };
  };

  return {
    /** What there is to know before a year is frozen, and afterwards. */
    async view(actor: PersonActor, yearId: Id): Promise<FreezeView> {
      const year = await getReadable(actor, yearId);
      const isOpen = year.state === 'open';
      const [counts, done, closed, live, notHeld] = await Promise.all([
        countsOf(year),
        doneOf(year),
        isOpen ? sessions.listEndedBefore('closed', year.cutOffAt) : [],
        isOpen ? sessions.listEndedBefore('live', year.cutOffAt) : [],
        isOpen ? sessions.listEndedBefore('not-held', year.cutOffAt) : [],
      ]);
      return {
        ...counts,
        day: toCivilDate(year.cutOffAt),
        snapshotNo: isOpen ? year.snapshotNo + 1 : year.snapshotNo,
        unsettled: closed.length + live.length,
        notHeld: notHeld.length,
        done,
      };
    },

    /**
     * Freezes the figures of everybody who served on the day of the cut-off, as they were recorded by it, into a
     * numbered snapshot. May be run again after a failure: a person's line of the snapshot exists once, and the same
     * entries give the same figures.
     */
    async freeze(actor: PersonActor, yearId: Id): Promise<void> {
      const year = await getReadable(actor, yearId);
      if (!canFreezeYear(actor, yearId)) throw new AppError('NOT_ALLOWED');
      decideFreeze(year, clock.now());
      const snapshotNo = year.snapshotNo + 1;
      const persons = await atCutOff(year);
      for (let start = 0; start < persons.length; start += BATCH)
        await feedService.writeLines(year, persons.slice(start, start + BATCH), year.cutOffAt, snapshotNo);
      await database.transaction(async (tx) => {
        if (!(await assessmentYears.tryFreeze(year.id, snapshotNo, tx)))
          throw new AppError('YEAR_ALREADY_FROZEN', { snapshotNo });
        await audit.insert(
          {
            id: newId(),
            at: clock.now(),
            actor: { kind: 'person', personId: actor.personId },
            action: ACTION,
            subject: { kind: 'assessment-year', id: year.id },
            before: { state: year.state, snapshotNo: year.snapshotNo },
            after: { state: 'frozen', snapshotNo, people: persons.length },
          },
          tx,
        );
      });
      await feedService.sequence();
      publisher.publish({ type: 'feed:changed', assessmentYearId: year.id });
    },
  };
}
