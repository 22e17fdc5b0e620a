import { randomFillSync } from 'node:crypto';

const BLOCK = 8_192;

/**
 * Random bytes for ids, cut from larger blocks: asking the system for ten at a time costs more than the rest of an id.
 * Secrets take theirs from the system directly.
 */
export function createRandomBytes(): (count: number) => Uint8Array {
  let block = new Uint8Array(BLOCK);
  let used = BLOCK;
  return (count) => {
    if (used + count > BLOCK) {
      block = randomFillSync(new Uint8Array(BLOCK));
      used = 0;
    }
    const bytes = block.subarray(used, used + count);
    used += count;
    return bytes;
  };
}
