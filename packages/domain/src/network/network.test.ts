import { describe, expect, it } from 'vitest';
import type { Actor, Role, Scope } from '../access';
import { AppError } from '../core';
import { baseStatus, type BaseStatus, type BaseTier } from './base';
import { baseDayOn } from './base-day';
import { BASE_MOVES, decideBaseMove, decideParent, isMember, isOperating } from './base-life-cycle';
import { baseRunning } from './network.io';
import { baseSightOf, canManageInstructors, canManageNetwork, canRunBase } from './network.policy';

const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const [OWN, OTHER] = [idOf(1), idOf(2)];

const actorWith = (...grants: { role: Role; scope: Scope }[]): Actor => ({
  kind: 'person',
  personId: idOf(10),
  accountId: idOf(11),
  grants: grants.map((grant, index) => ({ ...grant, id: idOf(20 + index) })),
});
const allianceAdmin = actorWith({ role: 'alliance-admin', scope: { kind: 'network' } });
const baseAdmin = actorWith({ role: 'base-admin', scope: { kind: 'bases', baseIds: [OWN] } });
const officer = actorWith({ role: 'organisation-officer', scope: { kind: 'unit', unitId: idOf(30) } });
const auditor = actorWith({ role: 'auditor', scope: { kind: 'network' } });
const learner = actorWith();
const machine: Actor = { kind: 'client', clientId: idOf(40), permissions: [], assessmentYearIds: null };

const refusalOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('the life of a base', () => {
  it('moves only along the listed steps, from every state to every state', () => {
    for (const from of baseStatus.options) {
      for (const to of baseStatus.options) {
        const refusal = refusalOf(() => decideBaseMove({ tier: 'regional', status: from }, to));
        expect(refusal, `${from} → ${to}`).toBe(BASE_MOVES[from].includes(to) ? null : 'BASE_MOVE_INVALID');
      }
    }
  });

  it.each<[BaseStatus, BaseStatus, string]>([
    ['applied', 'formal-check', 'keep'],
    ['notice', 'listed', 'take'],
    ['listed', 'rectification', 'keep'],
    ['rectification', 'delisted', 'give-back'],
    ['notice', 'delisted', 'keep'],
    ['delisted', 'applied', 'keep'],
  ])('from %s to %s: %s the place in the charter', (from, to, change) => {
    expect(decideBaseMove({ tier: 'regional', status: from }, to)).toBe(change);
  });

  it('never delists the central base, but an applicant for that place can be turned away', () => {
    expect(refusalOf(() => decideBaseMove({ tier: 'central', status: 'listed' }, 'delisted'))).toBe(
      'CHARTER_CENTRAL_REQUIRED',
    );
    expect(decideBaseMove({ tier: 'central', status: 'notice' }, 'delisted')).toBe('keep');
  });

  it('a base in rectification belongs to the network and takes no new sessions', () => {
    expect(baseStatus.options.filter(isMember)).toEqual(['listed', 're-review', 'rectification']);
    expect(baseStatus.options.filter(isOperating)).toEqual(['listed', 're-review']);
  });
});

describe('the parent of a base', () => {
  const parentOf = (tier: BaseTier | null) => (tier === null ? null : { id: OWN, tier });
  it.each<[BaseTier, BaseTier | null, boolean]>([
    ['central', null, true],
    ['central', 'central', false],
    ['regional', null, true],
    ['regional', 'central', false],
    ['case', null, false],
    ['case', 'central', true],
    ['case', 'regional', true],
    ['case', 'case', false],
  ])('%s under %s: %s', (tier, parent, fits) => {
    expect(refusalOf(() => decideParent(tier, parentOf(parent)))).toBe(
      fits ? null : 'CHARTER_PARENT_INVALID',
    );
  });
});

describe('a day at a base', () => {
  const base = {
    openingHours: [{ weekday: 3, from: 480, to: 1020 }],
    blackouts: [{ from: '2026-11-18', to: '2026-11-25', reason: '设备检修' }],
  };
  it.each([
    ['2026-11-11', 'open'],
    ['2026-11-17', 'closed'],
    ['2026-11-18', 'blackout'],
    ['2026-11-25', 'blackout'],
    ['2026-12-02', 'open'],
  ])('%s is %s', (date, day) => {
    expect(baseDayOn(base, date)).toBe(day);
  });
});

describe('the form of opening hours and blackouts', () => {
  const fields = { capacityPerHalfDay: 80, access: '', openingHours: [], blackouts: [] };
  it('refuses what ends before it begins', () => {
    expect(baseRunning.safeParse(fields).success).toBe(true);
    const hours = { weekday: 1, from: 600, to: 600 };
    expect(baseRunning.safeParse({ ...fields, openingHours: [hours] }).success).toBe(false);
    const span = { from: '2026-11-19', to: '2026-11-18', reason: '检修' };
    expect(baseRunning.safeParse({ ...fields, blackouts: [span] }).success).toBe(false);
    expect(baseRunning.safeParse({ ...fields, blackouts: [{ ...span, to: span.from }] }).success).toBe(true);
  });
});

describe('who may do what in the network', () => {
  it('everything for the alliance, the daily business of own bases for a base admin, nothing for others', () => {
    expect([allianceAdmin, baseAdmin, officer, auditor, learner, machine].map(canManageNetwork)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const runs = (baseId: string) =>
      [allianceAdmin, baseAdmin, officer, auditor, learner, machine].map((actor) =>
        canRunBase(actor, baseId),
      );
    expect(runs(OWN)).toEqual([true, true, false, false, false, false]);
    expect(runs(OTHER)).toEqual([true, false, false, false, false, false]);
  });

  it('instructors without a base are the alliance’s', () => {
    expect(canManageInstructors(baseAdmin, OWN)).toBe(true);
    expect(canManageInstructors(baseAdmin, null)).toBe(false);
    expect(canManageInstructors(allianceAdmin, null)).toBe(true);
  });

  it('learners see members, a base admin besides them the own bases, offices see all', () => {
    expect([allianceAdmin, officer, auditor].map(baseSightOf)).toEqual(['all', 'all', 'all']);
    expect(baseSightOf(baseAdmin)).toEqual({ own: [OWN] });
    expect([learner, machine].map(baseSightOf)).toEqual([{ own: [] }, { own: [] }]);
  });
});
