import { isDuplicateKey, type Database, type Tx } from '@cadre/db/core';
import type { EnrollmentRepository, SeatLedgerRepository } from '@cadre/db/enrollment';
import type { PersonRepository } from '@cadre/db/identity';
import type { TrainingClassRepository } from '@cadre/db/training';
import { AppError, type Id } from '@cadre/domain/core';
import {
  decideClaims,
  decideWithdrawal,
  promoteWaitlist,
  seatStateOf,
  withSeat,
  type ClaimDecision,
  type Enrollment,
  type EnrollmentOrigin,
  type SeatClaim,
  type SeatLedgerEntry,
  type SeatReason,
  type SeatState,
} from '@cadre/domain/enrollment';
import type { TrainingClass } from '@cadre/domain/training';
import { createBatchQueue, type Apart, type BatchOutcome, type Ports } from '../core';

/** A transaction decides at most so many claims. */
export const BATCH_LIMIT = 64;

/** Somebody's wish as it stands in the queue of a class. */
export interface SeatRequest {
  personId: Id;
  origin: EnrollmentOrigin;
  requestedAt: Date;
  by: Id;
}

/** Where a claim has led: the enrolment that now holds, and the place on the waitlist of somebody who waits. */
export interface SeatStanding {
  enrollment: Enrollment;
  position: number | null;
}

/** A class's counters beside what its ledger adds up to. */
export interface SeatMismatch {
  classId: Id;
  kept: { seatsTaken: number; waiting: number; ledgerSeq: number };
  ledger: { seatsTaken: number; waiting: number; ledgerSeq: number };
}

export interface SeatDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  apart: Apart;
  classes: Pick<
    TrainingClassRepository,
    'findById' | 'getById' | 'listByIds' | 'listIdsPastCutOff' | 'tryMoveSeats'
  >;
  enrollments: Pick<
    EnrollmentRepository,
    | 'countSeatsByUnits'
    | 'countWaitingUpTo'
    | 'getById'
    | 'insertMany'
    | 'listActive'
    | 'listByClass'
    | 'transitionAll'
    | 'tryTransition'
  >;
  seatLedger: Pick<SeatLedgerRepository, 'insertMany' | 'listByEnrollments' | 'sumsOf'>;
  people: Pick<PersonRepository, 'listByIds'>;
}

type PromotionReason = 'seat-free' | 'seat-returned' | 'capacity-raised';
type LedgerLine = Pick<
  SeatLedgerEntry,
  'seq' | 'enrollmentId' | 'personId' | 'kind' | 'seats' | 'waiting' | 'reason'
>;

export type SeatService = ReturnType<typeof createSeatService>;

/**
 * The one way to a seat. Whatever changes a class's seats reads the class in a transaction, decides, and writes ledger,
 * enrolments and counters together, on the condition that no other ledger entry was written meanwhile.
 */
