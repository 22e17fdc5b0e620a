import { Doc, Double, encode, shellText, type Value } from '../bson';
import { checkInTransaction, splitNamespace, type Namespace } from '../engine/namespace';
import type { MongoError } from '../errors';
import { ErrorCode, fail } from '../errors';
import {
  checkFields,
  collationField,
  cursorBatchSize,
  document,
  documents,
  flag,
  hint,
  whole,
  type Fields,
} from './arguments';
import type { CommandContext } from './context';
import { listCursor } from './cursor-reply';
import type { CommandDefinition } from './definition';
import { writeError } from './errors-in-replies';
import {
  insertOne,
  refuseRetryOfMany,
  removeDocuments,
  requireSize,
  updateDocuments,
} from './write-statements';

const insertFields: Fields = { insert: { required: 'number' }, document: { required: 'document' } };

const updateFields: Fields = {
  update: { required: 'number' },
  filter: { required: 'document' },
  updateMods: { required: 'update' },
  multi: 'bool',
  upsert: 'bool',
  arrayFilters: 'documents',
  constants: 'document',
  sort: 'document',
  hint: 'hint',
  collation: collationField,
};

const deleteFields: Fields = {
  delete: { required: 'number' },
  filter: { required: 'document' },
  multi: 'bool',
  hint: 'hint',
  collation: collationField,
};

type Kind = 'insert' | 'update' | 'delete';

const OPERATIONS: Readonly<Record<Kind, Fields>> = {
  insert: insertFields,
  update: updateFields,
  delete: deleteFields,
};

const COUNTERS = ['nInserted', 'nMatched', 'nModified', 'nUpserted', 'nDeleted'] as const;

type Counters = Record<(typeof COUNTERS)[number], number>;

/** What one operation did: its line in the reply, and what it adds to the totals. */
interface Outcome {
  line: Doc;
  adds: Partial<Counters>;
}

/** Writes to several collections in one command. */
export const bulkWrite: CommandDefinition = {
  name: 'bulkWrite',
  inTransaction: true,
  writes: true,
  retryable: true,
  adminOnly: true,
  fields: {
    bulkWrite: 'any',
    ops: { required: 'documents' },
    nsInfo: { required: 'documents' },
    ordered: 'bool',
    errorsOnly: 'bool',
    bypassDocumentValidation: 'bool',
    let: 'document',
    cursor: 'document',
  },
  async run(context) {
    const { command } = context;
    const operations = documents(command, 'ops') ?? [];
    const namespaces = (documents(command, 'nsInfo') ?? []).map((one) => {
      checkFields('bulkWrite.nsInfo', one, { ns: { required: 'string' } }, false);
      return splitNamespace(one.get('ns') as string);
    });
    for (const operation of operations) checkOperation(operation, namespaces);
    if (context.transaction) for (const { database } of namespaces) checkInTransaction(database);
    requireSize(operations.length);
    const ordered = command.get('ordered') === undefined || flag(command, 'ordered');
    const errorsOnly = flag(command, 'errorsOnly');
    const totals: Counters = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const lines: Buffer[] = [];
    let nErrors = 0;
    for (const [index, operation] of operations.entries()) {
      try {
        const { line, adds } = await runOperation(context, namespaces, operation, index);
        for (const counter of COUNTERS) totals[counter] += adds[counter] ?? 0;
        if (!errorsOnly) lines.push(encode(lineOf(index, line)));
      } catch (error) {
        nErrors++;
        lines.push(encode(errorLine(index, error)));
        if (ordered || context.transaction) break;
      }
      await context.breathe();
    }
    const batchSize = cursorBatchSize('bulkWrite', command);
    const cursor = await listCursor(context, 'admin.$cmd.bulkWrite', lines, batchSize);
    if (nErrors > 0 && context.transaction) context.instance.sessions.abort(context.session as never);
    return Doc.of({ cursor, nErrors, ...totals });
  },
};

