import { Exact } from '../value/exact';
import { sayBounds, spell, type Bounds } from '../regulation/condition';
import { listOf, type Names, type Worth } from '../regulation/earning-schema';
import { FACT_NAMES, type FactName } from '../regulation/fact-names';
import type { Path } from '../source/json-source';
import { constant, isRepresentable, sayFraction, type ExactNumber } from '../value/measure';
import { activityFactHint } from '../source/meanings';
import { oncePer } from '../value/once-per';
import type { Supposed } from './selection';
import type { Regulation } from '../regulation/regulation-schema';
import type { Fault } from '../source/schema-errors';
import {
  isAmount,
  type HeldAgainst,
  type Quantity,
  type Requirement,
  type Total,
} from '../regulation/target-schema';

const BOUND_FIELDS = ['atLeast', 'above', 'atMost', 'below'];
const TOO_FINE = '可能得出比万分之一更细的数，请写 round';
const ONE_WAY = '价值应写成其中一种：flat；rate（加 of）；bands（加 of）；values（加 by）';

const SLICE_FIELDS = new Set([...BOUND_FIELDS, 'flat', 'rate', 'each', 'eachRound']);

/** The finest step that an amount may have, or undefined for an amount of any fineness. */
type Grain = Exact | undefined;

/** That each worth is written in one way, names known facts, covers no contradiction, and stays storable. */
export function checkWorths(regulation: Regulation): Fault[] {
  const { grains, faults } = checkedEarnings(regulation);
  if (faults.length > 0) return faults;
  for (const [id, total] of Object.entries(regulation.totals ?? {})) {
    faults.push(...bandFaults(total.bands ?? [], ['totals', id], sumGrain(total, regulation, grains)));
    if (!isRepresentable(totalGrain(total, regulation, grains)))
      faults.push({ path: ['totals', id], sentence: TOO_FINE });
  }
  const [only] = Object.keys(regulation.measures);
  (regulation.carryOver ?? []).forEach(({ from, above, times, round }, index) => {
    const excess = quantityGrain(from, only ?? '', regulation, grains).commonStep(
      edgeGrain(above, regulation),
    );
    if (round || isRepresentable(excess.mul(constant(times ?? 1)).abs())) return;
    if (times !== undefined) faults.push({ path: ['carryOver', index, 'times'], sentence: TOO_FINE });
    else
      faults.push({
        path: ['carryOver', index],
        sentence:
          typeof above === 'object'
            ? `任务“${above.target}”的减免或折算可能除不尽，这里应写 round`
            : TOO_FINE,
      });
  });
  return faults;
}

export const LEAST_ABOVE_MOST = '下限大于上限';

/** Whether a lower limit is above an upper one, so that no amount is within both. */
export const isAbove = (least: ExactNumber | undefined, most: ExactNumber | undefined): boolean =>
  least !== undefined && most !== undefined && constant(least).compare(constant(most)) > 0;

const checkedOnce = oncePer(checkedEarnings);

/** The step in which a quantity moves: whatever earns it earns a multiple of that. */
export const amountStep = (quantity: Quantity, measure: string, regulation: Regulation): Exact =>
  quantityGrain(quantity, measure, regulation, checkedOnce(regulation).steps);

/** The same of what counts: what limits leave may be the limit itself. */
export const countedStep = (quantity: Quantity, measure: string, regulation: Regulation): Exact =>
  (regulation.caps ?? []).reduce(
    (step, { atMost }) => (isAmount(atMost) ? step.commonStep(stepOf(constant(atMost))) : step),
    amountStep(quantity, measure, regulation),
  );

/** The step in which one way of earning does. */
export const wayStep = (way: Supposed['way'], regulation: Regulation): Exact =>
  checkedOnce(regulation).ways.get(wayKey(way)) ?? Exact.ONE;

const wayKey = ({ rule, measure, part }: Pick<Supposed['way'], 'rule' | 'measure' | 'part'>): string =>
  JSON.stringify([rule, measure, part]);

interface CheckedEarnings {
  /** The step of what each measure's rules earn. */
  readonly steps: ReadonlyMap<string, Exact>;
  /** The same for what is kept, which may be shares of an amount. */
  readonly grains: ReadonlyMap<string, Exact>;
  /** The step of each way of earning by itself. */
  readonly ways: ReadonlyMap<string, Exact>;
  readonly faults: Fault[];
}

