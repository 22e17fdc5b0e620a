import { Doc, isNumber, Timestamp, toNumber } from '../bson';
import type { Engine } from '../engine/engine';
import { ErrorCode, fail } from '../errors';
import { checkFields, document, documents, flag, text, whole, type Fields } from './arguments';
import type { CommandDefinition } from './definition';

const READ_CONCERN: Fields = {
  level: 'string',
  afterClusterTime: 'timestamp',
  atClusterTime: 'timestamp',
  afterOpTime: { refused: 'not offered by this server' },
  provenance: 'string',
};

const WRITE_CONCERN: Fields = {
  w: 'any',
  j: 'bool',
  fsync: 'bool',
  wtimeout: 'number',
  provenance: 'string',
};

const READ_PREFERENCE: Fields = {
  mode: 'string',
  tags: 'array',
  maxStalenessSeconds: 'number',
  hedge: 'document',
};

const LEAST_STALENESS_SECONDS = 90;

const READ_MODES = ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'];

/** The most members a replica set may have, and so the most that can acknowledge a write. */
const MOST_MEMBERS = 50;

/** Fields of stable commands that are not in the stable API themselves, of those that are taken at all. */
const UNSTABLE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  create: ['autoIndexId', 'indexOptionDefaults', 'storageEngine'],
  find: ['max', 'min', 'noCursorTimeout', 'showRecordId'],
};

const UNSTABLE_INDEX_OPTIONS = ['background', 'sparse', 'storageEngine'];

/** Commands of MongoDB's stable API, version 1. */
const STABLE_API = new Set([
  'abortTransaction',
  'aggregate',
  'bulkWrite',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'logout',
  'ping',
  'refreshSessions',
  'saslContinue',
  'saslStart',
  'update',
]);

/** Checks, beyond their types, the fields that every command may carry: what is asked for must be known and possible. */
export function checkGenericFields(command: Doc, definition: CommandDefinition, engine: Engine): void {
  checkApi(command, definition);
  const lsid = document(command, 'lsid');
  if (lsid) checkFields('lsid', lsid, { id: { required: 'any' } }, false);
  checkTransactionNumber(command, definition);
  const readConcern = document(command, 'readConcern');
  if (readConcern) checkReadConcern(command, readConcern, definition, engine);
  const preference = document(command, '$readPreference');
  if (preference) checkReadPreference(preference);
  const writeConcern = document(command, 'writeConcern');
  if (writeConcern) checkWriteConcern(command, writeConcern, definition);
}

