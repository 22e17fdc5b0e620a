import type { Id } from '@cadre/domain/core';
import { presence, type Presence } from '@cadre/domain/live';
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

const schema = schemaFromZod(presence);
schema.index({ sessionId: 1, personId: 1, revision: 1 }, { unique: true });
schema.index({ personId: 1, sessionId: 1, revision: 1 });

export type PresenceRepository = ReturnType<typeof createPresenceRepository>;

/** Presences are kept for ever: a correction is a further revision, never a change. */
export function createPresenceRepository(database: Database) {
  const presences = database.appendOnlyModel<Stored<Presence>>('presences', schema);
  const latest = (found: readonly Presence[], key: (value: Presence) => Id): Presence[] => [
    ...new Map(found.map((value) => [key(value), value])).values(),
  ];
  return {
    async insertMany(values: readonly Presence[], tx?: Tx): Promise<void> {
      if (values.length > 0) await presences.insertMany(values.map(toStored), bulkOf(tx));
    },
    /** Everybody's latest presence in one session. */
    async listBySession(sessionId: Id, tx?: Tx): Promise<Presence[]> {
      const found = await presences
        .find({ sessionId }, null, sessionOf(tx))
        .sort({ personId: 1, revision: 1 })
        .lean<Stored<Presence>[]>();
      return latest(found.map(fromStored<Presence>), (value) => value.personId);
    },
    /** One person's latest presence in each of their sessions. */
    async listByPerson(personId: Id): Promise<Presence[]> {
      const found = await presences
        .find({ personId })
        .sort({ sessionId: 1, revision: 1 })
        .lean<Stored<Presence>[]>();
      return latest(found.map(fromStored<Presence>), (value) => value.sessionId);
    },
  };
}
