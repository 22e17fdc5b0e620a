import { z } from 'zod';

export const PAGE_SIZE_LIMIT = 200;

/** What a list on the server is asked for; pages count from 1. */
export const pageRequest = z.object({
  page: z.number().int().min(1).describe('第几页，从 1 起 / which page, from 1').default(1),
  pageSize: z
    .number()
    .int()
    .min(1)
    .max(PAGE_SIZE_LIMIT)
    .describe(
      `一页几条，1–${PAGE_SIZE_LIMIT}，默认 20 / rows in a page, 1 to ${PAGE_SIZE_LIMIT}, 20 unless told`,
    )
    .default(20),
});
export type PageRequest = z.infer<typeof pageRequest>;

/** By which of its columns a list is ordered on the server. */
export const sortBy = <const Keys extends readonly [string, ...string[]]>(keys: Keys) =>
  z.object({ key: z.enum(keys), descending: z.boolean() });

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.number().int().min(0),
    page: z.number().int(),
    pageSize: z.number().int(),
  });

export interface Page<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}
