import { verification, type Verification } from '@cadre/domain/ledger';
import { fromStored, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

const schema = schemaFromZod(verification);
schema.index({ open: 1 }, { unique: true, partialFilterExpression: { open: true } });

export type VerificationRepository = ReturnType<typeof createVerificationRepository>;

export function createVerificationRepository(database: Database) {
  const verifications = database.model<Stored<Verification>>('ledgerVerifications', schema);
  return {
    /** A duplicate-key error while another one is waiting or running. */
    async insert(value: Verification, tx: Tx): Promise<void> {
      await verifications.create([toStored(value)], sessionOf(tx));
    },
    async findOpen(): Promise<Verification | null> {
      const found = await verifications.findOne({ open: true }).lean<Stored<Verification>>();
      return found && fromStored<Verification>(found);
    },
    /** The newest first. */
    async list(limit: number): Promise<Verification[]> {
      const found = await verifications
        .find({ _id: { $gt: '' } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<Stored<Verification>[]>();
      return found.map(fromStored<Verification>);
    },
    /** Takes the one that nobody has given a sign of life for since `silentSince`, from its beginning. */
    async tryTake(now: Date, silentSince: Date): Promise<Verification | null> {
      const taken = await verifications
        .findOneAndUpdate(
          { open: true, $or: [{ aliveAt: null }, { aliveAt: { $lt: silentSince } }] },
          {
            $set: { state: 'running', aliveAt: now, peopleDone: 0, entriesDone: 0 },
            $inc: { attempts: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<Stored<Verification>>();
      return taken && fromStored<Verification>(taken);
    },
    /** Writes how far it is, or how it ended; false when somebody else has taken it meanwhile. */
    async tryReport(
      { id, attempts }: Pick<Verification, 'id' | 'attempts'>,
      changes: Partial<Omit<Verification, 'id' | 'attempts'>>,
    ): Promise<boolean> {
      const reported = await verifications.updateOne({ _id: id, attempts, open: true }, { $set: changes });
      return reported.matchedCount === 1;
    },
  };
}
