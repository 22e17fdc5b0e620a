import { Exact } from './exact';
import type { Fault } from './schema-errors';
import { sayPath, type Path } from './json-source';
import { suggestion } from './nearest-name';
import { checkWorths } from './worth-check';
import { dayNumber, sayMatcher, spell, type Bounds, type Condition, type Matcher } from './condition';
import { listOf, type Names } from './earning-schema';
import { namesOf } from './english';
import { ENTRY_PROPERTIES } from './evaluation-facts';
import { FACT_NAMES, PERSON_FACTS, type FactName, type FactType } from './fact-names';
import { civilDate } from '../core';
import { CALENDAR_PERIODS } from './limits';
import { factValue, valuesOf } from './fact-values';
import { constant, isExactNumber, type ExactNumber } from './measure';
import { rankOrder } from './person';
import { leafId } from './requirement';
import type { OwnFact, Regulation } from './regulation-schema';
import type { CycleRule, Quantity, Requirement, Selection, Target } from './target-schema';

/** What a schema cannot see: names that nobody declared, forms that contradict each other, amounts too fine to store. */
export function checkConsistency(regulation: Regulation): Fault[] {
  const faults = new ConsistencyCheck(regulation).run();
  return faults.length > 0 ? faults : checkWorths(regulation);
}

type Declared = 'clauses' | 'measures' | 'parts' | 'kinds' | 'groups' | 'cycles' | 'totals' | 'settings';
const DECLARED_WORDS: Record<Declared, string> = {
  clauses: '条款',
  measures: '计量',
  parts: '部分',
  kinds: '活动种类',
  groups: '人员组',
  cycles: '周期',
  totals: '合计',
  settings: '待定问题',
};
const BOUND_KEYS = ['atLeast', 'above', 'atMost', 'below'] as const;
const REQUIREMENT_LIMITS = [...BOUND_KEYS, 'atLeastShare'] as const;

/** What a fact may be compared with. */
type FactKind = FactType | 'rank';

const TYPE_WORDS = { number: '数字', text: '文字', flag: ' true 或 false' } as const;
const IS_OF_TYPE: Record<keyof typeof TYPE_WORDS, (value: unknown) => boolean> = {
  number: isExactNumber,
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
};