/** A mistake in the form of one operation is one of the whole command, of which nothing is done then. */
function checkOperation(operation: Doc, namespaces: readonly Namespace[]): void {
  const kind = kindOf(operation);
  checkFields('bulkWrite.ops', operation, OPERATIONS[kind], false);
  const index = whole(operation, kind) as number;
  if (index < 0) fail(ErrorCode.BadValue, `BSON field '${kind}' value must be >= 0, actual value '${index}'`);
  if (!(index < namespaces.length)) {
    fail(ErrorCode.BadValue, `BulkWrite ops entry ${shellText(operation)} has an invalid nsInfo index.`);
  }
}

/** The first field names the operation. */
function kindOf(operation: Doc): Kind {
  const kind = operation.keys[0];
  if (kind !== undefined && Object.hasOwn(OPERATIONS, kind)) return kind as Kind;
  return fail(ErrorCode.FailedToParse, `Unrecognized bulkWrite operation '${String(kind)}'`);
}

async function runOperation(
  context: CommandContext,
  namespaces: readonly Namespace[],
  operation: Doc,
  index: number,
): Promise<Outcome> {
  const { retry } = context;
  const kind = kindOf(operation);
  const namespace = namespaces[whole(operation, kind) as number] as Namespace;
  if (retry && flag(operation, 'multi')) refuseRetryOfMany('multi=true');
  if (kind === 'insert') {
    if (!retry?.has(index)) {
      const bypass = flag(context.command, 'bypassDocumentValidation');
      await insertOne(context, namespace, operation.get('document') as Doc, undefined, bypass);
      retry?.record(index);
    }
    return { line: Doc.of({ n: 1 }), adds: { nInserted: 1 } };
  }
  if (kind === 'update') {
    const earlier = retry?.result(index);
    const outcome = earlier ? readUpdate(earlier) : await update(context, namespace, operation);
    const { matched, modified, upserted } = outcome;
    retry?.record(index, Doc.of({ n: matched, m: modified, u: upserted }));
    const line = Doc.of({ n: matched, nModified: modified });
    if (upserted === undefined) return { line, adds: { nMatched: matched, nModified: modified } };
    return { line: line.set('upserted', Doc.of({ _id: upserted })), adds: { nUpserted: 1 } };
  }
  const earlier = retry?.result(index)?.get('n');
  const removed =
    typeof earlier === 'number'
      ? earlier
      : await removeDocuments(context, namespace, {
          filter: operation.get('filter') as Doc,
          multi: flag(operation, 'multi'),
          hint: hint(operation),
        });
  retry?.record(index, Doc.of({ n: removed }));
  return { line: Doc.of({ n: removed }), adds: { nDeleted: removed } };
}

function update(
  context: CommandContext,
  namespace: Namespace,
  operation: Doc,
): ReturnType<typeof updateDocuments> {
  return updateDocuments(context, namespace, {
    filter: operation.get('filter') as Doc,
    update: operation.get('updateMods') as Doc | Value[],
    constants: document(operation, 'constants'),
    arrayFilters: documents(operation, 'arrayFilters'),
    multi: flag(operation, 'multi'),
    upsert: flag(operation, 'upsert'),
    sort: document(operation, 'sort'),
    hint: hint(operation),
    bypassValidation: flag(context.command, 'bypassDocumentValidation'),
  });
}

function readUpdate(earlier: Doc): Awaited<ReturnType<typeof updateDocuments>> {
  const upserted = earlier.get('u');
  return {
    matched: earlier.get('n') as number,
    modified: earlier.get('m') as number,
    ...(upserted !== undefined && { upserted }),
  };
}

function lineOf(index: number, line: Doc): Doc {
  const full = Doc.of({ ok: new Double(1), idx: index });
  for (const [key, value] of line.entries()) full.set(key, value);
  return full;
}

function errorLine(index: number, error: unknown): Doc {
  const entry = writeError(index, error);
  const line = Doc.of({
    ok: new Double(0),
    idx: index,
    code: (error as MongoError).code,
    errmsg: (error as MongoError).message,
    n: 0,
  });
  for (const [key, value] of entry.entries())
    if (key.startsWith('key') || key === 'errInfo') line.set(key, value);
  return line;
}
