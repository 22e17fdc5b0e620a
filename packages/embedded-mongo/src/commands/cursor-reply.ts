import type { PAUSE } from '../aggregate';
import { Doc, RawDoc } from '../bson';
import type { Collection } from '../engine/collection';
import type { Cursor } from '../session/cursors';
import type { CommandContext } from './context';

/** A first batch without a size of its own holds so many documents. */
const FIRST_BATCH = 101;

const BATCH_BYTES = 16 * 1024 * 1024;

/** Encoded documents, with pauses. */
export type DocumentSource = Iterator<Buffer | typeof PAUSE, unknown>;

export interface NewCursor {
  namespace: string;
  items: DocumentSource;
  /** undefined: the usual first batch. */
  batchSize?: number | undefined;
  /** Only one batch is wanted. */
  single?: boolean;
  /** undefined or 0: no limit. */
  limit?: number | undefined;
  collection?: Collection | undefined;
  lasting?: boolean;
}

interface Batch {
  documents: RawDoc[];
  exhausted: boolean;
  carried: Buffer | undefined;
}

/** The `cursor` document with the first batch; what is left stays open as a cursor. */
export async function firstBatch(context: CommandContext, o: NewCursor): Promise<Doc> {
  const limit = o.limit === 0 ? undefined : o.limit;
  const size = o.batchSize ?? FIRST_BATCH;
  const batch = await fill(context, o.items, { size, carried: undefined, remaining: limit });
  let id = 0n;
  if (!batch.exhausted && !o.single) {
    const timeLeft = timeUntil(context.control.deadline);
    context.control.deadline = undefined;
    id = context.instance.cursors.open({
      namespace: o.namespace,
      items: o.items,
      collection: o.collection,
      transaction: context.transaction,
      session: context.session?.key,
      lasting: o.lasting ?? false,
      remaining: limit === undefined ? undefined : limit - batch.documents.length,
      carried: batch.carried,
      timeLeft,
      control: context.control,
    }).id;
  } else {
    o.items.return?.();
  }
  return Doc.of({ firstBatch: batch.documents, id, ns: o.namespace });
}

function timeUntil(deadline: number | undefined): number | undefined {
  return deadline === undefined ? undefined : deadline - performance.now();
}

/** The `cursor` document of a getMore. */
export async function nextBatch(context: CommandContext, cursor: Cursor, batchSize: number): Promise<Doc> {
  const size = batchSize === 0 ? Infinity : batchSize;
  cursor.busy = true;
  let batch: Batch;
  try {
    batch = await fill(context, cursor.items, { size, carried: cursor.carried, remaining: cursor.remaining });
  } catch (error) {
    cursor.busy = false;
    context.instance.cursors.close(cursor.id);
    throw error;
  }
  cursor.busy = false;
  cursor.carried = batch.carried;
  if (cursor.remaining !== undefined) cursor.remaining -= batch.documents.length;
  cursor.timeLeft = timeUntil(cursor.control.deadline);
  cursor.control.deadline = undefined;
  if (batch.exhausted) context.instance.cursors.close(cursor.id);
  return Doc.of({ nextBatch: batch.documents, id: batch.exhausted ? 0n : cursor.id, ns: cursor.namespace });
}

/** A document that would make the batch too large is carried over; a batch is never empty because of its first one. */
async function fill(
  context: CommandContext,
  items: DocumentSource,
  o: { size: number; carried: Buffer | undefined; remaining: number | undefined },
): Promise<Batch> {
  const documents: RawDoc[] = [];
  const most = Math.min(o.size, o.remaining ?? Infinity);
  let bytes = 0;
  let { carried } = o;
  if (carried && most > 0) {
    documents.push(new RawDoc(carried));
    bytes = carried.length;
    carried = undefined;
  }
  let ended = false;
  if (documents.length < most) {
    ended = await context.pull<Buffer>(items, (item) => {
      if (documents.length > 0 && bytes + item.length > BATCH_BYTES) {
        carried = item;
        return false;
      }
      documents.push(new RawDoc(item));
      bytes += item.length;
      return documents.length < most;
    });
  }
  const limited = o.remaining !== undefined && documents.length >= o.remaining;
  return { documents, exhausted: (ended && !carried) || limited, carried };
}

/** A result that is already complete, as a cursor. */
export function listCursor(
  context: CommandContext,
  namespace: string,
  documents: readonly Buffer[],
  batchSize: number | undefined,
): Promise<Doc> {
  return firstBatch(context, {
    namespace,
    items: documents[Symbol.iterator](),
    batchSize: batchSize ?? Infinity,
  });
}
