import type { AuditRepository } from '@cadre/db/audit';
import type { AssessmentYearRepository, FeedRepository } from '@cadre/db/assessment';
import type { Database } from '@cadre/db/core';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import { hasRole, scopesOf, type PersonActor } from '@cadre/domain/access';
import {
  canFreezeYear,
  canReadYear,
  decideFreeze,
  type AssessmentRow,
  type AssessmentTable,
  type AssessmentTableInput,
  type AssessmentYear,
  type FeedStatement,
  type YearView,
} from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Id } from '@cadre/domain/core';
import { inBoth } from '@cadre/domain/credit';
import { countReadings, readingAs, readTarget, readTogether, type PersonReading } from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { RegulationService } from '../credit';
import type { FeedService } from './feed.service';

const BATCH = 100;

export interface AssessmentDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  audit: Pick<AuditRepository, 'insert'>;
  assessmentYears: AssessmentYearRepository;
  feed: Pick<FeedRepository, 'latestLines'>;
  feedService: Pick<FeedService, 'writeLines' | 'sequence'>;
  people: Pick<PersonRepository, 'listActive' | 'countActive'>;
  units: Pick<UnitRepository, 'listByIds'>;
  regulation: Pick<RegulationService, 'read'>;
}

export type AssessmentService = ReturnType<typeof createAssessmentService>;

export function createAssessmentService(deps: AssessmentDeps) {
  const { database, audit, assessmentYears, feed, feedService, people, units, regulation } = deps;
  const { clock, newId, publisher } = deps;

  const getReadable = async (actor: PersonActor, yearId: Id): Promise<AssessmentYear> => {
    const year = canReadYear(actor, yearId) ? await assessmentYears.findById(yearId) : null;
    if (!year) throw new AppError('NOT_FOUND');
    return year;
  };

  const viewOf = async (year: AssessmentYear): Promise<YearView> => ({
    ...year,
    people: await people.countActive([year.unitId]),
    cutOffReached: clock.now() >= year.cutOffAt,
  });

  const rowsOf = async (year: AssessmentYear): Promise<AssessmentRow[]> => {
    const persons = await people.listActive([year.unitId]);
    const [lines, unitList] = await Promise.all([
      feed.latestLines(
        year.id,
        persons.map((person) => person.id),
      ),
      units.listByIds([...new Set(persons.map((person) => person.unitId))]),
    ]);
    const names = new Map(unitList.map((unit) => [unit.id, unit.name]));
    return Promise.all(
      persons.map(async (person) => {
        const line = lines.get(person.id);
        const targets = line ? await targetsOf(year, line.statement) : [];
        return {
          personId: person.id,
          personNo: person.personNo,
          name: person.name,
          unit: line?.statement.unit.name ?? names.get(person.unitId) ?? { zh: '', en: '' },
          statement: line?.statement ?? null,
          targets,
          reading: readTogether(targets.map(({ reading }) => reading)),
        };
      }),
    );
  };

  /** A line's targets with how each reads, and the texts that they rest on. */
  const targetsOf = (year: AssessmentYear, { state, targets }: FeedStatement) => {
    const asOf = toCivilDate(state === 'frozen' ? year.cutOffAt : clock.now());
    return Promise.all(
      targets.map(async (target) => {
        const rules = await regulation.read(target.regulation.id, target.regulation.version);
        return {
          ...target,
          reading: readTarget(target, asOf),
          clauseText: rules.clauses[target.clause] ?? '',
          regulationTitle: inBoth(rules.title, rules),
        };
      }),
    );
  };

  return {
    /** The years the actor may read, newest first. */
    async years(actor: PersonActor): Promise<YearView[]> {
      const own = scopesOf(actor, 'assessment-officer').flatMap((scope) =>
        scope.kind === 'assessment-year' ? [scope.assessmentYearId] : [],
      );
      const found = await assessmentYears.list(hasRole(actor, 'auditor') ? 'all' : own);
      return Promise.all(found.map(viewOf));
    },

    /** The officer's table: each person's newest line. */
    async table(actor: PersonActor, input: AssessmentTableInput): Promise<AssessmentTable> {
      const year = await getReadable(actor, input.assessmentYearId);
      const search = input.search.trim().toLowerCase();
      const rows = (await rowsOf(year)).filter(
        (row) => search === '' || row.name.includes(search) || row.personNo.toLowerCase().startsWith(search),
      );
      const shown = readingAs(rows, input.show);
      const start = (input.page - 1) * input.pageSize;
      return {
        items: shown.slice(start, start + input.pageSize),
        total: shown.length,
        page: input.page,
        pageSize: input.pageSize,
        year: await viewOf(year),
        counts: countReadings(rows),
      };
    },

    /** Every row of the table that reads as one of `show`, for a file. */
    async allRows(
      actor: PersonActor,
      yearId: Id,
      show: readonly PersonReading[],
    ): Promise<{ year: AssessmentYear; rows: AssessmentRow[] }> {
      const year = await getReadable(actor, yearId);
      return { year, rows: readingAs(await rowsOf(year), show) };
    },

    /**
     * Freezes everybody's figures as they were recorded by the cut-off into a numbered snapshot. May be run again
     * after a failure: a person's line of the snapshot exists once, and the same entries give the same figures.
     */
    async freeze(actor: PersonActor, yearId: Id): Promise<YearView> {
      const year = await getReadable(actor, yearId);
      if (!canFreezeYear(actor, yearId)) throw new AppError('NOT_ALLOWED');
      decideFreeze(year, clock.now());
      const snapshotNo = year.snapshotNo + 1;
      const persons = await people.listActive([year.unitId]);
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
            action: 'assessment:year-frozen',
            subject: { kind: 'assessment-year', id: year.id },
            before: { state: year.state, snapshotNo: year.snapshotNo },
            after: { state: 'frozen', snapshotNo, people: persons.length },
          },
          tx,
        );
      });
      await feedService.sequence();
      publisher.publish({ type: 'feed:changed', assessmentYearId: year.id });
      return viewOf({ ...year, state: 'frozen', snapshotNo });
    },
  };
}
