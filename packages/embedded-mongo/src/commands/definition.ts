import type { Doc } from '../bson';
import type { Fields } from './arguments';
import type { CommandContext } from './context';

/** One command: its strict table of fields and what it does. */
export interface CommandDefinition {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly fields: Fields;
  /** May run inside a transaction. */
  readonly inTransaction?: boolean;
  /** Changes data, always or as the command says: its reply waits until the change is safe. */
  readonly writes?: true | ((command: Doc) => boolean);
  /** May be sent again under the same number. */
  readonly retryable?: boolean;
  /** Answers clients that have not signed in. */
  readonly open?: boolean;
  /** Only on the database `admin`. */
  readonly adminOnly?: boolean;
  run(context: CommandContext): Doc | Promise<Doc>;
}
