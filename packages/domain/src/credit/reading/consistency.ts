import { sayMatcher, spell, type Bounds } from '../regulation/condition';
import { ConditionCheck } from './condition-check';
import { listOf, type Names } from '../regulation/earning-schema';
import { namesOf } from '../regulation/english';
import { ENTRY_PROPERTIES } from '../person/evaluation-facts';
import { Exact } from '../value/exact';
import { FACT_NAMES } from '../regulation/fact-names';
import { Findings } from './findings';
import type { Path } from '../source/json-source';
import { CALENDAR_PERIODS, isShareOf, itemLimitOf } from '../evaluation/limits';
import { constant, isExactNumber, type ExactNumber } from '../value/measure';
import { choiceMeaning } from '../source/meanings';
import { suggestion, suggestionOrAll } from '../source/nearest-name';
import { rankOrder } from '../person/person';
import { noEqual } from '../person/rank-names';
import type { Regulation } from '../regulation/regulation-schema';
import { leafId } from '../evaluation/requirement';
import { leavesOf, RequirementCheck } from './requirement-check';
import type { Fault } from '../source/schema-errors';
import {
  EACH_CIRCUMSTANCE,
  type Cap,
  type CycleRule,
  type MakeUp,
  type Occasion,
  type Quantity,
  type Requirement,
  type Selection,
  type Target,
  type TargetAmount,
  type Total,
} from '../regulation/target-schema';
import { textsUsed } from '../words/texts';
import { checkWorths, isAbove, LEAST_ABOVE_MOST } from '../settlement/worth-check';

/** What a schema cannot see: names that nobody declared, forms that contradict each other, amounts too fine to store. */
export function checkConsistency(regulation: Regulation): Fault[] {
  const faults = new ConsistencyCheck(regulation).run();
  return faults.length > 0 ? faults : checkWorths(regulation);
}

const TYPE_WORDS = { number: '数字', text: '文字', flag: ' true 或 false' } as const;
const IS_OF_TYPE: Record<keyof typeof TYPE_WORDS, (value: unknown) => boolean> = {
  number: isExactNumber,
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
};