export function createSeatService(deps: SeatDeps) {
  const { clock, newId, publisher, database, apart, classes, enrollments, seatLedger, people } = deps;

  const stateOf = async (value: TrainingClass, tx: Tx): Promise<SeatState> =>
    seatStateOf(
      value,
      await enrollments.countSeatsByUnits(
        value.id,
        value.quotas.map(({ unitId }) => unitId),
        tx,
      ),
    );

  const write = async (
    value: TrainingClass,
    after: SeatState,
    lines: readonly LedgerLine[],
    { at, by, tx }: { at: Date; by: (line: LedgerLine) => Id | null; tx: Tx },
  ): Promise<void> => {
    if (lines.length === 0) return;
    if (!(await classes.tryMoveSeats(value.id, value.ledgerSeq, after, tx)))
      throw new AppError('CHANGED_MEANWHILE', { classId: value.id });
    await seatLedger.insertMany(
      lines.map((line) => ({ ...line, id: newId(), classId: value.id, at, by: by(line) })),
      tx,
    );
  };

  const move = async (
    enrollmentId: Id,
    from: Enrollment['state'],
    to: Enrollment['state'],
    at: Date,
    tx: Tx,
  ) => {
    if (!(await enrollments.tryTransition(enrollmentId, from, to, at, tx)))
      throw new AppError('CHANGED_MEANWHILE', { enrollmentId });
  };

  /** Gives the free seats of a state to those who wait; answers the ledger lines and writes the enrolments. */
  const promoteFrom = async (
    value: TrainingClass,
    before: SeatState,
    reason: PromotionReason,
    now: Date,
    tx: Tx,
  ): Promise<{ after: SeatState; lines: LedgerLine[] }> => {
    if (value.status !== 'open' || before.waiting === 0 || before.seatsTaken >= before.capacity)
      return { after: before, lines: [] };
    const waiting = await enrollments.listByClass(value.id, ['waiting'], tx);
    const found = await people.listByIds(waiting.map(({ personId }) => personId));
    const active = new Set(found.filter(({ status }) => status === 'active').map(({ id }) => id));
    const isLate = now > value.promotionCutOff;
    const told = isLate
      ? await seatLedger.listByEnrollments(
          waiting.map(({ id }) => id),
          tx,
        )
      : [];
    const toldTooLate = new Set(
      told.filter((entry) => entry.reason === 'after-cut-off').map((entry) => entry.enrollmentId),
    );
    const { steps, after } = promoteWaitlist(
      before,
      waiting.map(({ id, personId, unitPath }) => ({
        enrollmentId: id,
        personId,
        unitPath,
        active: active.has(personId),
        toldTooLate: toldTooLate.has(id),
      })),
      { now, cutOff: value.promotionCutOff, reason },
    );
    const lines: LedgerLine[] = [];
    for (const step of steps) {
      const { enrollmentId, personId } = step.person;
      if (step.kind === 'promoted') await move(enrollmentId, 'waiting', 'enrolled', now, tx);
      if (step.kind === 'dropped') await move(enrollmentId, 'waiting', 'expired', now, tx);
      lines.push({
        seq: step.seq,
        enrollmentId,
        personId,
        kind: step.kind === 'promoted' ? 'promoted' : 'passed-over',
        seats: step.kind === 'promoted' ? 1 : 0,
        waiting: step.kind === 'passed-over' ? 0 : -1,
        reason: step.reason,
      });
    }
    return { after, lines };
  };

  const bySystem = () => null;

  /** Promotes inside somebody else's transaction; answers the people for whom something has changed. */
  const promote = async (classId: Id, reason: PromotionReason, now: Date, tx: Tx): Promise<Id[]> => {
    const value = await classes.getById(classId, tx);
    const { after, lines } = await promoteFrom(value, await stateOf(value, tx), reason, now, tx);
    await write(value, after, lines, { at: now, by: bySystem, tx });
    return lines.map(({ personId }) => personId);
  };

  const tellSeats = (classId: Id, personIds: readonly Id[]): void => {
    if (personIds.length === 0) return;
    publisher.publish({ type: 'enrollment:changed', classId, personIds });
    publisher.publish({ type: 'class:changed', classId });
  };

  const lineOf = (decision: ClaimDecision, value: Enrollment): LedgerLine[] => {
    const line = { enrollmentId: value.id, personId: value.personId, seq: value.seq };
    if (decision.kind === 'enrolled')
      return [{ ...line, kind: 'enrolled', seats: 1, waiting: 0, reason: 'seat-free' }];
    if (decision.kind === 'waitlisted')
      return [{ ...line, kind: 'waitlisted', seats: 0, waiting: 1, reason: decision.reason }];
    return [];
  };

  interface Batch {
    decisions: ClaimDecision[];
    made: (Enrollment | null)[];
    promoted: Id[];
  }

  /** Decides a batch in one transaction. Seats whose quota has run out go to those who wait before anybody new comes. */
  const decideBatch = async (
    classId: Id,
    requests: readonly SeatRequest[],
    claims: SeatClaim[],
  ): Promise<Batch> =>
    database.transaction(async (tx) => {
      const now = clock.now();
      const first = await classes.findById(classId, tx);
      if (!first) throw new AppError('NOT_FOUND');
      const promoted =
        first.quotas.length > 0 && first.waiting > 0 ? await promote(classId, 'seat-free', now, tx) : [];
      const value = promoted.length > 0 ? await classes.getById(classId, tx) : first;
      const held = await enrollments.listActive(
        classId,
        claims.map(({ personId }) => personId),
        tx,
      );
      const { decisions, after } = decideClaims(
        value,
        await stateOf(value, tx),
        claims,
        new Map(held.map((enrollment) => [enrollment.personId, enrollment])),
      );
      const made = decisions.map((decision, index): Enrollment | null => {
        const claim = claims[index];
        if (!claim || (decision.kind !== 'enrolled' && decision.kind !== 'waitlisted')) return null;
        return {
          id: newId(),
          classId,
          personId: claim.personId,
          unitPath: [...claim.unitPath],
          state: decision.kind === 'enrolled' ? 'enrolled' : 'waiting',
          origin: claim.origin,
          seq: decision.seq,
          requestedAt: claim.requestedAt,
          decidedAt: now,
          demo: value.demo,
        };
      });
      const lines = decisions.flatMap((decision, index) => {
        const enrollment = made[index];
        return enrollment ? lineOf(decision, enrollment) : [];
      });
      const askedBy = new Map(requests.map(({ personId, by }) => [personId, by]));
      await write(value, after, lines, { at: now, by: ({ personId }) => askedBy.get(personId) ?? null, tx });
      await enrollments.insertMany(
        made.filter((enrollment) => enrollment !== null),
        tx,
      );
      return { decisions, made, promoted };
    });

  /** A person's other request may have been faster in another process: then the index refuses ours, and we look again. */
  const decideOrLookAgain = async (classId: Id, requests: readonly SeatRequest[], claims: SeatClaim[]) => {
    try {
      return await decideBatch(classId, requests, claims);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return decideBatch(classId, requests, claims);
    }
  };

  const positionOf = async ({ classId, state, seq }: Enrollment): Promise<number | null> =>
    state === 'waiting' ? enrollments.countWaitingUpTo(classId, seq) : null;

  const queue = createBatchQueue<SeatRequest, SeatStanding>(BATCH_LIMIT, async (classId, requests) => {
    const found = await people.listByIds(requests.map(({ personId }) => personId));
    const unitPaths = new Map(found.map(({ id, unitPath }) => [id, unitPath]));
    const claims = requests.map(({ personId, origin, requestedAt }) => ({
      personId,
      origin,
      requestedAt,
      unitPath: unitPaths.get(personId) ?? [],
    }));
    const { decisions, made, promoted } = await decideOrLookAgain(classId, requests, claims);
    tellSeats(classId, [...promoted, ...made.flatMap((enrollment) => enrollment?.personId ?? [])]);

    const outcomeOf = async (index: number): Promise<BatchOutcome<SeatStanding>> => {
      const decision = decisions[index];
      const enrollment = made[index];
      if (decision?.kind === 'repeated') return outcomeOf(decision.of);
      if (decision?.kind === 'refused')
        return { ok: false, error: new AppError(decision.code, decision.details) };
      if (decision?.kind === 'unchanged')
        return {
          ok: true,
          value: { enrollment: decision.enrollment, position: await positionOf(decision.enrollment) },
        };
      if (!decision || !enrollment) throw new Error('a claim was left undecided');
      const position = decision.kind === 'waitlisted' ? decision.position : null;
      return { ok: true, value: { enrollment, position } };
    };
    return Promise.all(requests.map((_, index) => outcomeOf(index)));
  });

  /** Ends the waitlist of a class: everybody who still waits is told that the cut-off has passed. */
  const endWaitlist = async (classId: Id): Promise<Id[]> =>
    database.transaction(async (tx) => {
      const now = clock.now();
      const value = await classes.getById(classId, tx);
      if (now <= value.promotionCutOff) return [];
      const waiting = await enrollments.listByClass(classId, ['waiting'], tx);
      let after = await stateOf(value, tx);
      const lines = waiting.map((enrollment): LedgerLine => {
        after = { ...after, waiting: after.waiting - 1, ledgerSeq: after.ledgerSeq + 1 };
        return {
          seq: after.ledgerSeq,
          enrollmentId: enrollment.id,
          personId: enrollment.personId,
          kind: 'passed-over',
          seats: 0,
          waiting: -1,
          reason: 'after-cut-off',
        };
      });
      await enrollments.transitionAll(classId, 'waiting', 'expired', now, tx);
      await write(value, after, lines, { at: now, by: bySystem, tx });
      return lines.map(({ personId }) => personId);
    });

  /** Ends the waitlist of a class whose cut-off has passed, and tells everybody. Returns how many people it was. */
  const endWaitlistOf = async (classId: Id): Promise<number> => {
    const personIds = await endWaitlist(classId).catch((error: unknown) => {
      // Somebody else has changed the seats meanwhile: the next round looks again.
      if (error instanceof AppError) return [];
      throw error;
    });
    tellSeats(classId, personIds);
    return personIds.length;
  };

  return {
    /** Ends every waitlist whose cut-off has passed; may run in several processes at once. Returns how many people it was. */
    async endWaitlists(): Promise<number> {
      let ended = 0;
      await apart(
        'enrollment:end-waitlist',
        await classes.listIdsPastCutOff(clock.now()),
        async (classId) => {
          const people = await endWaitlistOf(classId);
          ended += people;
          return people > 0;
        },
      );
      return ended;
    },
    endWaitlistOf,

    /** Asks for a seat; claims that arrive together are decided together. Asking again answers with what holds now. */
    claim: (classId: Id, request: SeatRequest): Promise<SeatStanding> => queue.add(classId, request),

    positionOf,

    /** Gives back a seat or leaves the waitlist; a seat that becomes free goes to the next in order, in the same transaction. */
    async withdraw(
      enrollmentId: Id,
      as: 'learner' | 'officer',
      by: Id,
      from?: Enrollment['state'],
    ): Promise<Enrollment> {
      const now = clock.now();
      const { enrollment, changed } = await database.transaction(async (tx) => {
        const held = await enrollments.getById(enrollmentId, tx);
        const value = await classes.getById(held.classId, tx);
        const decision = decideWithdrawal(value, held.state, as, now, from);
        if (decision.kind === 'unchanged') return { enrollment: held, changed: [] };
        const isSeat = decision.kind === 'withdrawn';
        await move(held.id, held.state, 'withdrawn', now, tx);
        const before = await stateOf(value, tx);
        const seq = before.ledgerSeq + 1;
        const reason: SeatReason = as === 'learner' ? 'withdrawn-by-learner' : 'withdrawn-by-officer';
        const own: LedgerLine = {
          seq,
          enrollmentId: held.id,
          personId: held.personId,
          kind: decision.kind,
          seats: isSeat ? -1 : 0,
          waiting: isSeat ? 0 : -1,
          reason,
        };
        // The quotas' use was counted after the enrolment had changed; only the class's own counters still hold the seat.
        const given: SeatState = isSeat
          ? { ...before, ledgerSeq: seq, seatsTaken: before.seatsTaken - 1 }
          : { ...before, ledgerSeq: seq, waiting: before.waiting - 1 };
        const { after, lines } = await promoteFrom(value, given, 'seat-returned', now, tx);
        await write(value, after, [own, ...lines], {
          at: now,
          by: (line) => (line === own ? by : null),
          tx,
        });
        return {
          enrollment: { ...held, state: 'withdrawn' as const, decidedAt: now },
          changed: [held.personId, ...lines.map(({ personId }) => personId)],
        };
      });
      tellSeats(enrollment.classId, changed);
      return enrollment;
    },

    promote,

    /** Ends every seat and every place on the waitlist of a cancelled class; answers whose they were. */
    async cancelAll(classId: Id, by: Id, now: Date, tx: Tx): Promise<Id[]> {
      const value = await classes.getById(classId, tx);
      const ending = await enrollments.listByClass(classId, ['enrolled', 'waiting', 'offered'], tx);
      let after: SeatState = await stateOf(value, tx);
      const lines = ending.map((enrollment): LedgerLine => {
        const isSeat = enrollment.state === 'enrolled';
        const seq = after.ledgerSeq + 1;
        after = isSeat
          ? { ...withSeat(after, enrollment.unitPath, -1), ledgerSeq: seq }
          : { ...after, waiting: after.waiting - 1, ledgerSeq: seq };
        return {
          seq,
          enrollmentId: enrollment.id,
          personId: enrollment.personId,
          kind: 'cancelled',
          seats: isSeat ? -1 : 0,
          waiting: isSeat ? 0 : -1,
          reason: 'class-cancelled',
        };
      });
      for (const state of ['enrolled', 'waiting', 'offered'] as const)
        await enrollments.transitionAll(classId, state, 'cancelled', now, tx);
      await write(value, after, lines, { at: now, by: () => by, tx });
      return lines.map(({ personId }) => personId);
    },

    /** Everybody with a seat has completed a class whose sessions are over; seats stay taken. */
    async completeAll(classId: Id, now: Date, tx: Tx): Promise<void> {
      await enrollments.transitionAll(classId, 'enrolled', 'completed', now, tx);
    },

    tellSeats,

    /** The classes whose counters differ from what their ledger adds up to: none, unless something is broken. */
    async mismatches(classIds: readonly Id[]): Promise<SeatMismatch[]> {
      const [values, sums] = await Promise.all([classes.listByIds(classIds), seatLedger.sumsOf(classIds)]);
      return values.flatMap(({ id, seatsTaken, waiting, ledgerSeq }) => {
        const kept = { seatsTaken, waiting, ledgerSeq };
        const sum = sums.find(({ classId }) => classId === id);
        const ledger = {
          seatsTaken: sum?.seatsTaken ?? 0,
          waiting: sum?.waiting ?? 0,
          ledgerSeq: sum?.ledgerSeq ?? 0,
        };
        const agree =
          kept.seatsTaken === ledger.seatsTaken &&
          kept.waiting === ledger.waiting &&
          kept.ledgerSeq === ledger.ledgerSeq &&
          (sum?.entries ?? 0) === ledger.ledgerSeq;
        return agree ? [] : [{ classId: id, kept, ledger }];
      });
    },
  };
}