function checkedEarnings(regulation: Regulation): CheckedEarnings {
  const faults: Fault[] = [];
  const [steps, grains, ways] = [
    new Map<string, Exact>(),
    new Map<string, Exact>(),
    new Map<string, Exact>(),
  ];
  regulation.earn.forEach((rule, index) => {
    rule.earns.forEach((earning, at) => {
      const path = ['earn', index, 'earns', at];
      const grain = new WorthCheck(regulation, faults).grainOf(earning, path);
      if (grain && isRepresentable(grain)) {
        // The shares of a spread amount are whole ten-thousandths, whatever the amount.
        const kept = rule.spread ? Exact.ratio(1, 10_000) : grain;
        const way = wayKey({ rule: rule.id, measure: earning.measure, part: earning.part ?? '' });
        ways.set(way, finer(ways.get(way), grain));
        steps.set(earning.measure, finer(steps.get(earning.measure), grain));
        grains.set(earning.measure, finer(grains.get(earning.measure), kept));
      } else if (faults.length === 0) faults.push({ path, sentence: TOO_FINE });
    });
  });
  return { steps, grains, ways, faults };
}

/** The greatest common step of two grains: of a/b and c/d, gcd(ad, cb) / bd. */
function finer(left: Grain, right: Exact): Exact {
  return left === undefined ? right : left.commonStep(right);
}

function totalGrain(total: Total, regulation: Regulation, grains: ReadonlyMap<string, Exact>): Exact {
  let grain = sumGrain(total, regulation, grains);
  if (total.bands)
    grain = total.bands
      .map(({ flat }) => stepOf(constant(flat)))
      .reduce((left, right) => left.commonStep(right));
  if (total.round) grain = constant(total.round.to);
  return withLimits(grain, total);
}

/** The grain of the terms alone. */
function sumGrain(total: Total, regulation: Regulation, grains: ReadonlyMap<string, Exact>): Exact {
  let grain = constant(total.start ?? 1).abs();
  if (grain.n === 0) grain = Exact.ONE;
  for (const term of total.add) {
    const inner = quantityGrain(term, total.measure, regulation, grains);
    const held = heldGrain(inner, term, regulation).mul(constant(term.times ?? 1));
    grain = withLimits(grain.commonStep(held.abs()), term);
  }
  return grain;
}

/** The grain of what of a term is added; of what is divided by what a target asks, none is known. */
function heldGrain(
  inner: Exact,
  { above, below, over }: Total['add'][number],
  regulation: Regulation,
): Exact {
  const edge = above ?? below;
  if (edge !== undefined) return inner.commonStep(edgeGrain(edge, regulation));
  if (over === undefined) return inner;
  if (typeof over === 'object') return UNKNOWN_GRAIN;
  const divided = inner.div(constant(over));
  return isRepresentable(divided) ? divided : UNKNOWN_GRAIN;
}

/** Finer than what can be kept. */
const UNKNOWN_GRAIN = Exact.ratio(1, 1_000_003);

/** The grain of what an amount is held against; of a target that is lowered in proportion, none is known. */
function edgeGrain(against: HeldAgainst, { targets = [] }: Regulation): Exact {
  if (typeof against !== 'object') return stepOf(constant(against));
  const target = targets.find(({ id }) => id === against.target);
  if (!target) return Exact.ONE;
  const isMeant = ({ amounts }: { readonly amounts?: Names | undefined }): boolean =>
    amounts === undefined || against.amount === undefined || listOf(amounts).includes(against.amount);
  const { needs, prorate, relief = [] } = target;
  let grain = statedIn(needs).map(stepOf).reduce(finer, Exact.ONE);
  if (prorate && isMeant(prorate))
    grain = grain.commonStep(prorate.round ? constant(prorate.round.to) : UNKNOWN_GRAIN);
  for (const { times, less, to, round, ...rest } of relief) {
    if (!isMeant(rest)) continue;
    const steps = [less, to, round?.to].filter((step) => step !== undefined);
    grain = steps.map((step) => stepOf(constant(step))).reduce(finer, grain);
    if (times !== undefined && constant(times).n !== 0 && !round)
      grain = grain.commonStep(grain.mul(constant(times)).abs());
  }
  return grain;
}

/** An amount that stops at a limit may be the limit itself. */
function withLimits(grain: Exact, { atLeast, atMost }: Pick<Bounds, 'atLeast' | 'atMost'>): Exact {
  return [atLeast, atMost].reduce<Exact>(
    (step, limit) => (limit === undefined ? step : step.commonStep(stepOf(constant(limit)))),
    grain,
  );
}

