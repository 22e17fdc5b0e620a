import {
  course,
  microLesson,
  microLessonHit,
  type CatalogSight,
  type Course,
  type MicroLesson,
  type MicroLessonHit,
  type ProgressState,
  type SearchMicroLessonsInput,
  type UnitCount,
} from '@cadre/domain/catalog';
import { searchTermsOf, type CivilDate, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { z } from 'zod';
import {
  bulkOf,
  fromStored,
  insertCoded,
  projectionOf,
  readPage,
  schemaFromZod,
  searchHeadsOf,
  searchKeysOf,
  searchPage,
  sessionOf,
  SEARCH_FIELDS,
  toStored,
  writeRevised,
  type Database,
  type Filter,
  type Searchable,
  type Stored,
  type Tx,
  readsById,
} from '../core';
import { unitCountsOf, type CountedUnits } from './plan-state';

/** What a lesson copies of its course, so that one index answers a search; changed in the course's transaction. */
const courseCopy = z.object({
  themeId: course.shape.themeId,
  forms: course.shape.forms,
  courseTitle: course.shape.title,
  courseStatus: course.shape.status,
  courseReviewBy: course.shape.reviewBy,
});
type CourseCopy = z.infer<typeof courseCopy>;
type StoredMicroLesson = Stored<MicroLesson> & CourseCopy & Searchable;

const schema = schemaFromZod(microLesson.extend(courseCopy.shape), SEARCH_FIELDS);
schema.index({ code: 1 }, { unique: true });
schema.index({ courseId: 1, order: 1, code: 1 });
schema.index({ courseStatus: 1, code: 1 });
schema.index({ themeId: 1, courseStatus: 1, code: 1 });
schema.index({ baseId: 1, code: 1 });
schema.index({ searchKeys: 1 });

const OWN = projectionOf(Object.keys(microLesson.shape));
const HIT_FIELDS = Object.keys(microLessonHit.shape);
const HIT = projectionOf(HIT_FIELDS);

const copyOf = (value: Course): CourseCopy => ({
  themeId: value.themeId,
  forms: value.forms,
  courseTitle: value.title,
  courseStatus: value.status,
  courseReviewBy: value.reviewBy,
});

/** A lesson is found by its course's title as well, but ranked by its own words. */
const searchable = (
  { title, code }: Pick<MicroLesson, 'title' | 'code'>,
  courseTitle: Course['title'],
): Searchable => ({
  searchKeys: searchKeysOf(title, code, courseTitle.zh, courseTitle.en),
  searchHeads: searchHeadsOf(title),
});

const offered = (today: CivilDate): Filter => ({
  courseStatus: 'published',
  courseReviewBy: { $gte: today },
  reviewBy: { $gte: today },
});

const inState = (state: ProgressState, today: CivilDate): Filter => {
  switch (state) {
    case 'planned':
      return { courseStatus: 'draft' };
    case 'running':
      return {
        $or: [
          { courseStatus: { $in: ['in-review', 'expired'] } },
          { courseStatus: 'published', courseReviewBy: { $lt: today } },
          { courseStatus: 'published', reviewBy: { $lt: today } },
        ],
      };
    case 'done':
      return offered(today);
  }
};

export type MicroLessonRepository = ReturnType<typeof createMicroLessonRepository>;

export function createMicroLessonRepository(database: Database) {
  const lessons = database.model<StoredMicroLesson>('microLessons', schema);
  const store = (value: MicroLesson, of: Course): StoredMicroLesson => ({
    ...toStored(value),
    ...copyOf(of),
    ...searchable(value, of.title),
  });
  return {
    ...readsById<MicroLesson>(lessons as never, OWN),
    async insert(value: MicroLesson, of: Course, tx?: Tx): Promise<void> {
      await insertCoded(lessons, store(value, of), 'MICRO_LESSON_CODE_TAKEN', tx);
    },
    /** Stores lessons of the courses given; a lesson of another course is a defect. */
    async insertMany(values: readonly MicroLesson[], courses: readonly Course[]): Promise<void> {
      const byId = new Map(courses.map((entry) => [entry.id, entry]));
      await lessons.insertMany(
        values.map((value) => {
          const of = byId.get(value.courseId);
          if (!of) throw new Error(`micro-lesson ${value.code} has no course`);
          return store(value, of);
        }),
        bulkOf(),
      );
    },
    /** The lessons of a course in their order, as far as the sight goes. */
    async listByCourse(courseId: Id, sight: CatalogSight, today: CivilDate): Promise<MicroLesson[]> {
      const found = await lessons
        .find({ courseId, ...(sight === 'all' ? {} : offered(today)) }, OWN)
        .sort({ order: 1, code: 1 })
        .lean<Stored<MicroLesson>[]>();
      return found.map(fromStored<MicroLesson>);
    },
    async search(
      sight: CatalogSight,
      today: CivilDate,
      { text, themeId, form, baseId, maxMinutes, ...request }: SearchMicroLessonsInput,
    ): Promise<Page<MicroLessonHit>> {
      const filter: Filter = {
        ...(sight === 'all' ? {} : offered(today)),
        ...(themeId === undefined ? {} : { themeId }),
        ...(form === undefined ? {} : { forms: form }),
        ...(baseId === undefined ? {} : { baseId }),
        ...(maxMinutes === undefined ? {} : { lengthMinutes: { $lte: maxMinutes } }),
      };
      const terms = searchTermsOf(text);
      return terms.length > 0
        ? searchPage<MicroLessonHit>(lessons as never, filter, terms, HIT_FIELDS, request)
        : readPage<MicroLessonHit>(lessons as never, filter, { code: 1 }, request, HIT);
    },
    async countProgress(today: CivilDate): Promise<UnitCount[]> {
      const found = await lessons.aggregate<CountedUnits>([
        { $match: { courseStatus: { $ne: 'withdrawn' } } },
        {
          $group: {
            _id: {
              themeId: '$themeId',
              status: '$courseStatus',
              current: { $and: [{ $gte: ['$reviewBy', today] }, { $gte: ['$courseReviewBy', today] }] },
            },
            count: { $sum: 1 },
          },
        },
      ]);
      return unitCountsOf(found);
    },
    /** The lessons behind a number of the plan. */
    async listInState(
      state: ProgressState,
      themeId: Id | undefined,
      today: CivilDate,
      request: PageRequest,
    ): Promise<Page<MicroLessonHit>> {
      const filter = { $and: [themeId === undefined ? {} : { themeId }, inState(state, today)] };
      return readPage<MicroLessonHit>(lessons as never, filter, { code: 1 }, request, HIT);
    },
    /** Brings the copies up to date; called in the transaction that changes the course. */
    async followCourse(value: Course, tx: Tx): Promise<void> {
      const own = await lessons
        .find({ courseId: value.id }, { title: 1, code: 1 }, sessionOf(tx))
        .lean<{ _id: Id; title: string; code: string }[]>();
      if (own.length === 0) return;
      await lessons.bulkWrite(
        own.map((lesson) => ({
          updateOne: {
            filter: { _id: lesson._id },
            update: { $set: { ...copyOf(value), ...searchable(lesson, value.title) } },
          },
        })),
        sessionOf(tx),
      );
    },
    /** Writes the form's fields; false when somebody has changed the lesson since it was read. */
    async tryUpdate(value: MicroLesson, of: Course, tx: Tx): Promise<boolean> {
      const { title, order, lengthMinutes, reviewBy, baseId } = value;
      const fields = { title, order, lengthMinutes, reviewBy, baseId, ...searchable(value, of.title) };
      return writeRevised(lessons, value, fields, tx);
    },
  };
}
