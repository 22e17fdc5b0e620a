import { apiPermissions } from '@cadre/domain/access';
import { id, type Id } from '@cadre/domain/core';
import { z } from 'zod';
import { fromStored, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

/** A machine that reads the credit feed. Only the hash of its key is kept. */
const apiClient = z.object({
  id,
  name: z.string(),
  keyHash: z.string(),
  permissions: z.array(z.enum(apiPermissions)),
  assessmentYearIds: z.array(id).nullable(),
  createdAt: z.date(),
  revokedAt: z.date().nullable(),
});
export type ApiClient = z.infer<typeof apiClient>;

const schema = schemaFromZod(apiClient);
schema.index({ keyHash: 1 }, { unique: true });

export type ApiClientRepository = ReturnType<typeof createApiClientRepository>;

export function createApiClientRepository(database: Database) {
  const clients = database.model<Stored<ApiClient>>('apiClients', schema);
  return {
    async insert(value: ApiClient, tx?: Tx): Promise<void> {
      await clients.create([toStored(value)], sessionOf(tx));
    },
    async findByKeyHash(keyHash: string): Promise<ApiClient | null> {
      const found = await clients.findOne({ keyHash, revokedAt: null }).lean<Stored<ApiClient>>();
      return found && fromStored<ApiClient>(found);
    },
    async list(): Promise<ApiClient[]> {
      const found = await clients.find().sort({ _id: 1 }).lean<Stored<ApiClient>[]>();
      return found.map(fromStored<ApiClient>);
    },
    async tryRevoke(clientId: Id, revokedAt: Date, tx?: Tx): Promise<boolean> {
      const result = await clients.updateOne(
        { _id: clientId, revokedAt: null },
        { $set: { revokedAt } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
  };
}
