import { Binary, Doc, Double, isNumber, shellText, toNumber } from '../bson';
import { checkAddressed, checkInTransaction } from '../engine/namespace';
import { ErrorCode, fail, MongoError } from '../errors';
import type { ClientConnection } from '../wire/client-connection';
import type { GroupCommit } from '../store/group-commit';
import type { Request } from '../wire/message';
import { endStretch } from '../work';
import { checkFields, document, flag, notAValueOf } from './arguments';
import { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { asMongoError, errorReply } from './errors-in-replies';
import { checkGenericFields, writes } from './generic-fields';
import type { Instance } from './instance';
import { COMMANDS } from './registry';

const READ_CONCERNS = ['local', 'available', 'majority', 'snapshot', 'linearizable'];

/** Read concerns that promise not to show what could still be lost. */
const SAFE_READ_CONCERNS = new Set(['majority', 'snapshot', 'linearizable']);

const OK = new Double(1);

const NO_SIGNATURE = Doc.of({ hash: new Binary(Buffer.alloc(20), 0), keyId: 0n });

/**
 * Carries a command out and makes its reply. A reply that speaks of writes is held until they are safe. Undefined means
 * that the connection is to be closed without a reply.
 */
export async function dispatch(
  instance: Instance,
  connection: ClientConnection,
  request: Request,
): Promise<Doc | undefined> {
  const name = request.command.keys[0] as string;
  const inTransaction = request.command.get('autocommit') === false;
  const retryableWrite = request.command.has('txnNumber') && !inTransaction;
  const failure = name === 'configureFailPoint' ? undefined : instance.failPoints.meet(name);
  let reply: Doc;
  let held: boolean;
  try {
    if (failure?.blockMs) await new Promise((resolve) => setTimeout(resolve, failure.blockMs));
    if (failure?.closeConnection && !failure.afterCommand) return undefined;
    if (failure?.errorCode !== undefined && !failure.afterCommand) {
      const error = failError(failure.errorCode);
      if (failure.errorLabels) error.labels = failure.errorLabels;
      throw error;
    }
    const definition = definitionOf(instance, connection, request, name);
    reply = await run(instance, connection, request, name, definition);
    held =
      writes(definition, request.command) || SAFE_READ_CONCERNS.has(readConcernLevel(request.command) ?? '');
    if (failure?.writeConcernError) reply.set('writeConcernError', failure.writeConcernError);
    if (failure?.afterCommand && failure.errorCode !== undefined) throw failError(failure.errorCode);
  } catch (error) {
    // What failed may have been preceded by writes of the same command.
    held = true;
    reply = errorReply(asMongoError(error), { name, inTransaction, retryableWrite });
  }
  const { commits } = instance.engine.store;
  if (held) {
    const onDisk = wantsDisk(request.command);
    const lost = commits.isPending(onDisk) ? await settled(commits, onDisk) : undefined;
    if (lost) reply = errorReply(asMongoError(lost), { name, inTransaction, retryableWrite });
  }
  if (failure?.closeConnection) return undefined;
  return finished(instance, reply);
}

function readConcernLevel(command: Doc): string | undefined {
  const level = document(command, 'readConcern')?.get('level');
  return typeof level === 'string' ? level : undefined;
}

/** Whether the client will have its write on the disk whatever the durability of this server. */
function wantsDisk(command: Doc): boolean {
  const concern = document(command, 'writeConcern');
  return concern !== undefined && (flag(concern, 'j') || flag(concern, 'fsync'));
}

/** Waits until what has been written is safe; tells why it is lost. */
function settled(commits: GroupCommit, onDisk: boolean): Promise<Error | undefined> {
  return new Promise((resolve) => commits.whenSettled(resolve, onDisk));
}

function failError(code: number): MongoError {
  return new MongoError(code, "Failing command via 'failCommand' failpoint");
}

function definitionOf(
  instance: Instance,
  connection: ClientConnection,
  request: Request,
  name: string,
): CommandDefinition {
  const definition = COMMANDS.get(name);
  if (!definition) return refuseUnknown(name);
  if (instance.verifier && !connection.authenticated && !definition.open) {
    fail(ErrorCode.Unauthorized, `Command ${name} requires authentication`);
  }
  const database = request.command.get('$db');
  if (typeof database !== 'string') fail(40414, "BSON field 'OpMsg.$db' is missing but a required field");
  checkAddressed(database);
  if (definition.adminOnly && database !== 'admin') {
    fail(ErrorCode.Unauthorized, `${name} may only be run against the admin database.`);
  }
  checkFields(name, request.command, definition.fields);
  checkGenericFields(request.command, definition, instance.engine);
  if (request.command.get('autocommit') === false && !definition.adminOnly) checkInTransaction(database);
  return definition;
}

function refuseUnknown(name: string): never {
  return fail(ErrorCode.CommandNotFound, `no such command: '${name}'`);
}

async function run(
  instance: Instance,
  connection: ClientConnection,
  request: Request,
  name: string,
  definition: CommandDefinition,
): Promise<Doc> {
  const { command } = request;
  const database = command.get('$db') as string;
  const context = new CommandContext({ instance, connection, request, name, database });
  if (command.get('startTransaction') === true) await instance.engine.store.beforeTransaction();
  const entered = instance.sessions.enter(command, {
    name,
    inTransaction: definition.inTransaction === true,
    retryable: definition.retryable === true,
    connection,
  });
  const { session, transaction } = entered;
  context.session = session;
  context.transaction = transaction;
  context.retry = entered.retry;
  try {
    checkConcerns(command, name);
    context.beginStretch();
    const reply = await definition.run(context);
    context.retry?.save();
    if (transaction && session && reply.has('writeErrors')) instance.sessions.abort(session);
    const concernError = unmetWriteConcern(command);
    if (concernError) reply.set('writeConcernError', concernError);
    return reply;
  } catch (error) {
    // What is not an answer is a failed write or a defect: nothing of its batch may stay.
    if (error instanceof MongoError) context.retry?.save();
    else instance.engine.store.commits.rollback(error as Error);
    if (transaction && session) {
      instance.sessions.abort(session);
      instance.cursors.closeOfTransaction(transaction);
    }
    throw error;
  } finally {
    endStretch();
  }
}

function checkConcerns(command: Doc, name: string): void {
  const inTransaction = command.get('autocommit') === false;
  const readConcern = document(command, 'readConcern');
  if (readConcern) {
    if (inTransaction && command.get('startTransaction') !== true) {
      fail(ErrorCode.InvalidOptions, 'Only the first command in a transaction may specify a readConcern');
    }
    const level = readConcern.get('level');
    if (level !== undefined && !READ_CONCERNS.includes(level as string))
      notAValueOf('readConcern.level', level);
    if (inTransaction && (level === 'available' || level === 'linearizable')) {
      fail(
        ErrorCode.InvalidOptions,
        "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
      );
    }
  }
  if (
    inTransaction &&
    command.has('writeConcern') &&
    name !== 'commitTransaction' &&
    name !== 'abortTransaction'
  ) {
    fail(ErrorCode.InvalidOptions, 'writeConcern is not allowed within a multi-statement transaction');
  }
}

/** There is one member: a write concern that asks for more is carried out and then reported as unmet. */
function unmetWriteConcern(command: Doc): Doc | undefined {
  const w = document(command, 'writeConcern')?.get('w');
  if (w === undefined || w === null) return undefined;
  if (isNumber(w)) {
    if (toNumber(w) <= 1) return undefined;
    return Doc.of({
      code: 100,
      codeName: 'UnsatisfiableWriteConcern',
      errmsg: 'Not enough data-bearing nodes',
    });
  }
  if (w === 'majority') return undefined;
  return Doc.of({
    code: ErrorCode.UnknownReplWriteConcern,
    codeName: 'UnknownReplWriteConcern',
    errmsg: `No write concern mode named ${shellText(w)} found in replica set configuration`,
  });
}

function finished(instance: Instance, reply: Doc): Doc {
  const time = instance.engine.clock.now();
  if (!reply.has('ok')) reply.set('ok', OK);
  reply.set('$clusterTime', Doc.of({ clusterTime: time, signature: NO_SIGNATURE }));
  reply.set('operationTime', time);
  return reply;
}
