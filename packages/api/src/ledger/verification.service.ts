import { isDuplicateKey, type Database } from '@cadre/db/core';
import type { CreditLedgerRepository } from '@cadre/db/credit';
import type { PersonRepository } from '@cadre/db/identity';
import type { VerificationRepository } from '@cadre/db/ledger';
import type { PersonActor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import {
  canReadLedger,
  canVerifyLedger,
  type Verification,
  type VerificationResult,
  type VerificationView,
} from '@cadre/domain/ledger';
import { LedgerVerifier, nodeCrypto, type Report } from '@cadre/ledger-verifier';
import { allow, createAuditTrail, type AuditTrailDeps, type Ports } from '../core';
import type { LedgerExportService } from './ledger-export.service';

/** Without a sign of life for so long, another process begins anew. */
const SILENCE_MILLIS = 60_000;
/** People between two signs of life. */
const REPORT_EVERY = 50;
const ATTEMPTS = 3;
const SHOWN = 20;
const FAULTS_KEPT = 50;

export interface VerificationDeps extends AuditTrailDeps, Pick<Ports, 'systemClock'> {
  database: Pick<Database, 'transaction'>;
  ledger: Pick<CreditLedgerRepository, 'countPeople'>;
  ledgerExport: Pick<LedgerExportService, 'lines'>;
  people: Pick<PersonRepository, 'listByIds' | 'findByPersonNo'>;
  verifications: VerificationRepository;
}

export type VerificationService = ReturnType<typeof createVerificationService>;

/**
 * Goes through the ledger as it lies in the database, by the rules of the verifier that auditors have, while people
 * work on. One process goes from the first person to the last; where it ends, another begins anew.
 */
export function createVerificationService(deps: VerificationDeps) {
  const { database, ledger, ledgerExport, people, verifications, clock, systemClock, newId } = deps;
  const trail = createAuditTrail(deps);

  const goThrough = async (taken: Verification, isStopping: () => boolean): Promise<Report | null> => {
    const verifier = new LedgerVerifier(nodeCrypto);
    let [peopleDone, entriesDone] = [0, 0];
    for await (const line of ledgerExport.lines()) {
      if (line.startsWith('{"entry"')) entriesDone += 1;
      if (line.startsWith('{"person"')) {
        if (peopleDone % REPORT_EVERY === 0) {
          const progress = { peopleDone, entriesDone, aliveAt: systemClock.now() };
          if (isStopping() || !(await verifications.tryReport(taken, progress))) return null;
        }
        peopleDone += 1;
      }
      verifier.push(Buffer.from(line));
    }
    return verifier.finish();
  };

  /** Who the people are in whose records the first faults lie, by their numbers. */
  const idsOf = async ({ faults }: Report): Promise<Map<string, Id>> => {
    const numbers = new Set(faults.slice(0, FAULTS_KEPT).flatMap(({ person }) => person ?? []));
    const found = await Promise.all([...numbers].map((number) => people.findByPersonNo(number)));
    return new Map(found.flatMap((person) => (person ? [[person.personNo, person.id] as const] : [])));
  };

  return {
    /** Orders a going-through; while one is waiting or running, that one is the answer. */
    async start(actor: PersonActor): Promise<VerificationView> {
      allow(canVerifyLedger(actor));
      const fresh: Verification = {
        id: newId(),
        startedAt: clock.now(),
        by: actor.personId,
        state: 'waiting',
        open: true,
        people: await ledger.countPeople(),
        peopleDone: 0,
        entriesDone: 0,
        attempts: 0,
        aliveAt: null,
        finishedAt: null,
        result: null,
      };
      try {
        await database.transaction(async (tx) => {
          await verifications.insert(fresh, tx);
          await trail.created(actor, 'ledger:verification-started', 'ledger-verification', fresh, tx);
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return (await this.list(actor))[0]!;
    },

    /** The newest first, with how far each is and what it has shown. */
    async list(actor: PersonActor): Promise<VerificationView[]> {
      allow(canReadLedger(actor));
      const found = await verifications.list(SHOWN);
      const blamed = found.flatMap(
        ({ result }) => result?.faults.flatMap(({ personId }) => personId ?? []) ?? [],
      );
      const persons = await people.listByIds([...new Set([...found.map(({ by }) => by), ...blamed])]);
      const names = new Map(persons.map(({ id, name }) => [id, name]));
      return found.map(({ open: _open, attempts: _attempts, aliveAt: _alive, ...view }) => ({
        ...view,
        byName: names.get(view.by) ?? '',
        result: view.result && {
          ...view.result,
          faults: view.result.faults.map((fault) => ({
            ...fault,
            personName: names.get(fault.personId ?? '') ?? null,
          })),
        },
      }));
    },

    /** Does what was ordered and nobody is at. Stops between two people when asked to, and leaves the rest to others. */
    async round(isStopping: () => boolean): Promise<void> {
      const now = systemClock.now();
      const taken = await verifications.tryTake(now, new Date(now.getTime() - SILENCE_MILLIS));
      if (!taken) return;
      const end = { open: false, aliveAt: null, finishedAt: clock.now() };
      try {
        const report = await goThrough(taken, isStopping);
        if (report === null) await verifications.tryReport(taken, { aliveAt: null });
        else
          await verifications.tryReport(taken, {
            ...end,
            finishedAt: clock.now(),
            state: 'done',
            peopleDone: report.people,
            entriesDone: report.entries,
            result: resultOf(report, await idsOf(report)),
          });
      } catch (error) {
        const isLast = taken.attempts >= ATTEMPTS;
        await verifications.tryReport(taken, isLast ? { ...end, state: 'failed' } : { aliveAt: null });
        throw error;
      }
    },
  };
}

const countOf = (people: Record<string, number>): number =>
  Object.values(people).reduce((sum, count) => sum + count, 0);

const resultOf = (report: Report, idOf: ReadonlyMap<string, Id>): VerificationResult => ({
  faultCount: report.faults.length,
  faults: report.faults.slice(0, FAULTS_KEPT).map(({ kind, person, seq, settlement, to, says, english }) => ({
    kind,
    person: person ?? null,
    seq: seq ?? null,
    settlement: settlement ?? null,
    to: to ?? null,
    says,
    english,
    personId: (person && idOf.get(person)) || null,
    personName: null,
  })),
  people: report.people,
  entries: report.entries,
  settlements: report.settlements,
  roots: report.roots,
  rebuilt: report.rebuilt,
  countersignatures: report.countersignatures.count,
  notCountersigned: report.countersignatures.missing.length,
  unsealedEntries: report.unsealed.entries,
  unsealedSettlements: report.unsealed.settlements,
  unsealedPeople: report.unsealed.people,
  newestRoot: report.newestRoot?.number ?? null,
  newestDay: report.newestRoot?.day ?? null,
  inFull: countOf(report.rederived.inFull),
  factsOnly: countOf(report.rederived.factsOnly),
  sumsOnly: countOf(report.rederived.sumsOnly),
  notDerived: report.rederived.skipped.length,
});
