import { fail } from '../../errors';
import { isNullish, typeName, type Value } from '../../bson';
import { SIMPLE_ACCUMULATORS } from '../accumulators';
import { computed, namedOperands, variadic, type OperatorCompiler } from '../expression-context';
import { countOf, N_ACCUMULATORS } from '../n-accumulators';

/** An accumulator used as an expression: over its operands, or over the elements of its only one. */
function overList(name: string): OperatorCompiler {
  return variadic((values) => {
    const accumulator = SIMPLE_ACCUMULATORS.get(name)!();
    for (const value of values.length === 1 && Array.isArray(values[0]) ? values[0] : values)
      accumulator.add(value);
    return accumulator.result();
  });
}

/** `$firstN` and its like over the elements of an array. */
function nOfArray(name: string): OperatorCompiler {
  return (operand, context) => {
    const { input, n } = namedOperands(
      operand,
      context,
      { required: ['input', 'n'] },
      { shape: 5787801, unknown: 5787901, missing: 5787906 },
    );
    return computed([input, n], (frame): Value => {
      const array = input(frame);
      const accumulator = N_ACCUMULATORS.get(name)!(countOf(n(frame)));
      if (isNullish(array)) return null;
      if (!Array.isArray(array))
        return fail(5788200, `Input must be an array, but is of type: ${typeName(array)}`);
      for (const element of array) accumulator.add(element);
      return accumulator.result();
    });
  };
}

export const accumulation: Record<string, OperatorCompiler> = {
  ...Object.fromEntries(
    ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name) => [name, overList(name)]),
  ),
  ...Object.fromEntries(['$firstN', '$lastN', '$minN', '$maxN'].map((name) => [name, nOfArray(name)])),
};
