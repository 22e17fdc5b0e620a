import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Role, Scope } from '../access';
import { createIdGenerator, instantOf, type Id } from '../core';
import { decideClaims, refusalOfClaim, type EnrollableClass, type SeatClaim } from './decide-enrollment';
import { canOfficerWithdraw, decideWithdrawal } from './decide-withdrawal';
import { enrollmentState, type Enrollment } from './enrollment';
import {
  canViewRoster,
  canViewUnitEnrollments,
  rosterReach,
  unitEnrollmentReach,
  withdrawalRole,
} from './enrollment.policy';
import { promoteWaitlist, type WaitingPerson } from './promote-waitlist';
import { seatFor, seatStateOf, withSeat, type SeatState } from './seats';

const newId = createIdGenerator(
  () => 1_700_000_000_000,
  (count) => new Uint8Array(count),
);
const OPENS = instantOf('2026-11-10');
const CLOSES = instantOf('2026-11-20');
const NOW = instantOf('2026-11-18', 8 * 60);
const START = instantOf('2026-11-22', 14 * 60);
const unitA = newId();
const unitB = newId();

const classOf = (changes: Partial<EnrollableClass> = {}): EnrollableClass => ({
  id: newId(),
  status: 'open',
  mode: 'self-selected',
  window: { opensAt: OPENS, closesAt: CLOSES },
  ...changes,
});
const stateOf = (changes: Partial<SeatState> = {}): SeatState => ({
  capacity: 2,
  seatsTaken: 0,
  waiting: 0,
  ledgerSeq: 0,
  quotas: [],
  ...changes,
});
const claimOf = (changes: Partial<SeatClaim> = {}): SeatClaim => ({
  personId: newId(),
  unitPath: [unitA],
  origin: 'self-selected',
  requestedAt: NOW,
  ...changes,
});
const enrollmentOf = (changes: Partial<Enrollment> = {}): Enrollment => ({
  id: newId(),
  classId: newId(),
  personId: newId(),
  unitPath: [unitA],
  state: 'enrolled',
  origin: 'self-selected',
  seq: 1,
  requestedAt: NOW,
  decidedAt: NOW,
  demo: false,
  ...changes,
});
const quotaOf = (unitId: Id, seats: number, used = 0, returnsAt = CLOSES) => ({
  unitId,
  seats,
  used,
  returnsAt,
});

describe('who a class takes', () => {
  it.each<[string, Partial<EnrollableClass>, Partial<SeatClaim>, string | null]>([
    ['inside the window', {}, {}, null],
    ['at the very opening', {}, { requestedAt: OPENS }, null],
    ['just before it opens', {}, { requestedAt: new Date(OPENS.getTime() - 1) }, 'ENROLLMENT_NOT_OPEN_YET'],
    ['just before it closes', {}, { requestedAt: new Date(CLOSES.getTime() - 1) }, null],
    ['at the closing', {}, { requestedAt: CLOSES }, 'ENROLLMENT_CLOSED'],
    ['a draft is not there', { status: 'draft' }, {}, 'NOT_FOUND'],
    ['cancelled', { status: 'cancelled' }, {}, 'CLASS_NOT_OPEN'],
    ['completed', { status: 'completed' }, {}, 'CLASS_NOT_OPEN'],
    ['nominated only, own wish', { mode: 'nominated' }, {}, 'NOMINATION_ONLY'],
    ['nominated only, nominated', { mode: 'nominated' }, { origin: 'nominated' }, null],
    ['mixed, own wish', { mode: 'mixed' }, {}, null],
  ])('%s', (_name, changes, claim, code) => {
    expect(refusalOfClaim(classOf(changes), claimOf(claim))?.code ?? null).toBe(code);
  });
});