function quantityGrain(
  quantity: Quantity,
  measure: string,
  regulation: Regulation,
  grains: ReadonlyMap<string, Exact>,
): Exact {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  if (total) return totalGrain(total, regulation, grains);
  return grains.get(quantity.measure ?? measure) ?? Exact.ONE;
}

class WorthCheck {
  readonly #regulation: Regulation;
  readonly #faults: Fault[];

  constructor(regulation: Regulation, faults: Fault[]) {
    this.#regulation = regulation;
    this.#faults = faults;
  }

  grainOf(worth: Worth, path: Path, around?: string): Grain {
    const ways = [worth.flat, worth.rate, worth.bands, worth.values].filter((way) => way !== undefined);
    if (ways.length !== 1) {
      this.#faults.push({ path, sentence: ONE_WAY });
      return undefined;
    }
    if (worth.otherwise !== undefined && !worth.values)
      this.#faults.push({ path: [...path, 'otherwise'], sentence: 'otherwise 只能与 values 一起写' });
    if (isAbove(worth.itemAtLeast, worth.itemAtMost))
      this.#faults.push({ path: [...path, 'itemAtLeast'], sentence: LEAST_ABOVE_MOST });
    let grain = this.#baseGrain(worth, path, around);
    for (const factor of worth.times ?? []) grain = grain?.commonStep(grain.mul(constant(factor.by)).abs());
    if (worth.round) return this.#rounded(constant(worth.round.to), path);
    for (const limit of [worth.itemAtMost, worth.itemAtLeast]) {
      if (limit !== undefined && constant(limit).n !== 0) grain = grain?.commonStep(constant(limit).abs());
    }
    return grain;
  }

