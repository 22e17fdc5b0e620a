import { Doc, encode } from '../bson';
import type { Found } from '../engine/execute';
import { ErrorCode, fail } from '../errors';
import { compileProjection } from '../query';
import { collationField, count, document, flag, hint, isOff, whole } from './arguments';
import type { CommandDefinition } from './definition';
import { firstBatch } from './cursor-reply';
import { encoded, filterOf, namespaceOf, orderOf, query, targetName } from './reading';

const noTailing = {
  refused: 'tailable cursors need capped collections, which this server does not offer',
  unless: isOff,
};

export const find: CommandDefinition = {
  name: 'find',
  inTransaction: true,
  fields: {
    find: { required: 'collection' },
    filter: 'document',
    projection: 'document',
    sort: 'document',
    skip: 'number',
    limit: 'number',
    batchSize: 'number',
    singleBatch: 'bool',
    hint: 'hint',
    let: 'document',
    allowDiskUse: 'bool',
    noCursorTimeout: 'bool',
    allowPartialResults: 'bool',
    collation: collationField,
    tailable: noTailing,
    awaitData: noTailing,
    oplogReplay: noTailing,
    min: 'document',
    max: 'document',
    returnKey: { refused: 'not offered by this server', unless: isOff },
    showRecordId: 'bool',
  },
  async run(context) {
    const { command } = context;
    refuseBoundsByHand(command);
    const namespace = namespaceOf(context);
    const filter = filterOf(context, 'filter');
    const order = orderOf(context, document(command, 'sort'));
    const spec = document(command, 'projection');
    const projection =
      spec && spec.size > 0 ? compileProjection(spec, { scope: context.scope, filter }) : undefined;
    const limit = count('find', command, 'limit');
    const skip = count('find', command, 'skip');
    const batchSize = count('find', command, 'batchSize');
    const singleBatch = flag(command, 'singleBatch');
    const collection = context.collection(targetName(context));
    const found = query(context, collection, { filter, ...order, skip, limit, readAhead: true });
    const projecting = projection && !projection.isIdentity ? projection : undefined;
    const numbered = flag(command, 'showRecordId');
    const project =
      projecting || numbered
        ? ({ doc, row }: Found) => {
            const shown = projecting ? projecting.apply(doc) : doc;
            return encode(numbered ? shown.clone().set('$recordId', BigInt(row + 1)) : shown);
          }
        : undefined;
    const cursor = await firstBatch(context, {
      namespace,
      items: encoded(found, project),
      batchSize,
      single: singleBatch,
      limit,
      collection,
      lasting: flag(command, 'noCursorTimeout'),
    });
    return Doc.of({ cursor });
  },
};

function refuseBoundsByHand(command: Doc): void {
  if (!command.has('min') && !command.has('max')) return;
  if (hint(command) === undefined)
    fail(51173, 'When using min()/max() a hint of which index to use must be provided');
  fail(ErrorCode.NotImplemented, 'min and max are not offered by this server; use a filter');
}

export const countDocuments: CommandDefinition = {
  name: 'count',
  fields: {
    count: { required: 'collection' },
    query: 'document',
    limit: 'number',
    skip: 'number',
    hint: 'hint',
    collation: collationField,
    fields: 'any',
  },
  async run(context) {
    const { command } = context;
    const filter = filterOf(context, 'query');
    const { hint: chosen } = orderOf(context, undefined);
    const skip = count('count', command, 'skip') ?? 0;
    const limit = Math.abs(whole(command, 'limit') ?? 0);
    const collection = context.collection(targetName(context));
    let n = 0;
    if (collection && filter.source.size === 0 && chosen === undefined) {
      n = Math.max(0, context.view.count(collection.id) - skip);
      if (limit > 0) n = Math.min(n, limit);
    } else {
      await context.pull(
        query(context, collection, { filter, hint: chosen, skip, limit, readAhead: true }),
        () => {
          n++;
          return true;
        },
      );
    }
    return Doc.of({ n });
  },
};
