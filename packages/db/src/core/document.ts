/** A query filter. Its fields are checked by the schema (`strict: 'throw'`), not by the compiler. */
export type Filter = Record<string, unknown>;

/** How an entity lies in the database: its `id` is the document's `_id`. */
export type Stored<Entity extends { id: string }> = Omit<Entity, 'id'> & { _id: string };

/** The one place where `id` becomes `_id` … */
export function toStored<Entity extends { id: string }>({ id, ...fields }: Entity): Stored<Entity> {
  return { _id: id, ...fields };
}

/** … and `_id` becomes `id` again. */
export function fromStored<Entity extends { id: string }>(document: Stored<Entity>): Entity {
  const { _id, ...fields } = document;
  return { id: _id, ...fields } as unknown as Entity;
}

/** Reads these fields of an entity and no others; its id comes by itself. */
export function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.filter((field) => field !== 'id').map((field) => [field, 1 as const]));
}
