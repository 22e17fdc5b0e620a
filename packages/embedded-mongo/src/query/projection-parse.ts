import { fail } from '../errors';
import type { Doc } from '../bson';
import { isDoc, isNumber, isTruthy, toNumber, type Value } from '../bson';
import { compileExpression } from '../aggregate/expression';
import { OPERATORS } from '../aggregate/expressions';
import type { Scope } from './scope';
import { ProjectionNode } from './projection-tree';

/** What only `find` can ask for: applied to the result of the rest. */
export type FindOperator =
  | { kind: 'positional'; path: string }
  | { kind: 'slice'; path: string; skip: number | undefined; limit: number }
  | { kind: 'elemMatch'; path: string; condition: Doc };

interface ParsedProjection {
  readonly mode: 'inclusion' | 'exclusion';
  readonly tree: ProjectionNode;
  readonly operators: readonly FindOperator[];
}

/** Where a projection stands: `find` knows three operators that `$project` does not. */
type ProjectionDialect = 'find' | 'aggregate';

export function parseProjection(spec: Doc, scope: Scope, dialect: ProjectionDialect): ParsedProjection {
  return new ProjectionParser(scope, dialect).parse(spec);
}

/** Throws what MongoDB answers to field paths it cannot use. */
export function checkFieldPath(path: string): void {
  if (path === '') fail(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.");
  for (const name of path.split('.')) {
    if (name === '') fail(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$'))
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (path.split('.').length > MAX_PATH_DEPTH) fail(15, `FieldPath is too long`);
}
const MAX_PATH_DEPTH = 200;

class ProjectionParser {
  readonly scope: Scope;
  readonly dialect: ProjectionDialect;
  readonly tree = new ProjectionNode();
  readonly operators: FindOperator[] = [];
  mode: 'inclusion' | 'exclusion' | undefined;
  id: boolean | undefined;

  constructor(scope: Scope, dialect: ProjectionDialect) {
    this.scope = scope;
    this.dialect = dialect;
  }

  parse(spec: Doc): ParsedProjection {
    this.fields(spec, '');
    const mode = this.mode ?? this.modeOfId();
    if (mode === 'inclusion' && this.id !== false && !this.tree.entries.has('_id'))
      this.tree.insert('_id', { kind: 'named' });
    if (mode === 'exclusion' && this.id === false) this.tree.insert('_id', { kind: 'named' });
    return { mode, tree: this.tree, operators: this.operators };
  }

  /** With nothing but `_id` (and `$slice`) it is the sign of `_id` that decides. */
  modeOfId(): 'inclusion' | 'exclusion' {
    if (this.operators.some((operator) => operator.kind === 'elemMatch')) return 'inclusion';
    return this.id === true && this.operators.length === 0 ? 'inclusion' : 'exclusion';
  }

  fields(spec: Doc, prefix: string): void {
    if (prefix !== '' && spec.size === 0)
      fail(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    for (const [name, value] of spec.entries()) this.field(prefix === '' ? name : `${prefix}.${name}`, value);
  }

  field(path: string, value: Value): void {
    if (this.dialect === 'find' && /\.\$(?:\.|$)/.test(path)) return this.positional(path, value);
    checkFieldPath(path);
    if (typeof value === 'boolean' || isNumber(value)) return this.flag(path, isTruthy(value));
    if (isDoc(value)) return this.document(path, value);
    this.computed(path, value);
  }

  flag(path: string, included: boolean): void {
    if (path === '_id') {
      this.id = included;
      return;
    }
    this.setMode(path, included ? 'inclusion' : 'exclusion');
    this.tree.insert(path, { kind: 'named' });
  }

  setMode(path: string, mode: 'inclusion' | 'exclusion'): void {
    if (this.mode !== undefined && this.mode !== mode) {
      if (mode === 'exclusion') fail(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
      fail(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    }
    this.mode = mode;
  }

  document(path: string, value: Doc): void {
    const operator = value.keys[0];
    if (operator === undefined || !operator.startsWith('$')) return this.fields(value, path);
    if (this.dialect === 'find') {
      if (operator === '$elemMatch') return this.elemMatch(path, value.values[0]!);
      if (operator === '$slice' && isSlice(value.values[0]!)) return this.slice(path, value.values[0]!);
    }
    if (value.size > 1) fail(16410, "FieldPath field names may not start with '$'.");
    if (!OPERATORS.has(operator)) fail(31325, `Unknown expression ${operator}`);
    this.computed(path, value);
  }

  computed(path: string, value: Value): void {
    if (this.mode === 'exclusion')
      fail(31252, `Cannot use expression other than $meta in exclusion projection`);
    this.mode = 'inclusion';
    if (path === '_id') this.id = true;
    this.tree.insert(path, { kind: 'computed', expression: compileExpression(value, this.scope) });
  }

  positional(path: string, value: Value): void {
    if (!path.endsWith('.$') || path.slice(0, -2).split('.').includes('$')) {
      fail(
        31394,
        "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end",
      );
    }
    if (!(typeof value === 'boolean' || isNumber(value)) || !isTruthy(value))
      fail(31395, 'positional projection cannot be used with exclusion');
    if (this.operators.some((operator) => operator.kind === 'positional'))
      fail(31276, 'Cannot specify more than one positional projection per query.');
    if (this.operators.some((operator) => operator.kind === 'elemMatch'))
      fail(31255, 'Cannot specify positional operator and $elemMatch.');
    const array = path.slice(0, -2);
    checkFieldPath(array);
    this.setMode(path, 'inclusion');
    this.tree.insert(array, { kind: 'named' });
    this.operators.push({ kind: 'positional', path: array });
  }

  elemMatch(path: string, condition: Value): void {
    if (!isDoc(condition))
      fail(31274, 'elemMatch: Invalid argument, object required, but got something else');
    if (path.includes('.')) fail(31275, 'Cannot use $elemMatch projection on a nested field.');
    if (this.operators.some((operator) => operator.kind === 'positional'))
      fail(31255, 'Cannot specify positional operator and $elemMatch.');
    this.operators.push({ kind: 'elemMatch', path, condition });
    this.tree.insert(path, { kind: 'operator' });
  }

  slice(path: string, operand: Value): void {
    const [first, second] = Array.isArray(operand) ? operand : [undefined, operand];
    const limit = sliceNumber(second);
    if (first !== undefined && limit <= 0)
      fail(28724, 'First argument to $slice must be an array, but is of type: int');
    this.operators.push({
      kind: 'slice',
      path,
      skip: first === undefined ? undefined : sliceNumber(first),
      limit,
    });
    this.tree.insert(path, { kind: 'operator' });
  }
}

const isSlice = (operand: Value): boolean =>
  isNumber(operand) || (Array.isArray(operand) && operand.length === 2 && operand.every(isNumber));

const LARGEST_INT = 2147483647;

function sliceNumber(value: Value): number {
  const number = isNumber(value) ? Math.trunc(toNumber(value)) : 0;
  return Math.max(-LARGEST_INT, Math.min(LARGEST_INT, Number.isNaN(number) ? 0 : number));
}
