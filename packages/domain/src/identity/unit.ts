import { z } from 'zod';
import { bilingual, id } from '../core';

export const unitKind = z.enum(['region', 'organ', 'department', 'township', 'institution', 'dispatched']);
export type UnitKind = z.infer<typeof unitKind>;

/** A node of the unit tree (单位). `path` runs from the root to the unit itself. */
export const unit = z.object({
  id,
  code: z.string().min(1).max(32),
  name: bilingual,
  kind: unitKind,
  parentId: id.nullable(),
  path: z.array(id).min(1),
  demo: z.boolean(),
});
export type Unit = z.infer<typeof unit>;
