import type { CalendarPeriod } from '../value/calendar';
import { sayMatcher, spell, type Bounds, type Condition } from '../regulation/condition';
import {
  listOf,
  type EarnRule,
  type Names,
  type Qualified,
  type Rounding,
  type Worth,
} from '../regulation/earning-schema';
import { PERSON_FACTS, type FactName } from '../regulation/fact-names';
import { constant } from '../value/measure';
import { ranksWithin } from '../person/rank-names';
import { measureLabel, measureOf } from '../evaluation/requirement';
import type { OwnFact, Regulation } from '../regulation/regulation-schema';
import {
  EACH_CIRCUMSTANCE,
  type Cap,
  type CarryOver,
  type Consequence,
  type CycleRule,
  type HeldAgainst,
  type MakeUp,
  type Occasion,
  type PersonEvent,
  type Proration,
  type Quantity,
  type Rating,
  type Relief,
  type Requirement,
  type Selection,
  type Target,
  type TargetAmount,
  type TeamRule,
  type Total,
} from '../regulation/target-schema';
import type { SectionTitle } from '../regulation/section-names';
import { namesWithoutEnglish } from '../regulation/english';
import { textsUsed } from './texts';
import { factName, sayCondition } from '../regulation/condition-words';

/** What a regulation defines, in Chinese lines: for an author to read back, and for people who approve it. */
export function describeRegulation(regulation: Regulation): string[] {
  return new Description(regulation).lines();
}

const ROUNDING: Record<Rounding['mode'], string> = { down: '舍去尾数', up: '进上', 'half-up': '四舍五入' };
const PERIODS: Readonly<Record<string, string | undefined>> & Record<CalendarPeriod, string> = {
  day: '每天',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
};
const EVENTS: Record<PersonEvent, string> = {
  promotion: '晋升',
  appointment: '任职或晋升',
  employment: '参加工作',
  joining: '进入该组',
};
const STATES: Readonly<Record<TargetState, string>> = {
  missed: '没有完成',
  met: '完成',
  exempt: '免除',
  'not-made-up': '没有完成',
  'make-up-missed': '没有完成',
};
const UNMADE: Readonly<Partial<Record<TargetState, string>>> = {
  'not-made-up': '，至今没有补足',
  'make-up-missed': '，补足期满仍没有补足',
};
const ENTRY_WORDS: Readonly<Record<string, string>> = {
  kind: '活动种类',
  part: '部分',
  rule: '规则',
  source: '项',
};

type TargetState = Extract<Consequence['when'], { target: unknown }>['is'];