describe('deciding claims in order', () => {
  it('gives the seats to the first, and the rest places on the waitlist from where it ends', () => {
    const { decisions, after } = decideClaims(
      classOf(),
      stateOf({ seatsTaken: 1, waiting: 4, ledgerSeq: 9 }),
      [claimOf(), claimOf(), claimOf()],
      new Map(),
    );
    expect(decisions).toEqual([
      { kind: 'enrolled', seq: 10 },
      { kind: 'waitlisted', seq: 11, position: 5, reason: 'class-full' },
      { kind: 'waitlisted', seq: 12, position: 6, reason: 'class-full' },
    ]);
    expect(after).toEqual(stateOf({ seatsTaken: 2, waiting: 6, ledgerSeq: 12 }));
  });

  it('changes nothing for somebody who is enrolled or has asked in the same batch', () => {
    const held = enrollmentOf();
    const twice = claimOf();
    const { decisions, after } = decideClaims(
      classOf(),
      stateOf(),
      [claimOf({ personId: held.personId }), twice, twice],
      new Map([[held.personId, held]]),
    );
    expect(decisions).toEqual([
      { kind: 'unchanged', enrollment: held },
      { kind: 'enrolled', seq: 1 },
      { kind: 'repeated', of: 1 },
    ]);
    expect(after.ledgerSeq).toBe(1);
  });

  it('answers an enrolled person the same after the window has closed', () => {
    const held = enrollmentOf();
    const { decisions } = decideClaims(
      classOf(),
      stateOf(),
      [claimOf({ personId: held.personId, requestedAt: CLOSES })],
      new Map([[held.personId, held]]),
    );
    expect(decisions).toEqual([{ kind: 'unchanged', enrollment: held }]);
  });

  it('refuses one without touching the others', () => {
    const { decisions } = decideClaims(
      classOf(),
      stateOf(),
      [claimOf({ requestedAt: CLOSES }), claimOf()],
      new Map(),
    );
    expect(decisions.map(({ kind }) => kind)).toEqual(['refused', 'enrolled']);
  });

  it('never sells a seat twice and numbers without a gap, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.record({ person: fc.integer({ min: 0, max: 9 }), b: fc.boolean() }), { maxLength: 30 }),
        (capacity, wishes) => {
          const people = Array.from({ length: 10 }, () => newId());
          const before = stateOf({ capacity, quotas: [quotaOf(unitB, 2)] });
          const { decisions, after } = decideClaims(
            classOf(),
            before,
            wishes.map(({ person, b }) =>
              claimOf({ personId: people[person]!, unitPath: [b ? unitB : unitA] }),
            ),
            new Map(),
          );
          const enrolled = decisions.filter(({ kind }) => kind === 'enrolled').length;
          const positions = decisions.flatMap((made) => (made.kind === 'waitlisted' ? [made.position] : []));
          const seqs = decisions.flatMap((made) => ('seq' in made ? [made.seq] : []));
          expect(enrolled).toBeLessThanOrEqual(capacity);
          expect(after.seatsTaken).toBe(enrolled);
          expect(positions).toEqual(positions.map((_, index) => index + 1));
          expect(seqs).toEqual(seqs.map((_, index) => index + 1));
        },
      ),
    );
  });
});

describe('seats kept for a unit', () => {
  const state = stateOf({ capacity: 3, quotas: [quotaOf(unitB, 2)] });
  it.each<[string, SeatState, Id[], Date, ReturnType<typeof seatFor>]>([
    ['others take what is left', state, [unitA], NOW, 'seat-free'],
    ['others do not take what is kept', { ...state, seatsTaken: 1 }, [unitA], NOW, 'seat-reserved'],
    ['the unit takes its own', { ...state, seatsTaken: 1 }, [newId(), unitB], NOW, 'seat-free'],
    [
      'used ones are no longer kept',
      { ...state, seatsTaken: 2, quotas: [quotaOf(unitB, 2, 2)] },
      [unitA],
      NOW,
      'seat-free',
    ],
    ['after the return date they are free', { ...state, seatsTaken: 2 }, [unitA], CLOSES, 'seat-free'],
    ['full is full', { ...state, seatsTaken: 3 }, [unitB], NOW, 'class-full'],
  ])('%s', (_name, given, path, now, answer) => {
    expect(seatFor(given, path, now)).toBe(answer);
  });

  it('count what its people hold, up and down', () => {
    const taken = withSeat(state, [unitB], 1);
    expect(taken.quotas[0]?.used).toBe(1);
    expect(withSeat(taken, [unitB], -1)).toEqual(state);
    expect(withSeat(state, [unitA], 1).quotas).toEqual(state.quotas);
  });

  it('start from the counts that were read', () => {
    const value = {
      capacity: 3,
      seatsTaken: 1,
      waiting: 0,
      ledgerSeq: 1,
      quotas: [{ unitId: unitB, seats: 2, returnsAt: CLOSES }],
    };
    expect(seatStateOf(value, new Map([[unitB, 1]])).quotas[0]?.used).toBe(1);
    expect(seatStateOf(value, new Map()).quotas[0]?.used).toBe(0);
  });
});

