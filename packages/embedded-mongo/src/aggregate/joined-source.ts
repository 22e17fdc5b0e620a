import { ErrorCode, fail } from '../errors';
import type { Pipeline } from './stage';

/** Checks what a stage joins: a collection by a name that one can have, or else a pipeline that begins with documents of its own. */
export function checkJoinedSource(
  stage: string,
  source: { database: string; collection: string | undefined; pipeline: Pipeline | undefined },
): void {
  const { collection, database, pipeline } = source;
  if (collection === undefined) {
    if (pipeline?.readsSource === false) return;
    fail(
      ErrorCode.FailedToParse,
      `${stage} stage without explicit collection must have a pipeline with $documents as first stage`,
    );
  }
  if (collection === '' || collection.startsWith('.') || collection.includes('\0'))
    fail(ErrorCode.InvalidNamespace, `invalid ${stage} namespace: ${database}.${collection}`);
}
