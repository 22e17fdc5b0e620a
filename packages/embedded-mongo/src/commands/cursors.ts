import { Doc } from '../bson';
import { ErrorCode, fail } from '../errors';
import { count, text } from './arguments';
import { nextBatch } from './cursor-reply';
import type { CommandDefinition } from './definition';

export const getMore: CommandDefinition = {
  name: 'getMore',
  inTransaction: true,
  fields: {
    getMore: { required: 'long' },
    collection: { required: 'string' },
    batchSize: 'number',
    term: 'any',
  },
  async run(context) {
    const { command, instance } = context;
    const id = command.get('getMore') as bigint;
    const cursor = instance.cursors.get(id);
    const namespace = `${context.database}.${text(command, 'collection')}`;
    if (cursor.namespace !== namespace) {
      fail(
        ErrorCode.Unauthorized,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.session !== context.session?.key) {
      fail(50738, `Cannot run getMore on cursor ${id}, which was created in a different session`);
    }
    if (cursor.transaction !== context.transaction) {
      fail(50740, `Cannot run getMore on cursor ${id}, which was created outside of this transaction`);
    }
    if (command.has('maxTimeMS'))
      fail(ErrorCode.BadValue, 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    if (cursor.busy) fail(ErrorCode.CursorInUse, `cursor id ${id} is already in use`);
    if (cursor.collection?.dropped) {
      instance.cursors.close(id);
      fail(ErrorCode.QueryPlanKilled, `collection dropped. ns: ${namespace}`);
    }
    cursor.control.connection = context.connection;
    cursor.control.deadline = cursor.timeLeft === undefined ? undefined : performance.now() + cursor.timeLeft;
    const batchSize = count('getMore', command, 'batchSize') ?? 0;
    return Doc.of({ cursor: await nextBatch(context, cursor, batchSize) });
  },
};

export const killCursors: CommandDefinition = {
  name: 'killCursors',
  inTransaction: true,
  fields: { killCursors: { required: 'collection' }, cursors: { required: 'array' } },
  run({ command, instance }) {
    const killed: bigint[] = [];
    const unknown: bigint[] = [];
    for (const id of command.get('cursors') as unknown[]) {
      if (typeof id !== 'bigint')
        return fail(ErrorCode.TypeMismatch, "Field 'cursors' contains an element that is not a long");
      (instance.cursors.close(id) ? killed : unknown).push(id);
    }
    return Doc.of({ cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [] });
  },
};
