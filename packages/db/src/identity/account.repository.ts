import type { Id } from '@cadre/domain/core';
import { account, type Account, type AccountSettings } from '@cadre/domain/identity';
import {
  bulkOf,
  fromStored,
  readsById,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

type StoredAccount = Stored<Account> & { passwordHash: string };

const schema = schemaFromZod(account, { passwordHash: { type: String } });
schema.index({ loginName: 1 }, { unique: true });
schema.index({ personId: 1 }, { unique: true });

const NO_HASH = { passwordHash: 0 } as const;

export type AccountRepository = ReturnType<typeof createAccountRepository>;

export function createAccountRepository(database: Database) {
  const accounts = database.model<StoredAccount>('accounts', schema);
  return {
    ...readsById<Account>(accounts as never, NO_HASH),
    async insert(value: Account, passwordHash: string, tx?: Tx): Promise<void> {
      await accounts.create([{ ...toStored(value), passwordHash }], sessionOf(tx));
    },
    async insertMany(values: readonly { account: Account; passwordHash: string }[]): Promise<void> {
      await accounts.insertMany(
        values.map(({ account: value, passwordHash }) => ({ ...toStored(value), passwordHash })),
        bulkOf(),
      );
    },
    /** Whether anybody can sign in at all. */
    async hasAny(): Promise<boolean> {
      return (await accounts.exists({})) !== null;
    },
    async listByPersonIds(personIds: readonly Id[]): Promise<Account[]> {
      const found = await accounts.find({ personId: { $in: personIds } }, NO_HASH).lean<Stored<Account>[]>();
      return found.map(fromStored<Account>);
    },
    /** The account with its password hash: for the check of a password only. */
    async findForSignIn(loginName: string): Promise<{ account: Account; passwordHash: string } | null> {
      const found = await accounts.findOne({ loginName }).lean<StoredAccount>();
      if (!found) return null;
      const { passwordHash, ...stored } = found;
      return { account: fromStored<Account>(stored), passwordHash };
    },
    /** Counts one more wrong password against the count that was read; false when another attempt was counted meanwhile. */
    async tryRecordFailure(
      id: Id,
      readAttempts: number,
      next: { failedAttempts: number; lockedUntil: Date | null },
    ): Promise<boolean> {
      const result = await accounts.updateOne({ _id: id, failedAttempts: readAttempts }, { $set: next });
      return result.modifiedCount === 1;
    },
    async clearFailures(id: Id): Promise<void> {
      await accounts.updateOne({ _id: id }, { $set: { failedAttempts: 0, lockedUntil: null } });
    },
    async setPassword(id: Id, passwordHash: string, mustChangePassword: boolean, tx?: Tx): Promise<void> {
      await accounts.updateOne(
        { _id: id },
        { $set: { passwordHash, mustChangePassword, failedAttempts: 0, lockedUntil: null } },
        sessionOf(tx),
      );
    },
    async setSettings(id: Id, settings: AccountSettings): Promise<void> {
      await accounts.updateOne({ _id: id }, { $set: { settings } });
    },
    async setDisabled(id: Id, disabledAt: Date | null, tx?: Tx): Promise<void> {
      await accounts.updateOne({ _id: id }, { $set: { disabledAt } }, sessionOf(tx));
    },
  };
}