describe('promotion from the waitlist', () => {
  const waitingOf = (changes: Partial<WaitingPerson> = {}): WaitingPerson => ({
    enrollmentId: newId(),
    personId: newId(),
    unitPath: [unitA],
    active: true,
    toldTooLate: false,
    ...changes,
  });
  const now = { now: NOW, cutOff: CLOSES, reason: 'seat-returned' } as const;

  it('fills free seats in order, and stops when they are gone', () => {
    const people = [waitingOf(), waitingOf(), waitingOf()];
    const { steps, after } = promoteWaitlist(
      stateOf({ seatsTaken: 0, waiting: 3, ledgerSeq: 5 }),
      people,
      now,
    );
    expect(steps.map(({ person, seq, kind }) => [person, seq, kind])).toEqual([
      [people[0], 6, 'promoted'],
      [people[1], 7, 'promoted'],
    ]);
    expect(after).toMatchObject({ seatsTaken: 2, waiting: 1, ledgerSeq: 7 });
  });

  it('drops somebody who has left, with the reason, and promotes the next', () => {
    const people = [waitingOf({ active: false }), waitingOf()];
    const { steps, after } = promoteWaitlist(stateOf({ seatsTaken: 1, waiting: 2 }), people, now);
    expect(steps.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['dropped', 'person-no-longer-active'],
      ['promoted', 'seat-returned'],
    ]);
    expect(after).toMatchObject({ seatsTaken: 2, waiting: 0 });
  });

  it('passes over people for whom no seat is left, and tells them, only when somebody behind them gets it', () => {
    const state = stateOf({ capacity: 2, seatsTaken: 1, waiting: 3, quotas: [quotaOf(unitB, 1)] });
    const [first, second, third] = [waitingOf(), waitingOf({ unitPath: [unitB] }), waitingOf()];
    expect(
      promoteWaitlist(state, [first, second, third], now).steps.map(({ person, kind, reason }) => [
        person,
        kind,
        reason,
      ]),
    ).toEqual([
      [first, 'passed-over', 'seat-reserved'],
      [second, 'promoted', 'seat-returned'],
    ]);
    expect(promoteWaitlist(state, [first, third], now).steps).toEqual([]);
  });

  it('works at the cut-off and not after it: then as many as there are seats are told once', () => {
    const people = [waitingOf(), waitingOf(), waitingOf()];
    const state = stateOf({ capacity: 2, seatsTaken: 0, waiting: 3 });
    expect(promoteWaitlist(state, people, { ...now, now: CLOSES }).steps.map(({ kind }) => kind)).toEqual([
      'promoted',
      'promoted',
    ]);
    const late = { ...now, now: new Date(CLOSES.getTime() + 1) };
    const told = promoteWaitlist(state, people, late);
    expect(told.steps.map(({ person, kind, reason }) => [person, kind, reason])).toEqual([
      [people[0], 'passed-over', 'after-cut-off'],
      [people[1], 'passed-over', 'after-cut-off'],
    ]);
    expect(told.after).toMatchObject({ seatsTaken: 0, waiting: 3 });
    expect(
      promoteWaitlist(
        state,
        people.map((person) => ({ ...person, toldTooLate: true })),
        late,
      ).steps,
    ).toEqual([]);
  });
});

