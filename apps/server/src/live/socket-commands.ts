import { randomUUID } from 'node:crypto';
import { refusalOf } from '@cadre/api/core';
import type { PersonActor } from '@cadre/domain/access';
import { AppError } from '@cadre/domain/core';
import {
  liveCommands,
  type Acknowledgement,
  type ClientToServerEvents,
  type LiveCommandName,
  type LiveCommands,
  type ServerToClientEvents,
} from '@cadre/domain/live';
import type { DefaultEventsMap, Socket } from 'socket.io';
import { z } from 'zod';

/** What the gateway knows of one socket. */
export interface SocketData {
  /** Whose it is; a socket never changes hands. */
  actor: PersonActor;
  /** Lines of online participation by session: the connection id under which each is recorded. */
  lines: Map<string, string>;
  /** Commands of one socket are done one after another, so that joining and leaving cannot overtake each other. */
  last: Promise<void>;
}

export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

type Input<Name extends LiveCommandName> = z.output<LiveCommands[Name]['input']>;
type Output<Name extends LiveCommandName> = z.output<LiveCommands[Name]['output']>;

export type CommandHandlers = {
  [Name in LiveCommandName]: (socket: LiveSocket, input: Input<Name>) => Promise<Output<Name>>;
};

interface HandleDeps {
  /** Resolves the actor anew; throws the refusal when the sign-in no longer holds. */
  authorise: (socket: LiveSocket) => Promise<void>;
  onDefect: (error: unknown, command: string, requestId: string) => void;
}

const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  throw new AppError('INPUT_INVALID', { fields });
};

/**
 * The one way in for commands: checked, authorised anew, done in order, answered by value or refusal. Nothing that goes
 * wrong in here may escape: an exception in a listener would end the process.
 */
export function handleCommands(socket: LiveSocket, handlers: CommandHandlers, deps: HandleDeps): void {
  const handle = <Name extends LiveCommandName>(name: Name): void => {
    const { input, output } = liveCommands[name];
    const answer = async (value: unknown): Promise<Acknowledgement<unknown>> => {
      try {
        const checked = parse(input, value) as Input<Name>;
        await deps.authorise(socket);
        const result = await handlers[name](socket, checked);
        return { ok: true, value: z.encode(output as z.ZodType, result) };
      } catch (error) {
        const refusal = refusalOf(error, randomUUID());
        if (refusal.kind === 'defect') deps.onDefect(error, name, refusal.requestId);
        return { ok: false, refusal };
      }
    };
    const listener = (value: unknown, acknowledge: unknown): void => {
      // A command without an acknowledgement is none of ours.
      if (typeof acknowledge !== 'function') return;
      socket.data.last = socket.data.last
        .then(() => answer(value))
        .then((answered) => {
          (acknowledge as (answered: unknown) => void)(answered);
        });
    };
    socket.on<LiveCommandName>(name, listener);
  };
  for (const name of Object.keys(liveCommands) as LiveCommandName[]) handle(name);
}
