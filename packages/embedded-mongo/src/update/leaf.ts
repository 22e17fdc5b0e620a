import { shellText, type Doc, type Timestamp, type Value } from '../bson';

/** What an operator may ask while it is applied. */
export interface ApplyContext {
  /** The document before the update, for messages. */
  readonly original: Doc;
  /** Position the query matched, for `$`. */
  readonly position: number | undefined;
  readonly isInsert: boolean;
  readonly nextTimestamp: () => Timestamp;
  /** Set by operators that change something. */
  changed: boolean;
}

/** Where a value stands: the names from the root, array positions included. */
export type Trail = readonly string[];

/** An operator at the end of a path. */
export interface Leaf {
  /** What happens where the path does not exist: it is made, nothing, or nothing even where it cannot exist. */
  readonly missing: 'create' | 'skip' | 'ignore';
  /** Whether the new value counts as a change; by default when it is not the same bytes. */
  isChange?(old: Value, value: Value): boolean;
  /** Whether it acts at all. */
  acts?(context: ApplyContext): boolean;
  /** The new value; the old one when nothing changes; undefined when there shall be none. */
  apply(old: Value | undefined, trail: Trail, context: ApplyContext): Value | undefined;
}

/** `{_id: 1}`, as messages name the document. */
export function idText(doc: Doc): string {
  const id = doc.get('_id');
  return id === undefined ? '{no id}' : `{_id: ${shellText(id)}}`;
}

export function lastOf(trail: Trail): string {
  return trail[trail.length - 1] ?? '';
}
