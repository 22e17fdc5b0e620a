import { fail } from '../../errors';
import { Doc, shellText, type Value } from '../../bson';
import { CURRENT_SLOT, ROOT_SLOT, type Expression, type Frame } from '../../query/scope';
import { nextDocument } from '../../work';
import { PAUSE } from '../budget';
import { compileExpression } from '../expression';
import type { StageCompiler } from '../stage';

const DECISIONS = ['KEEP', 'PRUNE', 'DESCEND'];

export const redact: StageCompiler = (spec, { scope, budget }) => {
  const { scope: inner, slots } = scope.with(DECISIONS);
  slots.forEach((slot, i) => (inner.frame[slot] = DECISIONS[i]!.toLowerCase()));
  const expression = compileExpression(spec, inner);
  return {
    *run(source) {
      for (const item of source) {
        if (item === PAUSE) {
          yield item;
          continue;
        }
        if (budget.tick()) yield PAUSE;
        nextDocument();
        scope.frame[ROOT_SLOT] = item;
        const kept = redacted(item, expression, scope.frame);
        if (kept !== undefined) yield kept;
      }
    },
  };
};

/** The document as far as it may be seen; undefined when nothing remains. */
function redacted(doc: Doc, expression: Expression, frame: Frame): Doc | undefined {
  frame[CURRENT_SLOT] = doc;
  const decision = expression(frame);
  if (decision === 'keep') return doc;
  if (decision === 'prune') return undefined;
  if (decision !== 'descend')
    return fail(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${shellText(decision)}`,
    );
  const out = new Doc();
  doc.keys.forEach((key, i) => {
    const value = redactedValue(doc.values[i]!, expression, frame);
    if (value !== undefined) out.push(key, value);
  });
  return out;
}

function redactedValue(value: Value, expression: Expression, frame: Frame): Value | undefined {
  if (value instanceof Doc) return redacted(value, expression, frame);
  if (!Array.isArray(value)) return value;
  return value
    .map((element) => redactedValue(element, expression, frame))
    .filter((element) => element !== undefined);
}
