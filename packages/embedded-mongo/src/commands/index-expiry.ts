import { isNumber, toNumber, typeName, type Doc, type Value } from '../bson';
import { fail } from '../errors';

/** Refuses seconds after which documents of an index with this key cannot expire, with the code of the command at work. */
export function checkExpiry(key: Doc, value: Value, code: number): void {
  if (!isNumber(value)) {
    return fail(
      code,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeName(value)}'.`,
    );
  }
  const seconds = toNumber(value);
  if (!(seconds >= 0 && seconds <= 0x7fffffff)) {
    fail(
      code,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than ${seconds}`,
    );
  }
  if (key.size > 1) fail(code, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
}
