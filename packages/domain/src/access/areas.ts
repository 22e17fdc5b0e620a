import { hasRole, type Actor } from './actor';
import type { Role } from './grant';

/** The ten areas of the admin app, in the order of its side bar. */
export const adminAreas = [
  'workbench',
  'network',
  'catalog',
  'training',
  'enrollment',
  'live',
  'credit',
  'assessment',
  'insight',
  'system',
] as const;
export type AdminArea = (typeof adminAreas)[number];

const ROLES_OF_AREA: Record<AdminArea, readonly Role[]> = {
  workbench: [
    'unit-training-officer',
    'unit-leader',
    'base-admin',
    'alliance-admin',
    'organisation-officer',
    'assessment-officer',
    'auditor',
    'system-admin',
  ],
  network: ['base-admin', 'alliance-admin', 'organisation-officer', 'auditor'],
  catalog: ['base-admin', 'alliance-admin', 'organisation-officer', 'auditor'],
  training: ['base-admin', 'alliance-admin', 'organisation-officer', 'auditor'],
  enrollment: ['unit-training-officer', 'base-admin', 'alliance-admin', 'organisation-officer', 'auditor'],
  live: ['base-admin', 'alliance-admin', 'instructor', 'class-teacher', 'host', 'auditor'],
  credit: [
    'unit-training-officer',
    'unit-leader',
    'base-admin',
    'alliance-admin',
    'organisation-officer',
    'assessment-officer',
    'auditor',
    'system-admin',
  ],
  assessment: ['assessment-officer', 'auditor'],
  insight: ['unit-training-officer', 'unit-leader', 'organisation-officer', 'auditor'],
  system: ['system-admin', 'auditor'],
};

/** Whether the area shows in the side bar. A courtesy: each procedure decides for itself. */
export const canOpenArea = (actor: Actor, area: AdminArea): boolean => hasRole(actor, ...ROLES_OF_AREA[area]);
