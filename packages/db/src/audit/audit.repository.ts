import { auditEntry, type AuditEntry } from '@cadre/domain/audit';
import type { Page, PageRequest } from '@cadre/domain/core';
import { readPage, schemaFromZod, sessionOf, toStored, type Database, type Stored, type Tx } from '../core';

const schema = schemaFromZod(auditEntry);
schema.index({ 'subject.kind': 1, 'subject.id': 1, _id: 1 });
schema.index({ action: 1, _id: 1 });
schema.index({ 'actor.personId': 1, _id: 1 });

export interface AuditFilter {
  action?: string;
  subjectId?: string;
  personId?: string;
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
          ...(filter.personId === undefined ? {} : { 'actor.personId': filter.personId }),
        },
        { _id: -1 },
        request,
      );
    },
  };
}