class ConsistencyCheck {
  readonly #regulation: Regulation;
  readonly #faults: Fault[] = [];

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
  }

  run(): Fault[] {
    const { effective, source } = this.#regulation;
    if (effective.to !== undefined && effective.to < effective.from)
      this.#add(['effective', 'to'], '失效日期早于生效日期');
    if (source.url !== undefined && source.grade !== 'A')
      this.#add(['source', 'url'], '只有 A 级（官方）来源可以写网址');
    this.#english();
    this.#facts();
    this.#ranks();
    this.#groups();
    this.#cycles();
    this.#settings();
    this.#earn();
    this.#capsAndTotals();
    this.#carryOver();
    this.#targets();
    this.#results();
    this.#everywhere(this.#regulation, []);
    return this.#faults;
  }

  #add(path: Path, sentence: string): void {
    this.#faults.push({ path, sentence });
  }

  #declared(section: Declared, names: Names | undefined, path: Path): void {
    const known = this.#regulation[section] ?? {};
    for (const name of listOf(names)) {
      if (!Object.hasOwn(known, name)) {
        const near = suggestion(name, Object.keys(known));
        this.#add(path, `${DECLARED_WORDS[section]}“${name}”没有在 ${section} 中定义${near}`);
      }
    }
  }

  /** A translation of what nobody calls so is a slip of the pen. Parts of names put together may stand alone. */
  #english(): void {
    const names = namesOf(this.#regulation);
    const known = new Set([...names, ...names.flatMap((name) => name.split('、'))]);
    for (const zh of Object.keys(this.#regulation.english ?? {})) {
      if (!known.has(zh)) this.#add(['english', zh], `办法里没有“${zh}”这个名称${suggestion(zh, names)}`);
    }
  }

  /** Clauses, groups and settings are named the same way wherever they stand. */
  #everywhere(value: unknown, path: Path): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === 'clause' && typeof inner === 'string') this.#declared('clauses', inner, at);
      else if (key === 'groups' && path.length > 0) this.#declared('groups', inner as Names, at);
      else if (key === 'if' && path.length > 0) this.#chosen(inner as Record<string, string>, at);
      else if (key === 'inForce') this.#period(inner as { from?: string; to?: string }, at);
      else this.#everywhere(inner, at);
    }
  }

  #period({ from, to }: { from?: string; to?: string }, path: Path): void {
    if (from !== undefined && to !== undefined && to < from)
      this.#add([...path, 'to'], '失效日期早于生效日期');
  }

  #chosen(wanted: Readonly<Record<string, string>>, path: Path): void {
    for (const [setting, option] of Object.entries(wanted)) {
      const known = this.#regulation.settings?.[setting];
      if (!known) this.#add([...path, setting], `待定问题“${setting}”没有在 settings 中定义`);
      else if (!(option in known.options))
        this.#add([...path, setting], `“${setting}”没有“${option}”这种读法`);
    }
  }

  #settings(): void {
    for (const [id, setting] of Object.entries(this.#regulation.settings ?? {})) {
      if (!(setting.chosen in setting.options)) {
        this.#add(['settings', id, 'chosen'], `“${setting.chosen}”不在 options 中`);
      }
    }
  }

  #facts(): void {
    for (const [id, fact] of Object.entries(this.#regulation.facts ?? {})) {
      const path = ['facts', id];
      if (id in FACT_NAMES) this.#add(path, `“${id}”是格式自带的事实，不能重新定义`);
      if ('share' in fact) {
        this.#numberFact(fact.share, [...path, 'share'], id);
        this.#numberFact(fact.of, [...path, 'of'], id);
      }
      if ('weighted' in fact) {
        for (const part of Object.keys(fact.weighted))
          this.#numberFact(part, [...path, 'weighted', part], id);
      }
      if ('filedAfter' in fact) {
        this.#cycleName(fact.filedAfter, [...path, 'filedAfter']);
        const cycle = this.#regulation.cycles?.[fact.filedAfter];
        if (cycle && !isFixed(cycle)) this.#add([...path, 'filedAfter'], '这里只能用固定的周期');
      }
      if ('type' in fact && fact.ifMissing !== undefined && !IS_OF_TYPE[fact.type](fact.ifMissing))
        this.#add([...path, 'ifMissing'], `这里应为${TYPE_WORDS[fact.type]}`);
      if ('sum' in fact)
        fact.sum.forEach((part, index) => this.#numberFact(part, [...path, 'sum', index], id));
    }
  }

  #numberFact(fact: string, path: Path, inside?: string): void {
    if (fact === inside || this.#isComputed(fact, inside)) this.#add(path, `计算得出的事实不能再用“${fact}”`);
    else if (this.#factKind(fact) === undefined) {
      const near = suggestion(fact, this.#factsKnown('活动没有'));
      this.#add(path, `没有“${fact}”这一事实；自定义事实须在 facts 中定义${near}`);
    } else if (this.#factKind(fact) !== 'number') this.#add(path, `“${fact}”不是数量`);
  }

  /** A computed fact may build on sums, but not on itself or on other shares. */
  #isComputed(fact: string, inside: string | undefined): boolean {
    const own = this.#regulation.facts?.[fact];
    return (
      inside !== undefined &&
      own !== undefined &&
      ('share' in own || ('sum' in own && own.sum.includes(inside)))
    );
  }

  #factKind(fact: string): FactKind | undefined {
    const own: OwnFact | undefined = this.#regulation.facts?.[fact];
    if (own) return 'type' in own ? own.type : 'number';
    return fact in FACT_NAMES ? (FACT_NAMES as Record<string, FactName>)[fact]?.type : undefined;
  }

  #ranks(): void {
    for (const [name, equal] of Object.entries(this.#regulation.ranks ?? {})) {
      if (rankOrder(equal, {}) === undefined) this.#add(['ranks', name], `“${equal}”不在职务层次与职级表中`);
    }
  }

  #groups(): void {
    for (const [id, group] of Object.entries(this.#regulation.groups ?? {})) {
      this.#personCondition(group.where, ['groups', id, 'where']);
    }
  }

  #personCondition(value: Condition, path: Path): void {
    const kind = (fact: string): FactKind | undefined =>
      fact === 'rank' || fact === 'rankBefore'
        ? 'rank'
        : (PERSON_FACTS as Record<string, FactName>)[fact]?.type;
    this.#condition(value, path, kind, '人员没有');
  }

  #activityCondition(value: Condition | undefined, path: Path): void {
    if (value) this.#condition(value, path, (fact) => this.#factKind(fact), '活动没有');
  }

  #condition(
    value: Condition,
    path: Path,
    kindOf: (fact: string) => FactKind | undefined,
    absent: string,
  ): void {
    for (const [fact, wanted] of Object.entries(value)) {
      const at = [...path, fact];
      if (fact === 'anyOf' || fact === 'not') {
        const isList = Array.isArray(wanted);
        if (typeof wanted !== 'object' || isList !== (fact === 'anyOf'))
          this.#add(at, fact === 'anyOf' ? '这里应为条件的列表' : '这里应为一个条件');
        else if (isList)
          (wanted as unknown as readonly Condition[]).forEach((inner, index) =>
            this.#condition(inner, [...at, index], kindOf, absent),
          );
        else this.#condition(wanted as Condition, at, kindOf, absent);
        continue;
      }
      const kind = kindOf(fact);
      if (kind === undefined)
        this.#add(
          at,
          `${absent}“${fact}”这一事实；自定义事实须在 facts 中定义${suggestion(fact, this.#factsKnown(absent))}`,
        );
      else this.#matcher(wanted as Matcher, kind, at, fact);
    }
  }

  #factsKnown(absent: string): string[] {
    return absent === '人员没有'
      ? Object.keys(PERSON_FACTS)
      : [...Object.keys(FACT_NAMES), ...Object.keys(this.#regulation.facts ?? {})];
  }

  #matcher(wanted: Matcher, kind: FactKind, path: Path, fact: string): void {
    const values = this.#regulation.facts?.[fact] ? undefined : valuesOf(fact);
    const named = Array.isArray(wanted) || typeof wanted === 'string' ? listOf(wanted) : [];
    if (kind === 'flag') {
      if (typeof wanted !== 'boolean') this.#add(path, '这里应为 true 或 false');
    } else if (kind === 'number' && named.some((one) => !isExactNumber(one))) {
      this.#add(path, '这里应为数或边界，如 { "atLeast": 90 }');
    } else if (values && named.some((one) => !values.includes(one))) {
      const allowed = values.map((value) => `“${value}”（${factValue(fact, value, 'zh')}）`);
      this.#add(path, `只能是：${allowed.join('、')}`);
    } else if (Array.isArray(wanted)) {
      if (kind === 'rank') for (const rank of wanted) this.#rank(rank, path);
    } else if (typeof wanted === 'object') {
      this.#bounds(wanted, kind, path);
    } else if (typeof wanted === 'boolean') {
      this.#add(path, '这里不能是 true 或 false');
    } else if (kind === 'rank') {
      this.#rank(String(wanted), path);
    } else if (kind === 'date') {
      this.#add(path, '日期应写边界，如 { "atLeast": "2026-01-01" }');
    }
  }

  #bounds(wanted: object, kind: FactKind, path: Path): void {
    const entries = Object.entries(wanted) as [string, string | number][];
    const strange = entries.filter(([key]) => !(BOUND_KEYS as readonly string[]).includes(key));
    if (entries.length === 0 || strange.length > 0) {
      this.#add(path, '这里应为 atLeast（≥）、above（>）、atMost（≤）、below（<）');
    } else if (kind === 'text') {
      this.#add(path, '文字不能比较大小');
    } else if (kind === 'rank') {
      for (const [key, rank] of entries) this.#rank(String(rank), [...path, key]);
    } else if (kind === 'date') {
      for (const [key, day] of entries)
        if (!civilDate.safeParse(day).success) this.#add([...path, key], '应为日期，如 "2026-01-01"');
    } else {
      for (const [key, limit] of entries) {
        if (!/^-?\d+(\.\d+)?$|^-?\d+\/[1-9]\d*$/.test(String(limit)))
          this.#add([...path, key], '这里应为数字或分数');
      }
    }
    if (this.#faults.length === 0) this.#emptyBounds(wanted as Record<string, string>, kind, path);
  }

  /** A lower edge above the upper one would never be met. */
  #emptyBounds(wanted: Readonly<Record<string, string>>, kind: FactKind, path: Path): void {
    const orderOf = (limit: string | undefined): Exact | undefined => {
      if (limit === undefined) return undefined;
      if (kind === 'number') return constant(limit);
      const order = kind === 'date' ? dayNumber(limit) : rankOrder(limit, this.#regulation);
      return order === undefined ? undefined : Exact.of(order);
    };
    const lower = orderOf(wanted['atLeast'] ?? wanted['above']);
    const upper = orderOf(wanted['atMost'] ?? wanted['below']);
    if (lower && upper && lower.compare(upper) > 0) this.#add(path, '下限大于上限，永远不能满足');
  }

  #rank(rank: string, path: Path): void {
    if (rankOrder(rank, this.#regulation) === undefined) this.#add(path, `“${rank}”不在职务层次与职级表中`);
  }

  #cycles(): void {
    for (const [id, cycle] of Object.entries(this.#regulation.cycles ?? {})) {
      const path = ['cycles', id];
      if ('months' in cycle && cycle.every !== undefined && cycle.every < cycle.months)
        this.#add([...path, 'every'], 'every（隔几个月开始一期）不能小于 months（一期几个月）');
      if ((CALENDAR_PERIODS as readonly string[]).includes(id))
        this.#add(path, `“${id}”是格式自带的期间，请换一个名称`);
      if ('windows' in cycle) {
        cycle.windows.forEach((window, index) => {
          if (window.to < window.from) this.#add([...path, 'windows', index, 'to'], '结束日期早于开始日期');
          const before = cycle.windows[index - 1];
          if (before && window.from <= before.to)
            this.#add([...path, 'windows', index, 'from'], '各期应按先后排列，且不能重叠');
        });
      }
      if ('around' in cycle) {
        if (
          cycle.repeats &&
          (cycle.monthsAfter === undefined || cycle.monthsBefore || cycle.anniversaryCounts)
        )
          this.#add([...path, 'repeats'], '重复的周期只写 monthsAfter，不写 monthsBefore、anniversaryCounts');
        this.#declared('groups', cycle.group, [...path, 'group']);
        if (cycle.around === 'joining' && cycle.group === undefined)
          this.#add(path, '“joining”应写明进入哪个组（group）');
        if (!cycle.monthsBefore && !cycle.monthsAfter) this.#add(path, '应写 monthsBefore 或 monthsAfter');
      }
    }
  }

  #earn(): void {
    const ids = new Set<string>();
    this.#regulation.earn.forEach((rule, index) => {
      const path = ['earn', index];
      if (ids.has(rule.id)) this.#add([...path, 'id'], `规则“${rule.id}”重复`);
      ids.add(rule.id);
      this.#declared('kinds', rule.kinds, [...path, 'kinds']);
      this.#activityCondition(rule.where, [...path, 'where']);
      rule.gates?.forEach((gate, at) => {
        this.#activityCondition(gate.where, [...path, 'gates', at, 'where']);
        this.#activityCondition(gate.must, [...path, 'gates', at, 'must']);
      });
      rule.earns.forEach((earning, at) => {
        this.#declared('measures', earning.measure, [...path, 'earns', at, 'measure']);
        this.#partOf(earning, [...path, 'earns', at]);
      });
    });
  }

  #partOf(value: { part?: string | undefined }, path: Path): void {
    this.#declared('parts', value.part, [...path, 'part']);
    if (this.#regulation.parts && value.part === undefined)
      this.#add(path, '本办法分了部分（parts），这里应写 part');
  }

  #selection(value: Selection, path: Path): void {
    if (value.measure !== undefined) this.#declared('measures', value.measure, [...path, 'measure']);
    this.#declared('parts', value.part, [...path, 'part']);
    this.#declared('kinds', value.kind, [...path, 'kind']);
    for (const kind of listOf(value.kind)) {
      const isEarned = this.#regulation.earn.some((rule) => listOf(rule.kinds).includes(kind));
      if (kind in this.#regulation.kinds && !isEarned)
        this.#add([...path, 'kind'], `没有任何 earn 计入活动种类“${kind}”，这里永远是 0`);
    }
    for (const rule of listOf(value.rule)) {
      if (!this.#regulation.earn.some((known) => known.id === rule)) {
        this.#add([...path, 'rule'], `没有编号为“${rule}”的学分规则（earn）`);
      }
    }
    this.#activityCondition(value.where, [...path, 'where']);
  }

  #quantity(value: Quantity, path: Path, measure?: string): void {
    this.#selection(value, path);
    if (value.total !== undefined) {
      this.#declared('totals', value.total, [...path, 'total']);
      if (value.measure ?? value.part ?? value.kind ?? value.rule ?? value.where ?? value.largest) {
        this.#add(path, 'total 已经确定了范围，不能再写 measure、part、kind、rule、where、largest');
      }
    } else if (
      (value.measure ?? measure) === undefined &&
      Object.keys(this.#regulation.measures).length > 1
    ) {
      this.#add(
        path,
        `本办法有几种计量（${Object.keys(this.#regulation.measures).join('、')}），这里应写 measure`,
      );
    }
    if (value.largest !== undefined && this.#factKind(value.largest) !== 'text') {
      this.#add([...path, 'largest'], `“${value.largest}”不是文字事实`);
    }
  }

  #capsAndTotals(): void {
    this.#regulation.caps?.forEach((cap, index) => {
      const path = ['caps', index];
      this.#selection(cap.counts, [...path, 'counts']);
      if (cap.counts.measure === undefined && Object.keys(this.#regulation.measures).length > 1) {
        this.#add(
          [...path, 'counts'],
          `本办法有几种计量（${Object.keys(this.#regulation.measures).join('、')}），这里应写 measure`,
        );
      }
      if (typeof cap.atMost === 'object' && 'share' in cap.atMost) {
        this.#selection(cap.atMost.of, [...path, 'atMost', 'of']);
        this.#shareLimit(cap.counts, cap.atMost, [...path, 'atMost']);
      } else if (typeof cap.atMost !== 'object' && cap.atMost !== 'highest' && constant(cap.atMost).n < 0) {
        this.#add([...path, 'atMost'], '上限不能小于 0');
      }
      this.#capPeriod(cap.per, [...path, 'per']);
      for (const fact of listOf(cap.each)) this.#distinction(fact, [...path, 'each']);
      if (typeof cap.atMost === 'object' && 'items' in cap.atMost && cap.atMost.items !== undefined)
        this.#distinction(cap.atMost.items, [...path, 'atMost', 'items']);
    });
    for (const [id, total] of Object.entries(this.#regulation.totals ?? {})) {
      const path = ['totals', id];
      this.#declared('measures', total.measure, [...path, 'measure']);
      this.#cycleName(total.cycle, [...path, 'cycle']);
      const { atLeast, atMost } = total;
      if (atLeast !== undefined && atMost !== undefined && constant(atLeast).compare(constant(atMost)) > 0)
        this.#add([...path, 'atLeast'], '下限大于上限');
      total.add.forEach((term, index) => {
        this.#quantity(term, [...path, 'add', index], total.measure);
        if (term.when) this.#requirement(term.when, [...path, 'add', index, 'when']);
      });
      if (this.#reaches(id, id, new Set())) this.#add(path, `合计“${id}”绕回到了自己`);
    }
  }

  /** A share of which the limited amounts are part is a share of what is left: less than all, and of something else too. */
  #shareLimit(counts: Selection, { share, of }: { share: ExactNumber; of: Selection }, path: Path): void {
    if (constant(share).n <= 0) this.#add([...path, 'share'], '比例应大于 0');
    else if (isPartOf(counts, of) && constant(share).compare(Exact.ONE) >= 0)
      this.#add([...path, 'share'], '比例应小于 1：of 包括 counts，是扣过以后的几分之几');
    else if (isPartOf(of, counts)) this.#add([...path, 'of'], 'of 里除了 counts 什么也没有，上限永远是 0');
  }

  /** Something by which entries are told apart. */
  #distinction(fact: string, path: Path): void {
    if (!ENTRY_PROPERTIES.includes(fact) && this.#factKind(fact) !== 'text')
      this.#add(path, `“${fact}”不是文字事实`);
  }

  #reaches(from: string, wanted: string, seen: Set<string>): boolean {
    if (seen.has(from)) return false;
    seen.add(from);
    const terms = this.#regulation.totals?.[from]?.add ?? [];
    const named = terms.flatMap((term) => [term, ...(term.when ? quantitiesOf(term.when) : [])]);
    return named.some(
      ({ total }) => total !== undefined && (total === wanted || this.#reaches(total, wanted, seen)),
    );
  }

  #capPeriod(per: string | undefined, path: Path): void {
    if (per === undefined || (CALENDAR_PERIODS as readonly string[]).includes(per)) return;
    const cycle = this.#regulation.cycles?.[per];
    if (!cycle)
      this.#add(path, `“${per}”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义`);
    else if ('lastMonths' in cycle) this.#add(path, '上限不能按滚动的周期（lastMonths）计算');
  }

  #cycleName(id: string | undefined, path: Path): void {
    this.#declared('cycles', id, path);
  }

  #carryOver(): void {
    this.#regulation.carryOver?.forEach((rule, index) => {
      const path = ['carryOver', index];
      this.#cycleName(rule.cycle, [...path, 'cycle']);
      this.#quantity(rule.from, [...path, 'from']);
      this.#declared('measures', rule.to.measure, [...path, 'to', 'measure']);
      this.#partOf(rule.to, [...path, 'to']);
      const cycle = this.#regulation.cycles?.[rule.cycle];
      if (cycle && !isFixed(cycle)) this.#add([...path, 'cycle'], '结转只能在固定的周期之间进行');
      if (typeof rule.above === 'object') this.#targetAmount(rule.above, rule.cycle, [...path, 'above']);
      if ((rule.lasts ?? 1) > 1 && !covers(rule.from, rule.to))
        this.#add([...path, 'lasts'], 'lasts 大于 1 时，from 应包括转入的部分（to），才知道用剩多少');
    });
  }

  /** An amount of a target with a lower edge, in the same cycle. */
  #targetAmount(
    { target: id, amount }: { target: string; amount?: string | undefined },
    cycle: string,
    path: Path,
  ): void {
    const target = this.#regulation.targets?.find((one) => one.id === id);
    if (!target) {
      const known = (this.#regulation.targets ?? []).map((one) => one.id);
      this.#add([...path, 'target'], `没有任务“${id}”${suggestion(id, known)}`);
      return;
    }
    if (target.cycle !== cycle)
      this.#add([...path, 'target'], `任务“${id}”的周期是“${target.cycle}”，应与结转的周期相同`);
    const lower = leavesOf(target.needs)
      .filter(({ atLeast, above }) => (atLeast ?? above) !== undefined)
      .map(leafId);
    if (amount === undefined ? new Set(lower).size !== 1 : !lower.includes(amount))
      this.#add([...path, 'amount'], `应写明任务的哪个下限，有：${[...new Set(lower)].join('、')}`);
  }

  #requirement(value: Requirement, path: Path): void {
    const limits = REQUIREMENT_LIMITS.filter((limit) => value[limit] !== undefined);
    const leaf = limits[0];
    const forms = [value.allOf, value.anyOf, leaf].filter((form) => form !== undefined);
    if (forms.length !== 1) {
      this.#add(path, `要求应写成其中一种：allOf、anyOf，或一个数量加 ${REQUIREMENT_LIMITS.join('、')}`);
      return;
    }
    value.allOf?.forEach((inner, index) => this.#requirement(inner, [...path, 'allOf', index]));
    value.anyOf?.forEach((inner, index) => this.#requirement(inner, [...path, 'anyOf', index]));
    if (leaf === undefined) return;
    this.#quantity(value, path);
    if (limits.length > 1) this.#add(path, `${REQUIREMENT_LIMITS.join('、')} 只能写一个`);
    if ((value.of === undefined) !== (value.atLeastShare === undefined))
      this.#add(path, 'atLeastShare 与 of 应一起写');
    if (value.of) this.#quantity(value.of, [...path, 'of']);
    if (value.atLeastShare !== undefined && !isShare(value.atLeastShare)) {
      this.#add([...path, 'atLeastShare'], '比例应大于 0、小于 1');
    }
  }

  /** Results name amounts by these ids, so two amounts of one target may not share one under the same reading. */
  #leafIds(value: Requirement, path: Path, seen: Set<string>): void {
    for (const [index, inner] of (value.allOf ?? value.anyOf ?? []).entries()) {
      this.#leafIds(inner, [...path, value.allOf ? 'allOf' : 'anyOf', index], seen);
    }
    if (value.allOf ?? value.anyOf) return;
    const key = JSON.stringify([leafId(value), value.if, value.groups]);
    if (seen.has(key)) this.#add(path, `同一任务中有两个数量都叫“${leafId(value)}”，请用 id 区分`);
    seen.add(key);
  }

  /** Of one amount, a lower edge above the upper one would never be met. */
  #contradictions(value: Requirement, path: Path): void {
    const edges: Edge[] = [];
    for (const edge of neededTogether(value, path)) {
      if (edge.requirement.anyOf)
        edge.requirement.anyOf.forEach((inner, index) =>
          this.#contradictions(inner, [...edge.path, 'anyOf', index]),
        );
      else if (edge.requirement.atLeastShare === undefined) edges.push(edge);
    }
    for (const [index, edge] of edges.entries()) {
      const other = edges.slice(0, index).find((before) => excludes(before, edge) || excludes(edge, before));
      if (other)
        this.#add(
          edge.path,
          `与 ${sayPath(other.path)} 矛盾：同一数量既要 ${sayBounds(other)}，又要 ${sayBounds(edge)}，永远不能满足`,
        );
    }
  }

  #targets(): void {
    const ids = new Set<string>();
    this.#regulation.targets?.forEach((target, index) => {
      const path = ['targets', index];
      if (ids.has(target.id)) this.#add([...path, 'id'], `任务“${target.id}”重复`);
      ids.add(target.id);
      this.#cycleName(target.cycle, [...path, 'cycle']);
      this.#requirement(target.needs, [...path, 'needs']);
      this.#leafIds(target.needs, [...path, 'needs'], new Set());
      this.#contradictions(target.needs, [...path, 'needs']);
      target.relief?.forEach((relief, at) => {
        const here = [...path, 'relief', at];
        if (relief.when.person) this.#personCondition(relief.when.person, [...here, 'when', 'person']);
        if (relief.when.earned) this.#requirement(relief.when.earned, [...here, 'when', 'earned']);
        if (Object.keys(relief.when).length === 0) this.#add([...here, 'when'], '应写明减免的条件');
        const effects = [relief.exempt, relief.times, relief.less].filter((effect) => effect !== undefined);
        if (effects.length !== 1) this.#add(here, '减免应写成其中一种：exempt、times、less');
        if (relief.exempt && relief.amounts !== undefined)
          this.#add([...here, 'amounts'], '免除是整个任务；只免一项数量请写 times: 0');
        if (relief.when.unbroken && (relief.when.months ?? relief.when.days) === undefined)
          this.#add(
            [...here, 'when', 'unbroken'],
            'unbroken（连续）应与 circumstance 的 months 或 days 一起写',
          );
        if (relief.when.whole && (relief.when.months ?? relief.when.days) === undefined)
          this.#add([...here, 'when', 'whole'], 'whole（整段）应与 circumstance 的 months 或 days 一起写');
        if ((relief.when.months ?? relief.when.days) !== undefined && relief.when.circumstance === undefined)
          this.#add([...here, 'when'], 'months、days 是特殊情况（circumstance）的长短，应写明是哪一种');
        if (relief.when.inARow !== undefined && relief.when.cycle !== 'previous')
          this.#add([...here, 'when', 'inARow'], 'inARow 应与 cycle: "previous"、earned 一起写');
        this.#amounts(relief.amounts, target.needs, [...here, 'amounts']);
      });
      this.#amounts(target.prorate?.amounts, target.needs, [...path, 'prorate', 'amounts']);
      this.#adjustedShares(target, path);
    });
  }

  /** A share has no unit in which it could be lowered, a larger one is not relief, and it does not hang on time. */
  #adjustedShares({ needs, relief: reliefs = [], prorate }: Target, path: Path): void {
    const leaves = leavesOf(needs);
    const sharesIn = (amounts: Names | undefined): string =>
      leaves
        .filter((leaf) => leaf.atLeastShare !== undefined && listOf(amounts).includes(leafId(leaf)))
        .map(leafId)
        .join('、');
    const prorated = sharesIn(prorate?.amounts);
    if (prorated !== '')
      this.#add([...path, 'prorate', 'amounts'], `“${prorated}”是比例（atLeastShare），不按在岗时间折算`);
    reliefs.forEach(({ amounts, times, less, round }, at) => {
      const here = [...path, 'relief', at];
      const named = sharesIn(amounts ?? (leaves.every(isOfShare) ? leaves.map(leafId) : []));
      const say = (key: string, sentence: string): void => {
        this.#add([...here, key], `“${named}”是比例（atLeastShare），${sentence}`);
      };
      if (named === '') return;
      if (less !== undefined) say('less', '不能减少一个数；请写 times（乘以几分之几，0 为不作要求）');
      if (times !== undefined && (constant(times).n < 0 || constant(times).compare(Exact.ONE) > 0))
        say('times', 'times 应在 0 与 1 之间');
      if (times !== undefined && amounts === undefined && constant(times).n !== 0)
        say('times', '减免比例应在 amounts 里写明');
      if (round) say('round', '不能取整');
    });
  }

  #amounts(amounts: Names | undefined, needs: Requirement, path: Path): void {
    const known = leavesOf(needs).map(leafId);
    for (const name of listOf(amounts)) {
      if (!known.includes(name)) this.#add(path, `任务中没有名为“${name}”的数量，有：${known.join('、')}`);
    }
  }

  #results(): void {
    const { targets = [], ratings = [], consequences = [], teams = [] } = this.#regulation;
    const isTarget = (id: string): boolean => targets.some((target) => target.id === id);
    ratings.forEach((rating, index) => {
      const path = ['ratings', index];
      this.#cycleName(rating.cycle, [...path, 'cycle']);
      this.#quantity(rating.of, [...path, 'of']);
      const rated = targets.find((target) => target.id === rating.target);
      if (rating.target !== undefined && !rated) this.#add([...path, 'target'], `没有任务“${rating.target}”`);
      if (rated && rated.cycle !== rating.cycle)
        this.#add([...path, 'target'], `任务“${rated.id}”的周期是“${rated.cycle}”，应与等次的周期相同`);
      rating.bands.forEach((band, at) => {
        const here = [...path, 'bands', at];
        if (band.needs) this.#requirement(band.needs, [...here, 'needs']);
        if (band.is !== undefined && rating.target === undefined)
          this.#add([...here, 'is'], 'is 说的是任务的情况，等次应写明是哪项任务（target）');
        const before = rating.bands
          .slice(0, at)
          .findIndex(
            (other) => !other.needs && [undefined, band.is].includes(other.is) && includes(other, band),
          );
        if (before >= 0)
          this.#add(
            here,
            `轮不到这一档：第 ${before + 1} 档（${spell(sayMatcher(edgesOf(rating.bands[before] ?? {})), 'zh')}）已经包括它；应从高到低写`,
          );
      });
    });
    consequences.forEach((consequence, index) => {
      const path = ['consequences', index, 'when'];
      const { when } = consequence;
      if ((when.atLeast === undefined) !== (when.inLast === undefined))
        this.#add(path, 'atLeast（至少几次）与 inLast（最近几个周期）应一起写');
      else if (when.inARow !== undefined && when.inLast !== undefined)
        this.#add(path, 'inARow（连续）与 atLeast、inLast（累计）只能写一种');
      else if ((when.atLeast ?? 0) > (when.inLast ?? Infinity))
        this.#add([...path, 'atLeast'], '不能大于 inLast');
      if ('target' in when) {
        for (const id of listOf(when.target)) {
          const target = targets.find((one) => one.id === id);
          if (!target) this.#add([...path, 'target'], `没有任务“${id}”`);
          else if ((when.is === 'not-made-up' || when.is === 'make-up-missed') && !target.makeUp)
            this.#add([...path, 'is'], `任务“${id}”没有写 makeUp（补足），应写 missed`);
        }
      }
      if ('rating' in when) {
        const rating = ratings.find((candidate) => candidate.id === when.rating);
        if (!rating) this.#add([...path, 'rating'], `没有等次评定“${when.rating}”`);
        const unknown = listOf(when.is).filter((is) => !rating?.bands.some((band) => band.rating === is));
        if (rating && unknown.length > 0) this.#add([...path, 'is'], `没有等次“${unknown.join('、')}”`);
      }
    });
    teams.forEach((team, index) => {
      const path = ['teams', index];
      this.#cycleName(team.cycle, [...path, 'cycle']);
      if (team.quantity) this.#quantity(team.quantity, [...path, 'quantity']);
      for (const id of listOf(team.target)) {
        if (!isTarget(id)) this.#add([...path, 'target'], `没有任务“${id}”`);
      }
      const before = teams.slice(0, index).map(({ id }) => id);
      team.add?.forEach((term, at) => {
        if (!before.includes(term.team))
          this.#add(
            [...path, 'add', at, 'team'],
            `前面没有集体结果“${term.team}”${suggestion(term.team, before)}`,
          );
      });
      if ((team.take === undefined) === (team.add === undefined)) {
        this.#add(path, '集体结果应写成其中一种：take（对每个人），或 add（把前面的集体结果加起来）');
        return;
      }
      const ofAmounts = team.take === 'mean' || team.take === 'sum';
      const ofStates = team.take === 'count' || team.take === 'share';
      if (ofAmounts !== (team.quantity !== undefined))
        this.#add(path, 'mean、sum 应写 quantity；count、share 应写 target');
      if (ofStates !== (team.is !== undefined))
        this.#add(path, 'count、share 应写 target 与 is，其他不写 is');
      const needsTarget = ofStates || team.withoutExempt === true;
      if (needsTarget !== (team.target !== undefined))
        this.#add(
          path,
          needsTarget && ofAmounts
            ? 'withoutExempt 应写明免除的是哪项任务（target）'
            : 'target 只与 count、share 或 withoutExempt 一起写',
        );
    });
  }
}

