import mongoose, { type Model } from 'mongoose';
import type { Filter } from './document';

/** As many documents as a reply has room for. */
const ONE_REPLY = 1_000_000;

/**
 * Reads many documents past mongoose, in as few replies as they fit into. They are decoded one by one as they are asked
 * for, so that each may be gone before the next is there, and once: because the ledgers' guard watches the commands of
 * the connection, the driver decodes every reply for the watchers and again for the reader, unless it is asked for raw
 * documents. Filter, order and projection go to the server as they are.
 */
export async function readBulk<Document>(
  model: Model<Document>,
  filter: Filter,
  order: Readonly<Record<string, 1 | -1>>,
  projection: Readonly<Record<string, 0 | 1>> = {},
): Promise<Iterable<Document>> {
  const found = (await model.collection
    .find(filter, { sort: order, projection, raw: true, batchSize: ONE_REPLY })
    .toArray()) as unknown as Uint8Array[];
  return {
    *[Symbol.iterator]() {
      for (const document of found) yield mongoose.mongo.BSON.deserialize(document) as Document;
    },
  };
}
