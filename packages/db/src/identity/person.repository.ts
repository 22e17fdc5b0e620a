import { searchTermsOf, type CivilDate, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { person, type Person } from '@cadre/domain/identity';
import {
  bulkOf,
  fromStored,
  matchesTerms,
  personSearchKeysOf,
  projectionOf,
  readPage,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Filter,
  type Stored,
  type Tx,
  readsById,
} from '../core';

/** The search keys of the name (pinyin, initials) are made here; they never leave the database. */
type StoredPerson = Stored<Person> & { nameSearch: string[]; idCardHash: string | null };

const schema = schemaFromZod(person, { nameSearch: { type: [String] }, idCardHash: { type: String } });
schema.index({ personNo: 1 }, { unique: true });
schema.index(
  { idCardHash: 1 },
  { unique: true, partialFilterExpression: { idCardHash: { $type: 'string' } } },
);
schema.index({ unitPath: 1, personNo: 1 });
schema.index({ status: 1, personNo: 1 });
schema.index({ 'affiliations.unitId': 1, personNo: 1 });
schema.index({ nameSearch: 1 });

const PRIVATE = { nameSearch: 0, idCardHash: 0 } as const;

export type PersonRepository = ReturnType<typeof createPersonRepository>;

export type OrderablePerson = Pick<Person, 'id' | 'personNo' | 'name' | 'unitId' | 'posts' | 'grades'>;
const ORDERABLE = projectionOf(['personNo', 'name', 'unitId', 'posts', 'grades']);

/** People of the units below (and with) the given tops whom a search finds. */
function foundBy(reach: 'all' | readonly Id[], search: string): Filter {
  const terms = searchTermsOf(search);
  return {
    ...(reach === 'all' ? {} : { unitPath: { $in: reach } }),
    ...(terms.length === 0 ? {} : { $and: matchesTerms(terms, 'nameSearch') }),
  };
}

export interface NewPerson {
  person: Person;
  idCardHash: string | null;
}

export function createPersonRepository(database: Database) {
  const people = database.model<StoredPerson>('people', schema);
  const store = ({ person: value, idCardHash }: NewPerson): StoredPerson => ({
    ...toStored(value),
    nameSearch: personSearchKeysOf(value.name, value.personNo),
    idCardHash,
  });
  return {
    ...readsById<Person>(people as never, PRIVATE),
    async insert(value: NewPerson, tx?: Tx): Promise<void> {
      await people.create([store(value)], sessionOf(tx));
    },
    async insertMany(values: readonly NewPerson[]): Promise<void> {
      await people.insertMany(values.map(store), bulkOf());
    },
    /** Stores a changed history against the one that was read; false when another change came first. */
    async tryReplaceHistory(read: Person, changed: Person, tx: Tx): Promise<boolean> {
      const { affiliations, posts, grades, status } = read;
      const result = await people.updateOne(
        { _id: read.id, affiliations, posts, grades, status } as Filter,
        {
          $set: {
            unitId: changed.unitId,
            unitPath: changed.unitPath,
            affiliations: changed.affiliations,
            posts: changed.posts,
            grades: changed.grades,
            status: changed.status,
          },
        },
        sessionOf(tx),
      );
      return result.matchedCount === 1;
    },
    /** Whose history moved by what was recorded after a day and until another one, that included. Reads everybody. */
    async listHistoryRecorded(after: CivilDate, until: CivilDate): Promise<Id[]> {
      const recorded = { $gt: after, $lte: until };
      const moved = ['affiliations', 'posts', 'grades'].flatMap((rows) =>
        ['recordedOn', 'endRecordedOn'].map((field) => ({ [rows]: { $elemMatch: { [field]: recorded } } })),
      );
      const found = await people.find({ _id: { $gt: '' }, $or: moved }, { _id: 1 }).lean<{ _id: Id }[]>();
      return found.map(({ _id }) => _id);
    },
    async findByPersonNo(personNo: string): Promise<Person | null> {
      const found = await people.findOne({ personNo }, PRIVATE).lean<Stored<Person>>();
      return found && fromStored<Person>(found);
    },
    /** People of the units below (and with) the given tops, by person number; `search` is Chinese, pinyin, initials or a number. */
    async list(reach: 'all' | readonly Id[], search: string, request: PageRequest): Promise<Page<Person>> {
      const page = await readPage<Person>(people as never, foundBy(reach, search), { personNo: 1 }, request);
      return { ...page, items: page.items.map(withoutPrivate) };
    },
    /** Everybody on all pages of `list`, with what the directory puts them in order by; in no particular order. */
    async listOrderable(reach: 'all' | readonly Id[], search: string): Promise<OrderablePerson[]> {
      const found = await people.find(foundBy(reach, search), ORDERABLE).lean<Stored<OrderablePerson>[]>();
      return found.map(fromStored<OrderablePerson>);
    },
    /** Those of the given people whom a search finds, as `list` does. */
    async listIdsMatching(ids: readonly Id[], search: string): Promise<Id[]> {
      const terms = matchesTerms(searchTermsOf(search), 'nameSearch');
      const found = await people
        .find({ $and: [...terms, { _id: { $in: ids } }] }, { _id: 1 })
        .lean<{ _id: Id }[]>();
      return found.map(({ _id }) => _id);
    },
    async countActive(reach: 'all' | readonly Id[]): Promise<number> {
      return people.countDocuments({
        status: 'active',
        ...(reach === 'all' ? {} : { unitPath: { $in: reach } }),
      });
    },
    /** Every active person below the given tops, in order of person number; for jobs and tables over a whole unit. */
    async listActive(reach: 'all' | readonly Id[]): Promise<Person[]> {
      const filter: Filter = { status: 'active', ...(reach === 'all' ? {} : { unitPath: { $in: reach } }) };
      const found = await people.find(filter, PRIVATE).sort({ personNo: 1 }).lean<Stored<Person>[]>();
      return found.map(fromStored<Person>);
    },
    /** Everybody who ever belonged to one of the units, whatever they are today, in order of person number. */
    async listEverIn(unitIds: readonly Id[]): Promise<Person[]> {
      const found = await people
        .find({ 'affiliations.unitId': { $in: unitIds } }, PRIVATE)
        .sort({ personNo: 1 })
        .lean<Stored<Person>[]>();
      return found.map(fromStored<Person>);
    },
    /** The next active people of a unit and all below it after a person number: how work over many goes through them. */
    async listActiveAfter(unitId: Id, personNo: string | null, limit: number): Promise<Person[]> {
      const found = await people
        .find({ unitPath: unitId, personNo: { $gt: personNo ?? '' }, status: 'active' }, PRIVATE)
        .sort({ personNo: 1 })
        .limit(limit)
        .lean<Stored<Person>[]>();
      return found.map(fromStored<Person>);
    },
  };
}

const withoutPrivate = (value: Person): Person => person.parse(value);
