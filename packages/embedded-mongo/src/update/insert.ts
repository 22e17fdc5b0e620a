import { ErrorCode, fail } from '../errors';
import { BsonType, bsonTypeOf, Doc, Timestamp, typeName, type Value } from '../bson';

/**
 * The document that is stored: `_id` first (made if there is none), timestamps of zero on the top level filled in.
 * The same document when it needs no change.
 */
export function prepareInsert(doc: Doc, newId: () => Value, nextTimestamp: () => Timestamp): Doc {
  return fillTimestamps(idFirst(doc, newId, checkInsertedId), nextTimestamp);
}

/** The document with `_id` as its first field. */
export function idFirst(doc: Doc, newId: () => Value, check: (id: Value) => void = checkId): Doc {
  const at = doc.indexOf('_id');
  const id = at < 0 ? newId() : doc.values[at]!;
  check(id);
  if (at === 0) return doc;
  const keys = ['_id', ...doc.keys.filter((_, i) => i !== at)];
  const values = [id, ...doc.values.filter((_, i) => i !== at)];
  return new Doc(keys, values);
}

const NO_IDS: readonly number[] = [BsonType.Array, BsonType.Regex, BsonType.Undefined];

/** Arrays, regular expressions and undefined cannot identify a document. */
export function checkId(id: Value): void {
  if (NO_IDS.includes(bsonTypeOf(id)))
    fail(ErrorCode.InvalidIdField, `The '_id' value cannot be of type ${typeName(id)}`);
  checkFieldsOfId(id);
}

/** The same for a document that a client inserts, which MongoDB checks before it looks at what is stored. */
function checkInsertedId(id: Value): void {
  if (NO_IDS.includes(bsonTypeOf(id)))
    fail(ErrorCode.BadValue, `can't use ${Array.isArray(id) ? 'an' : 'a'} ${typeName(id)} for _id`);
  checkFieldsOfId(id);
}

function checkFieldsOfId(id: Value): void {
  if (!(id instanceof Doc)) return;
  const dollar = id.keys.find((key) => key.startsWith('$'));
  if (dollar !== undefined) fail(ErrorCode.DollarPrefixedFieldName, `${dollar} is not valid for storage.`);
}

const isZero = (value: Value): boolean =>
  value instanceof Timestamp && value.seconds === 0 && value.increment === 0;

/** Timestamp(0, 0) on the top level stands for the time of the write; not in `_id`. */
export function fillTimestamps(doc: Doc, nextTimestamp: () => Timestamp): Doc {
  if (!doc.values.some(isZero)) return doc;
  return new Doc(
    doc.keys.slice(),
    doc.values.map((value, i) => (isZero(value) && doc.keys[i] !== '_id' ? nextTimestamp() : value)),
  );
}
