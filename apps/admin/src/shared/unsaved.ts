import { useState } from 'react';
import type { z } from 'zod';

function read<Kept>(name: string, schema: z.ZodType<Kept>): Kept | null {
  try {
    return schema.safeParse(JSON.parse(localStorage.getItem(name) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/**
 * What somebody has typed and not saved, kept on this device until it is saved or dropped: `found` is what an earlier visit
 * left, and null once it is settled.
 */
export function useUnsaved<Kept>(what: string, schema: z.ZodType<Kept>) {
  const name = `cadre:unsaved:${what}`;
  const [found, setFound] = useState(() => read(name, schema));
  return {
    found,
    keep: (typed: Kept): void => {
      try {
        localStorage.setItem(name, JSON.stringify(typed));
      } catch {
        // A browser that keeps nothing loses it when the page is left.
      }
    },
    settle: (): void => {
      setFound(null);
      try {
        localStorage.removeItem(name);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