describe('withdrawing', () => {
  const deadline = instantOf('2026-11-21');
  const value = { status: 'open', withdrawalDeadline: deadline, startsAt: START } as const;
  it.each([
    ['enrolled', 'learner', NOW, 'withdrawn'],
    ['enrolled', 'learner', deadline, 'withdrawn'],
    ['waiting', 'learner', START, 'left-waitlist'],
    ['offered', 'learner', NOW, 'left-waitlist'],
    ['withdrawn', 'learner', START, 'unchanged'],
    ['enrolled', 'officer', START, 'withdrawn'],
  ] as const)('%s, by a %s', (state, by, at, kind) => {
    expect(decideWithdrawal(value, state, by, at).kind).toBe(kind);
  });

  it('is too late after the deadline, for an officer after the start', () => {
    const late = (by: 'learner' | 'officer', at: Date) => () => decideWithdrawal(value, 'enrolled', by, at);
    expect(late('learner', new Date(deadline.getTime() + 1))).toThrow('WITHDRAWAL_CLOSED');
    expect(late('officer', new Date(START.getTime() + 1))).toThrow('WITHDRAWAL_CLOSED');
    const undated = { ...value, startsAt: null };
    expect(() => decideWithdrawal(undated, 'enrolled', 'officer', START)).toThrow('WITHDRAWAL_CLOSED');
  });

  it('is offered to an officer for a seat until the start, for a place until the end, of an open class', () => {
    const [end, past] = [new Date(START.getTime() + 7_200_000), new Date(START.getTime() + 1)];
    const dated = { status: 'open', startsAt: START, endsAt: end } as const;
    expect(canOfficerWithdraw(dated, 'enrolled', START)).toBe(true);
    expect(canOfficerWithdraw(dated, 'enrolled', past)).toBe(false);
    expect(canOfficerWithdraw(dated, 'waiting', past)).toBe(true);
    expect(canOfficerWithdraw(dated, 'waiting', new Date(end.getTime() + 1))).toBe(false);
    expect(canOfficerWithdraw(dated, 'withdrawn', NOW)).toBe(false);
    expect(canOfficerWithdraw({ ...dated, status: 'completed' }, 'enrolled', NOW)).toBe(false);
    expect(canOfficerWithdraw({ status: 'open', startsAt: null, endsAt: null }, 'enrolled', NOW)).toBe(true);
  });

  it('gives nothing away that the asker did not see', () => {
    const asked = (from: Enrollment['state'], state: Enrollment['state']) => () =>
      decideWithdrawal(value, state, 'learner', NOW, from);
    expect(asked('waiting', 'enrolled')).toThrow('CHANGED_MEANWHILE');
    expect(asked('waiting', 'waiting')()).toEqual({ kind: 'left-waitlist' });
    expect(asked('waiting', 'withdrawn')()).toEqual({ kind: 'unchanged' });
  });

  it('needs an open class and a seat or place', () => {
    expect(() => decideWithdrawal({ ...value, status: 'cancelled' }, 'enrolled', 'learner', NOW)).toThrow(
      'CLASS_NOT_OPEN',
    );
    for (const state of enrollmentState.options)
      if (!['enrolled', 'waiting', 'offered', 'withdrawn'].includes(state))
        expect(() => decideWithdrawal(value, state, 'learner', NOW)).toThrow('NOT_ENROLLED');
  });
});

describe('who sees enrolments', () => {
  const baseId = newId();
  const classId = newId();
  const actor = (role: Role, scope: Scope): Extract<Actor, { kind: 'person' }> => ({
    kind: 'person',
    personId: newId(),
    accountId: newId(),
    grants: [{ id: newId(), role, scope }],
  });
  const network = { kind: 'network' } as const;

  it.each<[Role, Scope, boolean]>([
    ['base-admin', { kind: 'bases', baseIds: [baseId] }, true],
    ['base-admin', { kind: 'bases', baseIds: [newId()] }, false],
    ['alliance-admin', network, true],
    ['auditor', network, true],
    ['class-teacher', { kind: 'class', classId }, true],
    ['class-teacher', { kind: 'class', classId: newId() }, false],
    ['unit-training-officer', { kind: 'unit', unitId: unitA }, false],
    ['system-admin', network, false],
  ])('a roster: %s %#', (role, scope, allowed) => {
    expect(canViewRoster(actor(role, scope), { id: classId, baseId })).toBe(allowed);
  });

  it('a roster list reaches own bases, a unit list own units', () => {
    expect(rosterReach(actor('base-admin', { kind: 'bases', baseIds: [baseId] }))).toEqual([baseId]);
    const officer = actor('unit-training-officer', { kind: 'unit', unitId: unitA });
    expect(unitEnrollmentReach(officer)).toEqual([unitA]);
    expect(canViewUnitEnrollments(officer)).toBe(true);
    expect(canViewUnitEnrollments(actor('base-admin', { kind: 'bases', baseIds: [baseId] }))).toBe(false);
  });

  it('own enrolment as learner, own people as officer, nobody else', () => {
    const officer = actor('unit-training-officer', { kind: 'unit', unitId: unitA });
    const value = enrollmentOf({ unitPath: [newId(), unitA] });
    expect(withdrawalRole({ ...officer, personId: value.personId }, value)).toBe('learner');
    expect(withdrawalRole(officer, value)).toBe('officer');
    expect(withdrawalRole(officer, enrollmentOf({ unitPath: [unitB] }))).toBeNull();
    expect(withdrawalRole(actor('auditor', network), value)).toBeNull();
  });
});
