import { baseReachOf, coversBase, hasRole, scopesOf, type Actor } from '../access';
import type { Id } from '../core';
import type { OfficeKey } from './seal';

/** A base countersigns as itself, the alliance office as the alliance; so do they register the keys for it. */
export const canCountersign = (actor: Actor, { role, baseId }: Pick<OfficeKey, 'role' | 'baseId'>) =>
  role === 'alliance'
    ? baseId === null && hasRole(actor, 'alliance-admin')
    : baseId !== null && coversBase(scopesOf(actor, 'base-admin'), baseId);

/** The bases the actor countersigns for. */
export const ownBasesOf = (actor: Actor): readonly Id[] => {
  const reach = baseReachOf(actor, 'base-admin');
  return reach === 'all' ? [] : reach;
};

/** Roots, keys and what checking the ledger has shown: for all who seal, countersign, keep or audit it. */
export const canReadLedger = (actor: Actor): boolean =>
  hasRole(
    actor,
    'auditor',
    'alliance-admin',
    'base-admin',
    'organisation-officer',
    'assessment-officer',
    'system-admin',
  );

/** Going through the whole ledger changes nothing in it, so an auditor orders it too; it costs minutes of the machine. */
export const canVerifyLedger = (actor: Actor): boolean =>
  hasRole(actor, 'auditor', 'alliance-admin', 'organisation-officer', 'system-admin');

/** A new signing key is the system admin's to make. */
export const canRotateLedgerKey = (actor: Actor): boolean => hasRole(actor, 'system-admin');

/** The whole ledger, which names nobody, leaves the house with an auditor, an assessment officer or the alliance office. */
export const canExportLedger = (actor: Actor): boolean =>
  hasRole(actor, 'auditor', 'assessment-officer', 'alliance-admin');

/** Recomputing writes nothing; taking its differences over is settlement, and the alliance office's to order. */
export const canReadRecompute = (actor: Actor): boolean => hasRole(actor, 'alliance-admin', 'auditor');
export const canStartRecompute = (actor: Actor): boolean => hasRole(actor, 'alliance-admin');