class Description {
  readonly #regulation: Regulation;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
  }

  lines(): string[] {
    const {
      title,
      version,
      source,
      effective,
      measures,
      parts,
      kinds,
      facts = {},
      groups = {},
      cycles = {},
    } = this.#regulation;
    const {
      earn,
      caps = [],
      totals = {},
      carryOver = [],
      targets = [],
      ratings = [],
      consequences = [],
      teams = [],
    } = this.#regulation;
    return [
      `${title}（第 ${version} 版）`,
      `发布：${[source.issuer, source.number, source.published].filter(Boolean).join(' ')}，来源等级 ${source.grade}`,
      `适用：${effective.from} 起${effective.to === undefined ? '' : `，至 ${effective.to}`}`,
      `计量：${Object.entries(measures)
        .map(([id, unit]) => {
          const label = this.#measureLabel(id);
          return label === unit ? unit : `${label}（${unit}）`;
        })
        .join('、')}`,
      ...(parts ? [`部分：${Object.values(parts).join('、')}`] : []),
      `活动种类：${Object.values(kinds).join('、')}`,
      ...this.#section(
        '自定义事实',
        Object.entries(facts).map(([id, fact]) => this.#fact(id, fact)),
      ),
      ...this.#section(
        '人员组',
        Object.values(groups).flatMap((group) => [
          `${group.name}：${this.#condition(group.where)}`,
          ...this.#ranksIn(group.where),
        ]),
      ),
      ...this.#section(
        '周期',
        Object.entries(cycles).map(([id, cycle]) => {
          const [name, spans] = isName(id) ? [`${id}：`, this.#cycleSpans(id)] : ['', this.#cycleName(id)];
          const dates = this.#cycle(cycle);
          return `${name}${spans === dates ? dates : `${spans}，${dates}`}`;
        }),
      ),
      ...this.#section(
        '计入',
        earn.flatMap((rule) => this.#earnRule(rule)),
      ),
      ...this.#section(
        '上限',
        caps.map((cap) => this.#cap(cap)),
      ),
      ...this.#section(
        '合计',
        Object.values(totals).map((total) => this.#total(total)),
      ),
      ...this.#section(
        '结转',
        carryOver.map((rule) => this.#carryOver(rule)),
      ),
      ...this.#section(
        '任务',
        targets.flatMap((target) => this.#target(target)),
      ),
      ...this.#section(
        '等次',
        ratings.map((rating) => this.#rating(rating)),
      ),
      ...this.#section(
        '后果',
        consequences.map((consequence) => this.#consequence(consequence)),
      ),
      ...this.#section(
        '集体结果',
        teams.map((team) => this.#team(team)),
      ),
      ...this.#section('事实里要照写的文字', this.#texts()),
      ...this.#section('待定问题', this.#settings()),
      ...this.#section('没有英文名称', namesWithoutEnglish(this.#regulation)),
    ];
  }

  #section(title: SectionTitle, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title}：`, ...lines.map((line) => `  ${line}`)];
  }

  #fact(id: string, fact: OwnFact): string {
    const name = (other: string): string => factName(other, this.#regulation, 'zh');
    if ('share' in fact) return `${fact.name} = ${name(fact.share)} ÷ ${name(fact.of)}`;
    if ('sum' in fact) return `${fact.name} = ${fact.sum.map(name).join(' + ')}`;
    if ('weighted' in fact) {
      const terms = Object.entries(fact.weighted).map(([part, weight]) => `${name(part)} × ${weight}`);
      return `${fact.name} = ${terms.join(' + ')}`;
    }
    if ('best' in fact)
      return `${fact.name} = ${fact.first === undefined ? '' : `前 ${fact.first} 次`}成绩中最高的`;
    if ('mean' in fact) return `${fact.name} = 各次成绩的平均`;
    if ('filedAfter' in fact)
      return `${fact.name} = 申报日期晚于所在周期（${this.#cycleName(fact.filedAfter)}）最后一天的天数`;
    const missing = fact.ifMissing === undefined ? '' : `，没有记录的按 ${sayMatcher(fact.ifMissing)}`;
    return `${fact.name}（${{ number: '数量', text: '文字', flag: '是或否' }[fact.type]}，写在 details.${id}${missing}）`;
  }

  #condition(condition: Condition): string {
    return sayCondition(condition, this.#regulation);
  }

  /** Which ranks lie within the bounds of a condition: posts and grades are one ladder, on which it is easy to miss a step. Those within a `not` are said to be left out. */
  #ranksIn(condition: Condition, isExcluded = false): string[] {
    const lines = Object.entries(condition).flatMap(([fact, wanted]) => {
      if (fact === 'anyOf')
        return (wanted as readonly Condition[]).flatMap((inner) => this.#ranksIn(inner, isExcluded));
      if (fact === 'not') return this.#ranksIn(wanted as Condition, !isExcluded);
      if ((fact !== 'rank' && fact !== 'rankBefore') || typeof wanted !== 'object' || Array.isArray(wanted))
        return [];
      const names = ranksWithin(wanted as Bounds, this.#regulation);
      const heading = isExcluded ? '不含' : `${this.#bounds(wanted as Bounds)} 的有`;
      return [`  ${heading}：${names.length === 0 ? '没有' : names.join('、')}`];
    });
    return [...new Set(lines)];
  }

  /**
   * A cycle by its own name where that is one to read. Otherwise, and where it is a year whatever it is called, by what it
   * spans, with its sign where another cycle spans the same.
   */
  #cycleName(id: string): string {
    const cycle = this.#regulation.cycles?.[id];
    const spans = this.#cycleSpans(id);
    if (cycle && isName(id) && spans === this.#cycle(cycle)) return id;
    const isShared = Object.keys(this.#regulation.cycles ?? {}).some(
      (other) => other !== id && this.#cycleSpans(other) === spans,
    );
    return isShared ? `${spans}，${id}` : spans;
  }

  #cycleSpans(id: string): string {
    const cycle = this.#regulation.cycles?.[id];
    if (!cycle) return id;
    if ('windows' in cycle || 'lastMonths' in cycle || 'around' in cycle) return this.#cycle(cycle);
    if (cycle.months !== 12 || cycle.every !== undefined) return this.#cycle(cycle);
    const [, month, day] = cycle.from.split('-').map(Number);
    return month === 1 && day === 1 ? '自然年' : `${month} 月 ${day} 日起的年度`;
  }

  #cycle(cycle: CycleRule): string {
    if ('windows' in cycle) return cycle.windows.map(({ from, to }) => `${from} 至 ${to}`).join('，');
    if ('lastMonths' in cycle) return `截至评价日的最近 ${cycle.lastMonths} 个月`;
    if ('around' in cycle) {
      const group = cycle.group === undefined ? '' : `（${this.#groupNames(cycle.group)}）`;
      const spans = [
        ...(cycle.monthsBefore ? [`前 ${cycle.monthsBefore} 个月`] : []),
        ...(cycle.monthsAfter
          ? [`后 ${cycle.monthsAfter} 个月${cycle.anniversaryCounts ? '（含满期当天）' : ''}`]
          : []),
      ];
      return `${EVENTS[cycle.around]}${group}${cycle.repeats ? `起，每 ${cycle.monthsAfter} 个月一期` : spans.join('至')}`;
    }
    return cycle.every === undefined
      ? `自 ${cycle.from} 起，每 ${cycle.months} 个月一期`
      : `自 ${cycle.from} 起，每 ${cycle.every} 个月开始一期，每期 ${cycle.months} 个月`;
  }

  #qualified(rule: Partial<Qualified>): string {
    const { inForce, groups } = rule;
    const readings = Object.entries(rule.if ?? {}).map(
      ([id, option]) => this.#regulation.settings?.[id]?.options[option] ?? option,
    );
    const notes = [
      ...(groups === undefined ? [] : [`限${this.#groupNames(groups)}`]),
      ...(inForce?.from === undefined ? [] : [`${inForce.from} 起`]),
      ...(inForce?.to === undefined ? [] : [`至 ${inForce.to}`]),
      ...(readings.length === 0 ? [] : [`读法：${readings.join('、')}`]),
    ];
    return notes.length === 0 ? '' : `【${notes.join('，')}】`;
  }

  #groupNames(groups: Names): string {
    return listOf(groups)
      .map((id) => this.#regulation.groups?.[id]?.name ?? id)
      .join('、');
  }

  #earnRule(rule: EarnRule): string[] {
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
      const only = gate.where ? `${before(this.#condition(gate.where), '时')}，` : '';
      const outcome = gate.outcome === undefined ? '不计入' : `不计入，${gate.outcome}`;
      return `  须 ${only}${this.#condition(gate.must)}，否则${outcome}（${gate.clause}）${this.#qualified({ if: gate.if })}`;
    });
    return [
      `${rule.name === undefined ? this.#ruleLabel(rule) : `${rule.name}：${this.#ruleScope(rule)}`}（${rule.clause}）：${earns.join('，')}${spread}${this.#qualified(rule)}`,
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
      (factor) => `${factor.where ? `${before(this.#condition(factor.where), '时')}` : ''}乘以 ${factor.by}`,
    );
    const limits = [
      ...(worth.round ? [`按 ${worth.round.to} 的倍数${ROUNDING[worth.round.mode]}`] : []),
      ...(worth.itemAtMost === undefined ? [] : [`每项最多 ${worth.itemAtMost}`]),
      ...(worth.itemAtLeast === undefined ? [] : [`每项至少 ${worth.itemAtLeast}`]),
    ];
    const notes = [...factors, ...limits];
    return notes.length === 0 ? base : `${base}（${notes.join('，')}）`;
  }

  #rate(worth: Worth, fact: string): string {
    const each =
      worth.each === undefined
        ? ''
        : ` ÷ ${worth.each}${worth.eachRound ? `（${ROUNDING[worth.eachRound]}）` : ''}`;
    return `${fact}${each} × ${worth.rate}`;
  }

  #bands(worth: Worth, fact: string): string {
    if (worth.sliced) return this.#slices(worth, fact);
    const bands = (worth.bands ?? []).map((band) => `${this.#bounds(band)}：${this.#worth(band, worth.of)}`);
    return `${fact}（${bands.join('；')}）`;
  }

  #slices(worth: Worth, fact: string): string {
    const slices = (worth.bands ?? []).map(
      (band) =>
        `${this.#bounds(band)}：${band.flat === undefined ? `落在这一段的${this.#rate(band, fact)}` : `到了这一段计 ${band.flat}`}`,
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

  #bounds({ atLeast, above, atMost, below }: Bounds): string {
    return spell(sayMatcher({ atLeast, above, atMost, below }), 'zh');
  }

  /** A measure by its own name where that is one to read, otherwise by what tells it apart. */
  #measureLabel(id: string): string {
    return isName(id) ? id : measureLabel(id, this.#regulation);
  }

  #selection(selection: Selection): string {
    const { parts = {}, kinds } = this.#regulation;
    const names = [
      listOf(selection.part).map((part) => parts[part] ?? part),
      listOf(selection.kind).map((kind) => kinds[kind] ?? kind),
      listOf(selection.rule).map((rule) => this.#ruleName(rule)),
    ]
      .filter((some) => some.length > 0)
      .map((some) => some.join('、'));
    const what = names.length === 0 ? '全部' : names.join('里的');
    const where = selection.where ? `（${this.#condition(selection.where)}）` : '';
    const measure = selection.measure === undefined ? '' : `的${this.#measureLabel(selection.measure)}`;
    return `${what}${where}${measure}`;
  }

  /** A rule by what it is for. */
  #ruleName(id: string): string {
    const rule = this.#regulation.earn.find((one) => one.id === id);
    if (!rule) return `“${id}”一条`;
    return `“${rule.name ?? this.#ruleLabel(rule)}”一条`;
  }

  /** What a rule is for, with its sign where another one is for the same. */
  #ruleLabel(rule: EarnRule): string {
    const whatFor = this.#ruleScope(rule);
    const isShared = this.#regulation.earn.some((one) => one !== rule && this.#ruleScope(one) === whatFor);
    return isShared ? `${whatFor}（${rule.id}）` : whatFor;
  }

  #ruleScope(rule: EarnRule): string {
    const kinds = listOf(rule.kinds).map((kind) => this.#regulation.kinds[kind] ?? kind);
    return `${kinds.join('、')}${rule.where ? `，${this.#condition(rule.where)}` : ''}`;
  }

  #quantity(quantity: Quantity): string {
    if (quantity.total !== undefined)
      return `“${this.#regulation.totals?.[quantity.total]?.name ?? quantity.total}”`;
    const largest =
      quantity.largest === undefined ? '' : `同一${factName(quantity.largest, this.#regulation, 'zh')}最多的`;
    return `${largest}${this.#selection(quantity)}`;
  }

  #period(period: string): string {
    return PERIODS[period] ?? `每个周期（${this.#cycleName(period)}）`;
  }

  #cap(cap: Cap): string {
    const period = cap.per ?? cap.cycle;
    const cycle = period === undefined ? undefined : this.#regulation.cycles?.[period];
    const per =
      period === undefined
        ? ''
        : cycle && 'lastMonths' in cycle
          ? cap.per === undefined
            ? this.#cycleName(period)
            : `任意${cycle.lastMonths === 12 ? '一年' : `连续 ${cycle.lastMonths} 个月`}里`
          : this.#period(period);
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
            ? `不超过${'target' in cap.atMost.of ? this.#asked(cap.atMost.of) : this.#selection(cap.atMost.of)}的 ${cap.atMost.share}`
            : 'first' in cap.atMost
              ? `最多计 ${cap.atMost.first} ${this.#items(cap.atMost.items)}，按先后`
              : `最多计 ${cap.atMost.highest} ${this.#items(cap.atMost.items)}，取最高的`;
    const name = cap.name === undefined ? '' : `${cap.name}，`;
    return `${name}${this.#selection(cap.counts)}（${cap.clause}）：${[per, ...each].filter((word) => word !== '').join('、')}${limit}${only}${this.#qualified(cap)}`;
  }

  #items(fact: string | undefined): string {
    return fact === undefined
      ? '项'
      : `项（同一${ENTRY_WORDS[fact] ?? factName(fact, this.#regulation, 'zh')}算一项）`;
  }

  #rating(rating: Rating): string {
    const bands = rating.bands.map((band) => {
      const asks = [
        ...(band.is === undefined ? [] : [bandState(band.is, listOf(rating.target).length > 1)]),
        ...[this.#bounds(band)].filter((limits) => limits !== ''),
        ...(band.needs ? [this.#requirement(band.needs)] : []),
      ];
      return `${asks.length === 0 ? '其余' : asks.join('，且')} 为“${band.rating}”`;
    });
    const only =
      rating.target === undefined
        ? ''
        : `，只评有${this.#targetNames(rating.target, '或')}任务、没有免除的人`;
    return `${rating.name}（${rating.clause}）：每个周期（${this.#cycleName(rating.cycle)}）按${this.#quantity(rating.of)}，${bands.join('；')}${only}${this.#qualified(rating)}${this.#decision(rating.decidedOn)}`;
  }

  #decision(day: Target['decidedOn']): string {
    if (day === undefined || day === 'end') return '';
    return day === 'start' ? '（看周期第一天）' : '（周期内当过的都算）';
  }

  #total(total: Total): string {
    const terms = total.add.map((term) => {
      const groups = this.#qualified({ groups: term.groups, if: term.if });
      const limit = term.atMost === undefined ? '' : `（最多 ${term.atMost}）`;
      const when = term.when ? `【${this.#requirement(term.when)} 时】` : '';
      return `${this.#held(term)}${term.times === undefined ? '' : ` × ${term.times}`}${limit}${when}${groups}`;
    });
    const limits = [
      ...(total.bands
        ? [`折为：${total.bands.map((band) => `${this.#bounds(band)} 计 ${band.flat}`).join('；')}`]
        : []),
      ...(total.round ? [`按 ${total.round.to} 的倍数${ROUNDING[total.round.mode]}`] : []),
      ...(total.atLeast === undefined ? [] : [`最低 ${total.atLeast}`]),
      ...(total.atMost === undefined ? [] : [`最高 ${total.atMost}`]),
    ];
    const per = total.per === undefined ? '' : `${this.#period(total.per)}分别计算后相加：`;
    const clause = total.clause === undefined ? '' : `（${total.clause}）`;
    const reported =
      total.cycle === undefined
        ? ''
        : `，每个周期（${this.#cycleName(total.cycle)}）报告${this.#qualified({ if: total.if })}`;
    return `${total.name}${clause} = ${per}${[...(total.start === undefined ? [] : [String(total.start)]), ...terms].join(' + ')}${limits.length === 0 ? '' : `（${limits.join('，')}）`}${reported}`;
  }

  /** What a term counts, or what of it lies above something, lacks of it, or how often it holds it. */
  #held({ above, below, over, ...quantity }: Total['add'][number]): string {
    const edge = (against: HeldAgainst): string =>
      typeof against === 'object' ? this.#asked(against) : String(against);
    const counted = this.#quantity(quantity);
    if (above !== undefined) return `${counted}超过 ${edge(above)} 的部分`;
    if (below !== undefined) return `${counted}不到 ${edge(below)} 差的部分`;
    return over === undefined ? counted : `${counted} ÷ ${edge(over)}`;
  }

  #carryOver(rule: CarryOver): string {
    const part =
      rule.to.part === undefined ? '' : `的“${this.#regulation.parts?.[rule.to.part] ?? rule.to.part}”`;
    const limits = [
      ...(rule.times === undefined ? [] : [`乘以 ${rule.times}`]),
      ...(rule.round ? [`按 ${rule.round.to} 的倍数${ROUNDING[rule.round.mode]}`] : []),
      ...(rule.atMost === undefined
        ? []
        : [
            typeof rule.atMost === 'object'
              ? `最多为${this.#asked(rule.atMost.of)}的 ${rule.atMost.share}`
              : `最多 ${rule.atMost}`,
          ]),
    ];
    const { above } = rule;
    const edge = typeof above === 'object' ? this.#asked(above) : ` ${above} `;
    const life = rule.lasts === undefined || rule.lasts === 1 ? '下一周期' : `此后 ${rule.lasts} 个周期`;
    return `每个周期（${this.#cycleName(rule.cycle)}）结束时，${this.#quantity(rule.from)}超过${edge}的部分（${rule.clause}）${limits.map((limit) => `${limit}，`).join('')}转入${life}${part}${this.#qualified(rule)}`;
  }

  #asked({ target, amount }: TargetAmount): string {
    return `本人的“${this.#targetName(target)}”${amount === undefined ? '' : `（${amount}）`}要求`;
  }

  #target(target: Target): string[] {
    const { prorate, makeUp, relief = [] } = target;
    return [
      `${target.name}（${target.clause}）${this.#qualified(target)}${this.#decision(target.decidedOn)}：每个周期（${this.#cycleName(target.cycle)}）${this.#requirement(target.needs)}`,
      ...(prorate ? [`  ${this.#proration(prorate, target)}`] : []),
      ...relief.map((one) => `  ${this.#relief(one, target)}`),
      ...(makeUp
        ? [
            `  ${makeUp.when ? `${this.#occasion(makeUp.when)}，` : ''}没有完成的，${this.#timeToMakeUp(makeUp)}补足（${makeUp.clause}）${sayUse(makeUp)}${this.#qualified({ groups: makeUp.groups, if: makeUp.if })}`,
          ]
        : []),
    ];
  }

  #timeToMakeUp({ after, months, until, anniversaryCounts }: MakeUp): string {
    const since = after === 'cycle' ? '周期结束' : '晋升';
    return until === undefined
      ? `${since}后 ${months} 个月内${anniversaryCounts ? '（含满期当天）' : ''}`
      : `在${since}那天所在的一期（${this.#cycleName(until)}）结束前`;
  }

  #requirement(requirement: Requirement): string {
    const { anyOf, allOf, atLeast, above, atMost, below, atLeastShare, of } = requirement;
    const qualified = this.#qualified({ groups: requirement.groups, if: requirement.if });
    const lists = anyOf ?? allOf;
    if (lists) {
      // A list within a list, or one with a limit of its own, stands in brackets.
      const inner = lists.map((one) => {
        const said = this.#requirement(one);
        return (one.anyOf ?? one.allOf ?? []).length > 1 && lists.length > 1 ? `（${said}）` : said;
      });
      const said = inner.join(anyOf ? ' 或者 ' : '，并且 ').replaceAll(' （', '（');
      return qualified !== '' && inner.length > 1 ? `（${said}）${qualified}` : `${said}${qualified}`;
    }
    const unit = this.#regulation.measures[measureOf(requirement, this.#regulation)] ?? '';
    const what = requirement.name ?? this.#quantity(requirement);
    if (atLeastShare !== undefined)
      return `${what}不少于${of ? this.#quantity(of) : ''}的 ${atLeastShare}${qualified}`;
    return `${what} ${this.#bounds({ atLeast, above, atMost, below })} ${unit}${qualified}`;
  }

  #proration(
    { by, without, amounts, present = 'last-day', acrossGroups, round }: Proration,
    target: Target,
  ): string {
    const months =
      typeof present === 'number'
        ? `每月 ${present} 日在岗的计一个月`
        : {
            'first-day': '月初在岗的计一个月',
            'last-day': '月末在岗的计一个月',
            'any-day': '在岗不足一个月的计一个月',
            'every-day': '整月在岗的才计',
            'day-before': '上月末在岗的计一个月，即自次月起',
          }[present];
    const notes = [
      ...(by === 'months' ? [months] : []),
      ...(without === undefined ? [] : [`扣除${listOf(without).join('、')}`]),
      ...(amounts === undefined ? [] : [`只折算“${listOf(amounts).join('、')}”`]),
      ...(amounts === undefined && hasShares(target.needs) ? ['占比不变'] : []),
      ...(round ? [`按 ${round.to} 的倍数${ROUNDING[round.mode]}`] : []),
    ];
    const how = acrossGroups
      ? `按在各组的${by === 'months' ? '月数' : '天数'}分段折算后相加`
      : `按在岗${by === 'months' ? '月数' : '天数'}的比例折算`;
    return `${how}${notes.length === 0 ? '' : `（${notes.join('，')}）`}`;
  }

  #occasion(
    { person, circumstance, months, days, unbroken, whole, earned, cycle, inARow }: Occasion,
    isEach = false,
  ): string {
    const lasting = `${whole ? '（跨周期的算整段）' : ''}${unbroken ? '连续' : isEach ? '' : '累计'}`;
    const conditions = [
      ...(person ? [this.#condition(person)] : []),
      ...(circumstance === undefined
        ? []
        : [
            `${isEach ? '每有一次' : ''}${listOf(circumstance).join('、')}${this.#lasting(months, '个月', lasting)}${this.#lasting(days, '天', lasting)}`,
          ]),
      ...(earned ? [`${this.#cyclesMeant(cycle, inARow)}${this.#requirement(earned)}`] : []),
    ];
    return before(conditions.join('，且'), '的');
  }

  #lasting(length: Occasion['months'], unit: string, how: string): string {
    if (length === undefined) return '';
    return typeof length === 'object'
      ? `${how} ${this.#bounds(length)} ${unit}`
      : `${how}满 ${length} ${unit}`;
  }

  #relief(relief: Relief, target: Target): string {
    const conditions = this.#occasion(relief.when, relief.per === EACH_CIRCUMSTANCE);
    const isNothing = relief.times !== undefined && constant(relief.times).n === 0;
    const effect = relief.exempt
      ? '免除'
      : relief.to !== undefined
        ? `减为 ${relief.to}`
        : relief.times === undefined
          ? `减少 ${relief.less}`
          : isNothing
            ? '不作要求'
            : `乘以 ${relief.times}`;
    const round = relief.round ? `，按 ${relief.round.to} 的倍数${ROUNDING[relief.round.mode]}` : '';
    const isUnchanged =
      relief.amounts === undefined && !relief.exempt && !isNothing && hasShares(target.needs);
    const amounts = relief.amounts === undefined ? '' : `“${listOf(relief.amounts).join('、')}”`;
    const per =
      relief.per === undefined || relief.per === EACH_CIRCUMSTANCE
        ? ''
        : `本周期内每一期（${this.#cycleName(relief.per)}）`;
    return `${per}${conditions}，${amounts}${effect}${round}${isUnchanged ? '，占比不变' : ''}（${relief.clause}）${this.#qualified({ if: relief.if })}`;
  }

  #cyclesMeant(cycle: 'this' | 'previous' | undefined, inARow: number | undefined): string {
    if (cycle !== 'previous') return '本周期';
    return inARow === undefined ? '上一周期' : `此前连续 ${inARow} 个周期`;
  }

  #targetName(id: string): string {
    return this.#regulation.targets?.find((target) => target.id === id)?.name ?? id;
  }

  /** `“甲”或“乙”` */
  #targetNames(targets: Names | undefined, joint: string): string {
    return listOf(targets)
      .map((id) => `“${this.#targetName(id)}”`)
      .join(joint);
  }

  #ratingName(id: string): string {
    return this.#regulation.ratings?.find((rating) => rating.id === id)?.name ?? id;
  }

  #consequence({ says, clause, when, lasts }: Consequence): string {
    const isOnce = 'rating' in when && when.at === 'once';
    const months = isOnce ? this.#rollingMonths(when.rating) : undefined;
    const times =
      months !== undefined
        ? `任意 ${months} 个月内`
        : when.inLast !== undefined
          ? `最近 ${when.inLast} 个周期里至少 ${when.atLeast} 个`
          : when.inARow === undefined
            ? ''
            : `连续 ${when.inARow} 个周期`;
    const what =
      'rating' in when
        ? `“${this.#ratingName(when.rating)}”为${listOf(when.is).join('、')}`
        : 'team' in when
          ? `“${this.#teamName(when.team)}”是${listOf(when.is)
              .map((flag) => `“${flag}”`)
              .join('或')}`
          : `${STATES[when.is]}${this.#targetNames(when.target, '或')}${UNMADE[when.is] ?? ''}`;
    const notes = [
      ...(isOnce ? [months === undefined ? '不等周期结束' : '当时就作'] : []),
      ...(months === undefined || lasts ? [] : ['过后仍在']),
      ...(lasts ? [`自${isOnce ? '当天' : sinceWhen(when)}起 ${lasts.months} 个月`] : []),
    ];
    return [`${says}（${clause}）：${times}${what}`, ...notes].join('，');
  }

  #rollingMonths(id: string): number | undefined {
    const rating = this.#regulation.ratings?.find((one) => one.id === id);
    const cycle = rating && this.#regulation.cycles?.[rating.cycle];
    return cycle && 'lastMonths' in cycle ? cycle.lastMonths : undefined;
  }

  #teamName(id: string): string {
    return this.#regulation.teams?.find((team) => team.id === id)?.name ?? id;
  }

  #team(team: TeamRule): string {
    const take = team.take ? { mean: '平均', sum: '合计', count: '人数', share: '人数比例' }[team.take] : '';
    const state = team.is === undefined ? '' : { met: '完成', missed: '没有完成', exempt: '免除' }[team.is];
    const what = team.add
      ? team.add
          .map(({ team: id, over, times }) => {
            const divided = over === undefined ? '' : ` ÷ “${this.#teamName(over)}”`;
            return `“${this.#teamName(id)}”${divided}${times === undefined ? '' : ` × ${times}`}`;
          })
          .join(' + ')
      : team.quantity
        ? this.#quantity(team.quantity)
        : team.asked
          ? this.#asked(team.asked)
          : `${state}${this.#targetNames(team.target, '、')}的`;
    const limits = [
      ...(team.withoutExempt
        ? [team.is === undefined ? `不算免除${this.#targetNames(team.target, '、')}的人` : '不算免除的人']
        : []),
      ...(team.round ? [`按 ${team.round.to} 的倍数${ROUNDING[team.round.mode]}`] : []),
      ...(team.atLeast === undefined ? [] : [`最低 ${team.atLeast}`]),
      ...(team.atMost === undefined ? [] : [`最高 ${team.atMost}`]),
    ];
    const notes = limits.length === 0 ? '' : `（${limits.join('，')}）`;
    const isNamed = (flag: string): boolean =>
      (this.#regulation.consequences ?? []).some(
        ({ when }) => 'team' in when && when.team === team.id && listOf(when.is).includes(flag),
      );
    const flags = (team.flags ?? []).map((flag) => {
      const others = (flag.when ?? []).map(
        (other) => `，且“${this.#teamName(other.team)}”${this.#bounds(other)}`,
      );
      return `${this.#bounds(flag)}${others.join('')} 时${flag.says}${isNamed(flag.flag) ? `（“${flag.flag}”）` : ''}`;
    });
    const whom = this.#qualified({ groups: team.groups, if: team.if });
    return `${team.name}（${team.clause}）：每个周期（${this.#cycleName(team.cycle)}）${what}${take}${team.times === undefined ? '' : ` × ${team.times}`}${team.start === undefined ? '' : ` + ${team.start}`}${notes}${whom}${flags.length === 0 ? '' : `；${flags.join('；')}`}`;
  }

  /** What whoever records the facts must write as it stands here. */
  #texts(): string[] {
    const { person, circumstances, activity } = textsUsed(this.#regulation);
    const said = (name: string, texts: ReadonlySet<string>): string => `${name}：${[...texts].join('、')}`;
    return [
      ...[...person].map(([fact, texts]) =>
        said(`人员的${(PERSON_FACTS as Readonly<Record<string, FactName>>)[fact]?.zh ?? fact}`, texts),
      ),
      ...(circumstances.size === 0 ? [] : [said('特殊情况', circumstances)]),
      ...[...activity].map(([fact, texts]) => said(`活动的${factName(fact, this.#regulation, 'zh')}`, texts)),
    ];
  }

  #settings(): string[] {
    return Object.values(this.#regulation.settings ?? {}).map(({ question, options, chosen }) => {
      const readings = Object.entries(options).map(([id, words]) => (id === chosen ? `【${words}】` : words));
      return `${question} ${readings.join(' / ')}`;
    });
  }
}

