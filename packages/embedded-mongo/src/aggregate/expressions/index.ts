import type { OperatorCompiler } from '../expression-context';
import { accumulation } from './accumulation';
import { arithmetic } from './arithmetic';
import { arrays } from './array';
import { comparison } from './comparison';
import { conditional } from './conditional';
import { conversion } from './conversion';
import { dateArithmetic } from './date-arithmetic';
import { dateParts } from './date-parts';
import { dateText } from './date-text';
import { iteration } from './iteration';
import { mathematics } from './mathematics';
import { objects } from './object';
import { regexes } from './regex';
import { sets } from './set';
import { strings } from './string';
import { variables } from './variables';

/** Every operator of the expression language that this server knows. */
export const OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map(
  [
    comparison,
    conditional,
    arithmetic,
    mathematics,
    conversion,
    strings,
    regexes,
    arrays,
    iteration,
    sets,
    objects,
    variables,
    accumulation,
    dateParts,
    dateText,
    dateArithmetic,
  ].flatMap((family) => Object.entries(family)),
);
