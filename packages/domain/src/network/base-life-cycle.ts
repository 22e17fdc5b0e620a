import { AppError } from '../core';
import type { Base, BaseStatus, BaseTier } from './base';

/**
 * Where a base can go from each state of its life (`network.md` § 4). Delisting keeps the base, its history and the
 * credits earned there; a delisted base comes back only by applying again.
 */
export const BASE_MOVES: Record<BaseStatus, readonly BaseStatus[]> = {
  applied: ['formal-check', 'delisted'],
  'formal-check': ['site-review', 'applied', 'delisted'],
  'site-review': ['notice', 'formal-check', 'delisted'],
  notice: ['listed', 'site-review', 'delisted'],
  listed: ['re-review', 'rectification', 'delisted'],
  're-review': ['listed', 'rectification', 'delisted'],
  rectification: ['re-review', 'listed', 'delisted'],
  delisted: ['applied'],
};

/** States in which a base belongs to the network: it holds its place in the charter and is shown to learners. */
export const MEMBER_STATUSES = [
  'listed',
  're-review',
  'rectification',
] as const satisfies readonly BaseStatus[];

export const isMember = (status: BaseStatus): boolean =>
  (MEMBER_STATUSES as readonly BaseStatus[]).includes(status);

/** New sessions may be scheduled: a base in rectification keeps what it has and takes nothing new. */
export const isOperating = (status: BaseStatus): boolean => status === 'listed' || status === 're-review';

/** What a move does to the base's place in the charter. */
export type PlaceChange = 'take' | 'give-back' | 'keep';

/** Allows the move, or refuses it; the network never loses its central base. */
export function decideBaseMove(base: Pick<Base, 'tier' | 'status'>, to: BaseStatus): PlaceChange {
  if (!BASE_MOVES[base.status].includes(to))
    throw new AppError('BASE_MOVE_INVALID', { from: base.status, to, allowed: BASE_MOVES[base.status] });
  const [before, after] = [isMember(base.status), isMember(to)];
  if (before === after) return 'keep';
  if (before && base.tier === 'central') throw new AppError('CHARTER_CENTRAL_REQUIRED');
  return after ? 'take' : 'give-back';
}

/** A case site belongs to a central or regional base; the others belong to none. */
export function decideParent(tier: BaseTier, parent: Pick<Base, 'id' | 'tier'> | null): void {
  const fits = tier === 'case' ? parent !== null && parent.tier !== 'case' : parent === null;
  if (!fits) throw new AppError('CHARTER_PARENT_INVALID', { tier, parentTier: parent?.tier ?? null });
}
