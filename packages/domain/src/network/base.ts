import { z } from 'zod';
import { bilingual, civilDate, id } from '../core';

/** The role of a base in the 1+9+X network; the level of the authority that designated it is kept apart. */
export const baseTier = z.enum(['central', 'regional', 'case']);
export type BaseTier = z.infer<typeof baseTier>;

/** The alliance charter as data: how many bases of a tier there may be. `null` = any number (X). */
export const charter = z.object({ central: z.literal(1), regional: z.number().int().min(0), case: z.null() });
export type Charter = z.infer<typeof charter>;
export const DEFAULT_CHARTER: Charter = { central: 1, regional: 9, case: null };

export const baseStatus = z.enum([
  'applied',
  'formal-check',
  'site-review',
  'notice',
  'listed',
  're-review',
  'rectification',
  'delisted',
]);
export type BaseStatus = z.infer<typeof baseStatus>;

export const designation = z.object({
  authority: z.string().min(1),
  level: z.enum(['national', 'provincial', 'municipal', 'county']),
  title: z.string().min(1),
  from: civilDate,
  to: civilDate.nullable(),
});
export type Designation = z.infer<typeof designation>;

/** WGS-84 coordinates with an honest error radius. */
export const location = z.object({
  province: z.string(),
  city: z.string(),
  county: z.string(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  datum: z.literal('WGS-84'),
  accuracyKm: z.number().min(0),
});
export type Location = z.infer<typeof location>;

/** Opening hours of one weekday (1 = Monday) in minutes of the Shanghai day. */
export const openingHours = z.object({
  weekday: z.number().int().min(1).max(7),
  from: z.number().int().min(0).max(1440),
  to: z.number().int().min(0).max(1440),
});
export type OpeningHours = z.infer<typeof openingHours>;

/** Days on which the base receives nobody, both ends included. */
export const blackout = z.object({ from: civilDate, to: civilDate, reason: z.string().min(1) });
export type Blackout = z.infer<typeof blackout>;

export const base = z.object({
  id,
  code: z.string().regex(/^[A-Z]\d{2,3}$/),
  name: bilingual,
  tier: baseTier,
  /** The central or regional base a case site belongs to; null for the others. */
  parentId: id.nullable(),
  status: baseStatus,
  designations: z.array(designation),
  location,
  theme: bilingual,
  description: z.string(),
  /** How the place is reached (boat, bus, walking), for the class page. */
  access: z.string(),
  /** People the base can receive in one half-day, over all its venues. */
  capacityPerHalfDay: z.number().int().min(1),
  openingHours: z.array(openingHours),
  blackouts: z.array(blackout),
  /** Changes with every write; a writer states the one it has read. */
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type Base = z.infer<typeof base>;

export const venueKind = z.enum(['hall', 'classroom', 'outdoor', 'route']);
export type VenueKind = z.infer<typeof venueKind>;

/** A teaching point (教学点) of a base: one room, hall or stop. */
export const venue = z.object({
  id,
  baseId: id,
  code: z.string(),
  name: bilingual,
  kind: venueKind,
  capacity: z.number().int().min(1),
  active: z.boolean(),
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type Venue = z.infer<typeof venue>;

/** 授课教师 · 讲解员 · 亲历者. */
export const instructorKind = z.enum(['lecturer', 'narrator', 'witness']);
export type InstructorKind = z.infer<typeof instructorKind>;

/** A person (师资) who teaches or narrates; may be a cadre with a record or a guest without one. */
export const instructor = z.object({
  id,
  personId: id.nullable(),
  baseId: id.nullable(),
  name: z.string().min(1),
  title: z.string(),
  kind: instructorKind,
  active: z.boolean(),
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type Instructor = z.infer<typeof instructor>;
