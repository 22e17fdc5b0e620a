import type { RecordedActivity, RecordedActivityRepository } from '@cadre/db/credit';
import { isDuplicateKey } from '@cadre/db/core';
import type { Id } from '@cadre/domain/core';
import { activity as activitySchema, type Activity } from '@cadre/domain/credit';
import type { FactSource } from '@cadre/domain/ledger';
import type { Ports } from '../core';
import type { SettlementOutcome, SettlementService } from './settlement.service';

/** Facts from outside the rooms, such as completed lessons, of one source for one person. */
export interface RecordedFact {
  personId: Id;
  title: string;
  source: FactSource;
  /** All of that source. */
  activities: readonly Activity[];
}

export interface RecordedFactDeps extends Pick<Ports, 'clock' | 'newId'> {
  recordedActivities: Pick<RecordedActivityRepository, 'insertMany'>;
  settlement: Pick<SettlementService, 'settleSources'>;
}

export type RecordedFactService = ReturnType<typeof createRecordedFactService>;

/** Records facts and settles them at once. The same fact again is no new fact. */
export function createRecordedFactService({
  recordedActivities,
  settlement,
  clock,
  newId,
}: RecordedFactDeps) {
  const insert = async (facts: readonly RecordedFact[], by: Id | null) => {
    const records = facts.map(({ personId, title, source, activities }): RecordedActivity => ({
      id: newId(),
      personId,
      source,
      revision: 1,
      title,
      activities: activities.map((activity) => activitySchema.parse(activity)),
      recordedAt: clock.now(),
      by,
    }));
    try {
      await recordedActivities.insertMany(records);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Some were recorded before: one by one, so that the others are kept.
      for (const record of records)
        await recordedActivities.insertMany([record]).catch((refused: unknown) => {
          if (!isDuplicateKey(refused)) throw refused;
        });
    }
  };
  return {
    async record(facts: readonly RecordedFact[], by: Id | null): Promise<SettlementOutcome> {
      await insert(facts, by);
      return settlement.settleSources(
        facts.map(({ personId, title, source, activities }) => ({
          source,
          title,
          people: [{ personId, activities }],
        })),
        by,
      );
    },
  };
}
