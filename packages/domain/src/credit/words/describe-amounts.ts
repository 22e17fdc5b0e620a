import { holdAtOnce } from '../evaluation/limit-rules';
import { listOf } from '../regulation/earning-schema';
import { factName } from '../regulation/condition-words';
import { Phrases, sayRounding } from './phrases';
import type { Regulation } from '../regulation/regulation-schema';
import type { Cap, CarryOver, HeldAgainst, Total } from '../regulation/target-schema';

const ENTRY_WORDS: Readonly<Record<string, string>> = {
  kind: '活动种类',
  part: '部分',
  rule: '规则',
  source: '项',
};

const TARGET_STATES = { met: '完成', missed: '没有完成', exempt: '免除' };

/** Limits, totals and what is carried over, in Chinese. */
export class AmountWords {
  readonly #regulation: Regulation;
  readonly #say: Phrases;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#say = new Phrases(regulation);
  }

  cap(cap: Cap, before?: Cap): string {
    const atOnce = before && holdAtOnce(before, cap) ? '，与上一条同时成立' : '';
    const period = cap.per ?? cap.cycle;
    const cycle = period === undefined ? undefined : this.#regulation.cycles?.[period];
    const per =
      period === undefined
        ? ''
        : cycle && 'lastMonths' in cycle
          ? cap.per === undefined
            ? this.#say.cycleName(period)
            : `任意${cycle.lastMonths === 12 ? '一年' : `连续 ${cycle.lastMonths} 个月`}里`
          : this.#say.period(period);
    const only = cap.cycle === undefined ? '' : '，只在这个周期的任务和结果里限制';
    const each = listOf(cap.each).map(
      (fact) => `同一${ENTRY_WORDS[fact] ?? factName(fact, this.#regulation, 'zh')}`,
    );
    const limit =
      cap.atMost === 'highest'
        ? '只计最高的一项'
        : typeof cap.atMost !== 'object'
          ? `最多 ${cap.atMost}`
          : 'share' in cap.atMost
            ? `不超过${'target' in cap.atMost.of ? this.#say.asked(cap.atMost.of) : this.#say.selection(cap.atMost.of)}的 ${cap.atMost.share}`
            : 'first' in cap.atMost
              ? `最多计 ${cap.atMost.first} ${this.#items(cap.atMost.items)}，按先后`
              : `最多计 ${cap.atMost.highest} ${this.#items(cap.atMost.items)}，取最高的`;
    const name = cap.name === undefined ? '' : `${cap.name}，`;
    return `${name}${this.#say.selection(cap.counts)}（${cap.clause}）：${[per, ...each].filter((word) => word !== '').join('、')}${limit}${atOnce}${only}${this.#say.qualified(cap)}`;
  }

  #items(fact: string | undefined): string {
    return fact === undefined
      ? '项'
      : `项（同一${ENTRY_WORDS[fact] ?? factName(fact, this.#regulation, 'zh')}算一项）`;
  }

  total(total: Total): string {
    const terms = total.add.map((term) => {
      const groups = this.#say.qualified({ groups: term.groups, if: term.if });
      const limit = term.atMost === undefined ? '' : `（最多 ${term.atMost}）`;
      const when = term.when ? `【${this.#when(term.when)}时】` : '';
      return `${this.#held(term)}${term.times === undefined ? '' : ` × ${term.times}`}${limit}${when}${groups}`;
    });
    const limits = [
      ...(total.bands
        ? [`折为：${total.bands.map((band) => `${this.#say.bounds(band)} 计 ${band.flat}`).join('；')}`]
        : []),
      ...(total.round ? [sayRounding(total.round)] : []),
      ...(total.atLeast === undefined ? [] : [`最低 ${total.atLeast}`]),
      ...(total.atMost === undefined ? [] : [`最高 ${total.atMost}`]),
    ];
    const per =
      total.per === undefined
        ? ''
        : `${this.#say.period(total.per)}分别计算后相加${total.everyPeriod ? '（没有活动的也算）' : ''}：`;
    const clause = total.clause === undefined ? '' : `（${total.clause}）`;
    const reported =
      total.cycle === undefined
        ? ''
        : `，每个周期（${this.#say.cycleName(total.cycle)}）报告${this.#say.qualified({ if: total.if })}`;
    return `${total.name}${clause} = ${per}${[...(total.start === undefined ? [] : [String(total.start)]), ...terms].join(' + ')}${limits.length === 0 ? '' : `（${limits.join('，')}）`}${reported}`;
  }

  #when(when: NonNullable<Total['add'][number]['when']>): string {
    if (!('target' in when)) return `${this.#say.requirement(when)} `;
    const cycle = when.cycle === 'previous' ? '上一周期' : '';
    return `${cycle}${TARGET_STATES[when.is]}${this.#say.targetNames(when.target, '或')}`;
  }

  /** What a term counts, or what of it lies above something, lacks of it, or how often it holds it. */
  #held({ above, below, over, ...quantity }: Total['add'][number]): string {
    const edge = (against: HeldAgainst): string =>
      typeof against === 'object' ? this.#say.asked(against) : String(against);
    const counted = this.#say.quantity(quantity);
    if (above !== undefined) return `${counted}超过 ${edge(above)} 的部分`;
    if (below !== undefined) return `${counted}不到 ${edge(below)} 差的部分`;
    return over === undefined ? counted : `${counted} ÷ ${edge(over)}`;
  }

  carryOver(rule: CarryOver): string {
    const part =
      rule.to.part === undefined ? '' : `的“${this.#regulation.parts?.[rule.to.part] ?? rule.to.part}”`;
    const limits = [
      ...(rule.times === undefined ? [] : [`乘以 ${rule.times}`]),
      ...(rule.round ? [sayRounding(rule.round)] : []),
      ...(rule.atMost === undefined
        ? []
        : [
            typeof rule.atMost === 'object'
              ? `最多为${this.#say.asked(rule.atMost.of)}的 ${rule.atMost.share}`
              : `最多 ${rule.atMost}`,
          ]),
    ];
    const { above } = rule;
    const edge = typeof above === 'object' ? this.#say.asked(above) : ` ${above} `;
    const life = rule.lasts === undefined || rule.lasts === 1 ? '下一周期' : `此后 ${rule.lasts} 个周期`;
    return `每个周期（${this.#say.cycleName(rule.cycle)}）结束时，${this.#say.quantity(rule.from)}超过${edge}的部分（${rule.clause}）${limits.map((limit) => `${limit}，`).join('')}转入${life}${part}${this.#say.qualified(rule)}`;
  }
}
