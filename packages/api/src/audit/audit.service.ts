import type { AuditFilter, AuditRepository } from '@cadre/db/audit';
import type { PersonActor } from '@cadre/domain/access';
import type { AuditInput, AuditRow } from '@cadre/domain/audit';
import { addDays, instantOf, type Page } from '@cadre/domain/core';
import { canReadAudit } from '@cadre/domain/identity';
import { allow } from '../core';
import { createNameIds, idsIn, type NameIdsDeps } from './name-ids';

export type AuditService = ReturnType<typeof createAuditService>;

export interface AuditDeps extends NameIdsDeps {
  audit: Pick<AuditRepository, 'list'>;
}

export function createAuditService({ audit, people, ...deps }: AuditDeps) {
  const nameIds = createNameIds({ people, ...deps });
  return {
    /** Who did what to what, newest first. */
    async list(actor: PersonActor, input: AuditInput): Promise<Page<AuditRow>> {
      allow(canReadAudit(actor));
      const filter: AuditFilter = {
        ...(input.action === null ? {} : { action: input.action }),
        ...(input.personId === null ? {} : { personId: input.personId }),
        ...(input.from === null ? {} : { from: instantOf(input.from) }),
        ...(input.to === null ? {} : { before: instantOf(addDays(input.to, 1)) }),
      };
      const page = await audit.list(filter, input);
      const ids = page.items.flatMap((entry) =>
        entry.actor.kind === 'person' ? [entry.actor.personId] : [],
      );
      const [actors, names] = await Promise.all([
        people.listByIds([...new Set(ids)]),
        nameIds(page.items.flatMap(({ subject, before, after }) => idsIn([subject.id, before, after]))),
      ]);
      const persons = new Map(actors.map((person) => [person.id, person]));
      return {
        ...page,
        items: page.items.map((entry) => {
          const person = entry.actor.kind === 'person' ? persons.get(entry.actor.personId) : undefined;
          const own = idsIn([entry.subject.id, entry.before, entry.after]);
          return {
            ...entry,
            actorName: person?.name ?? null,
            actorNo: person?.personNo ?? null,
            names: Object.fromEntries(own.flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : []))),
          };
        }),
      };
    },
  };
}
