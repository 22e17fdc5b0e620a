import { Doc, isNumber, toNumber, type Value } from '../bson';

/** What a matching command meets. */
export interface Failure {
  errorCode: number | undefined;
  errorLabels: string[] | undefined;
  closeConnection: boolean;
  /** The connection is closed, or the error sent, only after the command has done its work. */
  afterCommand: boolean;
  blockMs: number;
  writeConcernError: Doc | undefined;
}

/** The `failCommand` fail point of MongoDB's test servers: lets tests see how clients behave when commands fail. */
export class FailPoints {
  #times = 0;
  #skip = 0;
  #data = new Doc();

  configure(mode: Value | undefined, data: Value | undefined): void {
    this.#data = data instanceof Doc ? data : new Doc();
    this.#skip = 0;
    if (mode === 'alwaysOn') this.#times = Infinity;
    else if (mode instanceof Doc) {
      const skip = mode.get('skip');
      const times = mode.get('times');
      this.#skip = numberOf(skip) ?? 0;
      this.#times = numberOf(times) ?? Infinity;
    } else this.#times = 0;
  }

  /** The failure for this command, counting it. */
  meet(command: string): Failure | undefined {
    if (this.#times <= 0) return undefined;
    const commands = this.#data.get('failCommands');
    if (!Array.isArray(commands) || !commands.includes(command)) return undefined;
    if (this.#skip > 0) {
      this.#skip--;
      return undefined;
    }
    this.#times--;
    const code = this.#data.get('errorCode');
    const labels = this.#data.get('errorLabels');
    const block = this.#data.get('blockTimeMS');
    const writeConcernError = this.#data.get('writeConcernError');
    return {
      errorCode: numberOf(code),
      errorLabels: Array.isArray(labels) ? (labels as string[]) : undefined,
      closeConnection: this.#data.get('closeConnection') === true,
      afterCommand: this.#data.get('afterCommand') === true,
      blockMs: numberOf(block) ?? 0,
      writeConcernError: writeConcernError instanceof Doc ? writeConcernError : undefined,
    };
  }
}

function numberOf(value: Value | undefined): number | undefined {
  return value !== undefined && isNumber(value) ? toNumber(value) : undefined;
}
