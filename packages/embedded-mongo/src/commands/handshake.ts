import { Binary, DateTime, Doc, ObjectId, type Value } from '../bson';
import { ErrorCode, fail, MongoError } from '../errors';
import { SESSION_MINUTES } from '../session/sessions';
import { LARGEST_MESSAGE } from '../wire/framing';
import { AuthenticationError, ScramConversation } from '../wire/scram';
import { text } from './arguments';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { REPLICA_SET, SERVER_VERSION, USERS_DATABASE, WIRE_VERSION } from './instance';

const MECHANISM = 'SCRAM-SHA-256';

const ELECTION = new ObjectId('7fffffff0000000000000001');

/**
 * Answers as the primary and only member of a replica set: drivers then use sessions, transactions and retryable writes.
 * Without `topologyVersion`, so that drivers ask again instead of keeping a stream open.
 */
export const hello: CommandDefinition = {
  name: 'hello',
  aliases: ['isMaster', 'ismaster'],
  open: true,
  inTransaction: true,
  fields: {
    hello: 'any',
    isMaster: 'any',
    ismaster: 'any',
    helloOk: 'bool',
    client: 'document',
    compression: 'any',
    saslSupportedMechs: 'any',
    speculativeAuthenticate: 'document',
    topologyVersion: 'document',
    maxAwaitTimeMS: 'number',
    loadBalanced: 'bool',
    backpressure: 'any',
    $query: 'any',
  },
  run(context) {
    const { command, instance, name } = context;
    const { address } = instance;
    const now = instance.engine.clock.now();
    const date = new DateTime(instance.engine.now());
    const opTime = Doc.of({ ts: now, t: 1n });
    const reply = Doc.of({
      helloOk: true,
      [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
      setName: REPLICA_SET,
      setVersion: 1,
      secondary: false,
      hosts: [address],
      primary: address,
      me: address,
      electionId: ELECTION,
      lastWrite: Doc.of({ opTime, lastWriteDate: date, majorityOpTime: opTime, majorityWriteDate: date }),
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: LARGEST_MESSAGE,
      maxWriteBatchSize: 100_000,
      localTime: date,
      logicalSessionTimeoutMinutes: SESSION_MINUTES,
      connectionId: context.connection.id,
      minWireVersion: 0,
      maxWireVersion: WIRE_VERSION,
      readOnly: false,
    });
    if (command.has('saslSupportedMechs') && instance.verifier) reply.set('saslSupportedMechs', [MECHANISM]);
    const speculative = command.get('speculativeAuthenticate');
    if (speculative instanceof Doc && instance.verifier && speculative.get('mechanism') === MECHANISM) {
      const started = startAhead(context, speculative);
      if (started) reply.set('speculativeAuthenticate', started);
    }
    return reply;
  },
};

export const saslStart: CommandDefinition = {
  name: 'saslStart',
  open: true,
  fields: {
    saslStart: 'any',
    mechanism: 'string',
    payload: 'any',
    autoAuthorize: 'any',
    options: 'document',
    db: 'string',
  },
  run(context) {
    if (context.command.get('mechanism') !== MECHANISM) {
      fail(
        ErrorCode.MechanismUnavailable,
        `Received authentication for mechanism ${text(context.command, 'mechanism')} which is not enabled`,
      );
    }
    return startConversation(context, context.command, context.database);
  },
};

export const saslContinue: CommandDefinition = {
  name: 'saslContinue',
  open: true,
  fields: { saslContinue: 'any', conversationId: 'number', payload: 'any' },
  run(context) {
    const { conversation } = context.connection;
    if (!conversation) return fail(ErrorCode.ProtocolError, 'No SASL session state found');
    return step(context, conversation, context.command.get('payload'), context.connection.skipEmptyExchange);
  },
};

export const logout: CommandDefinition = {
  name: 'logout',
  open: true,
  fields: { logout: 'any' },
  run({ connection, database, instance }) {
    // Whoever has signed in elsewhere stays signed in.
    if (database === USERS_DATABASE) connection.authenticated = instance.verifier === undefined;
    return new Doc();
  },
};

let conversations = 0;

/** A conversation that begins with the greeting. What cannot begin so is left out: the client then asks by itself, and is told. */
function startAhead(context: CommandContext, start: Doc): Doc | undefined {
  try {
    return startConversation(context, start, start.get('db') ?? context.database);
  } catch (error) {
    if (error instanceof MongoError && error.code === ErrorCode.AuthenticationFailed) return undefined;
    throw error;
  }
}

function startConversation(context: CommandContext, start: Doc, database: Value): Doc {
  const { connection, instance } = context;
  if (!instance.verifier) return fail(ErrorCode.AuthenticationFailed, 'Authentication is not needed here.');
  if (database !== USERS_DATABASE) fail(ErrorCode.AuthenticationFailed, 'Authentication failed.');
  const options = start.get('options');
  connection.skipEmptyExchange = options instanceof Doc && options.get('skipEmptyExchange') === true;
  connection.conversation = new ScramConversation(++conversations, instance.verifier);
  return step(context, connection.conversation, start.get('payload'), connection.skipEmptyExchange);
}

function step(
  context: CommandContext,
  conversation: ScramConversation,
  payload: Value | undefined,
  skip: boolean,
): Doc {
  const { connection } = context;
  const bytes =
    payload instanceof Binary
      ? payload.bytes
      : Buffer.from(typeof payload === 'string' ? payload : '', 'base64');
  try {
    const answer = conversation.answer(bytes, skip);
    if (conversation.done) {
      connection.authenticated = true;
      connection.conversation = undefined;
    }
    return Doc.of({
      conversationId: conversation.id,
      done: conversation.done,
      payload: new Binary(answer, 0),
    });
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    connection.conversation = undefined;
    return fail(ErrorCode.AuthenticationFailed, 'Authentication failed.');
  }
}

export const buildInfo: CommandDefinition = {
  name: 'buildInfo',
  aliases: ['buildinfo'],
  open: true,
  fields: { buildInfo: 'any', buildinfo: 'any' },
  run: () =>
    Doc.of({
      version: SERVER_VERSION,
      gitVersion: 'embedded',
      modules: [],
      allocator: 'system',
      javascriptEngine: 'none',
      versionArray: [...SERVER_VERSION.split('.').map(Number), 0],
      bits: 64,
      debug: false,
      maxBsonObjectSize: 16 * 1024 * 1024,
      storageEngines: ['embedded'],
    }),
};

export const ping: CommandDefinition = {
  name: 'ping',
  open: true,
  fields: { ping: 'any' },
  run: () => new Doc(),
};
