import type { Role, Scope } from '@cadre/domain/access';
import type { StatementTarget } from '@cadre/domain/ledger';
import { sampleLeaf, sampleTarget } from '@cadre/domain/testing';
import { me } from './render-app';

/** An id that ends in a number. */
export const idOf = (tail: number): string => `01890000-0000-7000-8000-${String(tail).padStart(12, '0')}`;

/** 王敏 with other grants. */
export const holding = (role: Role, scope: Scope = { kind: 'network' }) => ({
  'identity.me': () => ({ ...me, grants: [{ id: idOf(9), role, scope }] }),
});

/** The same person reading English. */
export const inEnglish = (held: ReturnType<typeof holding>): ReturnType<typeof holding> => ({
  'identity.me': () => {
    const own = held['identity.me']();
    return { ...own, settings: { ...own.settings, language: 'en' } };
  },
});

/** The page of a list that holds everything. */
export const pageOf = <Item>(items: Item[]) => ({ items, total: items.length, page: 1, pageSize: 50 });

/** 6 of 12 days or 48 of 90 hours, half a year before the end. */
export const yearTarget: StatementTarget = sampleTarget({
  alternatives: [
    [sampleLeaf('days', { zh: '天', en: 'days' }, 60_000, 120_000)],
    [sampleLeaf('hours', { zh: '学时', en: 'class hours' }, 480_000, 900_000)],
  ],
});
