import { randomBytes } from 'node:crypto';
import { ObjectId } from '../bson';

const PROCESS = randomBytes(5).toString('hex');
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId; `now` in milliseconds since 1970. */
export function newObjectId(now: number): ObjectId {
  counter = (counter + 1) & 0xffffff;
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return new ObjectId(seconds + PROCESS + counter.toString(16).padStart(6, '0'));
}
