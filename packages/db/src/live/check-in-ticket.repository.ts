import { id, type Id } from '@cadre/domain/core';
import { z } from 'zod';
import { fromStored, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

/** A scan that waits for its browser to sign in. The browser holds a random token in a cookie; only its hash is kept. */
const checkInTicket = z.object({
  id,
  tokenHash: z.string(),
  sessionId: id,
  scannedAt: z.date(),
  expiresAt: z.date(),
  redeemedBy: id.nullable(),
});
export type CheckInTicket = z.infer<typeof checkInTicket>;

const schema = schemaFromZod(checkInTicket);
schema.index({ tokenHash: 1, sessionId: 1 }, { unique: true });
schema.index({ expiresAt: 1 });

export type CheckInTicketRepository = ReturnType<typeof createCheckInTicketRepository>;

export function createCheckInTicketRepository(database: Database) {
  const tickets = database.model<Stored<CheckInTicket>>('checkInTickets', schema);
  return {
    async insert(value: CheckInTicket): Promise<void> {
      await tickets.create([toStored(value)]);
    },
    async find(tokenHash: string, sessionId: Id): Promise<CheckInTicket | null> {
      const found = await tickets.findOne({ tokenHash, sessionId }).lean<Stored<CheckInTicket>>();
      return found && fromStored<CheckInTicket>(found);
    },
    /** Spends a ticket on a person; false when it has been spent on somebody else. */
    async tryRedeem(ticketId: Id, personId: Id, tx?: Tx): Promise<boolean> {
      const result = await tickets.updateOne(
        { _id: ticketId, redeemedBy: { $in: [null, personId] } },
        { $set: { redeemedBy: personId } },
        sessionOf(tx),
      );
      return result.matchedCount === 1;
    },
    async deleteExpired(before: Date): Promise<number> {
      const result = await tickets.deleteMany({ expiresAt: { $lt: before } });
      return result.deletedCount;
    },
  };
}
