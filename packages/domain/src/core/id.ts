import { z } from 'zod';

/** Identity of any record: a UUIDv7 in lower-case text, so that ids sort by the time they were made. */
export const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export type Id = z.infer<typeof id>;

export type IdGenerator = () => Id;

/**
 * Makes ids from an injected clock and randomness.
 * Ids of one generator increase strictly, also within a millisecond and when the clock steps back.
 */
export function createIdGenerator(
  now: () => number,
  randomBytes: (count: number) => Uint8Array,
): IdGenerator {
  let lastMillis = -1;
  let counter = 0;
  return () => {
    const bytes = randomBytes(10);
    const millis = Math.max(now(), lastMillis);
    if (millis === lastMillis) counter += 1;
    else counter = ((bytes[0] ?? 0) << 3) | ((bytes[1] ?? 0) >> 5);
    lastMillis = millis;
    if (counter > 0xfff) {
      lastMillis += 1;
      counter = 0;
    }
    const time = lastMillis.toString(16).padStart(12, '0');
    const sequence = counter.toString(16).padStart(3, '0');
    const variant = (0x80 | ((bytes[2] ?? 0) & 0x3f)).toString(16);
    const tail = [...bytes.subarray(3)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${tail.slice(0, 2)}-${tail.slice(2, 14)}`;
  };
}
