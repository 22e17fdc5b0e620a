import type { Clock, IdGenerator } from '@cadre/domain/core';
import type { Publisher } from '@cadre/domain/live';

/** How passwords are kept; slow by design. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
}

/** The demonstration's clock can be moved, forward only; a live installation has none. */
export interface DemonstrationClock {
  moveTo(instant: Date): Promise<void>;
}

/** Everything of the outside world that services may use. Given once, when the container is made. */
export interface Ports {
  /** The product's time. */
  clock: Clock;
  /** The machine's time: for sign-ins, lockouts, leases and rate limits. */
  systemClock: Clock;
  newId: IdGenerator;
  random: Randomness;
  passwords: PasswordHasher;
  publisher: Publisher;
  demonstration: DemonstrationClock | null;
  /** The address under which people reach the product, without a slash at the end. */
  publicUrl: string;
}
