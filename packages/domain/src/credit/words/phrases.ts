import type { CalendarPeriod } from '../value/calendar';
import { sayMatcher, spell, type Bounds, type Condition } from '../regulation/condition';
import {
  listOf,
  type EarnRule,
  type Names,
  type Qualified,
  type Rounding,
} from '../regulation/earning-schema';
import { ranksWithin } from '../person/rank-names';
import { leavesOf } from '../regulation/leaves';
import { leafId, measureLabel, measureOf } from '../evaluation/requirement';
import { constant } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import type {
  CycleRule,
  PersonEvent,
  Quantity,
  Requirement,
  Selection,
  Target,
  TargetAmount,
} from '../regulation/target-schema';
import { factName, sayCondition } from '../regulation/condition-words';

export const ROUNDING: Record<Rounding['mode'], string> = {
  down: '舍去尾数',
  up: '进上',
  'half-up': '四舍五入',
};
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

/** Whether a sign of the author's is a word that people read, as `学年` is and `year` is not. */
export const isName = (id: string): boolean => /\p{Script=Han}/u.test(id);

/** A space between what ends in a number and the word after it. */
export const before = (text: string, word: string): string =>
  `${text}${/[\dA-Za-z%]$/.test(text) ? ' ' : ''}${word}`;

/** Whether anything above nothing will do, of what has no name: one activity that meets its condition. */
const isOneActivity = ({ name, where, above, below, atMost, total, largest }: Requirement): boolean =>
  where !== undefined &&
  [name, below, atMost, total, largest].every((one) => one === undefined) &&
  above !== undefined &&
  constant(above).n === 0;

/** `按 0.5 的倍数进上` */
export const sayRounding = ({ to, mode }: Rounding): string => `按 ${to} 的倍数${ROUNDING[mode]}`;