const edgesOf = ({ atLeast, above, atMost, below }: Bounds): Bounds => ({ atLeast, above, atMost, below });

/** Whether whatever lies within the second bounds lies within the first ones too. */
function includes(outer: Bounds, inner: Bounds): boolean {
  const isBeyond = (
    [closed, open]: readonly (ExactNumber | undefined)[],
    [innerClosed, innerOpen]: readonly (ExactNumber | undefined)[],
    sign: 1 | -1,
  ): boolean => {
    const edge = closed ?? open;
    const other = innerClosed ?? innerOpen;
    if (edge === undefined) return true;
    if (other === undefined) return false;
    const order = sign * constant(edge).compare(constant(other));
    return order < 0 || (order === 0 && (closed !== undefined || innerClosed === undefined));
  };
  return (
    isBeyond([outer.atLeast, outer.above], [inner.atLeast, inner.above], 1) &&
    isBeyond([outer.atMost, outer.below], [inner.atMost, inner.below], -1)
  );
}

/** Whether everything that the first selection means is meant by the second as well, as far as their fields tell. */
function isPartOf(inner: Selection, outer: Selection): boolean {
  const isNarrower = (narrow: Names | undefined, wide: Names | undefined): boolean =>
    wide === undefined || (narrow !== undefined && listOf(narrow).every((one) => listOf(wide).includes(one)));
  return (
    isNarrower(inner.measure, outer.measure) &&
    isNarrower(inner.part, outer.part) &&
    isNarrower(inner.kind, outer.kind) &&
    isNarrower(inner.rule, outer.rule) &&
    (outer.where === undefined || JSON.stringify(inner.where) === JSON.stringify(outer.where))
  );
}

