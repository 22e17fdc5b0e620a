import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, toCivilDate, type CivilDate, type PageRequest } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import {
  countReadings,
  progressReachOf,
  readingAs,
  readTogether,
  sortProgress,
  targetsIn,
  type ProgressInput,
  type ProgressPage,
  type ProgressRow,
  type Standings,
} from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { StatementService } from './statement.service';

export interface ProgressDeps extends Pick<Ports, 'clock'> {
  people: Pick<PersonRepository, 'listActive'>;
  units: Pick<UnitRepository, 'findById' | 'listByIds'>;
  statement: Pick<StatementService, 'current'>;
}

/** What the table is asked, whatever page of it is read. */
type ProgressQuestion = Omit<ProgressInput, keyof PageRequest>;

export type ProgressService = ReturnType<typeof createProgressService>;

/** Who of a unit's people stands where. Private to those responsible; never a ranking. */
export function createProgressService({ clock, people, units, statement }: ProgressDeps) {
  /** The tops to list below: one unit inside the actor's reach, or all of it. A foreign unit answers like a missing one. */
  const topsOf = async (actor: PersonActor, unitId: string | null) => {
    const reach = progressReachOf(actor);
    if (reach !== 'all' && reach.length === 0) throw new AppError('NOT_ALLOWED');
    if (unitId === null) return reach;
    const unit = await units.findById(unitId);
    if (!unit || (reach !== 'all' && !unit.path.some((id) => reach.includes(id))))
      throw new AppError('NOT_FOUND');
    return [unitId];
  };

  const rowsOf = async (persons: readonly Person[]): Promise<ProgressRow[]> => {
    const [standings, unitList] = await Promise.all([
      statement.current(persons),
      units.listByIds([...new Set(persons.map((person) => person.unitId))]),
    ]);
    const names = new Map(unitList.map((unit) => [unit.id, unit.name]));
    return persons.map((person, index) => {
      const { standings: own } = standings[index] as Standings;
      const targets = own.flatMap((standing) => standing.targets);
      return {
        personId: person.id,
        personNo: person.personNo,
        name: person.name,
        unitId: person.unitId,
        unit: names.get(person.unitId) ?? { zh: '', en: '' },
        targets,
        reading: readTogether(targets.map(({ reading }) => reading)),
        flags: own.flatMap((standing) => standing.flags.map((flag) => flag.says)),
      };
    });
  };

  const matches = (person: Person, search: string): boolean =>
    search === '' ||
    person.name.includes(search) ||
    person.personNo.toLowerCase().startsWith(search.toLowerCase());

  /** Everybody the question is about, and those of them that it shows, in its order. */
  const ask = async (actor: PersonActor, { unitId, search, show, sort }: ProgressQuestion) => {
    const persons = await people.listActive(await topsOf(actor, unitId));
    const rows = await rowsOf(persons.filter((person) => matches(person, search.trim())));
    return { rows, shown: sortProgress(readingAs(rows, show), sort) };
  };

  return {
    rowsOf,
    /** Every row that the table shows on all of its pages, for a file. */
    async allRows(
      actor: PersonActor,
      question: ProgressQuestion,
    ): Promise<{ asOf: CivilDate; rows: ProgressRow[] }> {
      const { shown } = await ask(actor, question);
      return { asOf: toCivilDate(clock.now()), rows: shown };
    },
    /** A page of the table, those behind first within the order of person numbers when asked for. */
    async list(actor: PersonActor, input: ProgressInput): Promise<ProgressPage> {
      const { rows, shown } = await ask(actor, input);
      const start = (input.page - 1) * input.pageSize;
      return {
        items: shown.slice(start, start + input.pageSize),
        total: shown.length,
        page: input.page,
        pageSize: input.pageSize,
        asOf: toCivilDate(clock.now()),
        counts: countReadings(rows),
        targets: targetsIn(rows),
      };
    },
  };
}