  #rounded(to: Exact, path: Path): Grain {
    if (to.n > 0) return to;
    this.#faults.push({ path: [...path, 'round', 'to'], sentence: '进位单位应大于 0' });
    return undefined;
  }

  #baseGrain(worth: Worth, path: Path, around: string | undefined): Grain {
    if (worth.flat !== undefined) return stepOf(constant(worth.flat));
    if (worth.values) return this.#tableGrain(worth, worth.values, path);
    const fact = worth.of ?? around;
    if (fact === undefined) {
      this.#faults.push({ path, sentence: '应写明按哪个数量（of）计算' });
      return undefined;
    }
    const step = this.#factStep(fact, [...path, 'of']);
    if (worth.bands) return this.#bandsGrain(worth, worth.bands, path, fact, step);
    return step && this.#rateGrain(worth, step, path);
  }

  #rateGrain(worth: Worth, step: Exact | 'any', path: Path): Grain {
    const each = constant(worth.each ?? 1);
    if (each.n <= 0) {
      this.#faults.push({ path: [...path, 'each'], sentence: 'each 应大于 0' });
      return undefined;
    }
    const times = worth.eachRound ? Exact.ONE : step === 'any' ? undefined : step.div(each);
    if (times === undefined) return worth.round ? Exact.ONE : Exact.ratio(1, 1_000_003);
    return stepOf(times.mul(constant(worth.rate ?? 1)));
  }

  #bandsGrain(
    worth: Worth,
    bands: NonNullable<Worth['bands']>,
    path: Path,
    fact: string,
    step: Exact | 'any' | undefined,
  ): Grain {
    let grain: Grain;
    this.#faults.push(...bandFaults(bands, path, step));
    bands.forEach((band, index) => {
      const at = [...path, 'bands', index];
      const strange = worth.sliced && Object.keys(band).find((key) => !SLICE_FIELDS.has(key));
      if (strange)
        this.#faults.push({
          path: [...at, strange],
          sentence:
            '分段累计（sliced）的每段只写 flat（到了这一段就计），或 rate、each、eachRound；其余写在外层',
        });
      const inner = this.grainOf(band, at, fact);
      grain = inner && finer(grain, inner);
    });
    return grain;
  }

  #tableGrain(worth: Worth, values: NonNullable<Worth['values']>, path: Path): Grain {
    if (worth.by === undefined) this.#faults.push({ path, sentence: '表（values）应写明按哪个事实（by）查' });
    else this.#factKnown(worth.by, [...path, 'by']);
    let grain: Grain;
    const rows = Object.entries(values).map(([key, entry]) => ({
      entry,
      at: [...path, 'values', key],
    }));
    if (worth.otherwise !== undefined) rows.push({ entry: worth.otherwise, at: [...path, 'otherwise'] });
    for (const { entry, at } of rows) {
      const inner = typeof entry === 'object' ? this.grainOf(entry, at) : stepOf(constant(entry));
      grain = inner && finer(grain, inner);
    }
    return grain;
  }

  #factKnown(fact: string, path: Path): boolean {
    if (fact in FACT_NAMES || fact in (this.#regulation.facts ?? {})) return true;
    const hint = activityFactHint(fact, Object.keys(this.#regulation.facts ?? {}));
    this.#faults.push({ path, sentence: `没有“${fact}”这一事实${hint}` });
    return false;
  }

  /** The step of a quantity as facts give it; a share or mean may be of any fineness. */
  #factStep(fact: string, path: Path): Exact | 'any' | undefined {
    if (!this.#factKnown(fact, path)) return undefined;
    const own = this.#regulation.facts?.[fact];
    if (!own) {
      const known = (FACT_NAMES as Record<string, FactName>)[fact];
      if (known?.type === 'number') return Exact.of(known.step ?? '0.01');
    } else if ('type' in own) {
      if (own.type === 'number') return constant(own.step ?? '0.01');
    } else if ('weighted' in own) {
      return Object.values(own.weighted)
        .map((weight) => constant(weight).abs().div(Exact.of(100)))
        .reduce((left, right) => left.commonStep(right));
    } else if ('filedAfter' in own) {
      return Exact.ONE;
    } else if ('sum' in own) {
      return Exact.of('0.01');
    } else {
      return 'best' in own ? Exact.of('0.01') : 'any';
    }
    this.#faults.push({ path, sentence: `“${fact}”不是数量` });
    return undefined;
  }
}

/** An edge of a band, and whether the band holds it. */
interface Edge {
  readonly value: Exact;
  readonly isIn: boolean;
}

function edge(closed: ExactNumber | undefined, open: ExactNumber | undefined): Edge | undefined {
  const value = closed ?? open;
  return value === undefined ? undefined : { value: constant(value), isIn: closed !== undefined };
}

/** That no quantity lies in two bands, and none between two. */
function bandFaults(bands: readonly Bounds[], path: Path, step: Exact | 'any' | undefined): Fault[] {
  const sorted = bands
    .map((band, index) => ({
      band,
      index,
      from: edge(band.atLeast, band.above),
      to: edge(band.atMost, band.below),
    }))
    .sort((a, b) => (a.from && b.from ? a.from.value.compare(b.from.value) : a.from ? 1 : -1));
  const crossed = bands.findIndex(({ atLeast, above, atMost, below }) =>
    isAbove(atLeast ?? above, atMost ?? below),
  );
  if (crossed >= 0) return [{ path: [...path, 'bands', crossed], sentence: LEAST_ABOVE_MOST }];
  return sorted.slice(1).flatMap(({ from, index }, at) => {
    const before = sorted[at];
    if (!before) return [];
    const here = [...path, 'bands', index];
    const other = `与第 ${before.index + 1} 档（${spell(sayBounds(before.band), 'zh')}）`;
    const order = before.to && from ? from.value.compare(before.to.value) : -1;
    if (order < 0 || (order === 0 && before.to?.isIn && from?.isIn)) {
      const missing =
        from && !before.to
          ? `：那一档还应写上边，如 "${from.isIn ? 'below' : 'atMost'}": ${sayFraction(from.value)}`
          : '';
      return [{ path: here, sentence: `${other}重叠${missing}` }];
    }
    return from && before.to && isGap(before.to, from, step)
      ? [{ path: here, sentence: `${other}之间有空当，其中的数量不在任何一档；不计的请写 "flat": 0` }]
      : [];
  });
}

/** Whether a quantity of this step fits between an upper edge and the next lower one. */
function isGap(to: Edge, from: Edge, step: Exact | 'any' | undefined): boolean {
  const room = from.value.sub(to.value);
  if (room.n === 0) return !to.isIn && !from.isIn;
  if (step === undefined || step === 'any') return true;
  const first = to.value
    .div(step)
    .floor()
    .add(Exact.of(to.isIn || !to.value.div(step).isWhole ? 1 : 0))
    .mul(step);
  const order = first.compare(from.value);
  return order < 0 || (order === 0 && !from.isIn);
}

/** The lower edges that a requirement states. */
const statedIn = ({ allOf = [], anyOf = [], atLeast, above }: Requirement): Exact[] => [
  ...[atLeast, above].filter((edge) => edge !== undefined).map(constant),
  ...[...allOf, ...anyOf].flatMap(statedIn),
];

const stepOf = (value: Exact): Exact => (value.n === 0 ? Exact.ONE : value.abs());
