import { Doc, shellText, type Value } from '../bson';
import { ErrorCode, fail } from '../errors';
import { compileProjection } from '../query';
import {
  checkFields,
  collationField,
  document,
  documents,
  flag,
  hint,
  whole,
  type Fields,
} from './arguments';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { writeError } from './errors-in-replies';
import { filterOf, NO_FILTER, targetNamespace } from './reading';
import {
  insertOne,
  removeAndReturn,
  removeDocuments,
  refuseRetryOfMany,
  requireSize,
  updateAndReturn,
  updateDocuments,
  type UpdateStatement,
} from './write-statements';

/** Runs the statements of a write command in order. After an error the rest is left out, unless the command is unordered; inside a transaction always. */
async function runStatements(
  context: CommandContext,
  size: number,
  each: (index: number) => Promise<void>,
): Promise<Doc[]> {
  requireSize(size);
  const ordered = context.command.get('ordered') === undefined || flag(context.command, 'ordered');
  const errors: Doc[] = [];
  for (let index = 0; index < size; index++) {
    try {
      await each(index);
    } catch (error) {
      errors.push(writeError(index, error));
      if (ordered || context.transaction) break;
    }
    await context.breathe();
  }
  return errors;
}

export const insert: CommandDefinition = {
  name: 'insert',
  inTransaction: true,
  writes: true,
  retryable: true,
  fields: {
    insert: { required: 'collection' },
    documents: { required: 'documents' },
    ordered: 'strictBool',
    bypassDocumentValidation: 'bool',
  },
  async run(context) {
    const { command, retry } = context;
    const namespace = targetNamespace(context);
    const list = documents(command, 'documents') ?? [];
    const sent = context.request.sections.get('documents');
    const bypass = flag(command, 'bypassDocumentValidation');
    let n = 0;
    const errors = await runStatements(context, list.length, async (index) => {
      if (!retry?.has(index)) {
        await insertOne(context, namespace, list[index] as Doc, sent?.[index], bypass);
        retry?.record(index);
      }
      n++;
    });
    return withErrors(Doc.of({ n }), errors);
  },
};

const updateFields: Fields = {
  q: { required: 'document' },
  u: { required: 'update' },
  c: 'document',
  multi: 'strictBool',
  upsert: 'strictBool',
  arrayFilters: 'documents',
  hint: 'hint',
  sort: 'document',
  collation: collationField,
};

export const update: CommandDefinition = {
  name: 'update',
  inTransaction: true,
  writes: true,
  retryable: true,
  fields: {
    update: { required: 'collection' },
    updates: { required: 'documents' },
    ordered: 'strictBool',
    bypassDocumentValidation: 'bool',
    let: 'document',
  },
  async run(context) {
    const { command, retry } = context;
    const namespace = targetNamespace(context);
    const statements = documents(command, 'updates') ?? [];
    const bypassValidation = flag(command, 'bypassDocumentValidation');
    let n = 0;
    let nModified = 0;
    const upserted: Doc[] = [];
    for (const statement of statements) checkFields('update.updates', statement, updateFields, false);
    const errors = await runStatements(context, statements.length, async (index) => {
      const statement = statements[index] as Doc;
      if (retry && flag(statement, 'multi')) refuseRetryOfMany('multi=true');
      if (!retry?.has(index)) {
        const outcome = await updateDocuments(context, namespace, readUpdate(statement, bypassValidation));
        retry?.record(index, Doc.of({ n: outcome.matched, m: outcome.modified, u: outcome.upserted }));
        n += outcome.matched;
        nModified += outcome.modified;
        if (outcome.upserted !== undefined) upserted.push(Doc.of({ index, _id: outcome.upserted }));
        return;
      }
      const earlier = retry.result(index) as Doc;
      n += earlier.get('n') as number;
      nModified += earlier.get('m') as number;
      const id = earlier.get('u');
      if (id !== undefined) upserted.push(Doc.of({ index, _id: id }));
    });
    const reply = Doc.of({ n, nModified });
    if (upserted.length > 0) reply.set('upserted', upserted);
    return withErrors(reply, errors);
  },
};

/** One of the `updates` of an update command. */
export function readUpdate(statement: Doc, bypassValidation: boolean): UpdateStatement {
  const multi = flag(statement, 'multi');
  if (multi && document(statement, 'sort')) {
    fail(ErrorCode.FailedToParse, 'Cannot specify sort with multi=true');
  }
  return {
    filter: statement.get('q') as Doc,
    update: statement.get('u') as Doc | Value[],
    constants: document(statement, 'c'),
    arrayFilters: documents(statement, 'arrayFilters'),
    multi,
    upsert: flag(statement, 'upsert'),
    sort: document(statement, 'sort'),
    hint: hint(statement),
    bypassValidation,
  };
}

const removeFields: Fields = {
  q: { required: 'document' },
  limit: { required: 'number' },
  hint: 'hint',
  collation: collationField,
};

export const remove: CommandDefinition = {
  name: 'delete',
  inTransaction: true,
  writes: true,
  retryable: true,
  fields: {
    delete: { required: 'collection' },
    deletes: { required: 'documents' },
    ordered: 'strictBool',
    let: 'document',
  },
  async run(context) {
    const { command, retry } = context;
    const namespace = targetNamespace(context);
    const statements = documents(command, 'deletes') ?? [];
    for (const statement of statements) checkRemove(statement);
    let n = 0;
    const errors = await runStatements(context, statements.length, async (index) => {
      const statement = statements[index] as Doc;
      if (retry && whole(statement, 'limit') === 0) refuseRetryOfMany('limit=0');
      if (retry?.has(index)) {
        n += retry.result(index)?.get('n') as number;
        return;
      }
      const removed = await removeDocuments(context, namespace, {
        filter: statement.get('q') as Doc,
        multi: whole(statement, 'limit') === 0,
        hint: hint(statement),
      });
      retry?.record(index, Doc.of({ n: removed }));
      n += removed;
    });
    return withErrors(Doc.of({ n }), errors);
  },
};

