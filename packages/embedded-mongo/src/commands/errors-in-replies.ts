import { Doc, Double } from '../bson';
import { ErrorCode, MongoError } from '../errors';

/** Codes that make a driver try a write or a commit again. */
const RETRYABLE = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** Codes that make a driver begin its transaction again. */
const TRANSIENT = new Set<number>([
  ErrorCode.LockTimeout,
  ErrorCode.WriteConflict,
  ErrorCode.SnapshotUnavailable,
  ErrorCode.NoSuchTransaction,
  267,
]);

/** What a failure becomes for clients; an error that is none of ours is a defect and says only that. */
export function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/malformed|not a database/i.test(message)) {
    return new MongoError(
      ErrorCode.InternalError,
      `the data is damaged (${message}): "verify" says what, a backup restores it`,
    );
  }
  if (/full|disk|no space/i.test(message))
    return new MongoError(ErrorCode.OutOfDiskSpace, `the data could not be stored: ${message}`);
  return new MongoError(ErrorCode.InternalError, `internal error: ${message}`);
}

export interface ErrorSite {
  name: string;
  inTransaction: boolean;
  retryableWrite: boolean;
}

export function errorReply(error: MongoError, site: ErrorSite): Doc {
  const reply = Doc.of({
    ok: new Double(0),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
  });
  for (const [key, value] of error.details?.entries() ?? []) reply.set(key, value);
  const labels = labelsOf(error, site);
  if (labels.length > 0) reply.set('errorLabels', labels);
  return reply;
}

function labelsOf(error: MongoError, site: ErrorSite): string[] {
  const labels = new Set(error.labels);
  const ending = site.name === 'commitTransaction' || site.name === 'abortTransaction';
  if (site.inTransaction && !ending) {
    if (TRANSIENT.has(error.code) || RETRYABLE.has(error.code)) labels.add('TransientTransactionError');
  } else {
    if (error.code !== ErrorCode.NoSuchTransaction) labels.delete('TransientTransactionError');
    if (RETRYABLE.has(error.code) && (ending || site.retryableWrite)) labels.add('RetryableWriteError');
  }
  return [...labels];
}

/** One entry of `writeErrors`. Errors that concern the whole command are thrown on. */
export function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof MongoError)) throw error;
  if (WHOLE_COMMAND.has(error.code)) throw error;
  const entry = Doc.of({ index, code: error.code, errmsg: error.message });
  for (const [key, value] of error.details?.entries() ?? []) entry.set(key, value);
  return entry;
}

const WHOLE_COMMAND = new Set<number>([
  ErrorCode.WriteConflict,
  ErrorCode.NoSuchTransaction,
  ErrorCode.MaxTimeMSExpired,
  ErrorCode.Interrupted,
  ErrorCode.InterruptedAtShutdown,
  ErrorCode.TransactionTooLarge,
  ErrorCode.SnapshotUnavailable,
]);