function checkApi(command: Doc, { name }: CommandDefinition): void {
  const version = text(command, 'apiVersion');
  if (version === undefined) {
    if (command.has('apiStrict') || command.has('apiDeprecationErrors'))
      fail(4886600, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
    return;
  }
  if (version !== '1') fail(ErrorCode.APIVersionError, 'API version must be "1"');
  if (!flag(command, 'apiStrict')) return;
  if (!STABLE_API.has(name)) {
    fail(
      ErrorCode.APIStrictError,
      `Provided apiStrict:true, but the command ${name} is not in API Version 1. Information on supported commands and migrations in API Version 1 can be found at https://dochub.mongodb.org/core/manual-versioned-api.`,
    );
  }
  checkStable(command, UNSTABLE_FIELDS[name] ?? [], name);
  for (const index of name === 'createIndexes' ? (documents(command, 'indexes') ?? []) : [])
    if (index instanceof Doc) checkStable(index, UNSTABLE_INDEX_OPTIONS, 'createIndexes.indexes');
  // Of the figures about a collection only its count is stable.
  const [first] = documents(command, 'pipeline') ?? [];
  const figures = first instanceof Doc ? first.get('$collStats') : undefined;
  if (figures instanceof Doc && figures.keys.some((key) => key !== 'count'))
    fail(ErrorCode.APIStrictError, 'only the parameter "count" of $collStats is in API Version 1');
}

function checkStable(given: Doc, unstable: readonly string[], where: string): void {
  const field = unstable.find((one) => given.has(one));
  if (field !== undefined)
    fail(ErrorCode.APIStrictError, `BSON field '${where}.${field}' is not allowed with apiStrict:true.`);
}

/** A number is for transactions and for writes that may be sent again. */
function checkTransactionNumber(command: Doc, { name, retryable }: CommandDefinition): void {
  if (!command.has('txnNumber') || !command.has('lsid') || retryable) return;
  if (command.has('autocommit') || command.has('startTransaction')) return;
  fail(
    50768,
    `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
  );
}

function checkReadConcern(command: Doc, concern: Doc, { name }: CommandDefinition, engine: Engine): void {
  checkFields('readConcern', concern, READ_CONCERN, false);
  const refuse = (message: string): never => fail(ErrorCode.InvalidOptions, message);
  const level = text(concern, 'level');
  // A real server reads a snapshot of a moment here; this one keeps none outside a transaction.
  if (level === 'snapshot' && command.get('autocommit') !== false) {
    refuse(`Command ${name}: reads of a snapshot outside a transaction are not offered by this server`);
  }
  const after = concern.get('afterClusterTime');
  const at = concern.get('atClusterTime');
  if (after instanceof Timestamp) {
    if (at instanceof Timestamp)
      refuse('readConcern afterClusterTime and atClusterTime cannot be specified together');
    if (level === 'available' || level === 'linearizable')
      refuse(`afterClusterTime field can be set only if level is equal to majority, local, or snapshot`);
    checkNotAhead(command, 'afterClusterTime', after, engine);
  }
  if (!(at instanceof Timestamp)) return;
  if (level !== 'snapshot') refuse('atClusterTime field can be set only if level is equal to snapshot');
  checkNotAhead(command, 'atClusterTime', at, engine);
  // Only the latest state is kept.
  if (compareTimes(at, engine.clock.now()) < 0)
    fail(
      ErrorCode.SnapshotTooOld,
      `Read timestamp ${shown(at)} is older than the oldest available timestamp.`,
    );
}

function checkReadPreference(preference: Doc): void {
  checkFields('$readPreference', preference, READ_PREFERENCE, false);
  const mode = text(preference, 'mode');
  if (mode === undefined) return fail(ErrorCode.NoSuchKey, 'Missing expected field "mode"');
  if (!READ_MODES.includes(mode)) {
    fail(
      ErrorCode.BadValue,
      `Could not parse $readPreference mode '${mode}'. Only the modes '${READ_MODES.join("', '")}' are supported.`,
    );
  }
  const staleness = whole(preference, 'maxStalenessSeconds') ?? 0;
  if (staleness > 0 && staleness < LEAST_STALENESS_SECONDS) {
    fail(
      ErrorCode.MaxStalenessOutOfRange,
      `maxStalenessSeconds value can not be less than ${LEAST_STALENESS_SECONDS}`,
    );
  }
  if (mode !== 'primary') return;
  if (staleness > 0)
    fail(ErrorCode.BadValue, 'You cannot specify maxStalenessSeconds with primary read preference');
  const tags = documents(preference, 'tags') ?? [];
  if (!tags.every((one) => one instanceof Doc && one.size === 0))
    fail(ErrorCode.BadValue, 'Only empty tags are allowed with primary read preference');
}

/**
 * Nobody can have been told a time that lies ahead. A server that has been restarted may be behind what it said before:
 * so the time of day counts too, and the time that the client itself passes on.
 */
function checkNotAhead(command: Doc, field: string, time: Timestamp, engine: Engine): void {
  const now = engine.clock.now();
  const passedOn = document(command, '$clusterTime')?.get('clusterTime');
  if (compareTimes(time, now) <= 0 || time.seconds <= engine.now() / 1000) return;
  if (passedOn instanceof Timestamp && compareTimes(time, passedOn) <= 0) return;
  fail(
    ErrorCode.InvalidOptions,
    `readConcern ${field} value must not be greater than the current clusterTime. Requested clusterTime: ${shown(time)}; current clusterTime: ${shown(now)}`,
  );
}

const compareTimes = (a: Timestamp, b: Timestamp): number =>
  a.seconds === b.seconds ? a.increment - b.increment : a.seconds - b.seconds;

const shown = ({ seconds, increment }: Timestamp): string => `{ ts: Timestamp(${seconds}, ${increment}) }`;

function checkWriteConcern(command: Doc, concern: Doc, definition: CommandDefinition): void {
  if (!writes(definition, command) && definition.name !== 'abortTransaction')
    fail(ErrorCode.InvalidOptions, 'Command does not support writeConcern');
  checkFields('writeConcern', concern, WRITE_CONCERN, false);
  if (flag(concern, 'j') && flag(concern, 'fsync'))
    fail(ErrorCode.FailedToParse, 'fsync and j options cannot be used together');
  const w = concern.get('w') ?? null;
  if (w === null || typeof w === 'string' || w instanceof Doc) return;
  if (!isNumber(w)) fail(ErrorCode.FailedToParse, 'w has to be a number, a string, or an object');
  const members = toNumber(w);
  if (!(members >= 0 && members <= MOST_MEMBERS)) {
    fail(
      ErrorCode.FailedToParse,
      `w has to be a non-negative number and not greater than ${MOST_MEMBERS}; found: ${members}`,
    );
  }
}

/** Whether a command changes data: then it takes a write concern, and its reply waits until the change is safe. */
export function writes(definition: CommandDefinition, command: Doc): boolean {
  return typeof definition.writes === 'function' ? definition.writes(command) : definition.writes === true;
}
