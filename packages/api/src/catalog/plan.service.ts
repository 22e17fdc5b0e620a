import type {
  CourseRepository,
  MicroLessonRepository,
  PlanRepository,
  ThemeRepository,
} from '@cadre/db/catalog';
import type { Database } from '@cadre/db/core';
import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { BaseRepository, InstructorRepository } from '@cadre/db/network';
import type { TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import {
  BASE_PROGRESS,
  canManagePlan,
  canReadPlan,
  classProgress,
  personCounts,
  planInForce,
  summarizePlan,
  themeCounts,
  type CountUnit,
  type Plan,
  type PlanBoard,
  type PlanRecord,
  type PlanRecordsInput,
  type ProgressState,
  type SavePlanInput,
  type UnitCount,
} from '@cadre/domain/catalog';
import { addDays, AppError, instantOf, toCivilDate, type Page, type PageRequest } from '@cadre/domain/core';
import { baseStatus } from '@cadre/domain/network';
import type { TrainingClass } from '@cadre/domain/training';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';

export interface PlanDeps extends AuditTrailDeps, Pick<Ports, 'publisher'> {
  database: Pick<Database, 'transaction'>;
  plans: PlanRepository;
  themes: Pick<ThemeRepository, 'list'>;
  courses: Pick<CourseRepository, 'countProgress' | 'listInState'>;
  microLessons: Pick<MicroLessonRepository, 'countProgress' | 'listInState'>;
  bases: Pick<BaseRepository, 'countByStatus' | 'listByStatuses'>;
  instructors: Pick<InstructorRepository, 'countActive' | 'listActive'>;
  classes: Pick<TrainingClassRepository, 'listEndingBetween'>;
  enrollments: Pick<EnrollmentRepository, 'listSeatHolders'>;
}

const emptyPage = ({ page, pageSize }: PageRequest): Page<never> => ({ items: [], total: 0, page, pageSize });

const pageOfList = <Item>(items: readonly Item[], { page, pageSize }: PageRequest): Page<Item> => ({
  items: items.slice((page - 1) * pageSize, page * pageSize),
  total: items.length,
  page,
  pageSize,
});

const mapPage = <From, To>(from: Page<From>, to: (item: From) => To): Page<To> => ({
  ...from,
  items: from.items.map(to),
});

export type PlanService = ReturnType<typeof createPlanService>;

export function createPlanService(deps: PlanDeps) {
  const { database, plans, themes, courses, microLessons, bases, instructors, classes, enrollments } = deps;
  const { clock, newId, publisher } = deps;
  const trail = createAuditTrail(deps);

  const today = () => toCivilDate(clock.now());

  const inForce = async (): Promise<Plan | null> => planInForce(await plans.list(), today());

  const classesOf = async (plan: Plan): Promise<(TrainingClass & { state: ProgressState })[]> => {
    const ending = await classes.listEndingBetween(instantOf(plan.from), instantOf(addDays(plan.to, 1)));
    return ending.map((value) => ({ ...value, state: classProgress(value, clock.now()) }));
  };

  /** Counts one unit of the plan; the rules are those of `COUNTING_RULES`. */
  const countersOf = (plan: Plan): Record<CountUnit, () => Promise<UnitCount[]>> => ({
    theme: async () => {
      const [all, counts] = await Promise.all([themes.list(), courses.countProgress(today())]);
      return themeCounts(
        all.map(({ id }) => id),
        counts,
      );
    },
    course: () => courses.countProgress(today()),
    'micro-lesson': () => microLessons.countProgress(today()),
    class: async () => (await classesOf(plan)).map(({ themeId, state }) => ({ themeId, state, count: 1 })),
    attendance: async () =>
      (await classesOf(plan)).map(({ themeId, state, seatsTaken }) => ({
        themeId,
        state,
        count: seatsTaken,
      })),
    person: async () => {
      const counted = await classesOf(plan);
      return personCounts(counted, await enrollments.listSeatHolders(counted.map(({ id }) => id)));
    },
    base: async () =>
      (await bases.countByStatus()).flatMap(({ status, count }) => {
        const state = BASE_PROGRESS[status];
        return state === null ? [] : [{ themeId: null, state, count }];
      }),
    teacher: async () => [{ themeId: null, state: 'done', count: await instructors.countActive() }],
  });

  const classRecords = async (
    plan: Plan,
    { state, themeId, ...request }: Omit<PlanRecordsInput, 'unit'>,
    countOf: (value: TrainingClass) => number,
  ): Promise<Page<PlanRecord>> => {
    const records = (await classesOf(plan))
      .filter((value) => value.state === state && (themeId === undefined || value.themeId === themeId))
      .filter((value) => countOf(value) > 0);
    return mapPage(pageOfList(records, request), (value) => ({
      kind: 'class',
      id: value.id,
      code: value.classNo,
      title: { zh: value.title, en: '' },
      count: countOf(value),
    }));
  };

  /** The records behind a number, by unit. */
  const recordsOf: Record<
    CountUnit,
    (plan: Plan, input: Omit<PlanRecordsInput, 'unit'>) => Promise<Page<PlanRecord>>
  > = {
    theme: async (plan, { state, themeId, ...request }) => {
      const [all, counts] = await Promise.all([themes.list(), countersOf(plan).theme()]);
      const counted = new Set(counts.filter((entry) => entry.state === state).map((entry) => entry.themeId));
      const records = all.filter(({ id }) => counted.has(id) && (themeId === undefined || themeId === id));
      return mapPage(pageOfList(records, request), ({ id, code, name }) => ({
        kind: 'theme',
        id,
        code,
        title: name,
        count: 1,
      }));
    },
    course: async (_plan, { state, themeId, ...request }) =>
      mapPage(await courses.listInState(state, themeId, today(), request), ({ id, code, title }) => ({
        kind: 'course',
        id,
        code,
        title,
        count: 1,
      })),
    'micro-lesson': async (_plan, { state, themeId, ...request }) =>
      mapPage(await microLessons.listInState(state, themeId, today(), request), ({ id, code, title }) => ({
        kind: 'micro-lesson',
        id,
        code,
        title: { zh: title, en: '' },
        count: 1,
      })),
    class: (plan, input) => classRecords(plan, input, () => 1),
    attendance: (plan, input) => classRecords(plan, input, ({ seatsTaken }) => seatsTaken),
    person: (plan, input) => classRecords(plan, input, ({ seatsTaken }) => seatsTaken),
    base: async (_plan, { state, themeId, ...request }) => {
      const statuses = baseStatus.options.filter((status) => BASE_PROGRESS[status] === state);
      if (themeId !== undefined) return emptyPage(request);
      return mapPage(await bases.listByStatuses(statuses, request), ({ id, code, name }) => ({
        kind: 'base',
        id,
        code,
        title: name,
        count: 1,
      }));
    },
    teacher: async (_plan, { state, themeId, ...request }) => {
      if (state !== 'done' || themeId !== undefined) return emptyPage(request);
      return mapPage(await instructors.listActive(request), ({ id, name, title }) => ({
        kind: 'instructor',
        id,
        code: title,
        title: { zh: name, en: '' },
        count: 1,
      }));
    },
  };

  return {
    /** The plan in force with how far it is; null when no plan holds today. */
    async board(actor: PersonActor): Promise<PlanBoard | null> {
      allow(canReadPlan(actor));
      const plan = await inForce();
      if (!plan) return null;
      const counters = countersOf(plan);
      const units = [...new Set(plan.tiers.map((tier) => tier.unit))];
      const [allThemes, ...counted] = await Promise.all([
        themes.list(),
        ...units.map((unit) => counters[unit]()),
      ]);
      const counts = new Map(units.map((unit, index) => [unit, counted[index] ?? []]));
      const themeIds = allThemes.map(({ id }) => id);
      return { plan, tiers: summarizePlan(plan, themeIds, (unit) => counts.get(unit) ?? []) };
    },

    /** The records behind one number of the board. */
    async records(actor: PersonActor, { unit, ...input }: PlanRecordsInput): Promise<Page<PlanRecord>> {
      allow(canReadPlan(actor));
      const plan = await inForce();
      return plan ? recordsOf[unit](plan, input) : emptyPage(input);
    },

    async versions(actor: PersonActor): Promise<Plan[]> {
      allow(canReadPlan(actor));
      return plans.list();
    },

    /** Adds a version that takes the place of the one it was based on; older ones stay as they are. */
    async save(actor: PersonActor, { basedOn, ...fields }: SavePlanInput): Promise<Plan> {
      allow(canManagePlan(actor));
      const latest = await plans.findLatest(fields.code);
      if ((latest?.version ?? 0) !== basedOn) throw new AppError('CHANGED_MEANWHILE');
      const plan: Plan = { ...fields, id: newId(), version: basedOn + 1, demo: false };
      await database.transaction(async (tx) => {
        if (!(await plans.tryInsert(plan, tx))) throw new AppError('CHANGED_MEANWHILE');
        await trail.created(actor, 'catalog:plan-version-created', 'plan', plan, tx);
      });
      publisher.publish({ type: 'catalog:changed' });
      return plan;
    },
  };
}
