import { auditEntry, type AuditEntry } from '@cadre/domain/audit';
import type { Id, Page, PageRequest } from '@cadre/domain/core';
import { readPage, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

const schema = schemaFromZod(auditEntry);
schema.index({ at: 1, _id: 1 });
schema.index({ action: 1, at: 1, _id: 1 });
schema.index({ 'actor.personId': 1, at: 1, _id: 1 });
schema.index({ 'subject.id': 1, at: 1, _id: 1 });
schema.index({ 'after.personId': 1, at: 1, _id: 1 }, { sparse: true });

export interface AuditFilter {
  action?: string;
  subjectId?: Id;
  /** Who acted, or whom it was about. */
  personId?: Id;
  /** At or after, and before. */
  from?: Date;
  before?: Date;
}

export type AuditRepository = ReturnType<typeof createAuditRepository>;

export function createAuditRepository(database: Database) {
  const entries = database.appendOnlyModel<Stored<AuditEntry>>('auditEntries', schema);
  return {
    async insert(value: AuditEntry, tx?: Tx): Promise<void> {
      await entries.create([toStored(value)], sessionOf(tx));
    },
    async list(filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntry>> {
      return readPage<AuditEntry>(
        entries as never,
        {
          ...(filter.action === undefined ? {} : { action: filter.action }),
          ...(filter.subjectId === undefined ? {} : { 'subject.id': filter.subjectId }),
          ...(filter.personId === undefined
            ? {}
            : {
                $or: [
                  { 'actor.personId': filter.personId },
                  { 'subject.id': filter.personId },
                  { 'after.personId': filter.personId },
                ],
              }),
          ...(filter.from === undefined && filter.before === undefined
            ? {}
            : {
                at: {
                  ...(filter.from === undefined ? {} : { $gte: filter.from }),
                  ...(filter.before === undefined ? {} : { $lt: filter.before }),
                },
              }),
        },
        { at: -1, _id: -1 },
        request,
      );
    },
  };
}