/** How the parts of a rule are named in Chinese: what it counts, for whom, when, and within what bounds. */
export class Phrases {
  readonly #regulation: Regulation;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
  }

  condition(condition: Condition): string {
    return sayCondition(condition, this.#regulation);
  }

  /** Which ranks lie within the bounds of a condition: posts and grades are one ladder, on which it is easy to miss a step. Those within a `not` are said to be left out. */
  ranksIn(condition: Condition, isExcluded = false): string[] {
    const lines = Object.entries(condition).flatMap(([fact, wanted]) => {
      if (fact === 'anyOf')
        return (wanted as readonly Condition[]).flatMap((inner) => this.ranksIn(inner, isExcluded));
      if (fact === 'not') return this.ranksIn(wanted as Condition, !isExcluded);
      if ((fact !== 'rank' && fact !== 'rankBefore') || typeof wanted !== 'object' || Array.isArray(wanted))
        return [];
      const names = ranksWithin(wanted as Bounds, this.#regulation);
      const heading = isExcluded ? '不含' : `${this.bounds(wanted as Bounds)} 的有`;
      return [`  ${heading}：${names.length === 0 ? '没有' : names.join('、')}`];
    });
    return [...new Set(lines)];
  }

  /**
   * A cycle by its own name where that is one to read. Otherwise, and where it is a year whatever it is called, by what it
   * spans, with its sign where another cycle spans the same.
   */
  cycleName(id: string): string {
    const cycle = this.#regulation.cycles?.[id];
    const spans = this.cycleSpans(id);
    if (cycle && isName(id) && spans === this.cycle(cycle)) return id;
    const isShared = Object.keys(this.#regulation.cycles ?? {}).some(
      (other) => other !== id && this.cycleSpans(other) === spans,
    );
    return isShared ? `${spans}，${id}` : spans;
  }

  cycleSpans(id: string): string {
    const cycle = this.#regulation.cycles?.[id];
    if (!cycle) return id;
    if ('windows' in cycle || 'lastMonths' in cycle || 'around' in cycle) return this.cycle(cycle);
    if (cycle.months !== 12 || cycle.every !== undefined) return this.cycle(cycle);
    const [, month, day] = cycle.from.split('-').map(Number);
    return month === 1 && day === 1 ? '自然年' : `${month} 月 ${day} 日起的年度`;
  }

  cycle(cycle: CycleRule): string {
    if ('windows' in cycle) return cycle.windows.map(({ from, to }) => `${from} 至 ${to}`).join('，');
    if ('lastMonths' in cycle) return `截至评价日的最近 ${cycle.lastMonths} 个月`;
    if ('around' in cycle) {
      const group = cycle.group === undefined ? '' : `（${this.groupNames(cycle.group)}）`;
      const spans = [
        ...(cycle.monthsBefore ? [`前 ${cycle.monthsBefore} 个月`] : []),
        ...(cycle.monthsAfter
          ? [`后 ${cycle.monthsAfter} 个月${cycle.anniversaryCounts ? '（含满期当天）' : ''}`]
          : []),
      ];
      const by = cycle.prolongedBy === undefined ? '' : `，${listOf(cycle.prolongedBy).join('、')}期间顺延`;
      const final = cycle.finalMonths === undefined ? '' : `，每期的最后 ${cycle.finalMonths} 个月`;
      return `${EVENTS[cycle.around]}${group}${cycle.repeats ? `起，每 ${cycle.monthsAfter} 个月一期` : spans.join('至')}${by}${final}`;
    }
    return cycle.every === undefined
      ? `自 ${cycle.from} 起，每 ${cycle.months} 个月一期`
      : `自 ${cycle.from} 起，每 ${cycle.every} 个月开始一期，每期 ${cycle.months} 个月`;
  }

  qualified(rule: Partial<Qualified>): string {
    const { inForce, groups } = rule;
    const readings = Object.entries(rule.if ?? {}).map(
      ([id, option]) => this.#regulation.settings?.[id]?.options[option] ?? option,
    );
    const notes = [
      ...(groups === undefined ? [] : [`限${this.groupNames(groups)}`]),
      ...(inForce?.from === undefined ? [] : [`${inForce.from} 起`]),
      ...(inForce?.to === undefined ? [] : [`至 ${inForce.to}`]),
      ...(readings.length === 0 ? [] : [`读法：${readings.join('、')}`]),
    ];
    return notes.length === 0 ? '' : `【${notes.join('，')}】`;
  }

  groupNames(groups: Names): string {
    return listOf(groups)
      .map((id) => this.#regulation.groups?.[id]?.name ?? id)
      .join('、');
  }

  bounds({ atLeast, above, atMost, below }: Bounds): string {
    return spell(sayMatcher({ atLeast, above, atMost, below }), 'zh');
  }

  /** A measure by its own name where that is one to read, otherwise by what tells it apart. */
  measureLabel(id: string): string {
    return isName(id) ? id : measureLabel(id, this.#regulation);
  }

  selection(selection: Selection): string {
    const { parts = {}, kinds } = this.#regulation;
    const names = [
      listOf(selection.part).map((part) => parts[part] ?? part),
      listOf(selection.kind).map((kind) => kinds[kind] ?? kind),
      listOf(selection.rule).map((rule) => this.ruleName(rule)),
    ]
      .filter((some) => some.length > 0)
      .map((some) => some.join('、'));
    const what = names.length === 0 ? '全部' : names.join('里的');
    const where = selection.where ? `（${this.condition(selection.where)}）` : '';
    const measure = selection.measure === undefined ? '' : this.#counted(selection.measure);
    const isSaid = where === '' && what.endsWith(measure);
    return `${what}${where}${measure === '' || isSaid ? '' : `的${measure}`}`;
  }

  /** What is counted in a measure: of 天 and 次, whose names are no more than units, the number. */
  #counted(measure: string): string {
    const label = this.measureLabel(measure);
    return label.length === 1 && label !== '分' ? `${label}数` : label;
  }

  /** `计学时的讲座（天数 ≥ 3）`: one activity that must meet something, whatever it counts. */
  #activity({ measure, where, ...selection }: Selection): string {
    const isOnly = Object.keys(this.#regulation.measures).length === 1;
    const counted = measure === undefined || isOnly ? '' : `计${this.measureLabel(measure)}的`;
    const isAny = Object.values(selection).every((one) => one === undefined);
    const what = isAny ? '活动' : this.selection(selection);
    return `${counted}${what}${where ? `（${this.condition(where)}）` : ''}`;
  }

  /** A rule by what it is for. */
  ruleName(id: string): string {
    const rule = this.#regulation.earn.find((one) => one.id === id);
    if (!rule) return `“${id}”一条`;
    return `“${rule.name ?? this.ruleLabel(rule)}”一条`;
  }

  /** What a rule is for, with its sign where another one is for the same. */
  ruleLabel(rule: EarnRule): string {
    const whatFor = this.ruleScope(rule);
    const isShared = this.#regulation.earn.some((one) => one !== rule && this.ruleScope(one) === whatFor);
    return isShared ? `${whatFor}（${rule.id}）` : whatFor;
  }

  ruleScope(rule: EarnRule): string {
    const kinds = listOf(rule.kinds).map((kind) => this.#regulation.kinds[kind] ?? kind);
    return `${kinds.join('、')}${rule.where ? `，${this.condition(rule.where)}` : ''}`;
  }

  quantity(quantity: Quantity): string {
    if (quantity.total !== undefined)
      return `“${this.#regulation.totals?.[quantity.total]?.name ?? quantity.total}”`;
    const largest =
      quantity.largest === undefined ? '' : `同一${factName(quantity.largest, this.#regulation, 'zh')}最多的`;
    return `${largest}${this.selection(quantity)}`;
  }

  period(period: string): string {
    return PERIODS[period] ?? `每个周期（${this.cycleName(period)}）`;
  }

  asked({ target: id, amount }: TargetAmount): string {
    const target = this.#regulation.targets?.find((one) => one.id === id);
    const of = target && amount !== undefined ? this.amountNames(amount, target) : amount;
    return `本人的“${this.targetName(id)}”${of === undefined ? '' : `（${of}）`}要求`;
  }

  /** Amounts of a target by the names that its needs give them. */
  amountNames(amounts: Names, { needs }: Pick<Target, 'needs'>): string {
    const named = (id: string): string => leavesOf(needs).find((leaf) => leafId(leaf) === id)?.name ?? id;
    return listOf(amounts).map(named).join('、');
  }

  requirement(requirement: Requirement): string {
    const { anyOf, allOf, atLeast, above, atMost, below, atLeastShare, of } = requirement;
    const qualified = this.qualified({ groups: requirement.groups, if: requirement.if });
    const lists = anyOf ?? allOf;
    if (lists) {
      // A list within a list, or one with a limit of its own, stands in brackets.
      const inner = lists.map((one) => {
        const said = this.requirement(one);
        return (one.anyOf ?? one.allOf ?? []).length > 1 && lists.length > 1 ? `（${said}）` : said;
      });
      const said = inner.join(anyOf ? ' 或者 ' : '，并且 ').replaceAll(' （', '（');
      return qualified !== '' && inner.length > 1 ? `（${said}）${qualified}` : `${said}${qualified}`;
    }
    const unit = this.#regulation.measures[measureOf(requirement, this.#regulation)] ?? '';
    const what = requirement.name ?? this.quantity(requirement);
    if (atLeastShare !== undefined)
      return `${what}不少于${of ? this.quantity(of) : ''}的 ${atLeastShare}${qualified}`;
    if (isOneActivity(requirement)) {
      const { measure, part, kind, rule, where } = requirement;
      return `有${this.#activity({ measure, part, kind, rule, where })}${qualified}`;
    }
    return `${what} ${this.bounds({ atLeast, above, atMost, below })} ${unit}${qualified}`;
  }

  targetName(id: string): string {
    return this.#regulation.targets?.find((target) => target.id === id)?.name ?? id;
  }

  /** `“甲”或“乙”` */
  targetNames(targets: Names | undefined, joint: string): string {
    return listOf(targets)
      .map((id) => `“${this.targetName(id)}”`)
      .join(joint);
  }

  decision(day: Target['decidedOn']): string {
    if (day === undefined || day === 'end') return '';
    return day === 'start' ? '（看周期第一天）' : '（周期内当过的都算）';
  }
}
