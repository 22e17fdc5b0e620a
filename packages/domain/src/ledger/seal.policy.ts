import { coversBase, hasRole, scopesOf, type Actor } from '../access';
import type { CountersignInput } from './seal.io';

/** A base countersigns as itself, the alliance office as the alliance. */
export const canCountersign = (actor: Actor, { role, baseId }: Pick<CountersignInput, 'role' | 'baseId'>) =>
  role === 'alliance'
    ? baseId === null && hasRole(actor, 'alliance-admin')
    : baseId !== null && coversBase(scopesOf(actor, 'base-admin'), baseId);

/** A new signing key is the system admin's to make. */
export const canRotateLedgerKey = (actor: Actor): boolean => hasRole(actor, 'system-admin');

/** The whole ledger leaves the house in a file with an auditor or an assessment officer. */
export const canExportLedger = (actor: Actor): boolean => hasRole(actor, 'auditor', 'assessment-officer');

/** Recomputing writes nothing; taking its differences over is settlement, and the alliance office's to order. */
export const canReadRecompute = (actor: Actor): boolean => hasRole(actor, 'alliance-admin', 'auditor');
export const canStartRecompute = (actor: Actor): boolean => hasRole(actor, 'alliance-admin');