function checkRemove(statement: Doc): void {
  checkFields('delete.deletes', statement, removeFields, false);
  const limit = whole(statement, 'limit');
  if (limit === 0 || limit === 1) return;
  fail(ErrorCode.FailedToParse, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
}

export const findAndModify: CommandDefinition = {
  name: 'findAndModify',
  aliases: ['findandmodify'],
  inTransaction: true,
  writes: true,
  retryable: true,
  fields: {
    findAndModify: 'collection',
    findandmodify: 'collection',
    query: 'document',
    sort: 'document',
    remove: 'bool',
    update: 'update',
    new: 'bool',
    fields: 'document',
    upsert: 'bool',
    bypassDocumentValidation: 'bool',
    arrayFilters: 'documents',
    hint: 'hint',
    let: 'document',
    collation: collationField,
  },
  async run(context) {
    const { command, retry } = context;
    if (retry?.has(0)) return earlierResult(command, retry.result(0) as Doc);
    const removing = flag(command, 'remove');
    checkFindAndModify(command, removing);
    const reply = removing ? await findAndRemove(context) : await findAndUpdate(context);
    retry?.record(0, reply.clone().set(SHOWN_NEW, flag(command, 'new')));
    return reply;
  },
};

/** In the record of a findAndModify, beside its reply: whether it showed the document after the update. */
const SHOWN_NEW = '$new';

/** The stored reply of a command that was sent again; refuses one that asks for something else than was done. */
function earlierResult(command: Doc, record: Doc): Doc {
  const reply = record.clone();
  reply.delete(SHOWN_NEW);
  const done = record.get('lastErrorObject') as Doc;
  const refuse = (code: number, what: string): never =>
    fail(code, `findAndModify retry request: ${shellText(command)} ${what}`);
  const incompatible = 'is not compatible with previous write in the transaction';
  if (done.get('n') === 0) return reply;
  if (!done.has('updatedExisting')) {
    if (!flag(command, 'remove')) refuse(40606, `${incompatible} of type: d`);
  } else if (done.has('upserted')) {
    if (!flag(command, 'upsert')) refuse(40608, `${incompatible} of type: i`);
  } else if (record.has(SHOWN_NEW) && flag(record, SHOWN_NEW) !== flag(command, 'new')) {
    if (flag(command, 'new'))
      refuse(40611, 'wants the document after update returned, but only before update document is stored');
    refuse(40612, 'wants the document before update returned, but only after update document is stored');
  }
  return reply;
}

function checkFindAndModify(command: Doc, removing: boolean): void {
  const refuse = (message: string): never => fail(ErrorCode.FailedToParse, message);
  const update = command.get('update') ?? undefined;
  if (!removing) {
    if (update === undefined) refuse('Either an update or remove=true must be specified');
    return;
  }
  if (update !== undefined) refuse('Cannot specify both an update and remove=true');
  if (flag(command, 'upsert')) refuse('Cannot specify both upsert=true and remove=true');
  if (flag(command, 'new')) {
    refuse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  }
  if (documents(command, 'arrayFilters')) refuse('Cannot specify arrayFilters and remove=true');
}

async function findAndRemove(context: CommandContext): Promise<Doc> {
  const { command } = context;
  const project = projector(context);
  const removed = await removeAndReturn(context, targetNamespace(context), {
    filter: document(command, 'query') ?? NO_FILTER,
    sort: document(command, 'sort'),
    hint: hint(command),
  });
  return Doc.of({
    lastErrorObject: Doc.of({ n: removed ? 1 : 0 }),
    value: removed ? project(removed) : null,
  });
}

async function findAndUpdate(context: CommandContext): Promise<Doc> {
  const { command } = context;
  const project = projector(context);
  const { before, after } = await updateAndReturn(
    context,
    targetNamespace(context),
    readFindAndUpdate(command),
  );
  const shown = flag(command, 'new') ? after : before;
  return Doc.of({
    lastErrorObject: Doc.of({
      n: after ? 1 : 0,
      updatedExisting: before !== undefined,
      ...(after && !before && { upserted: after.get('_id') }),
    }),
    value: shown ? project(shown) : null,
  });
}

/** The update that a findAndModify without `remove` asks for. */
export function readFindAndUpdate(command: Doc): UpdateStatement {
  return {
    filter: document(command, 'query') ?? NO_FILTER,
    update: command.get('update') as Doc | Value[],
    arrayFilters: documents(command, 'arrayFilters'),
    multi: false,
    upsert: flag(command, 'upsert'),
    sort: document(command, 'sort'),
    hint: hint(command),
    bypassValidation: flag(command, 'bypassDocumentValidation'),
  };
}

/** What a findAndModify shows of its document. After the update that need not match any more. */
function projector(context: CommandContext): (doc: Doc) => Doc {
  const { command, scope } = context;
  const spec = document(command, 'fields') ?? NO_FILTER;
  const projection = compileProjection(spec, { scope, filter: filterOf(context, 'query') });
  if (projection.usesPosition && flag(command, 'new'))
    fail(ErrorCode.BadValue, 'cannot use a positional projection and return the new document');
  return (doc) => projection.apply(doc);
}

function withErrors(reply: Doc, errors: Doc[]): Doc {
  if (errors.length > 0) reply.set('writeErrors', errors);
  return reply;
}
