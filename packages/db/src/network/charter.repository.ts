import { id, type Id } from '@cadre/domain/core';
import { baseTier, DEFAULT_CHARTER, type BaseTier, type Charter } from '@cadre/domain/network';
import { z } from 'zod';
import {
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

/**
 * One place the charter grants. The number of places is the charter: a base becomes a member by taking a free one, so
 * that no concurrency and no process can make one more than there are.
 */
const charterPlace = z.object({
  /** Tier and number, for example `regional-3`. */
  id: z.string(),
  tier: baseTier,
  number: z.number().int().min(1),
  baseId: id.nullable(),
});
type CharterPlace = z.infer<typeof charterPlace>;

const schema = schemaFromZod(charterPlace);
schema.index({ tier: 1, baseId: 1, number: 1 });
schema.index({ baseId: 1 }, { unique: true, partialFilterExpression: { baseId: { $type: 'string' } } });

const placeOf = (tier: BaseTier, number: number): CharterPlace => ({
  id: `${tier}-${number}`,
  tier,
  number,
  baseId: null,
});

export type CharterRepository = ReturnType<typeof createCharterRepository>;

export function createCharterRepository(database: Database) {
  const places = database.model<Stored<CharterPlace>>('charterPlaces', schema);

  /** Makes the places that do not exist yet; two processes doing so at once make each once. */
  const addMissing = async (wanted: readonly CharterPlace[], tx?: Tx): Promise<void> => {
    const found = await places
      .find({ _id: { $in: wanted.map((place) => place.id) } }, { _id: 1 }, sessionOf(tx))
      .lean<{ _id: string }[]>();
    const known = new Set(found.map((place) => place._id));
    for (const place of wanted.filter((candidate) => !known.has(candidate.id))) {
      try {
        await places.create([toStored(place)], sessionOf(tx));
      } catch (error) {
        if (tx !== undefined || !isDuplicateKey(error)) throw error;
      }
    }
  };

  return {
    /** A network without a charter begins with the default one. */
    async ensure(): Promise<void> {
      if (await places.exists({ _id: 'central-1' })) return;
      const regional = Array.from({ length: DEFAULT_CHARTER.regional }, (_, index) =>
        placeOf('regional', index + 1),
      );
      // The central place comes last: while it is missing the charter counts as not made.
      await addMissing(regional);
      await addMissing([placeOf('central', 1)]);
    },
    async read(): Promise<{ charter: Charter; taken: { central: number; regional: number } }> {
      const count = (filter: Record<string, unknown>) => places.countDocuments(filter);
      const [regional, regionalTaken, centralTaken] = await Promise.all([
        count({ tier: 'regional' }),
        count({ tier: 'regional', baseId: { $ne: null } }),
        count({ tier: 'central', baseId: { $ne: null } }),
      ]);
      return {
        charter: { central: 1, regional, case: null },
        taken: { central: centralTaken, regional: regionalTaken },
      };
    },
    /** Takes a free place of the tier for the base; false when the charter grants no more. */
    async tryTake(tier: BaseTier, baseId: Id, tx: Tx): Promise<boolean> {
      const taken = await places
        .findOneAndUpdate(
          { tier, baseId: null },
          { $set: { baseId } },
          { sort: { number: 1 }, ...sessionOf(tx) },
        )
        .lean();
      return taken !== null;
    },
    async giveBack(baseId: Id, tx: Tx): Promise<void> {
      await places.updateOne({ baseId }, { $set: { baseId: null } }, sessionOf(tx));
    },
    /** Sets how many regional places there are; false when fewer are free than would have to go. */
    async trySetRegional(regional: number, tx: Tx): Promise<boolean> {
      const session = sessionOf(tx);
      const existing = await places.countDocuments({ tier: 'regional' }, session);
      for (let surplus = existing - regional; surplus > 0; surplus -= 1) {
        const removed = await places
          .findOneAndDelete({ tier: 'regional', baseId: null }, { sort: { number: -1 }, ...session })
          .lean();
        if (removed === null) return false;
      }
      const numbers = Array.from({ length: regional }, (_, index) => index + 1);
      const held = new Set(
        (await places.find({ tier: 'regional' }, { number: 1 }, session).lean<{ number: number }[]>()).map(
          (place) => place.number,
        ),
      );
      const free = numbers.filter((number) => !held.has(number)).slice(0, Math.max(0, regional - existing));
      await addMissing(
        free.map((number) => placeOf('regional', number)),
        tx,
      );
      return true;
    },
  };
}
