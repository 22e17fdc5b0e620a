import { Timestamp } from '../bson';

/** The logical time that replies carry: never goes back, and every write gets a later one. */
export class ClusterClock {
  readonly #milliseconds: () => number;
  #seconds = 0;
  #increment = 0;

  constructor(milliseconds: () => number) {
    this.#milliseconds = milliseconds;
    this.tick();
  }

  /** The time of the latest write. */
  now(): Timestamp {
    return new Timestamp(this.#seconds, this.#increment);
  }

  /** The time of a new write. */
  tick(): Timestamp {
    const seconds = Math.floor(this.#milliseconds() / 1000);
    if (seconds > this.#seconds) {
      this.#seconds = seconds;
      this.#increment = 1;
    } else {
      this.#increment++;
    }
    return this.now();
  }
}
