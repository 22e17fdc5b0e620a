import type { Role, Scope } from '@cadre/domain/access';
import type { TargetStanding } from '@cadre/domain/ledger';
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
export const yearTarget: TargetStanding = {
  target: 'year',
  name: { zh: '年度集中培训', en: 'Concentrated training' },
  clause: '第九条',
  clauseText: '每年集中培训累计不少于 12 天或者 90 学时。',
  cycle: { from: '2026-01-01', to: '2026-12-31', label: '2026' },
  makesUp: null,
  notes: [],
  longTerm: false,
  state: 'open',
  reading: 'behind',
  met: false,
  metBy: [],
  alternatives: [
    [
      {
        leaf: 'days',
        name: { zh: '天', en: 'days' },
        measure: 'days',
        limit: 'at-least' as const,
        required: 120_000,
        earned: 60_000,
        met: false,
        short: 60_000,
      },
    ],
    [
      {
        leaf: 'hours',
        name: { zh: '学时', en: 'class hours' },
        measure: 'hours',
        limit: 'at-least' as const,
        required: 900_000,
        earned: 480_000,
        met: false,
        short: 420_000,
      },
    ],
  ],
  least: [],
};
