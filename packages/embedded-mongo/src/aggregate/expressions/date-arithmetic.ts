import { fail } from '../../errors';
import { DateTime, integerOf, isNullish, Timestamp, typeName, type Value } from '../../bson';
import type { Expression, Frame } from '../../query/scope';
import { addUnits, timeUnit, truncateTo, unitsBetween, weekDay, type TimeUnit } from '../dates/units';
import { computed, namedOperands, unary, type OperatorCompiler } from '../expression-context';
import { dateMs, present, zoneOf } from './date-operands';

const LARGEST_DATE = 9.2e18;

function unitOf(value: Value | undefined, operator: string): TimeUnit {
  if (typeof value !== 'string')
    return fail(5439013, `${operator} requires 'unit' to be a string, but got ${typeName(value)}`);
  return timeUnit(value);
}

function add(sign: 1 | -1): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    const { startDate, unit, amount, timezone } = namedOperands(
      operand,
      context,
      { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] },
      { shape: 5166400, unknown: 5166401, missing: 5166402 },
    );
    return computed(present(startDate, unit, amount, timezone), (frame) => {
      const [start, unitName, count] = [startDate(frame), unit(frame), amount(frame)];
      const zone = zoneOf(timezone, frame);
      if (isNullish(start) || isNullish(unitName) || isNullish(count) || zone === undefined) return null;
      const number = integerOf(count);
      if (number === undefined) fail(5166405, `${operator} expects integer amount of time units`);
      const ms = addUnits(dateMs(start), unitOf(unitName, operator), sign * number, zone);
      if (Number.isNaN(ms) || Math.abs(ms) > LARGEST_DATE) fail(5166406, `${operator} overflowed`);
      return new DateTime(ms);
    });
  };
}

const diff: OperatorCompiler = (operand, context) => {
  const { startDate, endDate, unit, timezone, startOfWeek } = namedOperands(
    operand,
    context,
    { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
    { shape: 5166301, unknown: 5166302, missing: 5166303 },
  );
  return computed(present(startDate, endDate, unit, timezone, startOfWeek), (frame) => {
    const [start, end, unitName] = [startDate(frame), endDate(frame), unit(frame)];
    const zone = zoneOf(timezone, frame);
    if (isNullish(start) || isNullish(end) || isNullish(unitName) || zone === undefined) return null;
    const timeUnitName = unitOf(unitName, context.operator);
    const firstDay = timeUnitName === 'week' ? firstDayOf(startOfWeek, frame) : 7;
    return firstDay === null ? null : unitsBetween(dateMs(start), dateMs(end), timeUnitName, zone, firstDay);
  });
};

/** The day a week begins with: Sunday unless the operand says otherwise; null when it is null. */
function firstDayOf(startOfWeek: Expression | undefined, frame: Frame): number | null {
  if (startOfWeek === undefined) return 7;
  const name = startOfWeek(frame);
  if (isNullish(name)) return null;
  return typeof name === 'string'
    ? weekDay(name)
    : fail(5439015, `startOfWeek must be a string, but got ${typeName(name)}`);
}

const trunc: OperatorCompiler = (operand, context) => {
  const { date, unit, binSize, timezone, startOfWeek } = namedOperands(
    operand,
    context,
    { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
    { shape: 5439007, unknown: 5439008, missing: 5439009 },
  );
  return computed(present(date, unit, binSize, timezone, startOfWeek), (frame) => {
    const [value, unitName, bin] = [date(frame), unit(frame), binSize === undefined ? 1 : binSize(frame)];
    const zone = zoneOf(timezone, frame);
    if (isNullish(value) || isNullish(unitName) || isNullish(bin) || zone === undefined) return null;
    const size = integerOf(bin);
    if (size === undefined || size <= 0)
      fail(5439017, `$dateTrunc requires 'binSize' to be a positive 64-bit integer`);
    const timeUnitName = unitOf(unitName, context.operator);
    const firstDay = timeUnitName === 'week' ? firstDayOf(startOfWeek, frame) : 7;
    return firstDay === null
      ? null
      : new DateTime(truncateTo(dateMs(value), timeUnitName, size, zone, firstDay));
  });
};

const timestampPart = (read: (timestamp: Timestamp) => number): OperatorCompiler =>
  unary((value, operator) => {
    if (isNullish(value)) return null;
    return value instanceof Timestamp
      ? BigInt(read(value))
      : fail(5687301, `Argument to ${operator} must be a timestamp, but is ${typeName(value)}`);
  });

export const dateArithmetic: Record<string, OperatorCompiler> = {
  $dateAdd: add(1),
  $dateSubtract: add(-1),
  $dateDiff: diff,
  $dateTrunc: trunc,
  $tsSecond: timestampPart((timestamp) => timestamp.seconds),
  $tsIncrement: timestampPart((timestamp) => timestamp.increment),
};
