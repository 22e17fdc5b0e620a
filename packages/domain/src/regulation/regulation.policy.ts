import { coversUnit, hasRole, scopesOf, type Actor } from '../access';
import type { Id } from '../core';

/** Those who answer for credits read the regulations that make them. */
export const canReadRegulations = (actor: Actor): boolean =>
  hasRole(actor, 'unit-training-officer', 'unit-leader', 'organisation-officer', 'auditor');

/** Drafts are the organisation department's own work, each for its units, and open to audit. */
export const canReadDraftsFor = (actor: Actor, unitPath: readonly Id[]): boolean =>
  coversUnit(scopesOf(actor, 'organisation-officer', 'auditor'), unitPath);

/** Writes somewhere; where exactly is asked of each unit. */
export const canWriteRegulations = (actor: Actor): boolean => hasRole(actor, 'organisation-officer');

export const canWriteRegulationFor = (actor: Actor, unitPath: readonly Id[]): boolean =>
  coversUnit(scopesOf(actor, 'organisation-officer'), unitPath);
