import { z } from 'zod';

/** A text in the two languages of the product; Chinese leads. */
export const bilingual = z.object({ zh: z.string().min(1), en: z.string() });
export type Bilingual = z.infer<typeof bilingual>;

export const language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof language>;
