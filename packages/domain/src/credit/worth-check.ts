import Fraction from 'fraction.js';
import type { Worth } from './earning-schema';
import { FACT_NAMES, type FactName } from './fact-names';
import type { Path } from './json-source';
import { constant } from './measure';
import type { Regulation } from './regulation-schema';
import type { Fault } from './schema-errors';
import type { Quantity, Total } from './target-schema';

const TOO_FINE = '可能得出比万分之一更细的数，请写 round';
const ONE_WAY = '价值应写成其中一种：flat；rate（加 of）；bands（加 of）；values（加 by）';

/** The finest step that an amount may have, or undefined for an amount of any fineness. */
type Grain = Fraction | undefined;

/** That each worth is written in one way, names known facts, covers no contradiction, and stays storable. */
export function checkWorths(regulation: Regulation): Fault[] {
  const faults: Fault[] = [];
  const grains = new Map<string, Fraction>();
  regulation.earn.forEach((rule, index) => {
    rule.earns.forEach((earning, at) => {
      const path = ['earn', index, 'earns', at];
      const grain = new WorthCheck(regulation, faults).grainOf(earning, path);
      if (grain && isStorable(grain)) {
        // The shares of a spread amount are whole ten-thousandths, whatever the amount.
        const step = rule.spread ? new Fraction(1, 10_000) : grain;
        grains.set(earning.measure, finer(grains.get(earning.measure), step));
      } else if (faults.length === 0) faults.push({ path, sentence: TOO_FINE });
    });
  });
  if (faults.length > 0) return faults;
  for (const [id, total] of Object.entries(regulation.totals ?? {})) {
    if (!isStorable(totalGrain(total, regulation, grains)))
      faults.push({ path: ['totals', id], sentence: TOO_FINE });
  }
  return faults;
}

const isStorable = (grain: Fraction): boolean => grain.mul(10_000).d === 1n;

/** The greatest common step of two grains: of a/b and c/d, gcd(ad, cb) / bd. */
function finer(left: Grain, right: Fraction): Fraction {
  return left === undefined ? right : left.gcd(right);
}

function totalGrain(total: Total, regulation: Regulation, grains: ReadonlyMap<string, Fraction>): Fraction {
  if (total.round) return constant(total.round.to);
  let grain = constant(total.start ?? 1).abs();
  if (grain.n === 0n) grain = new Fraction(1);
  for (const term of total.add) {
    const inner = quantityGrain(term, total.measure, regulation, grains);
    grain = grain.gcd(inner.mul(constant(term.times ?? 1)).abs());
  }
  return grain;
}

function quantityGrain(
  quantity: Quantity,
  measure: string,
  regulation: Regulation,
  grains: ReadonlyMap<string, Fraction>,
): Fraction {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  if (total) return totalGrain(total, regulation, grains);
  return grains.get(quantity.measure ?? measure) ?? new Fraction(1);
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
    let grain = this.#baseGrain(worth, path, around);
    for (const factor of worth.times ?? []) grain = grain?.gcd(grain.mul(constant(factor.by)).abs());
    if (worth.round) return this.#rounded(constant(worth.round.to), path);
    for (const limit of [worth.itemAtMost, worth.itemAtLeast]) {
      if (limit !== undefined && constant(limit).n !== 0n) grain = grain?.gcd(constant(limit).abs());
    }
    return grain;
  }

  #rounded(to: Fraction, path: Path): Grain {
    if (to.compare(0) > 0) return to;
    this.#faults.push({ path: [...path, 'round', 'to'], sentence: '进位单位应大于 0' });
    return undefined;
  }

  #baseGrain(worth: Worth, path: Path, around: string | undefined): Grain {
    if (worth.flat !== undefined) return stepOf(constant(worth.flat));
    if (worth.values) return this.#tableGrain(worth, path);
    const fact = worth.of ?? around;
    if (fact === undefined) {
      this.#faults.push({ path, sentence: '应写明按哪个数量（of）计算' });
      return undefined;
    }
    const step = this.#factStep(fact, [...path, 'of']);
    if (worth.bands) return this.#bandsGrain(worth, path, fact);
    return step && this.#rateGrain(worth, step, path);
  }

  #rateGrain(worth: Worth, step: Fraction | 'any', path: Path): Grain {
    const each = constant(worth.each ?? 1);
    if (each.compare(0) <= 0) {
      this.#faults.push({ path: [...path, 'each'], sentence: 'each 应大于 0' });
      return undefined;
    }
    const times = worth.eachRound ? new Fraction(1) : step === 'any' ? undefined : step.div(each);
    if (times === undefined) return worth.round ? new Fraction(1) : new Fraction(1, 1_000_003);
    return stepOf(times.mul(constant(worth.rate ?? 1)));
  }

  #bandsGrain(worth: Worth, path: Path, fact: string): Grain {
    let grain: Grain;
    (worth.bands ?? []).forEach((band, index) => {
      const at = [...path, 'bands', index];
      if (worth.sliced && band.rate === undefined)
        this.#faults.push({ path: at, sentence: '分段累计（sliced）的每段应写 rate' });
      const inner = this.grainOf(band, at, fact);
      grain = inner && finer(grain, inner);
    });
    return grain;
  }

  #tableGrain(worth: Worth, path: Path): Grain {
    if (worth.by === undefined) this.#faults.push({ path, sentence: '表（values）应写明按哪个事实（by）查' });
    else this.#factKnown(worth.by, [...path, 'by']);
    let grain: Grain;
    for (const [key, entry] of Object.entries(worth.values ?? {})) {
      const at = [...path, 'values', key];
      const inner = typeof entry === 'object' ? this.grainOf(entry, at) : stepOf(constant(entry));
      grain = inner && finer(grain, inner);
    }
    return grain;
  }

  #factKnown(fact: string, path: Path): boolean {
    if (fact in FACT_NAMES || fact in (this.#regulation.facts ?? {})) return true;
    this.#faults.push({ path, sentence: `没有“${fact}”这一事实；自定义事实须在 facts 中定义` });
    return false;
  }

  /** The step of a quantity as facts give it; a share or mean may be of any fineness. */
  #factStep(fact: string, path: Path): Fraction | 'any' | undefined {
    if (!this.#factKnown(fact, path)) return undefined;
    const own = this.#regulation.facts?.[fact];
    if (!own) {
      const known = (FACT_NAMES as Record<string, FactName>)[fact];
      if (known?.type === 'number') return new Fraction(known.step ?? '0.01');
    } else if ('type' in own) {
      if (own.type === 'number') return constant(own.step ?? '0.01');
    } else if ('weighted' in own) {
      return Object.values(own.weighted)
        .map((weight) => constant(weight).abs().div(100))
        .reduce((left, right) => left.gcd(right));
    } else if ('sum' in own) {
      return new Fraction('0.01');
    } else {
      return 'best' in own ? new Fraction('0.01') : 'any';
    }
    this.#faults.push({ path, sentence: `“${fact}”不是数量` });
    return undefined;
  }
}

const stepOf = (value: Fraction): Fraction => (value.n === 0n ? new Fraction(1) : value.abs());
