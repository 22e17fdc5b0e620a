import { z } from 'zod';
import { bilingual, id, pageOf, pageRequest, sortBy } from '../core';
import {
  base,
  baseStatus,
  baseTier,
  blackout,
  charter,
  instructor,
  location,
  openingHours,
  venue,
} from './base';
import { baseDay } from './base-day';

const line = (limit: number) => z.string().trim().min(1).max(limit);
const name = z.object({ zh: line(60), en: z.string().trim().max(120) });
const prose = z.string().trim().max(2000);
const revision = z.number().int().min(0);

/** Narrows the list and the map alike. `text` is Chinese, pinyin or initials of name, theme or place, or a code. */
export const baseFilter = z.object({
  text: z.string().max(60).default(''),
  tier: baseTier.optional(),
  status: baseStatus.optional(),
  county: z.string().max(40).optional(),
});
export type BaseFilter = z.infer<typeof baseFilter>;

export const baseSort = sortBy(['code', 'county', 'status', 'capacity']);
export type BaseSort = z.infer<typeof baseSort>;

/** Best matches first while a text is searched and no order is asked for; otherwise by code. */
export const listBasesInput = baseFilter.extend(pageRequest.shape).extend({ sort: baseSort.optional() });
export type ListBasesInput = z.infer<typeof listBasesInput>;

export const baseRow = base
  .pick({
    id: true,
    code: true,
    name: true,
    tier: true,
    parentId: true,
    status: true,
    theme: true,
    capacityPerHalfDay: true,
    demo: true,
  })
  .extend({ county: z.string(), city: z.string(), province: z.string(), today: baseDay });
export type BaseRow = z.infer<typeof baseRow>;
export const basePage = pageOf(baseRow);

/** A base as a dot of the schematic. */
export const basePoint = baseRow
  .pick({
    id: true,
    code: true,
    name: true,
    tier: true,
    parentId: true,
    status: true,
    county: true,
    city: true,
    today: true,
  })
  .extend({ latitude: z.number(), longitude: z.number() });
export type BasePoint = z.infer<typeof basePoint>;

export const baseRef = base.pick({ id: true, code: true, name: true, tier: true, status: true });
export type BaseRef = z.infer<typeof baseRef>;

/** What everybody may know of an instructor; the link to a personal record stays with those who run the base. */
export const instructorCard = instructor.pick({
  id: true,
  baseId: true,
  name: true,
  title: true,
  kind: true,
  active: true,
});
export type InstructorCard = z.infer<typeof instructorCard>;

/** A base opened as one page. */
export const baseFile = z.object({
  base,
  today: baseDay,
  parent: baseRef.nullable(),
  caseSites: z.array(baseRef),
  venues: z.array(venue),
  instructors: z.array(instructorCard),
  courses: z.array(z.object({ id, code: z.string(), title: bilingual })),
  /** Sessions from now on that are scheduled or live. */
  upcomingSessions: z.number().int().min(0),
});
export type BaseFile = z.infer<typeof baseFile>;

export const charterView = charter.extend({
  /** Places taken by members of the network. */
  taken: z.object({ central: z.number().int(), regional: z.number().int(), case: z.number().int() }),
});
export type CharterView = z.infer<typeof charterView>;
export const setCharterInput = z.object({ regional: z.number().int().min(0).max(99) });

/** What the alliance says of a base: the fields of its form. */
export const baseIdentity = base.pick({ designations: true }).extend({
  name,
  theme: name,
  location: location.extend({ province: line(20), city: line(20), county: line(20) }),
  description: prose,
});
export type BaseIdentity = z.infer<typeof baseIdentity>;

const orderedHours = openingHours.refine((hours) => hours.from < hours.to, {
  message: 'opening hours end after they begin',
});
const orderedBlackout = blackout
  .extend({ reason: line(80) })
  .refine((span) => span.from <= span.to, { message: 'a blackout ends on or after its first day' });

/** What a base says of its own days: the fields of its form. */
export const baseRunning = base.pick({ capacityPerHalfDay: true }).extend({
  capacityPerHalfDay: z.number().int().min(1).max(20_000),
  access: prose,
  openingHours: z.array(orderedHours).max(21),
  blackouts: z.array(orderedBlackout).max(60),
});
export type BaseRunning = z.infer<typeof baseRunning>;

export const createBaseInput = baseIdentity
  .extend(baseRunning.shape)
  .extend({ code: base.shape.code, tier: baseTier, parentId: id.nullable() });
export type CreateBaseInput = z.infer<typeof createBaseInput>;

export const updateBaseInput = z.object({ baseId: id, revision, identity: baseIdentity });
export type UpdateBaseInput = z.infer<typeof updateBaseInput>;
export const updateBaseRunningInput = z.object({ baseId: id, revision, running: baseRunning });
export type UpdateBaseRunningInput = z.infer<typeof updateBaseRunningInput>;
export const moveBaseInput = z.object({ baseId: id, revision, to: baseStatus });
export type MoveBaseInput = z.infer<typeof moveBaseInput>;

const venueFields = venue
  .pick({ kind: true })
  .extend({ name, capacity: z.number().int().min(1).max(20_000) });
export const createVenueInput = venueFields.extend({
  baseId: id,
  code: z.string().regex(/^[A-Z0-9-]{1,12}$/),
});
export type CreateVenueInput = z.infer<typeof createVenueInput>;
export const updateVenueInput = venueFields.extend({ venueId: id, revision, active: z.boolean() });
export type UpdateVenueInput = z.infer<typeof updateVenueInput>;

const instructorFields = instructor.pick({ kind: true }).extend({
  name: line(40),
  title: z.string().trim().max(60),
  /** Links to the record of a cadre who teaches; null for a guest. */
  personNo: line(32).nullable(),
});
export const createInstructorInput = instructorFields.extend({ baseId: id.nullable() });
export type CreateInstructorInput = z.infer<typeof createInstructorInput>;
export const updateInstructorInput = instructorFields.extend({
  instructorId: id,
  revision,
  active: z.boolean(),
});
export type UpdateInstructorInput = z.infer<typeof updateInstructorInput>;

/** Instructors as those who run the base see them. */
export const instructorRecord = instructor.extend({ personNo: z.string().nullable() });
export type InstructorRecord = z.infer<typeof instructorRecord>;
