import { ErrorCode, fail } from '../errors';
import { looks } from '../work';

/** "The slice of time is used up": whoever sees it among the documents passes it on at once; the executor lets others run. */
export const PAUSE: unique symbol = Symbol('pause');

const DEFAULT_SLICE_MS = 8;
const TICKS_PER_LOOK = 32;

export interface BudgetOptions {
  /** How long to work before others get their turn. */
  readonly sliceMs?: number;
  /** When the operation must have ended, on the clock of `performance.now()`. */
  readonly deadlineMs?: number;
  readonly killed?: () => boolean;
}

/** The time an operation may take: told of every piece of work (and seeing large ones by the steps counted meanwhile), it says when to pause and throws when time is over. */
export class Budget {
  readonly #sliceMs: number;
  readonly #deadlineMs: number;
  readonly #killed: (() => boolean) | undefined;
  #ticks = 0;
  #looks = looks;
  #sliceEnd: number;

  constructor(options: BudgetOptions = {}) {
    this.#sliceMs = options.sliceMs ?? DEFAULT_SLICE_MS;
    this.#deadlineMs = options.deadlineMs ?? Infinity;
    this.#killed = options.killed;
    this.#sliceEnd = performance.now() + this.#sliceMs;
  }

  /** True: pause now. */
  tick(): boolean {
    if (++this.#ticks % TICKS_PER_LOOK !== 0 && this.#looks === looks) return false;
    this.#looks = looks;
    const now = performance.now();
    if (now >= this.#deadlineMs) fail(ErrorCode.MaxTimeMSExpired, 'operation exceeded time limit');
    if (this.#killed?.() === true) fail(ErrorCode.Interrupted, 'operation was interrupted');
    if (now < this.#sliceEnd) return false;
    this.#sliceEnd = now + this.#sliceMs;
    return true;
  }

  /** Called by the executor after others had their turn. */
  resume(): void {
    this.#sliceEnd = performance.now() + this.#sliceMs;
  }
}
