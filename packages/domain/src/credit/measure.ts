import Fraction from 'fraction.js';
import { z } from 'zod';
import { AMOUNT_UNIT } from '../core';

/**
 * Amounts of credit. Stored as an integer number of ten-thousandths of a measure (0.25 hours = 2 500), written as
 * decimal text on the wire, and exact fractions while a rule computes.
 */
export type Units = number;

/** A number as a rule author writes it: 12, 0.25, "49.75", or a fraction such as "1/7". */
export const exactNumber = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$|^-?\d+\/[1-9]\d*$/)])
  .meta({ title: 'exact number', description: '整数、小数，或分数文字（如 "1/7"）' });
export type ExactNumber = z.infer<typeof exactNumber>;

export const fraction = (value: ExactNumber): Fraction =>
  new Fraction(typeof value === 'number' ? String(value) : value);

const constants = new Map<ExactNumber, Fraction>();

/** The fraction of a constant of a regulation. The same few constants recur for every activity, so they are kept. */
export function constant(value: ExactNumber): Fraction {
  let known = constants.get(value);
  if (!known) {
    known = fraction(value);
    constants.set(value, known);
  }
  return known;
}

export const fromUnits = (units: Units): Fraction => new Fraction(units, AMOUNT_UNIT);

/** Whether a fraction is a whole number of ten-thousandths. */
export const isRepresentable = (value: Fraction): boolean => value.mul(AMOUNT_UNIT).d === 1n;

/** Whole ten-thousandths of a fraction. A finer value is a defect of the regulation check, hence an error. */
export function toUnits(value: Fraction): Units {
  const scaled = value.mul(AMOUNT_UNIT);
  if (scaled.d !== 1n) throw new RangeError(`${value.toFraction()} is finer than a ten-thousandth`);
  return Number(scaled.s * scaled.n);
}

/** Whole ten-thousandths, downwards. */
export function floorUnits(value: Fraction): Units {
  const scaled = value.mul(AMOUNT_UNIT).floor();
  return Number(scaled.s * scaled.n);
}

/** Whole ten-thousandths, upwards: what is required or missing is never understated. */
export const ceilUnits = (value: Fraction): Units => {
  const scaled = value.mul(AMOUNT_UNIT).ceil();
  return Number(scaled.s * scaled.n);
};

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
  return toUnits(fraction(text));
}

/** A fraction for people: as a decimal where that is exact within four places, otherwise as a fraction ("1/7"). */
export function sayFraction(value: Fraction): string {
  return isRepresentable(value) ? formatAmount(toUnits(value)) : value.toFraction();
}