/** Whether a sign of the author's is a word that people read, as `学年` is and `year` is not. */
const isName = (id: string): boolean => /\p{Script=Han}/u.test(id);

const hasShares = ({ allOf, anyOf, atLeastShare }: Requirement): boolean =>
  atLeastShare !== undefined || (allOf ?? anyOf ?? []).some(hasShares);

/** A space between what ends in a number and the word after it. */
const before = (text: string, word: string): string =>
  `${text}${/[\dA-Za-z%]$/.test(text) ? ' ' : ''}${word}`;

function sayUse({ after, countsAgain }: MakeUp): string {
  if (after !== 'cycle') return '';
  return countsAgain ? '，补学的在新周期里照计' : '，补学用去的不再计入新周期';
}

/** From when on a consequence lasts that waits for the end of something. */
/** Of one target, or of several: all are met, or any is missed. */
function bandState(is: 'met' | 'missed', areSeveral: boolean): string {
  if (!areSeveral) return `${STATES[is]}任务`;
  return is === 'met' ? '各项任务都完成' : '有任务没有完成';
}

function sinceWhen(when: Consequence['when']): string {
  if (!('target' in when)) return '周期结束的次日';
  if (when.is === 'not-made-up') return '开始补足那天';
  return when.is === 'make-up-missed' ? '补足期满的次日' : '周期结束的次日';
}
