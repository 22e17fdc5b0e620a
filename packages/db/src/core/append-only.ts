import type { Model, Schema } from 'mongoose';

const CHANGING_QUERIES = [
  'updateOne',
  'updateMany',
  'replaceOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'deleteOne',
  'deleteMany',
  'findOneAndDelete',
] as const;

/** Someone tried to change a ledger. A defect, never a refusal: no procedure may get this far. */
export class AppendOnlyError extends Error {
  constructor(collection: string, method: string) {
    super(`${collection} is append-only: ${method} is not possible`);
    this.name = 'AppendOnlyError';
  }
}

/**
 * Makes a model append-only: queries, documents and bulk writes that would change or remove something throw before
 * mongoose does anything. The connection's guard stands behind it, for what does not go through the model.
 */
export function guardAppendOnly<Document>(
  schema: Schema,
  define: (schema: Schema) => Model<Document>,
): Model<Document> {
  let name = 'ledger';
  const refuse = (method: string) => () => {
    throw new AppendOnlyError(name, method);
  };
  for (const method of CHANGING_QUERIES) schema.pre(method, refuse(method));
  schema.pre('deleteOne', { document: true, query: false }, refuse('deleteOne'));
  schema.pre('updateOne', { document: true, query: false }, refuse('updateOne'));
  schema.pre('save', function () {
    if (!this.isNew) throw new AppendOnlyError(name, 'save');
  });
  const model = define(schema);
  name = model.collection.name;

  const refuseOperations = (operations: readonly Record<string, unknown>[]) => {
    for (const operation of operations) {
      const [kind] = Object.keys(operation);
      if (kind !== 'insertOne') throw new AppendOnlyError(name, `bulkWrite ${kind ?? ''}`);
    }
  };
  const bulkWrite = model.bulkWrite.bind(model);
  Object.assign(model, {
    bulkWrite: (operations: Record<string, unknown>[], ...rest: unknown[]) => {
      refuseOperations(operations);
      return bulkWrite(operations as never, ...(rest as []));
    },
  });
  return model;
}
