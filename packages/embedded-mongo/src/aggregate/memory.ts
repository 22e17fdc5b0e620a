import { ErrorCode, fail } from '../errors';

const DEFAULT_LIMIT = 100 * 1024 * 1024;

/** Counts what a stage keeps and throws when it is too much. */
export class MemoryMeter {
  readonly #limit: number;
  readonly #stage: string;
  #used = 0;

  constructor(stage: string, limit: number | undefined) {
    this.#stage = stage;
    this.#limit = limit ?? DEFAULT_LIMIT;
  }

  /** Sets what is kept now, after something was let go. */
  replace(bytes: number): void {
    this.#used = bytes;
  }

  add(bytes: number): void {
    this.#used += bytes;
    if (this.#used > this.#limit) {
      fail(
        ErrorCode.QueryExceededMemoryLimitNoDiskUseAllowed,
        `${this.#stage} used too much memory and spilling to disk is not supported`,
      );
    }
  }
}
