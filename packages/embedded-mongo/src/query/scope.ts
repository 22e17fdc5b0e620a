import { fail } from '../errors';
import type { DateTime, Timestamp, Value } from '../bson';

/** Values of all variables while an expression is evaluated; slot 0 is `$$ROOT`, slot 1 `$$CURRENT`. */
export type Frame = (Value | undefined)[];

/** A compiled aggregation expression; undefined means missing. */
export type Expression = (frame: Frame) => Value | undefined;

export const ROOT_SLOT = 0;
export const CURRENT_SLOT = 1;

/**
 * What expressions may refer to: the variables in sight, each with a slot of a frame that all scopes of one command share.
 * Every evaluation puts its document into the first two slots before it begins.
 */
export class Scope {
  readonly now: DateTime;
  readonly clusterTime: Timestamp | undefined;
  readonly frame: Frame;
  readonly #slots: ReadonlyMap<string, number>;

  private constructor(
    now: DateTime,
    clusterTime: Timestamp | undefined,
    frame: Frame,
    slots: ReadonlyMap<string, number>,
  ) {
    this.now = now;
    this.clusterTime = clusterTime;
    this.frame = frame;
    this.#slots = slots;
  }

  static root(now: DateTime, clusterTime?: Timestamp): Scope {
    const slots = new Map([
      ['ROOT', ROOT_SLOT],
      ['CURRENT', CURRENT_SLOT],
    ]);
    return new Scope(now, clusterTime, [undefined, undefined], slots);
  }

  /** The slot of a variable; undefined when it is not in sight. */
  slot(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** A scope inside this one that also sees the given names; returns their slots in the same order. */
  with(names: readonly string[]): { scope: Scope; slots: number[] } {
    const visible = new Map(this.#slots);
    const slots = names.map((name) => {
      const slot = this.frame.push(undefined) - 1;
      visible.set(name, slot);
      return slot;
    });
    return { scope: new Scope(this.now, this.clusterTime, this.frame, visible), slots };
  }

  /** Evaluates an expression on a document. */
  evaluate(expression: Expression, doc: Value | undefined): Value | undefined {
    this.frame[ROOT_SLOT] = doc;
    this.frame[CURRENT_SLOT] = doc;
    return expression(this.frame);
  }
}

/** Names that users may give to variables begin with a lower-case letter or any character beyond ASCII; `CURRENT` may be redefined. */
export function checkVariableName(name: string): void {
  if (name === '') fail(16866, 'empty variable names are not allowed');
  if (name === 'CURRENT') return;
  if (!/^[a-z\u0080-\uffff]/.test(name))
    fail(16867, `'${name}' starts with an invalid character for a user variable name`);
  if (!/^[a-zA-Z0-9_\u0080-\uffff]*$/.test(name))
    fail(16868, `'${name}' contains an invalid character for a variable name`);
}

export function unknownVariable(name: string): never {
  return fail(17276, `Use of undefined variable: ${name}`);
}

export function requireClusterTime(scope: Scope): Timestamp {
  return scope.clusterTime ?? fail(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
}
