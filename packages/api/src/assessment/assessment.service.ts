import type { AssessmentYearRepository, FeedRepository } from '@cadre/db/assessment';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import { hasRole, scopesOf, type PersonActor } from '@cadre/domain/access';
import {
  canReadYear,
  type AssessmentRow,
  type AssessmentTable,
  type AssessmentTableInput,
  type AssessmentYear,
  type FeedStatement,
  type MyAssessment,
  type YearView,
} from '@cadre/domain/assessment';
import { AppError, toCivilDate, type Id, type PageRequest } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import { inBoth } from '@cadre/domain/credit';
import { countReadings, readingAs, readTarget, readTogether } from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { RegulationService } from '../credit';
import { createPeopleOfYear, type PeopleOfYearDeps } from './people-of-year';

export interface AssessmentDeps extends PeopleOfYearDeps, Pick<Ports, 'clock'> {
  assessmentYears: AssessmentYearRepository;
  feed: Pick<FeedRepository, 'latestLines'>;
  people: Pick<PersonRepository, 'countActive' | 'getById' | 'listActive' | 'listEverIn'>;
  units: Pick<UnitRepository, 'list' | 'listByIds'>;
  regulation: Pick<RegulationService, 'read'>;
}

export type AssessmentService = ReturnType<typeof createAssessmentService>;

export function createAssessmentService(deps: AssessmentDeps) {
  const { assessmentYears, feed, people, units, regulation, clock } = deps;
  const peopleOfYear = createPeopleOfYear(deps);

  const getReadable = async (actor: PersonActor, yearId: Id): Promise<AssessmentYear> => {
    const year = canReadYear(actor, yearId) ? await assessmentYears.findById(yearId) : null;
    if (!year) throw new AppError('NOT_FOUND');
    return year;
  };

  const viewOf = async (year: AssessmentYear): Promise<YearView> => ({
    ...year,
    people:
      year.state === 'frozen'
        ? (await peopleOfYear.of(year)).length
        : await people.countActive([year.unitId]),
    cutOffReached: clock.now() >= year.cutOffAt,
  });

  const rowsOf = async (year: AssessmentYear): Promise<AssessmentRow[]> => {
    const persons = await peopleOfYear.of(year);
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

  /** The year for one person; null for whom it is not, or no longer, about. */
  const ofPerson = async (year: AssessmentYear, person: Person): Promise<MyAssessment | null> => {
    const { id, name, nameEn, cutOffAt } = year;
    const shown = { id, name, nameEn, cutOffAt };
    const line = (await feed.latestLines(id, [person.id])).get(person.id);
    if (year.state === 'open')
      return person.status === 'active' && person.unitPath.includes(year.unitId)
        ? { year: shown, frozen: null }
        : null;
    if (line?.snapshotNo === null || line === undefined) return null;
    const asOf = toCivilDate(cutOffAt);
    const targets = line.statement.targets.map((target) => ({
      ...target,
      reading: readTarget(target, asOf),
    }));
    return {
      year: shown,
      frozen: {
        snapshotNo: line.snapshotNo,
        reading: readTogether(targets.map(({ reading }) => reading)),
        targets,
      },
    };
  };

  return {
    /** What the actor's own assessment years hold of the actor, newest first. Nobody else can be named. */
    async mine(actor: PersonActor): Promise<MyAssessment[]> {
      const [person, years] = await Promise.all([
        people.getById(actor.personId),
        assessmentYears.list('all'),
      ]);
      const found = await Promise.all(years.map((year) => ofPerson(year, person)));
      return found.filter((own) => own !== null);
    },

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
      const rows = foundBy(input.search, await rowsOf(year));
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

    /** Every row that the table shows on all of its pages, for a file. */
    async allRows(
      actor: PersonActor,
      { assessmentYearId, search, show }: Omit<AssessmentTableInput, keyof PageRequest>,
    ): Promise<{ year: AssessmentYear; rows: AssessmentRow[] }> {
      const year = await getReadable(actor, assessmentYearId);
      return { year, rows: readingAs(foundBy(search, await rowsOf(year)), show) };
    },
  };
}

/** The rows whose name holds what was typed, or whose number begins with it. */
function foundBy(typed: string, rows: readonly AssessmentRow[]): AssessmentRow[] {
  const search = typed.trim().toLowerCase();
  return rows.filter(
    ({ name, personNo }) => name.toLowerCase().includes(search) || personNo.toLowerCase().startsWith(search),
  );
}
