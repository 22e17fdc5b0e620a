import { fail } from '../../errors';
import { DateTime, Doc, integerOf, isNullish, shellText, typeName, type Value } from '../../bson';
import type { Expression, Frame } from '../../query/scope';
import { CivilTime, HOUR_MS, isoWeekStart, MINUTE_MS, SECOND_MS, DAY_MS } from '../dates/civil';
import { instantOf, utcMs } from '../dates/time-zone';
import { computed, namedOperands, type OperatorCompiler, type OperatorContext } from '../expression-context';
import { dateMs, present, zoneOf } from './date-operands';

/** An operator that reads one field: of a date, or of `{ date, timezone }`. */
function part(read: (time: CivilTime) => Value): OperatorCompiler {
  return (operand, context) => {
    const { date, timezone } = dateAndZone(operand, context);
    return computed(present(date, timezone), (frame) => {
      const value = date(frame);
      const zone = zoneOf(timezone, frame);
      if (isNullish(value) || zone === undefined) return null;
      const ms = dateMs(value);
      return read(new CivilTime(ms + zone(ms)));
    });
  };
}

function dateAndZone(
  operand: Value,
  context: OperatorContext,
): { date: Expression; timezone: Expression | undefined } {
  const { operator } = context;
  if (operand instanceof Doc && operand.keys[0]?.startsWith('$') !== true) {
    const unknown = operand.keys.find((key) => key !== 'date' && key !== 'timezone');
    if (unknown !== undefined) fail(40535, `unrecognized option to ${operator}: "${unknown}"`);
    const date = operand.get('date');
    if (date === undefined)
      fail(40539, `missing 'date' argument to ${operator}, provided: ${shellText(operand)}`);
    const timezone = operand.get('timezone');
    return {
      date: context.compile(date),
      timezone: timezone === undefined ? undefined : context.compile(timezone),
    };
  }
  if (Array.isArray(operand) && operand.length !== 1) {
    fail(
      40536,
      `${operator} accepts exactly one argument if given an array, but was given ${operand.length}`,
    );
  }
  return { date: context.compile(Array.isArray(operand) ? operand[0]! : operand), timezone: undefined };
}

const toParts: OperatorCompiler = (operand, context) => {
  const { date, timezone, iso8601 } = namedOperands(
    operand,
    context,
    { required: ['date'], optional: ['timezone', 'iso8601'] },
    { shape: 40524, unknown: 40520, missing: 40522 },
  );
  return computed(present(date, timezone, iso8601), (frame) => {
    const value = date(frame);
    const iso = iso8601 === undefined ? false : iso8601(frame);
    const zone = zoneOf(timezone, frame);
    if (isNullish(iso) || zone === undefined || isNullish(value)) return null;
    if (typeof iso !== 'boolean') fail(40521, `iso8601 must evaluate to a bool, found ${typeName(iso)}`);
    const ms = dateMs(value);
    const time = new CivilTime(ms + zone(ms));
    const days = iso
      ? { isoWeekYear: time.isoWeekYear, isoWeek: time.isoWeek, isoDayOfWeek: time.isoDayOfWeek }
      : { year: time.year, month: time.month, day: time.day };
    return Doc.of({
      ...days,
      hour: time.hour,
      minute: time.minute,
      second: time.second,
      millisecond: time.millisecond,
    });
  });
};

const PART_NAMES = [
  'year',
  'month',
  'day',
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
const DEFAULTS: Readonly<Partial<Record<(typeof PART_NAMES)[number], number>>> = {
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
};
const LARGEST_SHORT = 32767;

const fromParts: OperatorCompiler = (operand, context) => {
  const operands = namedOperands(
    operand,
    context,
    { required: [], optional: [...PART_NAMES, 'timezone'] },
    { shape: 40519, unknown: 40518 },
  );
  const iso = operands.isoWeekYear !== undefined;
  if (iso && (operands.year ?? operands.month ?? operands.day) !== undefined)
    fail(40489, '$dateFromParts does not allow mixing natural dates with ISO 8601');
  if (!iso && (operands.isoWeek ?? operands.isoDayOfWeek) !== undefined)
    fail(40489, '$dateFromParts does not allow mixing natural dates with ISO 8601');
  if (!iso && operands.year === undefined)
    fail(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  return computed(present(...PART_NAMES.map((name) => operands[name]), operands.timezone), (frame) => {
    const parts = new Map<string, number>();
    for (const name of PART_NAMES) {
      const value = partValue(name, operands[name], frame);
      if (value === null) return null;
      parts.set(name, value);
    }
    const zone = zoneOf(operands.timezone, frame);
    if (zone === undefined) return null;
    return new DateTime(
      instantOf(
        localMs(iso, (name) => parts.get(name)!),
        zone,
      ),
    );
  });
};

/** One part as an integer; null when it evaluates to null. */
function partValue(
  name: (typeof PART_NAMES)[number],
  expression: Expression | undefined,
  frame: Frame,
): number | null {
  if (expression === undefined) return DEFAULTS[name] ?? 1;
  const value = expression(frame);
  if (isNullish(value)) return null;
  const number = integerOf(value);
  if (number === undefined)
    return fail(
      40515,
      `'${name}' must evaluate to an integer, found ${typeName(value)} with value ${shellText(value)}`,
    );
  const isYear = name === 'year' || name === 'isoWeekYear';
  if (isYear && (number < 1 || number > 9999))
    fail(40523, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${number}`);
  if (!isYear && name !== 'second' && name !== 'millisecond' && Math.abs(number) > LARGEST_SHORT) {
    fail(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${number} is not in range`,
    );
  }
  return number;
}

function localMs(iso: boolean, get: (name: (typeof PART_NAMES)[number]) => number): number {
  const date = iso
    ? isoWeekStart(get('isoWeekYear'), get('isoWeek')) + (get('isoDayOfWeek') - 1) * DAY_MS
    : utcMs(get('year'), get('month'), 1) + (get('day') - 1) * DAY_MS;
  return (
    date + get('hour') * HOUR_MS + get('minute') * MINUTE_MS + get('second') * SECOND_MS + get('millisecond')
  );
}

export const dateParts: Record<string, OperatorCompiler> = {
  $year: part((time) => time.year),
  $month: part((time) => time.month),
  $dayOfMonth: part((time) => time.day),
  $dayOfYear: part((time) => time.dayOfYear),
  $dayOfWeek: part((time) => time.dayOfWeek),
  $week: part((time) => time.week),
  $isoWeek: part((time) => time.isoWeek),
  $isoWeekYear: part((time) => BigInt(time.isoWeekYear)),
  $isoDayOfWeek: part((time) => time.isoDayOfWeek),
  $hour: part((time) => time.hour),
  $minute: part((time) => time.minute),
  $second: part((time) => time.second),
  $millisecond: part((time) => time.millisecond),
  $dateToParts: toParts,
  $dateFromParts: fromParts,
};
