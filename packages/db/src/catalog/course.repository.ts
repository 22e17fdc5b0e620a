import {
  course,
  courseHit,
  courseStatus,
  type CatalogSight,
  type Course,
  type CourseHit,
  type ProgressState,
  type SearchCoursesInput,
  type UnitCount,
} from '@cadre/domain/catalog';
import {
  AppError,
  searchTermsOf,
  type CivilDate,
  type Id,
  type Page,
  type PageRequest,
} from '@cadre/domain/core';
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

type StoredCourse = Stored<Course> & Searchable;

const schema = schemaFromZod(course, SEARCH_FIELDS);
schema.index({ code: 1 }, { unique: true });
schema.index({ status: 1, code: 1 });
schema.index({ themeId: 1, status: 1, code: 1 });
schema.index({ baseIds: 1, code: 1 });
schema.index({ reviewBy: 1, code: 1 });
schema.index({ classHours: 1, code: 1 });
schema.index({ searchKeys: 1 });

const PRIVATE = { searchKeys: 0, searchHeads: 0 } as const;
const HIT_FIELDS = Object.keys(courseHit.shape);
const HIT = projectionOf(HIT_FIELDS);

const searchable = (value: Course): Searchable => ({
  searchKeys: searchKeysOf(value.title.zh, value.title.en, value.code, value.audience, ...value.abilities),
  searchHeads: searchHeadsOf(value.title.zh),
});

const seenBy = (sight: CatalogSight, today: CivilDate): Filter =>
  sight === 'all' ? {} : { status: 'published', reviewBy: { $gte: today } };

/** Which courses stand where in the plan; the same as `courseProgress` says of one. */
const inState = (state: ProgressState, today: CivilDate): Filter => {
  switch (state) {
    case 'planned':
      return { status: 'draft' };
    case 'running':
      return {
        $or: [
          { status: { $in: ['in-review', 'expired'] } },
          { status: 'published', reviewBy: { $lt: today } },
        ],
      };
    case 'done':
      return { status: 'published', reviewBy: { $gte: today } };
  }
};

export type CourseRepository = ReturnType<typeof createCourseRepository>;

export function createCourseRepository(database: Database) {
  const courses = database.model<StoredCourse>('courses', schema);
  const store = (value: Course): StoredCourse => ({ ...toStored(value), ...searchable(value) });
  return {
    ...readsById<Course>(courses as never, PRIVATE),
    async insert(value: Course, tx?: Tx): Promise<void> {
      await insertCoded(courses, store(value), 'COURSE_CODE_TAKEN', tx);
    },
    async insertMany(values: readonly Course[]): Promise<void> {
      await courses.insertMany(values.map(store), bulkOf());
    },
    /** The course if it is within sight; a draft answers a learner like a missing one. */
    async getInSight(id: Id, sight: CatalogSight, today: CivilDate): Promise<Course> {
      const found = await courses
        .findOne({ _id: id, ...seenBy(sight, today) }, PRIVATE)
        .lean<Stored<Course>>();
      if (!found) throw new AppError('NOT_FOUND');
      return fromStored<Course>(found);
    },
    /** What is taught at a base, as far as the sight goes; by code. */
    async listByBase(baseId: Id, sight: CatalogSight, today: CivilDate): Promise<Course[]> {
      const found = await courses
        .find({ baseIds: baseId, ...seenBy(sight, today) }, PRIVATE)
        .sort({ code: 1 })
        .lean<Stored<Course>[]>();
      return found.map(fromStored<Course>);
    },
    /** Courses for a search box and its filters: by rank when there is a text, else by code. */
    async search(
      sight: CatalogSight,
      today: CivilDate,
      { text, themeId, form, baseId, maxClassHours, status, sort, ...request }: SearchCoursesInput,
    ): Promise<Page<CourseHit>> {
      const filter: Filter = {
        $and: [
          seenBy(sight, today),
          {
            ...(status === undefined ? {} : { status }),
            ...(themeId === undefined ? {} : { themeId }),
            ...(form === undefined ? {} : { forms: form }),
            ...(baseId === undefined ? {} : { baseIds: baseId }),
            ...(maxClassHours === undefined ? {} : { classHours: { $lte: maxClassHours } }),
          },
        ],
      };
      const terms = searchTermsOf(text);
      const order: Record<string, 1 | -1> | undefined = sort && {
        [sort.key]: sort.descending ? -1 : 1,
        ...(sort.key === 'code' ? {} : { code: 1 }),
      };
      return terms.length > 0
        ? searchPage<CourseHit>(courses as never, filter, terms, HIT_FIELDS, request, order)
        : readPage<CourseHit>(courses as never, filter, order ?? { code: 1 }, request, HIT);
    },
    /** How many courses of each theme stand where in the plan on that day. */
    async countProgress(today: CivilDate): Promise<UnitCount[]> {
      const found = await courses.aggregate<CountedUnits>([
        { $match: { status: { $in: courseStatus.exclude(['withdrawn']).options } } },
        {
          $group: {
            _id: { themeId: '$themeId', status: '$status', current: { $gte: ['$reviewBy', today] } },
            count: { $sum: 1 },
          },
        },
      ]);
      return unitCountsOf(found);
    },
    /** The courses behind a number of the plan. */
    async listInState(
      state: ProgressState,
      themeId: Id | undefined,
      today: CivilDate,
      request: PageRequest,
    ): Promise<Page<CourseHit>> {
      const filter = { $and: [themeId === undefined ? {} : { themeId }, inState(state, today)] };
      return readPage<CourseHit>(courses as never, filter, { code: 1 }, request, HIT);
    },
    /** Writes the form's fields; false when somebody has changed the course (or a lesson of it) since it was read. */
    async tryUpdate(value: Course, tx: Tx): Promise<boolean> {
      const {
        id: _id,
        code: _code,
        themeId: _themeId,
        status: _status,
        version: _version,
        ...fields
      } = value;
      return writeRevised(courses, value, { ...fields, ...searchable(value) }, tx);
    },
    async tryMove(value: Course, next: Pick<Course, 'status' | 'version'>, tx: Tx): Promise<boolean> {
      return writeRevised(courses, value, next, tx);
    },
    /**
     * Counts a change of its lessons as a change of the course: a lesson that is written while the course changes
     * conflicts, and so never keeps an old copy of the course's state.
     */
    async touch(id: Id, tx: Tx): Promise<void> {
      await courses.updateOne({ _id: id }, { $inc: { revision: 1 } }, sessionOf(tx));
    },
  };
}
