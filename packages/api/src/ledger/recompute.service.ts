import type { CreditLedgerRepository, RecordedActivityRepository } from '@cadre/db/credit';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { RecomputeRepository } from '@cadre/db/ledger';
import type { PresenceRepository } from '@cadre/db/live';
import type { SessionRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, toCivilDate, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { lastDayOf, measureNames, settle, type Activity } from '@cadre/domain/credit';
import type { Person } from '@cadre/domain/identity';
import {
  canReadRecompute,
  canStartRecompute,
  digestOf,
  sumsByMeasure,
  type DifferenceRow,
  type LedgerEntry,
  type RecomputeDifference,
  type RecomputeReason,
  type RecomputeRun,
  type RecomputeRunView,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import type { Session } from '@cadre/domain/training';
import { allow, createAuditTrail, createStepwise, type AuditTrailDeps, type StepwiseDeps } from '../core';
import { toCreditPerson } from '../credit/credit-person';
import { SESSION_KIND, sessionActivity } from '../credit/session-activity';
import type { RegulationService, RegulationsInForce, SettlementService } from '../credit';

/** The kind of the jobs that carry a run on. */
export const RECOMPUTE_JOB = 'credit:recompute';
/** People gone over in one step: one job, one transaction. */
const BATCH = 50;
const RUNS_SHOWN = 20;

export interface RecomputeDeps extends AuditTrailDeps, StepwiseDeps {
  ledger: Pick<CreditLedgerRepository, 'listChainedPeople' | 'listEntriesOf' | 'listSettlementsOf'>;
  people: Pick<PersonRepository, 'listByIds'>;
  presences: Pick<PresenceRepository, 'listByPerson'>;
  recomputes: RecomputeRepository;
  recordedActivities: Pick<RecordedActivityRepository, 'listByPerson'>;
  regulation: Pick<RegulationService, 'open' | 'read'>;
  sessions: Pick<SessionRepository, 'listByIds' | 'listByClasses'>;
  settlement: Pick<SettlementService, 'settleSources'>;
  units: Pick<UnitRepository, 'listByIds'>;
}

export type RecomputeService = ReturnType<typeof createRecomputeService>;

/** What is known today about the source of a settlement. */
interface CurrentFacts {
  record: SettlementRecord;
  activities: readonly Activity[];
}

/**
 * Goes over the whole ledger: values every source anew from today's facts and reports where that differs from what
 * stands. It writes no entry; a difference is taken over by settling its source again, on order.
 */
export function createRecomputeService(deps: RecomputeDeps) {
  const { database, ledger, people, presences, recomputes, recordedActivities, sessions } = deps;
  const { regulation: regulations, settlement, units, clock, newId } = deps;
  const trail = createAuditTrail(deps);

  const stepwise = createStepwise<RecomputeRun, RecomputeDifference>(RECOMPUTE_JOB, recomputes, deps);

  /** The newest settlements of a person's sources, each with its facts as they are known today. */
  const currentFacts = async (
    person: Person,
    records: readonly SettlementRecord[],
  ): Promise<CurrentFacts[]> => {
    const newest = new Map<string, SettlementRecord>();
    for (const record of [...records].sort((a, b) => a.revision - b.revision))
      newest.set(`${record.source.kind} ${record.source.id} ${record.regulation.id}`, record);
    const sessionIds = [...newest.values()]
      .filter((record) => record.source.kind === SESSION_KIND)
      .map((record) => record.source.id);
    const [recorded, present, held] = await Promise.all([
      recordedActivities.listByPerson(person.id),
      presences.listByPerson(person.id),
      sessions.listByIds(sessionIds),
    ]);
    const siblings = await sessions.listByClasses([...new Set(held.map((session) => session.classId))]);
    const hoursOf = (session: Session): number =>
      siblings
        .filter((sibling) => sibling.classId === session.classId && sibling.status !== 'cancelled')
        .reduce((sum, sibling) => sum + sibling.worth.classHours, 0);
    return [...newest.values()].map((record) => {
      const session = held.find(({ id }) => id === record.source.id);
      const presence = present.find((value) => value.sessionId === record.source.id) ?? null;
      const fact = recorded
        .filter(({ source }) => source.kind === record.source.kind && source.id === record.source.id)
        .sort((a, b) => a.revision - b.revision)
        .at(-1);
      const activities =
        record.source.kind === SESSION_KIND && session
          ? [sessionActivity(session, hoursOf(session), person.id, presence)]
          : ((fact ?? record).activities as unknown as Activity[]);
      return { record, activities };
    });
  };

  const differencesOf = async (
    run: RecomputeRun,
    person: Person,
    facts: readonly CurrentFacts[],
    entries: readonly LedgerEntry[],
    inForce: RegulationsInForce,
  ): Promise<RecomputeDifference[]> => {
    const credited = toCreditPerson(person, toCivilDate(clock.now()));
    const reversed = new Set(entries.map((entry) => entry.reverses));
    const found: RecomputeDifference[] = [];
    for (const { record, activities } of facts) {
      const [first] = activities;
      if (!first) continue;
      const governing = await inForce.settling(person, lastDayOf(first));
      const rules = governing.find(({ id }) => id === record.regulation.id);
      const would = sumsByMeasure(rules ? settle(activities, rules, credited).entries : []);
      const stands = sumsByMeasure(
        entries.filter(
          (entry) => record.entryIds.includes(entry.id) && entry.reverses === null && !reversed.has(entry.id),
        ),
      );
      if (JSON.stringify(would) === JSON.stringify(stands)) continue;
      found.push({
        id: newId(),
        runId: run.id,
        personId: person.id,
        source: record.source,
        title: record.title,
        regulation: record.regulation,
        stands,
        would,
        reason: reasonOf(record, activities, rules),
        takenBy: null,
        takenAt: null,
      });
    }
    return found;
  };

  const personNames = async (ids: readonly Id[]) => {
    const names = new Map((await people.listByIds([...new Set(ids)])).map(({ id, name }) => [id, name]));
    return (id: Id): string => names.get(id) ?? '';
  };

  return {
    /** Orders a run; jobs carry it on from person to person, also after the process that began it is gone. */
    async start(actor: PersonActor): Promise<RecomputeRun> {
      allow(canStartRecompute(actor));
      const run: RecomputeRun = {
        id: newId(),
        startedAt: clock.now(),
        by: actor.personId,
        state: 'running',
        cursor: null,
        people: 0,
        peopleDone: 0,
        sourcesDone: 0,
        differences: 0,
        finishedAt: null,
      };
      for (let page: Id[] = []; ; run.people += page.length) {
        page = await ledger.listChainedPeople(page.at(-1) ?? null, 1_000);
        if (page.length === 0) break;
      }
      await database.transaction(async (tx) => {
        await stepwise.begin(run, tx);
        await trail.created(actor, 'ledger:recompute-started', 'recompute-run', run, tx);
      });
      return run;
    },

    /** One step of a run: the next people, with the job for those after them. Does nothing when another has done it. */
    async step(runId: Id): Promise<void> {
      await stepwise.step(runId, async (run) => {
        const ids = await ledger.listChainedPeople(run.cursor, BATCH);
        const [persons, records, entries, inForce] = await Promise.all([
          people.listByIds(ids),
          ledger.listSettlementsOf(ids),
          ledger.listEntriesOf(ids),
          regulations.open(),
        ]);
        const found: RecomputeDifference[] = [];
        let sources = 0;
        for (const person of persons) {
          const facts = await currentFacts(
            person,
            records.filter((record) => record.personId === person.id),
          );
          const own = entries.filter((entry) => entry.personId === person.id);
          found.push(...(await differencesOf(run, person, facts, own, inForce)));
          sources += facts.length;
        }
        const next: RecomputeRun = {
          ...run,
          cursor: ids.at(-1) ?? run.cursor,
          peopleDone: run.peopleDone + ids.length,
          sourcesDone: run.sourcesDone + sources,
          differences: run.differences + found.length,
          ...(ids.length < BATCH ? { state: 'done', finishedAt: clock.now() } : {}),
        };
        return { next, found };
      });
    },

    /** The newest runs with their progress. */
    async runs(actor: PersonActor): Promise<RecomputeRunView[]> {
      allow(canReadRecompute(actor));
      const found = await recomputes.listRuns(RUNS_SHOWN);
      const nameOf = await personNames(found.map(({ by }) => by));
      return found.map((run) => ({ ...run, byName: nameOf(run.by) }));
    },

    /** What a run has found, with the people it concerns. */
    async differences(actor: PersonActor, runId: Id, page: PageRequest): Promise<Page<DifferenceRow>> {
      allow(canReadRecompute(actor));
      if (!(await recomputes.findRun(runId))) throw new AppError('NOT_FOUND');
      const found = await recomputes.listDifferences(runId, page);
      const ids = found.items.flatMap(({ personId, takenBy }) => [personId, ...(takenBy ? [takenBy] : [])]);
      const persons = new Map(
        (await people.listByIds([...new Set(ids)])).map((person) => [person.id, person]),
      );
      const unitIds = [...new Set([...persons.values()].map(({ unitId }) => unitId))];
      const unitNames = new Map((await units.listByIds(unitIds)).map(({ id, name }) => [id, name]));
      const rowOf = async (difference: RecomputeDifference): Promise<DifferenceRow> => {
        const { id, version } = difference.regulation;
        const person = persons.get(difference.personId);
        return {
          ...difference,
          measures: measureNames(await regulations.read(id, version)),
          name: person?.name ?? '',
          personNo: person?.personNo ?? difference.personId,
          unit: (person && unitNames.get(person.unitId)) ?? { zh: '', en: '' },
          takenByName: difference.takenBy && (persons.get(difference.takenBy)?.name ?? ''),
        };
      };
      return { ...found, items: await Promise.all(found.items.map(rowOf)) };
    },

    /** Takes one difference over: settles its source again from today's facts, by reversal and new entry, in the actor's name. */
    async settleAgain(actor: PersonActor, differenceId: Id): Promise<{ settled: number }> {
      allow(canStartRecompute(actor));
      const difference = await recomputes.findDifference(differenceId);
      if (!difference) throw new AppError('NOT_FOUND');
      const { personId, source } = difference;
      const [[person], records] = await Promise.all([
        people.listByIds([personId]),
        ledger.listSettlementsOf([personId]),
      ]);
      if (!person) throw new AppError('NOT_FOUND');
      const own = records.filter(
        (record) => record.source.kind === source.kind && record.source.id === source.id,
      );
      const facts = (await currentFacts(person, own)).map(({ record, activities }) => ({
        source: record.source,
        title: record.title,
        people: [{ personId, activities }],
      }));
      const { settled, waiting } = await settlement.settleSources(facts, actor.personId, { afresh: true });
      if (waiting.length > 0) throw new AppError('REGULATION_NOT_IN_FORCE');
      await database.transaction(async (tx) => {
        if (await recomputes.tryTake(differenceId, actor.personId, clock.now(), tx))
          await trail.created(actor, 'ledger:difference-settled', 'recompute-difference', difference, tx);
      });
      return { settled: settled.length };
    },
  };
}

/** What makes a source worth something else today than when it was settled. */
function reasonOf(
  record: SettlementRecord,
  activities: readonly Activity[],
  rules: { version: number } | undefined,
): RecomputeReason {
  if (digestOf(activities) !== record.factsDigest) return 'facts';
  return rules?.version === record.regulation.version ? 'person' : 'regulation';
}
