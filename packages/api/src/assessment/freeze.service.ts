import type { AuditRepository } from '@cadre/db/audit';
import type { AssessmentYearRepository, FeedRepository } from '@cadre/db/assessment';
import type { CreditLedgerRepository } from '@cadre/db/credit';
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
  type FreezeProgress,
  type FreezeView,
  type LateSession,
} from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Id } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import {
  countReadings,
  readTarget,
  readTogether,
  type PersonReading,
  type ReadableTarget,
} from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { StatementService } from '../credit';
import { SESSION_KIND } from '../credit/session-activity';
import type { FeedService } from './feed.service';
import { createPeopleOfYear, type PeopleOfYearDeps } from './people-of-year';

const BATCH = 50;
const ACTION = 'assessment:year-frozen';

export interface FreezeDeps extends PeopleOfYearDeps, Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  audit: Pick<AuditRepository, 'insert' | 'list'>;
  assessmentYears: Pick<AssessmentYearRepository, 'findById' | 'tryFreeze'>;
  feed: Pick<FeedRepository, 'countFrozen' | 'latestLines'>;
  feedService: Pick<FeedService, 'sequence' | 'writeLines'>;
  ledger: Pick<CreditLedgerRepository, 'listSettledAfter'>;
  people: Pick<PersonRepository, 'listActive' | 'listByIds' | 'listEverIn'>;
  sessions: Pick<SessionRepository, 'listByIds' | 'listEndedBefore'>;
  statement: Pick<StatementService, 'figuresOf'>;
}

export type FreezeService = ReturnType<typeof createFreezeService>;

/** 定格: what a snapshot would hold, making it once, and who made it. */
export function createFreezeService(deps: FreezeDeps) {
  const { database, audit, assessmentYears, feed, feedService, ledger, people, sessions, statement } = deps;
  const { clock, newId, publisher } = deps;
  const { atCutOff } = createPeopleOfYear(deps);

  const getReadable = async (actor: PersonActor, yearId: Id): Promise<AssessmentYear> => {
    const year = canReadYear(actor, yearId) ? await assessmentYears.findById(yearId) : null;
    if (!year) throw new AppError('NOT_FOUND');
    return year;
  };

  /** Of how many people the snapshot says, or would say, that they have met what is asked. */
  const countsOf = async (year: AssessmentYear, persons: readonly Person[]) => {
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

  /** What was settled too late for the snapshot, of the people who are in it. */
  const lateOf = async ({ cutOffAt }: AssessmentYear, persons: readonly Person[]): Promise<LateSession[]> => {
    const own = new Set(persons.map(({ id }) => id));
    const settled = new Map<Id, { people: Set<Id>; settledAt: Date }>();
    for (const { personId, source, recordedAt } of await ledger.listSettledAfter(SESSION_KIND, cutOffAt)) {
      if (!own.has(personId)) continue;
      const known = settled.get(source.id) ?? { people: new Set<Id>(), settledAt: recordedAt };
      known.people.add(personId);
      if (recordedAt > known.settledAt) known.settledAt = recordedAt;
      settled.set(source.id, known);
    }
    const held = await sessions.listByIds([...settled.keys()]);
    return held
      .flatMap(({ id, title, startsAt }) => {
        const known = settled.get(id);
        if (!known) return [];
        return [{ sessionId: id, title, startsAt, settledAt: known.settledAt, people: known.people.size }];
      })
      .sort((one, other) => other.settledAt.getTime() - one.settledAt.getTime());
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
      const persons = await atCutOff(year);
      const [counts, late, done, closed, live, notHeld] = await Promise.all([
        countsOf(year, persons),
        lateOf(year, persons),
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
        late,
        done,
      };
    },

    /** How far a freeze of the year has come, whoever has begun it; nothing written while nobody has. */
    async progress(actor: PersonActor, yearId: Id): Promise<FreezeProgress> {
      const year = await getReadable(actor, yearId);
      const snapshotNo = year.state === 'open' ? year.snapshotNo + 1 : year.snapshotNo;
      const [persons, written] = await Promise.all([atCutOff(year), feed.countFrozen(year.id, snapshotNo)]);
      return { written, people: persons.length };
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