class ConsistencyCheck {
  readonly #regulation: Regulation;
  readonly #findings: Findings;
  readonly #conditions: ConditionCheck;
  readonly #requirements: RequirementCheck;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#findings = new Findings(regulation);
    this.#conditions = new ConditionCheck(this.#findings);
    this.#requirements = new RequirementCheck(this.#findings, this.#conditions);
  }

  run(): Fault[] {
    const { effective, source } = this.#regulation;
    if (effective.to !== undefined && effective.to < effective.from)
      this.#add(['effective', 'to'], '失效日期早于生效日期');
    if (source.url !== undefined && source.grade !== 'A')
      this.#add(['source', 'url'], '只有 A 级（官方）来源可以写网址');
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
    // What facts must say is read from conditions that are in order.
    if (this.#findings.faults.length === 0) this.#english();
    return this.#findings.faults;
  }

  #add(path: Path, sentence: string): void {
    this.#findings.add(path, sentence);
  }

  /** A translation of what nobody calls so, nor facts say, is a slip of the pen. Parts of names put together may stand alone. */
  #english(): void {
    const names = namesOf(this.#regulation);
    const { person, activity, circumstances } = textsUsed(this.#regulation);
    const texts = [...person.values(), ...activity.values(), circumstances].flatMap((some) => [...some]);
    const known = new Set([...names, ...names.flatMap((name) => name.split('、')), ...texts]);
    for (const zh of Object.keys(this.#regulation.english ?? {})) {
      if (!known.has(zh)) this.#add(['english', zh], `办法里没有“${zh}”这个名称${suggestion(zh, names)}`);
    }
  }

  /** Clauses, groups and settings are named the same way wherever they stand. */
  #everywhere(value: unknown, path: Path): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === 'clause' && typeof inner === 'string') this.#findings.declared('clauses', inner, at);
      else if (key === 'groups' && path.length > 0) this.#findings.declared('groups', inner as Names, at);
      else if (key === 'if' && path.length > 0) this.#chosen(inner as Record<string, string>, at);
      else if (key === 'inForce') this.#period(inner as { from?: string; to?: string }, at);
      else this.#everywhere(inner, at);
    }
  }

  #period({ from, to }: { from?: string; to?: string }, path: Path): void {
    if (from !== undefined && to !== undefined && to < from)
      this.#add([...path, 'to'], '失效日期早于生效日期');
  }

  /** A result that is held both up and down. */
  #edges({ atLeast, atMost }: Pick<Bounds, 'atLeast' | 'atMost'>, path: Path): void {
    if (isAbove(atLeast, atMost)) this.#add([...path, 'atLeast'], LEAST_ABOVE_MOST);
  }

  #chosen(wanted: Readonly<Record<string, string>>, path: Path): void {
    for (const [setting, option] of Object.entries(wanted)) {
      const known = this.#regulation.settings?.[setting];
      if (!known) this.#add([...path, setting], `待定问题“${setting}”没有在 settings 中定义`);
      else if (!(option in known.options))
        this.#add(
          [...path, setting],
          `“${setting}”没有“${option}”这种读法${suggestionOrAll(option, Object.keys(known.options))}`,
        );
    }
  }

  #settings(): void {
    for (const [id, setting] of Object.entries(this.#regulation.settings ?? {})) {
      if (!(setting.chosen in setting.options)) {
        const hint = suggestionOrAll(setting.chosen, Object.keys(setting.options));
        this.#add(['settings', id, 'chosen'], `“${setting.chosen}”不在 options 中${hint}`);
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
    else if (this.#conditions.factKind(fact) === undefined) {
      const hint = this.#conditions.factHint(fact, '活动没有');
      this.#add(path, `没有“${fact}”这一事实${hint}`);
    } else if (this.#conditions.factKind(fact) !== 'number') this.#add(path, `“${fact}”不是数量`);
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

  #ranks(): void {
    for (const [name, equal] of Object.entries(this.#regulation.ranks ?? {})) {
      if (rankOrder(equal, {}) === undefined) this.#add(['ranks', name], noEqual(equal));
    }
  }

  #groups(): void {
    for (const [id, group] of Object.entries(this.#regulation.groups ?? {})) {
      this.#conditions.personCondition(group.where, ['groups', id, 'where']);
    }
  }

  #cycles(): void {
    for (const [id, cycle] of Object.entries(this.#regulation.cycles ?? {})) {
      const path = ['cycles', id];
      if ('months' in cycle && cycle.every !== undefined && cycle.every < cycle.months)
        this.#add([...path, 'every'], 'every（隔几个月开始一期）不能小于 months（一期几个月）');
      if ((CALENDAR_PERIODS as readonly string[]).includes(id))
        this.#add(path, `“${id}”是格式自带的期间，请换一个名称`);
      if (id === EACH_CIRCUMSTANCE) this.#add(path, `“${id}”在减免的 per 里是每次特殊情况，请换一个名称`);
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
        this.#findings.declared('groups', cycle.group, [...path, 'group']);
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
      this.#findings.declared('kinds', rule.kinds, [...path, 'kinds']);
      this.#conditions.activityCondition(rule.where, [...path, 'where']);
      rule.gates?.forEach((gate, at) => {
        this.#conditions.activityCondition(gate.where, [...path, 'gates', at, 'where']);
        this.#conditions.activityCondition(gate.must, [...path, 'gates', at, 'must']);
      });
      rule.earns.forEach((earning, at) => {
        this.#findings.declared('measures', earning.measure, [...path, 'earns', at, 'measure']);
        this.#requirements.partOf(earning, [...path, 'earns', at]);
      });
    });
  }

  #capsAndTotals(): void {
    this.#regulation.caps?.forEach((cap, index) => {
      const path = ['caps', index];
      this.#requirements.selection(cap.counts, [...path, 'counts']);
      if (cap.counts.measure === undefined && Object.keys(this.#regulation.measures).length > 1) {
        this.#add(
          [...path, 'counts'],
          `本办法有几种计量（${Object.keys(this.#regulation.measures).join('、')}），这里应写 measure`,
        );
      }
      if (typeof cap.atMost === 'object' && 'share' in cap.atMost) {
        this.#shareLimit(cap, cap.atMost, [...path, 'atMost']);
      } else if (typeof cap.atMost !== 'object' && cap.atMost !== 'highest' && constant(cap.atMost).n < 0) {
        this.#add([...path, 'atMost'], '上限不能小于 0');
      }
      this.#periodName(cap.per, [...path, 'per']);
      if (this.#isRolling(cap.per) && (isShareOf(cap) || 'highest' in (itemLimitOf(cap) ?? {})))
        this.#add(
          [...path, 'per'],
          '按滚动的周期（lastMonths）限制的，atMost 写数或 first；取最高的、几分之几的写 cycle，只限制到评价日为止的那一期',
        );
      this.#cycleName(cap.cycle, [...path, 'cycle']);
      if (cap.cycle !== undefined && cap.per !== undefined)
        this.#add([...path, 'per'], 'cycle 就是在它的每一期里限制，与 per 只写一个');
      for (const fact of listOf(cap.each)) this.#distinction(fact, [...path, 'each']);
      if (typeof cap.atMost === 'object' && 'items' in cap.atMost && cap.atMost.items !== undefined)
        this.#distinction(cap.atMost.items, [...path, 'atMost', 'items']);
    });
    for (const [id, total] of Object.entries(this.#regulation.totals ?? {})) {
      const path = ['totals', id];
      if (total.if && total.cycle === undefined)
        this.#add([...path, 'if'], '只决定是否单独报告，所以要与 cycle 一起写；不同读法的数写成各项的 if');
      this.#findings.declared('measures', total.measure, [...path, 'measure']);
      this.#cycleName(total.cycle, [...path, 'cycle']);
      this.#periodName(total.per, [...path, 'per']);
      if (this.#isRolling(total.per)) this.#add([...path, 'per'], '合计不能按滚动的周期（lastMonths）计算');
      this.#edges(total, path);
      total.add.forEach((term, index) => {
        this.#requirements.quantity(term, [...path, 'add', index], total.measure);
        if (term.when) this.#requirements.requirement(term.when, [...path, 'add', index, 'when']);
        this.#held(term, [...path, 'add', index]);
      });
      if (this.#reaches(id, id, new Set())) this.#add(path, `合计“${id}”绕回到了自己`);
    }
  }

  /** Against what a term of a total is held: one thing, and nothing that hangs on the total in turn. */
  #held({ above, below, over }: Total['add'][number], path: Path): void {
    const held = Object.entries({ above, below, over }).filter(([, edge]) => edge !== undefined);
    if (held.length > 1)
      this.#add(path, '超过的部分（above）、差的部分（below）、几分之几（over）只能写一种');
    for (const [key, edge] of held) {
      const at = [...path, key];
      if (typeof edge === 'object') {
        const target = this.#targetAmount(edge, at);
        if (target) this.#noCircle(target, '合计', at);
      } else if (key === 'over' && edge !== undefined && constant(edge).n <= 0)
        this.#add(at, '除以的数应大于 0');
    }
  }

  /** What hangs on what a target asks may not be part of what lowers that. */
  #noCircle(target: Target, what: string, path: Path): void {
    if (target.relief?.some(({ when }) => when.earned))
      this.#add(
        [...path, 'target'],
        `任务“${target.id}”的减免要看学了多少（earned），${what}又要看它的要求，绕成了圈`,
      );
  }

  /** A share of which the limited amounts are part is a share of what is left: less than all, and of something else too. */
  #shareLimit(
    { counts, per, cycle }: Cap,
    { share, of }: { share: ExactNumber; of: Selection | TargetAmount },
    path: Path,
  ): void {
    if (constant(share).n <= 0) this.#add([...path, 'share'], '比例应大于 0');
    if ('target' in of) {
      const target = this.#targetAmount(of, [...path, 'of'], {
        cycle: per ?? cycle,
        whose: '上限（per 或 cycle）',
      });
      if (target) this.#noCircle(target, '上限', [...path, 'of']);
      return;
    }
    this.#requirements.selection(of, [...path, 'of']);
    if (constant(share).n <= 0) return;
    if (isPartOf(counts, of) && constant(share).compare(Exact.ONE) >= 0)
      this.#add([...path, 'share'], '比例应小于 1：of 包括 counts，是扣过以后的几分之几');
    else if (isPartOf(of, counts)) this.#add([...path, 'of'], 'of 里除了 counts 什么也没有，上限永远是 0');
  }

  /** Something by which entries are told apart. */
  #distinction(fact: string, path: Path): void {
    if (!ENTRY_PROPERTIES.includes(fact) && this.#conditions.factKind(fact) !== 'text')
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

  #periodName(per: string | undefined, path: Path): void {
    if (per === undefined || (CALENDAR_PERIODS as readonly string[]).includes(per)) return;
    if (!this.#regulation.cycles?.[per])
      this.#add(
        path,
        `“${per}”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义${this.#periodHint(per)}`,
      );
  }

  #isRolling(cycle: string | undefined): boolean {
    return cycle !== undefined && 'lastMonths' in (this.#regulation.cycles?.[cycle] ?? {});
  }

  /** The period of the format or the cycle that is meant by 每月, 每年, year …, or that is spelt nearly so. */
  #periodHint(per: string): string {
    const { cycles = {} } = this.#regulation;
    const own = CALENDAR_PERIODS.find((period) => choiceMeaning('per', period) === per);
    const aYear = Object.keys(cycles).find((id) => {
      const cycle = cycles[id];
      return cycle !== undefined && 'months' in cycle && cycle.months === 12 && cycle.every === undefined;
    });
    const meant = own ?? (/^(每年|自然年|年度?|year|yearly)$/.test(per) ? aYear : undefined);
    return meant === undefined
      ? suggestion(per, [...CALENDAR_PERIODS, ...Object.keys(cycles)])
      : `，是不是“${meant}”？`;
  }

  #cycleName(id: string | undefined, path: Path): void {
    this.#findings.declared('cycles', id, path);
  }

  #carryOver(): void {
    this.#regulation.carryOver?.forEach((rule, index) => {
      const path = ['carryOver', index];
      this.#cycleName(rule.cycle, [...path, 'cycle']);
      this.#requirements.quantity(rule.from, [...path, 'from']);
      this.#findings.declared('measures', rule.to.measure, [...path, 'to', 'measure']);
      this.#requirements.partOf(rule.to, [...path, 'to']);
      const cycle = this.#regulation.cycles?.[rule.cycle];
      if (cycle && !isFixed(cycle) && !('around' in cycle && cycle.repeats))
        this.#add(
          [...path, 'cycle'],
          '结转在一期接一期的周期之间进行：固定的，或从本人的事件起重复（repeats）的',
        );
      if (typeof rule.above === 'object')
        this.#targetAmount(rule.above, [...path, 'above'], { cycle: rule.cycle, whose: '结转' });
      if (typeof rule.atMost === 'object') {
        const { share, of } = rule.atMost;
        if (constant(share).n <= 0) this.#add([...path, 'atMost', 'share'], '比例应大于 0');
        this.#targetAmount(of, [...path, 'atMost', 'of'], { cycle: rule.cycle, whose: '结转' });
      }
      if ((rule.lasts ?? 1) > 1 && !covers(rule.from, rule.to))
        this.#add([...path, 'lasts'], 'lasts 大于 1 时，from 应包括转入的部分（to），才知道用剩多少');
    });
  }

  #noTarget(id: string, path: Path): void {
    const known = (this.#regulation.targets ?? []).map((target) => target.id);
    this.#add([...path, 'target'], `没有任务“${id}”${suggestionOrAll(id, known)}`);
  }

  /** An amount of a target with a lower edge; where a cycle is given, in the same one. */
  #targetAmount(
    { target: id, amount }: TargetAmount,
    path: Path,
    { cycle, whose }: { readonly cycle?: string | undefined; readonly whose?: string } = {},
  ): Target | undefined {
    const target = this.#regulation.targets?.find((one) => one.id === id);
    if (!target) {
      this.#noTarget(id, path);
      return undefined;
    }
    if (whose !== undefined && target.cycle !== cycle)
      this.#add([...path, 'target'], `任务“${id}”的周期是“${target.cycle}”，应与${whose}的周期相同`);
    const lower = leavesOf(target.needs)
      .filter(({ atLeast, above }) => (atLeast ?? above) !== undefined)
      .map(leafId);
    if (amount === undefined ? new Set(lower).size !== 1 : !lower.includes(amount))
      this.#add([...path, 'amount'], `应写明任务的哪个下限，有：${[...new Set(lower)].join('、')}`);
    return target;
  }

  #targets(): void {
    const ids = new Set<string>();
    this.#regulation.targets?.forEach((target, index) => {
      const path = ['targets', index];
      if (ids.has(target.id)) this.#add([...path, 'id'], `任务“${target.id}”重复`);
      ids.add(target.id);
      this.#cycleName(target.cycle, [...path, 'cycle']);
      this.#requirements.requirement(target.needs, [...path, 'needs']);
      this.#requirements.leafIds(target.needs, [...path, 'needs'], new Set());
      this.#requirements.contradictions(target.needs, [...path, 'needs']);
      target.relief?.forEach((relief, at) => {
        const here = [...path, 'relief', at];
        this.#occasion(relief.when, '减免', [...here, 'when']);
        const effects = [relief.exempt, relief.times, relief.less, relief.to].filter(
          (effect) => effect !== undefined,
        );
        if (effects.length !== 1) this.#add(here, '减免应写成其中一种：exempt、times、less、to');
        if ((relief.exempt ?? relief.to) !== undefined && relief.per !== undefined)
          this.#add(
            [...here, 'per'],
            'per 是符合几期、几次就减几次，与 less 或 times 一起写；免除整个任务、减为一个数的不写',
          );
        if (listOf(relief.when.circumstance).includes(relief.per ?? ''))
          this.#add(
            [...here, 'per'],
            `“${relief.per}”不是周期；每有一次就减一次的写 "${EACH_CIRCUMSTANCE}"（每次特殊情况）`,
          );
        else if (relief.per !== EACH_CIRCUMSTANCE) this.#cycleName(relief.per, [...here, 'per']);
        else if (relief.when.circumstance === undefined)
          this.#add([...here, 'per'], '每有一次特殊情况就减一次，when 应写明是哪一种（circumstance）');
        if (this.#isRolling(relief.per))
          this.#add([...here, 'per'], '减免不能按滚动的周期（lastMonths）计算');
        if (relief.exempt && relief.amounts !== undefined)
          this.#add([...here, 'amounts'], '免除是整个任务；只免一项数量请写 times: 0');
        this.#requirements.amounts(relief.amounts, target.needs, [...here, 'amounts']);
      });
      if (target.makeUp) this.#makeUp(target.makeUp, target.cycle, [...path, 'makeUp']);
      if (target.prorate?.acrossGroups && !leavesOf(target.needs).some(({ groups }) => groups !== undefined))
        this.#add(
          [...path, 'prorate', 'acrossGroups'],
          'acrossGroups 是各组的要求分段相加，needs 里应有限了人员组（groups）、同一个 id 的几个数量',
        );
      this.#requirements.amounts(target.prorate?.amounts, target.needs, [...path, 'prorate', 'amounts']);
      this.#adjustedShares(target, path);
    });
  }

  #occasion(when: Occasion, whose: string, path: Path): void {
    const isLong = (when.months ?? when.days) !== undefined;
    if (when.person) this.#conditions.personCondition(when.person, [...path, 'person']);
    if (when.earned) this.#requirements.requirement(when.earned, [...path, 'earned']);
    if (Object.keys(when).length === 0) this.#add(path, `应写明${whose}的条件`);
    for (const key of ['months', 'days'] as const) {
      const asked = when[key];
      if (typeof asked === 'object') this.#edges(asked, [...path, key]);
    }
    if (when.unbroken && !isLong)
      this.#add([...path, 'unbroken'], 'unbroken（连续）应与 circumstance 的 months 或 days 一起写');
    if (when.whole && !isLong)
      this.#add([...path, 'whole'], 'whole（整段）应与 circumstance 的 months 或 days 一起写');
    if (isLong && when.circumstance === undefined)
      this.#add(path, 'months、days 是特殊情况（circumstance）的长短，应写明是哪一种');
    if (when.inARow !== undefined && when.cycle !== 'previous')
      this.#add([...path, 'inARow'], 'inARow 应与 cycle: "previous"、earned 一起写');
  }

  #makeUp(
    { after, months, until, anniversaryCounts, groups, when }: MakeUp,
    cycle: string,
    path: Path,
  ): void {
    if (when) this.#occasion(when, '补足', [...path, 'when']);
    if (groups !== undefined && after === 'cycle')
      this.#add(
        [...path, 'groups'],
        'groups 是晋升后属于哪些组，只与 after: "promotion" 一起写；周期结束后补足的，限定写在任务上',
      );
    if ((months === undefined) === (until === undefined))
      this.#add(path, '补足的期限应写成其中一种：months（几个月内）、until（到哪个周期的一期结束）');
    this.#cycleName(until, [...path, 'until']);
    if (until === undefined) return;
    if (this.#isRolling(until)) this.#add([...path, 'until'], '滚动的周期（lastMonths）没有结束的那天');
    if (until === cycle && after === 'cycle')
      this.#add([...path, 'until'], '与任务的周期相同：没有完成时它正好结束，没有时间补足');
    if (anniversaryCounts !== undefined)
      this.#add([...path, 'anniversaryCounts'], '满期当天只与 months 一起写');
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
    reliefs.forEach(({ amounts, times, less, to, round }, at) => {
      const here = [...path, 'relief', at];
      const named = sharesIn(amounts ?? (leaves.every(isOfShare) ? leaves.map(leafId) : []));
      const say = (key: string, sentence: string): void => {
        this.#add([...here, key], `“${named}”是比例（atLeastShare），${sentence}`);
      };
      if (named === '') return;
      if (less !== undefined) say('less', '不能减少一个数；请写 times（乘以几分之几，0 为不作要求）');
      if (to !== undefined) say('to', '不能减为一个数；请写 times（乘以几分之几，0 为不作要求）');
      if (times !== undefined && (constant(times).n < 0 || constant(times).compare(Exact.ONE) > 0))
        say('times', 'times 应在 0 与 1 之间');
      if (times !== undefined && amounts === undefined && constant(times).n !== 0)
        say('times', '减免比例应在 amounts 里写明');
      if (round) say('round', '不能取整');
    });
  }

  #results(): void {
    const { targets = [], ratings = [], consequences = [], teams = [] } = this.#regulation;
    const isTarget = (id: string): boolean => targets.some((target) => target.id === id);
    ratings.forEach((rating, index) => {
      const path = ['ratings', index];
      this.#cycleName(rating.cycle, [...path, 'cycle']);
      this.#requirements.quantity(rating.of, [...path, 'of']);
      for (const id of listOf(rating.target)) {
        const rated = targets.find((target) => target.id === id);
        if (!rated) this.#noTarget(id, path);
        else if (rated.cycle !== rating.cycle)
          this.#add([...path, 'target'], `任务“${id}”的周期是“${rated.cycle}”，应与等次的周期相同`);
      }
      rating.bands.forEach((band, at) => {
        const here = [...path, 'bands', at];
        if (band.needs) this.#requirements.requirement(band.needs, [...here, 'needs']);
        if (band.is !== undefined && rating.target === undefined)
          this.#add([...here, 'is'], 'is 说的是任务的情况，等次应写明是哪项任务（target）');
        const before = rating.bands
          .slice(0, at)
          .findIndex(
            (other) => !other.needs && [undefined, band.is].includes(other.is) && includes(other, band),
          );
        const edges = spell(sayMatcher(edgesOf(rating.bands[before] ?? {})), 'zh');
        if (before >= 0)
          this.#add(
            here,
            `轮不到这一档：第 ${before + 1} 档${edges === '' ? '' : `（${edges}）`}已经包括它；应从高到低写`,
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
          if (!target) this.#noTarget(id, path);
          else if ((when.is === 'not-made-up' || when.is === 'make-up-missed') && !target.makeUp)
            this.#add([...path, 'is'], `任务“${id}”没有写 makeUp（补足），应写 missed`);
        }
      }
      if ('rating' in when) {
        const rating = ratings.find((candidate) => candidate.id === when.rating);
        if (!rating) {
          const hint = suggestionOrAll(
            when.rating,
            ratings.map(({ id }) => id),
          );
          this.#add([...path, 'rating'], `没有等次评定“${when.rating}”${hint}`);
        }
        const known = rating?.bands.map((band) => band.rating) ?? [];
        const unknown = listOf(when.is).filter((is) => !known.includes(is));
        if (
          when.at === 'once' &&
          (when.inARow ?? when.inLast) !== undefined &&
          this.#isRolling(rating?.cycle)
        )
          this.#add(
            path,
            '滚动的周期（lastMonths）没有连续几期，at: "once" 不与 inARow、atLeast、inLast 一起写',
          );
        if (rating && unknown.length > 0)
          this.#add(
            [...path, 'is'],
            `没有等次“${unknown.join('、')}”${suggestionOrAll(unknown[0] ?? '', known)}`,
          );
      }
    });
    consequences.forEach(({ when }, index) => {
      if (!('team' in when)) return;
      const path = ['consequences', index, 'when'];
      const team = teams.find(({ id }) => id === when.team);
      if (!team) {
        const hint = suggestionOrAll(
          when.team,
          teams.map(({ id }) => id),
        );
        this.#add([...path, 'team'], `没有集体结果“${when.team}”${hint}`);
        return;
      }
      const known = (team.flags ?? []).map(({ flag }) => flag);
      for (const flag of listOf(when.is).filter((one) => !known.includes(one)))
        this.#add(
          [...path, 'is'],
          `集体结果“${team.id}”的 flags 里没有“${flag}”${suggestionOrAll(flag, known)}`,
        );
    });
    teams.forEach((team, index) => {
      const path = ['teams', index];
      this.#cycleName(team.cycle, [...path, 'cycle']);
      this.#edges(team, path);
      if (team.quantity) this.#requirements.quantity(team.quantity, [...path, 'quantity']);
      for (const id of listOf(team.target)) {
        if (!isTarget(id)) this.#noTarget(id, path);
      }
      const before = teams.slice(0, index).map(({ id }) => id);
      const isBefore = (id: string, at: Path, key = 'team'): void => {
        if (!before.includes(id)) this.#add([...at, key], `前面没有集体结果“${id}”${suggestion(id, before)}`);
      };
      team.add?.forEach((term, at) => {
        isBefore(term.team, [...path, 'add', at]);
        if (term.over !== undefined) isBefore(term.over, [...path, 'add', at], 'over');
      });
      team.flags?.forEach((flag, place) => {
        flag.when?.forEach((other, at) => {
          isBefore(other.team, [...path, 'flags', place, 'when', at]);
        });
      });
      if ((team.take === undefined) === (team.add === undefined)) {
        this.#add(path, '集体结果应写成其中一种：take（对每个人），或 add（把前面的集体结果加起来）');
        return;
      }
      const ofAmounts = team.take === 'mean' || team.take === 'sum';
      const ofStates = team.take === 'count' || team.take === 'share';
      if (team.asked)
        this.#targetAmount(team.asked, [...path, 'asked'], { cycle: team.cycle, whose: '集体结果' });
      const amounts = [team.quantity, team.asked].filter((amount) => amount !== undefined);
      if (amounts.length !== (ofAmounts ? 1 : 0))
        this.#add(path, 'mean、sum 应写 quantity 或 asked（其一）；count、share 应写 target');
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

/** All quantities that a requirement compares. */
const quantitiesOf = (needs: Requirement): readonly Quantity[] =>
  leavesOf(needs).flatMap((leaf) => [leaf, ...(leaf.of ? [leaf.of] : [])]);

const isOfShare = ({ atLeastShare }: Requirement): boolean => atLeastShare !== undefined;
