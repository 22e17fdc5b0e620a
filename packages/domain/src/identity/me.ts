import { z } from 'zod';
import { grant } from '../access/grant';
import { bilingual, id } from '../core';
import { accountSettings } from './account';

/** What an app knows about the person who is signed in. */
export const me = z.object({
  accountId: id,
  person: z.object({ id, personNo: z.string(), name: z.string(), unit: z.object({ id, name: bilingual }) }),
  grants: z.array(grant.pick({ id: true, role: true, scope: true })),
  settings: accountSettings,
  mustChangePassword: z.boolean(),
});
export type Me = z.infer<typeof me>;
