import { ErrorCode, fail, MongoError } from '../../errors';
import { DateTime, isNullish, typeName } from '../../bson';
import { checkFormat, formatDate } from '../dates/format';
import { parseDateText, parseFormattedDate } from '../dates/parse';
import { computed, constantOf, namedOperands, type OperatorCompiler } from '../expression-context';
import { dateMs, present, zoneOf } from './date-operands';

const ISO_FORMAT = '%Y-%m-%dT%H:%M:%S.%LZ';
const ISO_OFFSET_FORMAT = '%Y-%m-%dT%H:%M:%S.%L%z';

const toText: OperatorCompiler = (operand, context) => {
  const { date, format, timezone, onNull } = namedOperands(
    operand,
    context,
    { required: ['date'], optional: ['format', 'timezone', 'onNull'] },
    { shape: 18629, unknown: 18534, missing: 18628 },
  );
  const fixed = format === undefined ? undefined : constantOf(format)?.value;
  if (typeof fixed === 'string') checkFormat(fixed);
  else if (fixed !== undefined && !isNullish(fixed))
    fail(18533, `$dateToString requires that 'format' be a string, found: ${typeName(fixed)}`);
  return computed(present(date, format, timezone, onNull), (frame) => {
    const text = format === undefined ? ISO_FORMAT : format(frame);
    const zone = zoneOf(timezone, frame);
    const value = date(frame);
    if (isNullish(value)) return onNull === undefined ? null : onNull(frame);
    if (isNullish(text) || zone === undefined) return null;
    if (typeof text !== 'string')
      return fail(18533, `$dateToString requires that 'format' be a string, found: ${typeName(text)}`);
    checkFormat(text);
    const ms = dateMs(value);
    const isLocal = format === undefined && zone(ms) !== 0;
    return formatDate(ms, zone, isLocal ? ISO_OFFSET_FORMAT : text);
  });
};

const fromText: OperatorCompiler = (operand, context) => {
  const { dateString, format, timezone, onNull, onError } = namedOperands(
    operand,
    context,
    { required: ['dateString'], optional: ['format', 'timezone', 'onNull', 'onError'] },
    { shape: 40540, unknown: 40541, missing: 40542 },
  );
  return computed(present(dateString, format, timezone, onNull, onError), (frame) => {
    const text = dateString(frame);
    const pattern = format?.(frame);
    const zone = timezone === undefined ? undefined : zoneOf(timezone, frame);
    if (format !== undefined && !isNullish(pattern) && typeof pattern !== 'string') {
      fail(40684, `$dateFromString requires that 'format' be a string, found: ${typeName(pattern)}`);
    }
    if (isNullish(text)) return onNull === undefined ? null : onNull(frame);
    if ((format !== undefined && isNullish(pattern)) || (timezone !== undefined && zone === undefined))
      return null;
    try {
      if (typeof text !== 'string')
        fail(
          ErrorCode.ConversionFailure,
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
        );
      return new DateTime(
        typeof pattern === 'string' ? parseFormattedDate(text, pattern, zone) : parseDateText(text, zone),
      );
    } catch (error) {
      if (onError !== undefined && error instanceof MongoError && error.code === ErrorCode.ConversionFailure)
        return onError(frame);
      throw error;
    }
  });
};

export const dateText: Record<string, OperatorCompiler> = {
  $dateToString: toText,
  $dateFromString: fromText,
};
