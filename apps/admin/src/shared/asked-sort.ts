import type { TableState } from '@cadre/ui/admin';
import type { z } from 'zod';

/** The order that a table asks its server for, in the server's words; nothing while none is chosen that it knows. */
export const askedSort = <Sort extends z.ZodType>(
  known: Sort,
  { sort }: TableState,
): z.output<Sort> | undefined =>
  known.safeParse({ key: sort?.key, descending: sort?.direction === 'descending' }).data;
