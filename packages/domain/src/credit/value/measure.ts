import { Exact } from './exact';
import { z } from 'zod';
import { AMOUNT_UNIT } from '../../core';

/**
 * Amounts of credit. Stored as an integer number of ten-thousandths of a measure (0.25 hours = 2 500), written as
 * decimal text on the wire, and exact fractions while a rule computes.
 */
export type Units = number;

const EXACT = /^-?\d{1,9}(\.\d{1,6})?$|^-?\d{1,6}\/[1-9]\d{0,5}$/;

/** Whether a text or number is one that rules and facts may state: 12, 0.25, "49.75", or a fraction such as "1/7". */
export const isExactNumber = (value: unknown): value is ExactNumber =>
  (typeof value === 'number' || typeof value === 'string') && EXACT.test(String(value));

/** A number as a rule author writes it: at most nine digits before and six after the point, or a fraction. */
export const exactNumber = z
  .union([z.number(), z.string()])
  .refine(isExactNumber, { message: 'not an exact number', abort: true })
  .meta({ title: 'exact number', description: '整数、小数，或分数文字（如 "1/7"）' });
export type ExactNumber = number | string;

/** A number of which whole ten-thousandths can be kept. */
export const storableNumber = z
  .union([z.number(), z.string()])
  .refine((value) => isExactNumber(value) && isRepresentable(Exact.of(value)), {
    message: 'not an exact number',
  });

const UNIT = Exact.of(AMOUNT_UNIT);
const constants = new Map<ExactNumber, Exact>();

/** The fraction of a constant of a regulation. The same few constants recur for every activity, so they are kept. */
export function constant(value: ExactNumber): Exact {
  let known = constants.get(value);
  if (!known) {
    known = Exact.of(value);
    constants.set(value, known);
  }
  return known;
}

export const fromUnits = (units: Units): Exact => Exact.ratio(units, AMOUNT_UNIT);

/** Whether a number is a whole number of ten-thousandths. */
export const isRepresentable = (value: Exact): boolean => AMOUNT_UNIT % value.d === 0;

/** Whole ten-thousandths of a number. A finer value is a defect of the regulation check, hence an error;
 * so is one too large to be held exactly. */
export function toUnits(value: Exact): Units {
  if (!isRepresentable(value)) throw new RangeError(`${value.toString()} is finer than a ten-thousandth`);
  const units = value.n * (AMOUNT_UNIT / value.d);
  if (!Number.isSafeInteger(units)) throw new RangeError(`${value.toString()} is too large to be exact`);
  return units;
}

/** Whole ten-thousandths, downwards. */
export const floorUnits = (value: Exact): Units =>
  isRepresentable(value) ? toUnits(value) : value.mul(UNIT).floor().n;

/** Whole ten-thousandths, upwards: what is required or missing is never understated. */
export const ceilUnits = (value: Exact): Units =>
  isRepresentable(value) ? toUnits(value) : value.mul(UNIT).ceil().n;

/** The least multiple of a step that is not less than an amount. */
export const stepsTo = (amount: Exact, step: Exact): Exact => amount.div(step).ceil().mul(step);

/** The least multiple of a step that is more than an amount. */
export const stepsOver = (amount: Exact, step: Exact): Exact =>
  amount.div(step).floor().add(Exact.ONE).mul(step);

/** Decimal text without trailing zeros: 497 500 → "49.75", -20 000 → "-2". */
export function formatAmount(units: Units): string {
  const sign = units < 0 ? '-' : '';
  const magnitude = Math.abs(units);
  const whole = Math.floor(magnitude / AMOUNT_UNIT);
  const rest = String(magnitude % AMOUNT_UNIT).padStart(4, '0');
  return `${sign}${whole}${rest === '0000' ? '' : `.${rest.replace(/0+$/, '')}`}`;
}

/** Ten-thousandths of a decimal text or number; anything finer or not a number is an error. */
export function parseAmount(text: string | number): Units {
  if (!/^-?\d+(\.\d{1,4})?$/.test(String(text))) throw new RangeError(`not an amount: ${text}`);
  return toUnits(Exact.of(text));
}

/** A fraction for people: as a decimal where that is exact within four places, otherwise as a fraction ("1/7"). */
export function sayFraction(value: Exact): string {
  return value.isWhole || !isRepresentable(value) ? value.toString() : formatAmount(toUnits(value));
}
