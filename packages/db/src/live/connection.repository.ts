import { id, type Id } from '@cadre/domain/core';
import { z } from 'zod';
import {
  bulkOf,
  fromStored,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

/** A line that is open at this moment: whose, in which room, and which server process holds it. */
const connection = z.object({
  id: z.string(),
  sessionId: id,
  personId: id,
  processId: id,
});
export type OpenConnection = z.infer<typeof connection>;

/** A server process with sockets. `aliveAt` is the product's time at its last beat, `beatAt` the machine's. */
const gatewayProcess = z.object({ id, aliveAt: z.date(), beatAt: z.date() });
export type GatewayProcess = z.infer<typeof gatewayProcess>;

const connectionSchema = schemaFromZod(connection);
connectionSchema.index({ processId: 1 });
connectionSchema.index({ sessionId: 1 });
const processSchema = schemaFromZod(gatewayProcess);
processSchema.index({ beatAt: 1 });

export type ConnectionRepository = ReturnType<typeof createConnectionRepository>;

export function createConnectionRepository(database: Database) {
  const connections = database.model<Stored<OpenConnection>>('connections', connectionSchema);
  const processes = database.model<Stored<GatewayProcess>>('gatewayProcesses', processSchema);
  return {
    async insertMany(values: readonly OpenConnection[], tx?: Tx): Promise<void> {
      if (values.length > 0) await connections.insertMany(values.map(toStored), bulkOf(tx));
    },
    async deleteMany(connectionIds: readonly string[], tx?: Tx): Promise<void> {
      if (connectionIds.length > 0)
        await connections.deleteMany({ _id: { $in: connectionIds } }, sessionOf(tx));
    },
    async deleteBySession(sessionId: Id, tx?: Tx): Promise<void> {
      await connections.deleteMany({ sessionId }, sessionOf(tx));
    },
    async listByProcess(processId: Id): Promise<OpenConnection[]> {
      const found = await connections.find({ processId }).sort({ _id: 1 }).lean<Stored<OpenConnection>[]>();
      return found.map(fromStored<OpenConnection>);
    },
    /** Says that a process lives. */
    async beat({ id: processId, aliveAt, beatAt }: GatewayProcess): Promise<void> {
      await processes.updateOne({ _id: processId }, { $set: { aliveAt, beatAt } }, { upsert: true });
    },
    /** Processes whose last beat was before `beatAt`: they have died without saying so. */
    async listSilent(beatAt: Date): Promise<GatewayProcess[]> {
      const found = await processes
        .find({ beatAt: { $lt: beatAt } })
        .sort({ _id: 1 })
        .lean<Stored<GatewayProcess>[]>();
      return found.map(fromStored<GatewayProcess>);
    },
    async deleteProcess(processId: Id): Promise<void> {
      await processes.deleteOne({ _id: processId });
    },
  };
}
