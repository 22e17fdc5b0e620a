import { AppError, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import { instructor, type Instructor } from '@cadre/domain/network';
import {
  bulkOf,
  fromStored,
  readPage,
  schemaFromZod,
  sessionOf,
  toStored,
  writeRevised,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(instructor);
schema.index({ baseId: 1, name: 1, _id: 1 });
schema.index({ active: 1, name: 1, _id: 1 });
schema.index({ personId: 1 });

export type InstructorRepository = ReturnType<typeof createInstructorRepository>;

export function createInstructorRepository(database: Database) {
  const instructors = database.model<Stored<Instructor>>('instructors', schema);
  return {
    async insert(value: Instructor, tx?: Tx): Promise<void> {
      await instructors.create([toStored(value)], sessionOf(tx));
    },
    async insertMany(values: readonly Instructor[]): Promise<void> {
      await instructors.insertMany(values.map(toStored), bulkOf());
    },
    async findById(id: Id, tx?: Tx): Promise<Instructor | null> {
      const found = await instructors.findById(id, {}, sessionOf(tx)).lean<Stored<Instructor>>();
      return found && fromStored<Instructor>(found);
    },
    async getById(id: Id, tx?: Tx): Promise<Instructor> {
      const found = await this.findById(id, tx);
      if (!found) throw new AppError('NOT_FOUND');
      return found;
    },
    async listByIds(ids: readonly Id[]): Promise<Instructor[]> {
      const found = await instructors.find({ _id: { $in: ids } }).lean<Stored<Instructor>[]>();
      return found.map(fromStored<Instructor>);
    },
    /** The instructors of a base, or of none in particular (null); by name. */
    async listByBase(baseId: Id | null): Promise<Instructor[]> {
      const found = await instructors.find({ baseId }).sort({ name: 1, _id: 1 }).lean<Stored<Instructor>[]>();
      return found.map(fromStored<Instructor>);
    },
    /** The entries through which a person teaches; one may teach at several bases. */
    async listByPerson(personId: Id): Promise<Instructor[]> {
      const found = await instructors.find({ personId }).sort({ _id: 1 }).lean<Stored<Instructor>[]>();
      return found.map(fromStored<Instructor>);
    },
    async countActive(): Promise<number> {
      return instructors.countDocuments({ active: true });
    },
    async listActive(request: PageRequest): Promise<Page<Instructor>> {
      return readPage<Instructor>(instructors as never, { active: true }, { name: 1, _id: 1 }, request);
    },
    /** Writes all but the base; false when somebody has changed the instructor since it was read. */
    async tryUpdate(
      { id, revision, personId, name, title, kind, active }: Instructor,
      tx: Tx,
    ): Promise<boolean> {
      return writeRevised(instructors, { id, revision }, { personId, name, title, kind, active }, tx);
    },
  };
}
