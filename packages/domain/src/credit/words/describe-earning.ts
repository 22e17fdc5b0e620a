import type { EarnRule, Worth } from '../regulation/earning-schema';
import { measureLabel } from '../evaluation/requirement';
import { factName } from '../regulation/condition-words';
import { before, Phrases, ROUNDING, sayRounding } from './phrases';
import type { Regulation } from '../regulation/regulation-schema';

/** What an activity is worth, in Chinese. */
export class EarningWords {
  readonly #regulation: Regulation;
  readonly #say: Phrases;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#say = new Phrases(regulation);
  }

  earnRule(rule: EarnRule): string[] {
    const earns = rule.earns.map((earning) => {
      const { measure, part } = earning;
      const unit = this.#regulation.measures[measure] ?? measure;
      const label = measureLabel(measure, this.#regulation);
      const notes = [
        ...(label === unit ? [] : [label]),
        ...(part === undefined ? [] : [this.#regulation.parts?.[part] ?? part]),
      ];
      return `${this.#worth(earning)} ${unit}${notes.length === 0 ? '' : `（${notes.join('，')}）`}`;
    });
    const spread =
      rule.spread === undefined
        ? ''
        : rule.spread.over === 'days'
          ? '，按天平均计入'
          : `，分 ${rule.spread.years} 年计入`;
    const gates = (rule.gates ?? []).map((gate) => {
      const only = gate.where ? `${before(this.#say.condition(gate.where), '时')}，` : '';
      const outcome = gate.outcome === undefined ? '不计入' : `不计入，${gate.outcome}`;
      return `  须 ${only}${this.#say.condition(gate.must)}，否则${outcome}（${gate.clause}）${this.#say.qualified({ if: gate.if })}`;
    });
    return [
      `${rule.name === undefined ? this.#say.ruleLabel(rule) : `${rule.name}：${this.#say.ruleScope(rule)}`}（${rule.clause}）：${earns.join('，')}${spread}${this.#say.qualified(rule)}`,
      ...gates,
    ];
  }

  #worth(worth: Worth, around?: string): string {
    const fact = factName(worth.of ?? around ?? '', this.#regulation, 'zh');
    const base =
      worth.flat !== undefined
        ? `${worth.flat}`
        : worth.values
          ? this.#table(worth)
          : worth.bands
            ? this.#bands(worth, fact)
            : this.#rate(worth, fact);
    const factors = (worth.times ?? []).map(
      (factor) =>
        `${factor.where ? `${before(this.#say.condition(factor.where), '时')}` : ''}乘以 ${factor.by}`,
    );
    const limits = [
      ...(worth.round ? [sayRounding(worth.round)] : []),
      ...(worth.itemAtMost === undefined ? [] : [`每项最多 ${worth.itemAtMost}`]),
      ...(worth.itemAtLeast === undefined ? [] : [`每项至少 ${worth.itemAtLeast}`]),
    ];
    const notes = [...factors, ...limits];
    return notes.length === 0 ? base : `${base}（${notes.join('，')}）`;
  }

  #rate(worth: Worth, fact: string): string {
    const each = worth.each === undefined ? '' : ` ÷ ${worth.each}`;
    const round = worth.eachRound ? `（${ROUNDING[worth.eachRound]}）` : '';
    return `${fact}${each}${round} × ${worth.rate}`;
  }

  #bands(worth: Worth, fact: string): string {
    if (worth.sliced) return this.#slices(worth, fact);
    const bands = (worth.bands ?? []).map(
      (band) => `${this.#say.bounds(band)}：${this.#worth(band, worth.of)}`,
    );
    return `${fact}（${bands.join('；')}）`;
  }

  #slices(worth: Worth, fact: string): string {
    const slices = (worth.bands ?? []).map(
      (band) =>
        `${this.#say.bounds(band)}：${band.flat === undefined ? `落在这一段的${this.#rate(band, fact)}` : `到了这一段计 ${band.flat}`}`,
    );
    return `${fact}分段累计，到了的各段相加（${slices.join('；')}）`;
  }

  #table(worth: Worth): string {
    const rows = Object.entries(worth.values ?? {}).map(
      ([key, entry]) => `${key}：${typeof entry === 'object' ? `〔${this.#worth(entry)}〕` : entry}`,
    );
    const { otherwise } = worth;
    if (otherwise !== undefined)
      rows.push(`其他：${typeof otherwise === 'object' ? `〔${this.#worth(otherwise)}〕` : otherwise}`);
    return `按${factName(worth.by ?? '', this.#regulation, 'zh')}（${rows.join('；')}）`;
  }
}
