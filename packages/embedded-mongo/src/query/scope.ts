import { fail } from '../errors';
import type { DateTime, Timestamp, Value } from '../bson';
import { nextDocument } from '../work';

/** Values of all variables while an expression is evaluated; slot 0 is `$$ROOT`, slot 1 `$$CURRENT`. */
export type Frame = (Value | undefined)[];

/** A compiled aggregation expression; undefined means missing. */
export type Expression = (frame: Frame) => Value | undefined;

export const ROOT_SLOT = 0;
export const CURRENT_SLOT = 1;

const ROOT_SLOTS: ReadonlyMap<string, number> = new Map([
  ['ROOT', ROOT_SLOT],
  ['CURRENT', CURRENT_SLOT],
]);

/** What is the same for all expressions of a command. */
export interface ScopeConstants {
  readonly now: DateTime;
  readonly clusterTime?: Timestamp | undefined;
  readonly userRoles?: (() => Value) | undefined;
}

interface ScopeParts extends ScopeConstants {
  readonly frame: Frame;
  readonly slots: ReadonlyMap<string, number>;
}

/**
 * What expressions may refer to: the variables in sight, each with a slot of a frame that all scopes of one command share.
 * Every evaluation puts its document into the first two slots before it begins.
 */
export class Scope {
  readonly now: DateTime;
  readonly clusterTime: Timestamp | undefined;
  /** `$$USER_ROLES`; undefined where nobody asks. */
  readonly userRoles: (() => Value) | undefined;
  readonly frame: Frame;
  readonly #slots: ReadonlyMap<string, number>;

  private constructor(o: ScopeParts) {
    this.now = o.now;
    this.clusterTime = o.clusterTime;
    this.userRoles = o.userRoles;
    this.frame = o.frame;
    this.#slots = o.slots;
  }

  static root(o: ScopeConstants): Scope {
    return new Scope({ ...o, frame: [undefined, undefined], slots: ROOT_SLOTS });
  }

  /** This scope without a document: expressions that look at one have no place in it. */
  withoutDocument(): Scope {
    return new Scope({ ...this.#parts(), slots: new Map() });
  }

  /** Whether expressions may look at a document. */
  get hasDocument(): boolean {
    return this.#slots.has('ROOT');
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
    return { scope: new Scope({ ...this.#parts(), slots: visible }), slots };
  }

  #parts(): ScopeParts {
    const { now, clusterTime, userRoles, frame } = this;
    return { now, clusterTime, userRoles, frame, slots: this.#slots };
  }

  /** Evaluates an expression on a document. */
  evaluate(expression: Expression, doc: Value | undefined): Value | undefined {
    nextDocument();
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

/** Names that may be asked for begin with a letter of either case or any character beyond ASCII. */
export function checkVariableReference(name: string): void {
  if (name === '') fail(16869, 'empty variable names are not allowed');
  if (!/^[a-zA-Z\u0080-\uffff]/.test(name))
    fail(16870, `'${name}' starts with an invalid character for a variable name`);
  if (!/^[a-zA-Z0-9_\u0080-\uffff]*$/.test(name))
    fail(16871, `'${name}' contains an invalid character for a variable name`);
}

export function unknownVariable(name: string): never {
  return fail(17276, `Use of undefined variable: ${name}`);
}

export function requireDocument(scope: Scope): void {
  if (scope.hasDocument) return;
  fail(
    4890500,
    'Command let Expression tried to access a field, but this is not allowed because Command let Expressions run before the query examines any documents.',
  );
}

export function requireUserRoles(scope: Scope): Value {
  return scope.userRoles?.() ?? fail(51144, "Builtin variable '$$USER_ROLES' is not available");
}

export function requireClusterTime(scope: Scope): Timestamp {
  return scope.clusterTime ?? fail(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
}
