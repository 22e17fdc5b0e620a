import { Doc, encode } from '../bson';
import { compileProjection } from '../query';
import { collationField, count, document, flag, whole } from './arguments';
import type { CommandDefinition } from './definition';
import { firstBatch } from './cursor-reply';
import { encoded, filterOf, namespaceOf, orderOf, query, targetName } from './reading';

const noTailing = { refused: 'tailable cursors need capped collections, which this server does not offer' };

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
    min: { refused: 'index bounds by hand are not offered; use a filter' },
    max: { refused: 'index bounds by hand are not offered; use a filter' },
    returnKey: { refused: 'not offered' },
    showRecordId: { refused: 'not offered' },
  },
  async run(context) {
    const { command } = context;
    const namespace = namespaceOf(context);
    const filter = filterOf(context, 'filter');
    const { sort, hint } = orderOf(context, document(command, 'sort'));
    const spec = document(command, 'projection');
    const projection =
      spec && spec.size > 0 ? compileProjection(spec, { scope: context.scope, filter }) : undefined;
    const limit = count('find', command, 'limit');
    const skip = count('find', command, 'skip');
    const batchSize = count('find', command, 'batchSize');
    const singleBatch = flag(command, 'singleBatch');
    const collection = context.collection(targetName(context));
    const found = query(context, collection, { filter, sort, hint, skip, limit });
    const project =
      projection && !projection.isIdentity
        ? (one: { doc: Doc }) => encode(projection.apply(one.doc))
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
    const { hint } = orderOf(context, undefined);
    const skip = count('count', command, 'skip') ?? 0;
    const limit = Math.abs(whole(command, 'limit') ?? 0);
    const collection = context.collection(targetName(context));
    let n = 0;
    if (collection && filter.source.size === 0 && hint === undefined) {
      n = Math.max(0, context.view.count(collection.id) - skip);
      if (limit > 0) n = Math.min(n, limit);
    } else {
      await context.pull(query(context, collection, { filter, hint, skip, limit }), () => {
        n++;
        return true;
      });
    }
    return Doc.of({ n });
  },
};
