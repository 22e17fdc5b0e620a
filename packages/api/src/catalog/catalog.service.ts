import type { CourseRepository, MicroLessonRepository, ThemeRepository } from '@cadre/db/catalog';
import type { Database, Tx } from '@cadre/db/core';
import type { BaseRepository } from '@cadre/db/network';
import type { PersonActor } from '@cadre/domain/access';
import {
  canManageCatalog,
  catalogSightOf,
  decideCourseMove,
  type Course,
  type CourseFields,
  type CourseFile,
  type CourseHit,
  type CreateCourseInput,
  type CreateMicroLessonInput,
  type CreateThemeInput,
  type MicroLesson,
  type MicroLessonHit,
  type MoveCourseInput,
  type SearchCoursesInput,
  type SearchMicroLessonsInput,
  type Theme,
  type UpdateCourseInput,
  type UpdateMicroLessonInput,
  type UpdateThemeInput,
} from '@cadre/domain/catalog';
import { AppError, toCivilDate, type Id, type Page } from '@cadre/domain/core';
import { isMember } from '@cadre/domain/network';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';

export interface CatalogDeps extends AuditTrailDeps, Pick<Ports, 'publisher'> {
  database: Pick<Database, 'transaction'>;
  themes: ThemeRepository;
  courses: CourseRepository;
  microLessons: MicroLessonRepository;
  bases: Pick<BaseRepository, 'listByIds'>;
}

const written = (success: boolean): void => {
  if (!success) throw new AppError('CHANGED_MEANWHILE');
};

const refuseFields = (...fields: string[]): never => {
  throw new AppError('INPUT_INVALID', { fields });
};

export type CatalogService = ReturnType<typeof createCatalogService>;

