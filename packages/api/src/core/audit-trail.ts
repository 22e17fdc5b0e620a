import type { AuditRepository } from '@cadre/db/audit';
import type { Tx } from '@cadre/db/core';
import type { PersonActor } from '@cadre/domain/access';
import type { AuditAction } from '@cadre/domain/audit';
import type { Ports } from './ports';

export interface AuditTrailDeps extends Pick<Ports, 'clock' | 'newId'> {
  audit: Pick<AuditRepository, 'insert'>;
}

type Fields = Record<string, unknown>;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const pick = (value: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, value[name]]));

/** Notes who did what to what, from which value to which, in the transaction of the act itself. */
export function createAuditTrail({ audit, clock, newId }: AuditTrailDeps) {
  const note = (
    actor: PersonActor,
    action: AuditAction,
    subject: { kind: string; id: string },
    before: Fields | null,
    after: Fields | null,
    tx: Tx,
  ) =>
    audit.insert(
      {
        id: newId(),
        at: clock.now(),
        actor: { kind: 'person', personId: actor.personId },
        action,
        subject,
        before,
        after,
      },
      tx,
    );
  return {
    /** Something new, with all it was made with. */
    created: (actor: PersonActor, action: AuditAction, kind: string, value: { id: string }, tx: Tx) =>
      note(actor, action, { kind, id: value.id }, null, { ...value }, tx),
    /** Something that is no more, with all it was. */
    removed: (actor: PersonActor, action: AuditAction, kind: string, value: { id: string }, tx: Tx) =>
      note(actor, action, { kind, id: value.id }, { ...value }, null, tx),
    /** A change, reduced to the fields that differ. */
    changed: (
      actor: PersonActor,
      action: AuditAction,
      subject: { kind: string; id: string },
      before: object,
      after: object,
      tx: Tx,
    ) => {
      const [was, is] = [before as Fields, after as Fields];
      const names = Object.keys(is).filter((name) => !same(was[name], is[name]));
      return note(actor, action, subject, pick(was, names), pick(is, names), tx);
    },
  };
}
