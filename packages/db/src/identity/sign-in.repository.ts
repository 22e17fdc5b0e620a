import type { Id } from '@cadre/domain/core';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import {
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Filter,
  type Stored,
  type Tx,
} from '../core';

/** One signed-in browser. The cookie holds a random token; only its hash is kept. */
const signIn = z.object({
  id,
  tokenHash: z.string(),
  accountId: id,
  personId: id,
  createdAt: z.date(),
  lastSeenAt: z.date(),
  userAgent: z.string(),
});
export type SignIn = z.infer<typeof signIn>;

const schema = schemaFromZod(signIn);
schema.index({ tokenHash: 1 }, { unique: true });
schema.index({ accountId: 1 });
schema.index({ lastSeenAt: 1 });

export type SignInRepository = ReturnType<typeof createSignInRepository>;

export function createSignInRepository(database: Database) {
  const signIns = database.model<Stored<SignIn>>('signIns', schema);
  return {
    async insert(value: SignIn): Promise<void> {
      await signIns.create([toStored(value)]);
    },
    /** The sign-in of a token seen at or after `notBefore`; older ones have expired. */
    async findByTokenHash(tokenHash: string, notBefore: Date): Promise<SignIn | null> {
      const found = await signIns
        .findOne({ tokenHash, lastSeenAt: { $gte: notBefore } })
        .lean<Stored<SignIn>>();
      return found && fromStored<SignIn>(found);
    },
    async touch(signInId: Id, lastSeenAt: Date): Promise<void> {
      await signIns.updateOne({ _id: signInId }, { $set: { lastSeenAt } });
    },
    async deleteById(signInId: Id): Promise<void> {
      await signIns.deleteOne({ _id: signInId });
    },
    /** Signs an account out everywhere, except in one browser when `keep` is given. */
    async deleteByAccount(accountId: Id, keep: Id | null, tx?: Tx): Promise<number> {
      const filter: Filter = keep === null ? { accountId } : { accountId, _id: { $ne: keep } };
      const result = await signIns.deleteMany(filter, sessionOf(tx));
      return result.deletedCount;
    },
    async deleteExpired(before: Date): Promise<number> {
      const result = await signIns.deleteMany({ lastSeenAt: { $lt: before } });
      return result.deletedCount;
    },
  };
}
