import { ErrorCode, fail } from '../../errors';
import { DateTime, isNullish, ObjectId, Timestamp, typeName, type Value } from '../../bson';
import type { Expression, Frame } from '../../query/scope';
import { timeZone, UTC, type TimeZone } from '../dates/time-zone';

/** The milliseconds of what counts as a date: dates, timestamps, object ids. */
export function dateMs(value: Value | undefined): number {
  if (value instanceof DateTime) return checkRange(value.ms);
  if (value instanceof Timestamp) return value.seconds * 1000;
  if (value instanceof ObjectId) return parseInt(value.hex.slice(0, 8), 16) * 1000;
  return fail(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** Calendars reach as far as the runtime's dates do. */
function checkRange(ms: number): number {
  return Math.abs(ms) <= LARGEST_DATE
    ? ms
    : fail(ErrorCode.Overflow, `the date ${ms} is beyond the calendar`);
}

const LARGEST_DATE = 8.64e15;

/** The zone an operand names: UTC without one, undefined when it is null. */
export function zoneOf(expression: Expression | undefined, frame: Frame): TimeZone | undefined {
  if (expression === undefined) return UTC;
  const name = expression(frame);
  if (isNullish(name)) return undefined;
  if (typeof name !== 'string')
    return fail(40517, `timezone must evaluate to a string, found ${typeName(name)}`);
  return timeZone(name);
}

/** The expressions of a list that are there. */
export function present(...expressions: (Expression | undefined)[]): Expression[] {
  return expressions.filter((expression): expression is Expression => expression !== undefined);
}
