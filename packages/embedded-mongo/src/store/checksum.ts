import { crc32 } from 'node:zlib';

/** The sum that is kept beside stored bytes (CRC-32, signed, so that it takes four bytes): a verification compares them. */
export function checksum(bytes: Uint8Array): number {
  return crc32(bytes) | 0;
}