export function createCatalogService(deps: CatalogDeps) {
  const { database, themes, courses, microLessons, bases, clock, newId, publisher } = deps;
  const trail = createAuditTrail(deps);

  const today = () => toCivilDate(clock.now());

  /** Writes in one transaction and tells open screens when it is done. */
  const write = async (work: (tx: Tx) => Promise<void>): Promise<void> => {
    await database.transaction(work);
    publisher.publish({ type: 'catalog:changed' });
  };

  /** What a course's form refers to must exist, and its main theme is not touched besides. */
  const checkReferences = async (themeId: Id, { alsoTouches, baseIds }: CourseFields): Promise<void> => {
    const known = new Set((await themes.list()).map((theme) => theme.id));
    if (alsoTouches.includes(themeId) || !alsoTouches.every((id) => known.has(id)))
      refuseFields('alsoTouches');
    if ((await bases.listByIds(baseIds)).length !== new Set(baseIds).size) refuseFields('baseIds');
  };

  const checkLessonBase = async (baseId: Id | null): Promise<void> => {
    if (baseId !== null && (await bases.listByIds([baseId])).length === 0) refuseFields('baseId');
  };

  return {
    themes: (): Promise<Theme[]> => themes.list(),

    searchCourses: (actor: PersonActor, input: SearchCoursesInput): Promise<Page<CourseHit>> =>
      courses.search(catalogSightOf(actor), today(), input),

    searchMicroLessons: (actor: PersonActor, input: SearchMicroLessonsInput): Promise<Page<MicroLessonHit>> =>
      microLessons.search(catalogSightOf(actor), today(), input),

    async course(actor: PersonActor, courseId: Id): Promise<CourseFile> {
      const sight = catalogSightOf(actor);
      const course = await courses.getInSight(courseId, sight, today());
      const [allThemes, lessons, taughtAt] = await Promise.all([
        themes.list(),
        microLessons.listByCourse(courseId, sight, today()),
        bases.listByIds(course.baseIds),
      ]);
      const theme = allThemes.find(({ id }) => id === course.themeId);
      if (!theme) throw new Error(`course ${course.code} has no theme`);
      return {
        course,
        theme,
        alsoTouches: allThemes.filter(({ id }) => course.alsoTouches.includes(id)),
        microLessons: lessons,
        bases: taughtAt
          .filter((base) => sight === 'all' || isMember(base.status))
          .map((base) => ({ ...base, county: base.location.county })),
      };
    },

    async createTheme(actor: PersonActor, input: CreateThemeInput): Promise<Theme> {
      allow(canManageCatalog(actor));
      const theme: Theme = { ...input, id: newId(), demo: false };
      await write(async (tx) => {
        await themes.insert(theme, tx);
        await trail.created(actor, 'catalog:theme-created', 'theme', theme, tx);
      });
      return theme;
    },

    async updateTheme(actor: PersonActor, { themeId, ...fields }: UpdateThemeInput): Promise<Theme> {
      const theme = await themes.getById(themeId);
      allow(canManageCatalog(actor));
      const after = { ...theme, ...fields };
      await write(async (tx) => {
        await themes.update(after, tx);
        await trail.changed(actor, 'catalog:theme-updated', { kind: 'theme', id: themeId }, theme, after, tx);
      });
      return after;
    },

    /** A new course begins as a draft. Its code names its theme. */
    async createCourse(actor: PersonActor, input: CreateCourseInput): Promise<Course> {
      allow(canManageCatalog(actor));
      const theme = await themes.getById(input.themeId);
      if (!input.code.startsWith(`${theme.code}-`)) refuseFields('code');
      await checkReferences(theme.id, input);
      const course: Course = { ...input, id: newId(), status: 'draft', version: 1, revision: 0, demo: false };
      await write(async (tx) => {
        await courses.insert(course, tx);
        await trail.created(actor, 'catalog:course-created', 'course', course, tx);
      });
      return course;
    },

    async updateCourse(
      actor: PersonActor,
      { courseId, revision, fields }: UpdateCourseInput,
    ): Promise<Course> {
      const course = await courses.getInSight(courseId, catalogSightOf(actor), today());
      allow(canManageCatalog(actor));
      await checkReferences(course.themeId, fields);
      const after = { ...course, ...fields, revision };
      await write(async (tx) => {
        written(await courses.tryUpdate(after, tx));
        await microLessons.followCourse(after, tx);
        await trail.changed(
          actor,
          'catalog:course-updated',
          { kind: 'course', id: courseId },
          course,
          fields,
          tx,
        );
      });
      return courses.getById(courseId);
    },

    /** Moves a course along its life; its micro-lessons are offered or withdrawn with it. */
    async moveCourse(actor: PersonActor, { courseId, revision, to }: MoveCourseInput): Promise<Course> {
      const course = await courses.getInSight(courseId, catalogSightOf(actor), today());
      allow(canManageCatalog(actor));
      written(course.revision === revision);
      const next = decideCourseMove(course, to, today());
      await write(async (tx) => {
        written(await courses.tryMove(course, next, tx));
        await microLessons.followCourse({ ...course, ...next }, tx);
        const subject = { kind: 'course', id: courseId };
        await trail.changed(actor, 'catalog:course-moved', subject, course, next, tx);
      });
      return courses.getById(courseId);
    },

    /** Adds a micro-lesson to a course. Its code names the course. */
    async createMicroLesson(actor: PersonActor, input: CreateMicroLessonInput): Promise<MicroLesson> {
      await courses.getInSight(input.courseId, catalogSightOf(actor), today());
      allow(canManageCatalog(actor));
      await checkLessonBase(input.baseId);
      const lesson: MicroLesson = { ...input, id: newId(), revision: 0, demo: false };
      await write(async (tx) => {
        const course = await courses.getById(lesson.courseId, tx);
        if (!lesson.code.startsWith(`${course.code}-`)) refuseFields('code');
        await courses.touch(course.id, tx);
        await microLessons.insert(lesson, course, tx);
        await trail.created(actor, 'catalog:micro-lesson-created', 'micro-lesson', lesson, tx);
      });
      return lesson;
    },

    async updateMicroLesson(
      actor: PersonActor,
      { microLessonId, revision, fields }: UpdateMicroLessonInput,
    ): Promise<MicroLesson> {
      const lesson = await microLessons.getById(microLessonId);
      await courses.getInSight(lesson.courseId, catalogSightOf(actor), today());
      allow(canManageCatalog(actor));
      await checkLessonBase(fields.baseId);
      await write(async (tx) => {
        const course = await courses.getById(lesson.courseId, tx);
        await courses.touch(course.id, tx);
        written(await microLessons.tryUpdate({ ...lesson, ...fields, revision }, course, tx));
        const subject = { kind: 'micro-lesson', id: microLessonId };
        await trail.changed(actor, 'catalog:micro-lesson-updated', subject, lesson, fields, tx);
      });
      return microLessons.getById(microLessonId);
    },
  };
}
