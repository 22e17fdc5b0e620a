import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

/** Behind the pages of a data file, where SQLite does not look. No page is as short, so that a file's length tells. */
const SEAL = /^\nembedded-mongo sha256 ([0-9a-f]{64})\n$/;
const SEAL_BYTES = 88;

/** The smallest page SQLite knows; every data file is a multiple of it. */
const SMALLEST_PAGE = 512;

/** Whether a file carries the digest of its pages, and whether they have it. */
export type Seal = 'intact' | 'broken' | 'absent';

/** Writes the digest of a complete data file behind its pages, and both to the disk. */
export function seal(file: string): void {
  withFile(file, 'r+', (handle, size) => {
    writeSync(handle, `\nembedded-mongo sha256 ${digestOf(handle, size)}\n`, size);
    fsyncSync(handle);
  });
}

/** Compares a file with its digest. */
export function readSeal(file: string): Seal {
  return withFile(file, 'r', (handle, size) => {
    if (size % SMALLEST_PAGE === 0) return 'absent';
    const pages = size - SEAL_BYTES;
    const bytes = Buffer.alloc(SEAL_BYTES);
    if (pages <= 0) return 'broken';
    readSync(handle, bytes, 0, SEAL_BYTES, pages);
    return SEAL.exec(bytes.toString('latin1'))?.[1] === digestOf(handle, pages) ? 'intact' : 'broken';
  });
}

/** Takes an intact digest off a file, so that its pages alone remain, and writes them to the disk. */
export function unseal(file: string): void {
  withFile(file, 'r+', (handle, size) => {
    if (size % SMALLEST_PAGE !== 0) ftruncateSync(handle, size - SEAL_BYTES);
    fsyncSync(handle);
  });
}

function digestOf(handle: number, length: number): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let at = 0; at < length;) {
    const read = readSync(handle, chunk, 0, Math.min(CHUNK_BYTES, length - at), at);
    if (read === 0) break;
    hash.update(chunk.subarray(0, read));
    at += read;
  }
  return hash.digest('hex');
}

function withFile<T>(file: string, flags: 'r' | 'r+', use: (handle: number, size: number) => T): T {
  const handle = openSync(file, flags);
  try {
    return use(handle, fstatSync(handle).size);
  } finally {
    closeSync(handle);
  }
}