/** Whether the dates of a cycle are the same for everybody. */
const isFixed = (cycle: CycleRule): boolean => 'months' in cycle || 'windows' in cycle;

/** Whether what is carried into a part is itself among the amounts from which an excess is taken. */
const covers = (from: Quantity, to: { measure: string; part?: string | undefined }): boolean =>
  (from.measure === undefined || from.measure === to.measure) &&
  (from.part === undefined || listOf(from.part).includes(to.part ?? '')) &&
  [from.kind, from.rule, from.where].every((limit) => limit === undefined);

const leavesOf = (needs: Requirement): readonly Requirement[] =>
  (needs.allOf ?? needs.anyOf)?.flatMap(leavesOf) ?? [needs];

/** All quantities that a requirement compares. */
const quantitiesOf = (needs: Requirement): readonly Quantity[] =>
  leavesOf(needs).flatMap((leaf) => [leaf, ...(leaf.of ? [leaf.of] : [])]);

interface Edge {
  readonly requirement: Requirement;
  readonly path: Path;
}

/** What must be met together: the members of lists of `allOf`, as far as all of them apply to the same people. */
const neededTogether = (requirement: Requirement, path: Path): readonly Edge[] =>
  requirement.allOf?.flatMap((inner, index) =>
    (inner.if ?? inner.groups) && inner.allOf ? [] : neededTogether(inner, [...path, 'allOf', index]),
  ) ?? [{ requirement, path }];

/** Whether the lower edge of one and the upper edge of the other are of the same amount and exclude each other. */
function excludes({ requirement: one }: Edge, { requirement: other }: Edge): boolean {
  const [low, high] = [one.atLeast ?? one.above, other.atMost ?? other.below];
  if (low === undefined || high === undefined || amountKey(one) !== amountKey(other)) return false;
  const order = constant(low).compare(constant(high));
  return order > 0 || (order === 0 && (one.atLeast === undefined || other.atMost === undefined));
}

const amountKey = ({
  measure,
  part,
  kind,
  rule,
  where,
  total,
  largest,
  groups,
  if: chosen,
}: Requirement): string => JSON.stringify([measure, part, kind, rule, where, total, largest, groups, chosen]);

const sayBounds = ({ requirement: { atLeast, above, atMost, below } }: Edge): string =>
  spell(sayMatcher({ atLeast, above, atMost, below }), 'zh');

const isOfShare = ({ atLeastShare }: Requirement): boolean => atLeastShare !== undefined;

const isShare = (share: string | number): boolean =>
  constant(share).n > 0 && constant(share).compare(Exact.ONE) < 0;
