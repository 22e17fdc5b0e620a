import { Exact } from '../value/exact';
import type { ActivityFacts } from '../person/activity';
import { holds, sayBounds, withinBounds, type FactTest } from '../regulation/condition';
import type { Rounding, Worth } from '../regulation/earning-schema';
import { constant, sayFraction, type ExactNumber } from '../value/measure';
import type { Step } from './steps';

/** Why an activity has no worth under a rule. */
export interface NoWorth {
  readonly reason: 'fact-missing' | 'not-in-table' | 'outside-bands';
  readonly needs: readonly FactTest[];
}
interface Valued {
  readonly value: Exact;
  readonly steps: Step[];
}
export type WorthResult = Valued | NoWorth;

export const isNoWorth = (result: WorthResult): result is NoWorth => 'reason' in result;

type Bands = NonNullable<Worth['bands']>;
type Table = NonNullable<Worth['values']>;

const HALF = Exact.ratio(1, 2);

/** To a multiple of `to`: down, up, or to the nearest with halves up. */
export function roundTo(value: Exact, to: Exact, mode: Rounding['mode']): Exact {
  const steps = value.div(to);
  const whole = mode === 'down' ? steps.floor() : mode === 'up' ? steps.ceil() : steps.add(HALF).floor();
  return whole.mul(to);
}

/** Values one activity: base amount, then factors, then rounding, then the limits of one item. A band is of the fact `around` it. */
export function worthOf(worth: Worth, facts: ActivityFacts, around = ''): WorthResult {
  const base = baseOf(worth, facts, around);
  if (isNoWorth(base)) return base;
  const { steps } = base;
  let { value } = base;
  for (const factor of worth.times ?? []) {
    if (factor.where && !holds(factor.where, facts)) continue;
    value = value.mul(constant(factor.by));
    steps.push({
      kind: 'factor',
      by: sayFraction(constant(factor.by)),
      result: sayFraction(value),
      ...(factor.clause === undefined ? {} : { clause: factor.clause }),
    });
  }
  if (worth.round) {
    value = roundTo(value, constant(worth.round.to), worth.round.mode);
    steps.push({
      kind: 'round',
      to: sayFraction(constant(worth.round.to)),
      mode: worth.round.mode,
      result: sayFraction(value),
    });
  }
  return { value: withinItemLimits(value, worth, steps), steps };
}

function withinItemLimits(value: Exact, worth: Worth, steps: Step[]): Exact {
  const { itemAtMost, itemAtLeast } = worth;
  if (itemAtMost !== undefined && value.compare(constant(itemAtMost)) > 0) {
    const limit = constant(itemAtMost);
    steps.push({ kind: 'item-at-most', limit: sayFraction(limit), cut: sayFraction(value.sub(limit)) });
    return limit;
  }
  if (itemAtLeast !== undefined && value.compare(constant(itemAtLeast)) < 0) {
    const limit = constant(itemAtLeast);
    steps.push({ kind: 'item-at-least', limit: sayFraction(limit), cut: sayFraction(value.sub(limit)) });
    return limit;
  }
  return value;
}

function baseOf(worth: Worth, facts: ActivityFacts, around: string): WorthResult {
  if (worth.flat !== undefined) return flatValue(worth.flat);
  if (worth.values) return tableValue(worth, worth.values, facts);
  const fact = worth.of ?? around;
  const quantity = facts.number(fact);
  if (!quantity) return missing(fact, facts);
  if (!worth.bands) return rateValue(worth, fact, quantity);
  return worth.sliced
    ? slicedValue(worth.bands, fact, quantity)
    : bandValue(worth.bands, fact, quantity, facts);
}

function flatValue(flat: ExactNumber): Valued {
  const value = constant(flat);
  return { value, steps: [{ kind: 'flat', result: sayFraction(value) }] };
}

const missing = (fact: string, facts: ActivityFacts): NoWorth => ({
  reason: 'fact-missing',
  needs: facts.lacking(fact).map((one) => ({ fact: one, met: false })),
});

function rateValue(worth: Worth, fact: string, quantity: Exact): Valued {
  const rate = constant(worth.rate ?? 1);
  const each = constant(worth.each ?? 1);
  const raw = quantity.div(each);
  const times = worth.eachRound ? roundTo(raw, Exact.ONE, worth.eachRound) : raw;
  const value = times.mul(rate);
  const step: Step = {
    kind: 'rate',
    fact,
    quantity: sayFraction(quantity),
    each: sayFraction(each),
    times: sayFraction(times),
    rate: sayFraction(rate),
    result: sayFraction(value),
  };
  return { value, steps: [step] };
}

function bandValue(bands: Bands, fact: string, quantity: Exact, facts: ActivityFacts): WorthResult {
  const band = bands.find((candidate) => withinBounds(quantity, candidate));
  if (!band) {
    const needs = bands.map((candidate) => ({
      fact,
      actual: sayFraction(quantity),
      wanted: sayBounds(candidate),
      met: false,
    }));
    return { reason: 'outside-bands', needs };
  }
  const inner = worthOf(band, facts, fact);
  if (isNoWorth(inner)) return inner;
  const step: Step = { kind: 'band', fact, quantity: sayFraction(quantity), band: sayBounds(band) };
  return { value: inner.value, steps: [step, ...inner.steps] };
}

/** Each band values its own part of the quantity, as a tax scale does; a `flat` one counts as soon as it is reached. */
function slicedValue(bands: Bands, fact: string, quantity: Exact): Valued {
  let value = Exact.ZERO;
  const steps: Step[] = [];
  const parts: string[] = [];
  for (const band of bands) {
    const lower = constant(band.atLeast ?? band.above ?? 0);
    const upper = band.atMost ?? band.below;
    const reached = upper !== undefined && quantity.compare(constant(upper)) > 0 ? constant(upper) : quantity;
    const slice = reached.sub(lower);
    const isReached =
      band.flat === undefined
        ? slice.n > 0
        : withinBounds(quantity, { atLeast: band.atLeast, above: band.above });
    if (!isReached) continue;
    const inner = band.flat === undefined ? rateValue(band, fact, slice) : flatValue(band.flat);
    const step: Step =
      band.flat === undefined
        ? { kind: 'slice', fact, quantity: sayFraction(slice), band: sayBounds(band) }
        : { kind: 'slice-flat', band: sayBounds(band), result: sayFraction(inner.value) };
    steps.push(step, ...(band.flat === undefined ? inner.steps : []));
    parts.push(sayFraction(inner.value));
    value = value.add(inner.value);
  }
  if (parts.length > 1) steps.push({ kind: 'sum', parts, result: sayFraction(value) });
  return { value, steps };
}

function tableValue(worth: Worth, values: Table, facts: ActivityFacts): WorthResult {
  const fact = worth.by ?? '';
  const known = facts.value(fact);
  if (known === undefined) return missing(fact, facts);
  const key = known instanceof Exact ? sayFraction(known) : String(known);
  const listed = Object.hasOwn(values, key) ? values[key] : undefined;
  const entry = listed ?? worth.otherwise;
  if (entry === undefined) {
    const wanted = Object.keys(values).join(' | ');
    return { reason: 'not-in-table', needs: [{ fact, actual: key, wanted, met: false }] };
  }
  const step: Step = { kind: 'table', fact, key };
  const inner = worthOf(typeof entry === 'object' ? entry : { flat: entry }, facts);
  return isNoWorth(inner) ? inner : { value: inner.value, steps: [step, ...inner.steps] };
}
