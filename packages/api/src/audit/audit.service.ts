import type { AuditFilter, AuditRepository } from '@cadre/db/audit';
import type { PersonRepository } from '@cadre/db/identity';
import type { PersonActor } from '@cadre/domain/access';
import type { AuditInput, AuditRow } from '@cadre/domain/audit';
import type { Page } from '@cadre/domain/core';
import { canReadAudit } from '@cadre/domain/identity';
import { allow } from '../core';

export type AuditService = ReturnType<typeof createAuditService>;

export function createAuditService({
  audit,
  people,
}: {
  audit: Pick<AuditRepository, 'list'>;
  people: Pick<PersonRepository, 'listByIds'>;
}) {
  return {
    /** Who did what to what, newest first. */
    async list(actor: PersonActor, input: AuditInput): Promise<Page<AuditRow>> {
      allow(canReadAudit(actor));
      const filter: AuditFilter = {
        ...(input.action === null ? {} : { action: input.action }),
        ...(input.subjectId === null ? {} : { subjectId: input.subjectId }),
        ...(input.personId === null ? {} : { personId: input.personId }),
      };
      const page = await audit.list(filter, input);
      const ids = page.items.flatMap((entry) =>
        entry.actor.kind === 'person' ? [entry.actor.personId] : [],
      );
      const persons = new Map(
        (await people.listByIds([...new Set(ids)])).map((person) => [person.id, person]),
      );
      return {
        ...page,
        items: page.items.map((entry) => {
          const person = entry.actor.kind === 'person' ? persons.get(entry.actor.personId) : undefined;
          return { ...entry, actorName: person?.name ?? null, actorNo: person?.personNo ?? null };
        }),
      };
    },
  };
}
