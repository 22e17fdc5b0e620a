import { Doc } from '../bson';
import { ErrorCode, fail } from '../errors';
import type { CommandDefinition } from './definition';
import type { CommandContext } from './context';
import type { Session } from '../session/sessions';

function sessionOf(context: CommandContext): Session {
  const { session, command, name } = context;
  if (!session || command.get('autocommit') !== false) {
    return fail(ErrorCode.CommandFailed, `${name} must be run within a transaction`);
  }
  if (command.has('startTransaction')) {
    fail(ErrorCode.OperationNotSupportedInTransaction, `Cannot run '${name}' with 'startTransaction'`);
  }
  return session;
}

export const commitTransaction: CommandDefinition = {
  name: 'commitTransaction',
  fields: { commitTransaction: 'any', recoveryToken: 'any' },
  inTransaction: true,
  writes: true,
  adminOnly: true,
  run(context) {
    const session = sessionOf(context);
    const { transaction } = session;
    context.instance.sessions.commit(session);
    if (transaction) context.instance.cursors.closeOfTransaction(transaction);
    return new Doc();
  },
};

export const abortTransaction: CommandDefinition = {
  name: 'abortTransaction',
  fields: { abortTransaction: 'any', recoveryToken: 'any' },
  inTransaction: true,
  adminOnly: true,
  run(context) {
    const session = sessionOf(context);
    const { transaction } = session;
    context.instance.sessions.abort(session);
    if (transaction) context.instance.cursors.closeOfTransaction(transaction);
    return new Doc();
  },
};

const sessionList: CommandDefinition['fields'] = {
  endSessions: 'documents',
  killSessions: 'documents',
  refreshSessions: 'documents',
};

function ending(name: 'endSessions' | 'killSessions'): CommandDefinition {
  return {
    name,
    fields: sessionList,
    run({ command, instance }) {
      for (const lsid of (command.get(name) ?? []) as Doc[])
        instance.cursors.closeOfSession(instance.sessions.end(lsid));
      return new Doc();
    },
  };
}

export const endSessions = ending('endSessions');
export const killSessions = ending('killSessions');

export const killAllSessions: CommandDefinition = {
  name: 'killAllSessions',
  fields: { killAllSessions: 'documents' },
  run({ instance }) {
    instance.sessions.abortAll();
    instance.cursors.closeAll();
    return new Doc();
  },
};

export const refreshSessions: CommandDefinition = {
  name: 'refreshSessions',
  fields: sessionList,
  run: () => new Doc(),
};
