import { ConditionCheck } from './condition-check';
import type { Names } from '../regulation/earning-schema';
import { namesOf } from '../regulation/english';
import { FACT_NAMES } from '../regulation/fact-names';
import { AmountCheck } from './amount-check';
import { Findings } from './findings';
import type { Path } from '../source/json-source';
import { CALENDAR_PERIODS } from '../evaluation/limit-periods';
import { isExactNumber } from '../value/measure';
import { suggestion, suggestionOrAll } from '../source/nearest-name';
import { rankOrder } from '../person/person';
import { noEqual } from '../person/rank-names';
import type { Regulation } from '../regulation/regulation-schema';
import { isFixed, ReferenceCheck, type Checks } from './reference-check';
import { RequirementCheck } from './requirement-check';
import { ResultCheck } from './result-check';
import { TargetCheck } from './target-check';
import type { Fault } from '../source/schema-errors';
import { EACH_CIRCUMSTANCE } from '../regulation/target-schema';
import { textsUsed } from '../words/texts';
import { checkWorths } from '../settlement/worth-check';

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
  readonly #references: ReferenceCheck;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#findings = new Findings(regulation);
    this.#conditions = new ConditionCheck(this.#findings);
    this.#requirements = new RequirementCheck(this.#findings, this.#conditions);
    this.#references = new ReferenceCheck(this.#findings);
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
    const checks: Checks = {
      findings: this.#findings,
      conditions: this.#conditions,
      requirements: this.#requirements,
      references: this.#references,
    };
    const amounts = new AmountCheck(checks);
    amounts.capsAndTotals();
    amounts.carryOver();
    new TargetCheck(checks).targets();
    new ResultCheck(checks).results();
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
        this.#references.cycleName(fact.filedAfter, [...path, 'filedAfter']);
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
        if (cycle.prolongedBy !== undefined && !cycle.monthsAfter)
          this.#add([...path, 'prolongedBy'], '顺延的是事件以后的 monthsAfter，应一起写');
        const length = (cycle.monthsBefore ?? 0) + (cycle.monthsAfter ?? 0);
        if (length === 0) this.#add(path, '应写 monthsBefore 或 monthsAfter');
        else if (cycle.finalMonths !== undefined && cycle.finalMonths > length)
          this.#add([...path, 'finalMonths'], `finalMonths（每期的最后几个月）不能大于一期的 ${length} 个月`);
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
}
