import { AppError, searchTermsOf, type Id, type Page, type PageRequest } from '@cadre/domain/core';
import {
  base,
  isMember,
  MEMBER_STATUSES,
  type Base,
  type BaseFilter,
  type BaseSight,
  type BaseSort,
  type BaseStatus,
  type PlaceChange,
} from '@cadre/domain/network';
import {
  fromStored,
  insertCoded,
  matchesTerms,
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
import { createCharterRepository } from './charter.repository';

/** `caseSites` counts the member case sites of a base, so that it cannot leave the network under them. */
type StoredBase = Stored<Base> & Searchable & { caseSites: number };

const schema = schemaFromZod(base, { ...SEARCH_FIELDS, caseSites: { type: Number } });
schema.index({ code: 1 }, { unique: true });
schema.index({ tier: 1, code: 1 });
schema.index({ status: 1, code: 1 });
schema.index({ 'location.county': 1, code: 1 });
schema.index({ capacityPerHalfDay: 1, code: 1 });
schema.index({ parentId: 1, code: 1 });
schema.index({ searchKeys: 1 });

const PRIVATE = { searchKeys: 0, searchHeads: 0, caseSites: 0 } as const;
const FIELDS = Object.keys(base.shape);
/** A map shows so many bases at most; an alliance has dozens. */
const MAP_LIMIT = 500;

const searchable = (value: Base): Searchable => ({
  searchKeys: searchKeysOf(value.name.zh, value.name.en, value.theme.zh, value.code, value.location.county),
  searchHeads: searchHeadsOf(value.name.zh),
});

const SORT_FIELDS = {
  code: 'code',
  county: 'location.county',
  status: 'status',
  capacity: 'capacityPerHalfDay',
} as const satisfies Record<BaseSort['key'], string>;

const orderOf = ({ key, descending }: BaseSort): Record<string, 1 | -1> => ({
  [SORT_FIELDS[key]]: descending ? -1 : 1,
  ...(key === 'code' ? {} : { code: 1 }),
});

const seenBy = (sight: BaseSight): Filter =>
  sight === 'all'
    ? {}
    : {
        $or: [
          { status: { $in: MEMBER_STATUSES } },
          ...(sight.own.length > 0 ? [{ _id: { $in: sight.own } }] : []),
        ],
      };

const chosenBy = ({ tier, status, county }: Omit<BaseFilter, 'text'>): Filter => ({
  ...(tier === undefined ? {} : { tier }),
  ...(status === undefined ? {} : { status }),
  ...(county === undefined ? {} : { 'location.county': county }),
});

export type BaseRepository = ReturnType<typeof createBaseRepository>;

export function createBaseRepository(database: Database) {
  const bases = database.model<StoredBase>('bases', schema);
  const charter = createCharterRepository(database);

  const filterOf = (
    sight: BaseSight,
    { text, ...chosen }: BaseFilter,
  ): { filter: Filter; terms: string[] } => ({
    filter: { $and: [seenBy(sight), chosenBy(chosen)] },
    terms: searchTermsOf(text),
  });

  /** Gives the base its place in the network, or refuses with the article of the charter that stands against it. */
  const takePlace = async (value: Pick<Base, 'id' | 'tier' | 'parentId'>, tx: Tx): Promise<void> => {
    if (value.tier === 'case') {
      // Written, not only read: a parent that leaves the network at this moment conflicts with us.
      const parent = await bases.updateOne(
        { _id: value.parentId, tier: { $ne: 'case' }, status: { $in: MEMBER_STATUSES } },
        { $inc: { caseSites: 1 } },
        sessionOf(tx),
      );
      if (parent.matchedCount === 0)
        throw new AppError('CHARTER_PARENT_INVALID', { tier: 'case', parentId: value.parentId });
    } else if (!(await charter.tryTake(value.tier, value.id, tx))) {
      if (value.tier === 'central') throw new AppError('CHARTER_CENTRAL_EXISTS');
      throw new AppError('CHARTER_REGIONAL_FULL', { limit: (await charter.read()).charter.regional });
    }
  };

  const giveBackPlace = async (value: Pick<Base, 'id' | 'tier' | 'parentId'>, tx: Tx): Promise<void> => {
    if (value.tier === 'case')
      await bases.updateOne({ _id: value.parentId }, { $inc: { caseSites: -1 } }, sessionOf(tx));
    else await charter.giveBack(value.id, tx);
  };

  const insert = async (value: Base, tx: Tx): Promise<void> => {
    const stored = { ...toStored(value), ...searchable(value), caseSites: 0 };
    await insertCoded(bases, stored, 'BASE_CODE_TAKEN', tx);
    if (isMember(value.status)) await takePlace(value, tx);
  };

  return {
    ...readsById<Base>(bases as never, PRIVATE),
    /** Stores a base; one that is a member already takes its place in the charter in the same transaction. */
    insert,
    /** Stores a whole network at once, parents before their case sites; all of it or nothing. */
    async insertMany(values: readonly Base[]): Promise<void> {
      await charter.ensure();
      const inOrder = [...values].sort((a, b) => Number(a.tier === 'case') - Number(b.tier === 'case'));
      await database.transaction(async (tx) => {
        for (const value of inOrder) await insert(value, tx);
      });
    },
    /** The base if it is within sight; a stranger's id answers like a missing one. */
    async getInSight(id: Id, sight: BaseSight): Promise<Base> {
      const found = await bases.findOne({ $and: [{ _id: id }, seenBy(sight)] }, PRIVATE).lean<Stored<Base>>();
      if (!found) throw new AppError('NOT_FOUND');
      return fromStored<Base>(found);
    },
    async listByIds(ids: readonly Id[]): Promise<Base[]> {
      const found = await bases
        .find({ _id: { $in: ids } }, PRIVATE)
        .sort({ code: 1 })
        .lean<Stored<Base>[]>();
      return found.map(fromStored<Base>);
    },
    async listByParent(parentId: Id, sight: BaseSight): Promise<Base[]> {
      const found = await bases
        .find({ $and: [{ parentId }, seenBy(sight)] }, PRIVATE)
        .sort({ code: 1 })
        .lean<Stored<Base>[]>();
      return found.map(fromStored<Base>);
    },
    async list(
      sight: BaseSight,
      chosen: BaseFilter,
      request: PageRequest,
      sort?: BaseSort,
    ): Promise<Page<Base>> {
      const { filter, terms } = filterOf(sight, chosen);
      const order = sort && orderOf(sort);
      if (terms.length > 0) return searchPage<Base>(bases as never, filter, terms, FIELDS, request, order);
      return readPage<Base>(bases as never, filter, order ?? { code: 1 }, request, PRIVATE);
    },
    /** Every base the filter leaves, for the schematic: the same ones as `list`, in the order of their codes. */
    async listAll(sight: BaseSight, chosen: BaseFilter): Promise<Base[]> {
      const { filter, terms } = filterOf(sight, chosen);
      const found = await bases
        .find({ $and: [...matchesTerms(terms), filter] }, PRIVATE)
        .sort({ code: 1 })
        .limit(MAP_LIMIT)
        .lean<Stored<Base>[]>();
      return found.map(fromStored<Base>);
    },
    async countMembers(tier: Base['tier']): Promise<number> {
      return bases.countDocuments({ tier, status: { $in: MEMBER_STATUSES } });
    },
    async countByStatus(): Promise<{ status: BaseStatus; count: number }[]> {
      const found = await bases.aggregate<{ _id: BaseStatus; count: number }>([
        { $group: { _id: '$status', count: { $sum: 1 } } },
      ]);
      return found.map(({ _id, count }) => ({ status: _id, count }));
    },
    async listByStatuses(statuses: readonly BaseStatus[], request: PageRequest): Promise<Page<Base>> {
      return readPage<Base>(bases as never, { status: { $in: statuses } }, { code: 1 }, request, PRIVATE);
    },
    /** Writes everything but code, tier, parent and state; false when somebody has changed the base since it was read. */
    async tryUpdate(value: Base, tx: Tx): Promise<boolean> {
      const { code: _code, tier: _tier, parentId: _parentId, status: _status, id: _id, ...fields } = value;
      return writeRevised(bases, value, { ...fields, ...searchable(value) }, tx);
    },
    /**
     * Moves a base along its life and changes its place in the charter with it; false when somebody has changed the
     * base since it was read. Refuses by the charter, and a parent that would leave its case sites behind.
     */
    async tryMove(value: Base, to: BaseStatus, change: PlaceChange, tx: Tx): Promise<boolean> {
      const written = await bases
        .findOneAndUpdate(
          { _id: value.id, revision: value.revision },
          { $set: { status: to }, $inc: { revision: 1 } },
          { returnDocument: 'after', projection: { caseSites: 1 }, ...sessionOf(tx) },
        )
        .lean<{ caseSites: number }>();
      if (written === null) return false;
      if (change === 'take') await takePlace(value, tx);
      if (change === 'give-back') {
        if (written.caseSites > 0)
          throw new AppError('BASE_HAS_CASE_SITES', { caseSites: written.caseSites });
        await giveBackPlace(value, tx);
      }
      return true;
    },
  };
}
