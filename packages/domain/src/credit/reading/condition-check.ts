import { Exact } from '../value/exact';
import { dayNumber, type Condition, type Matcher } from '../regulation/condition';
import { listOf } from '../regulation/earning-schema';
import { FACT_NAMES, PERSON_FACTS, type FactName, type FactType } from '../regulation/fact-names';
import { factValue, valuesOf } from '../regulation/fact-values';
import type { Findings } from './findings';
import type { Path } from '../source/json-source';
import { civilDate } from '../../core';
import { constant, isExactNumber } from '../value/measure';
import { activityFactHint, factHint } from '../source/meanings';
import { movesDaily, rankOrder } from '../person/person';
import { noRank } from '../person/rank-names';
import type { OwnFact } from '../regulation/regulation-schema';
import { whyNoDate } from '../source/schema-errors';

const BOUND_KEYS = ['atLeast', 'above', 'atMost', 'below'] as const;

/** What a fact may be compared with. */
type FactKind = FactType | 'rank';

/** That conditions ask for facts that there are, in a way that can be met. */
export class ConditionCheck {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  factKind(fact: string): FactKind | undefined {
    const own: OwnFact | undefined = this.#findings.regulation.facts?.[fact];
    if (own) return 'type' in own ? own.type : 'number';
    return fact in FACT_NAMES ? (FACT_NAMES as Record<string, FactName>)[fact]?.type : undefined;
  }

  personCondition(value: Condition, path: Path): void {
    const kind = (fact: string): FactKind | undefined =>
      fact === 'rank' || fact === 'rankBefore'
        ? 'rank'
        : (PERSON_FACTS as Record<string, FactName>)[fact]?.type;
    this.#condition(value, path, kind, '人员没有');
  }

  /** Months in a group: one of which a person becomes a member by what is in the history, not by passing time. */
  #monthsIn(wanted: Condition[string], path: Path): void {
    if (typeof wanted !== 'object' || Array.isArray(wanted)) {
      this.#findings.add(path, '这里应为人员组和月数的边界，如 { "组": { "below": 12 } }');
      return;
    }
    for (const [group, months] of Object.entries(wanted)) {
      const at = [...path, group];
      const known = this.#findings.regulation.groups?.[group];
      this.#findings.declared('groups', group, at);
      if (known && movesDaily(known))
        this.#findings.add(at, `人员组“${group}”按年龄、月数划分，不能问进入了几个月`);
      this.#matcher(months as Matcher, 'number', at, 'monthsIn');
    }
  }

  activityCondition(value: Condition | undefined, path: Path): void {
    if (value) this.#condition(value, path, (fact) => this.factKind(fact), '活动没有');
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
          this.#findings.add(at, fact === 'anyOf' ? '这里应为条件的列表' : '这里应为一个条件');
        else if (isList)
          (wanted as unknown as readonly Condition[]).forEach((inner, index) =>
            this.#condition(inner, [...at, index], kindOf, absent),
          );
        else this.#condition(wanted as Condition, at, kindOf, absent);
        continue;
      }
      if (fact === 'monthsIn' && absent === '人员没有') {
        this.#monthsIn(wanted, at);
        continue;
      }
      const kind = kindOf(fact);
      if (kind === undefined)
        this.#findings.add(at, `${absent}“${fact}”这一事实${this.factHint(fact, absent)}`);
      else this.#matcher(wanted as Matcher, kind, at, fact);
    }
  }

  /** The fact that is meant by a word for it, or by one that is spelt nearly so; without such a one, where to define it. */
  factHint(fact: string, absent: string): string {
    return absent === '人员没有'
      ? factHint(fact, PERSON_FACTS, ['monthsIn'])
      : activityFactHint(fact, Object.keys(this.#findings.regulation.facts ?? {}));
  }

  #matcher(wanted: Matcher, kind: FactKind, path: Path, fact: string): void {
    const values = this.#findings.regulation.facts?.[fact] ? undefined : valuesOf(fact);
    const named = Array.isArray(wanted) || typeof wanted === 'string' ? listOf(wanted) : [];
    if (kind === 'flag') {
      if (typeof wanted !== 'boolean') this.#findings.add(path, '这里应为 true 或 false');
    } else if (kind === 'number' && named.some((one) => !isExactNumber(one))) {
      this.#findings.add(path, '这里应为数或边界，如 { "atLeast": 90 }');
    } else if (values && named.some((one) => !values.includes(one))) {
      const allowed = values.map((value) => `${value}（${factValue(fact, value, 'zh')}）`);
      this.#findings.add(path, `只能是：${allowed.join('、')}`);
    } else if (Array.isArray(wanted)) {
      if (kind === 'rank') for (const rank of wanted) this.#rank(rank, path);
    } else if (typeof wanted === 'object') {
      this.#bounds(wanted, kind, path);
    } else if (typeof wanted === 'boolean') {
      this.#findings.add(path, '这里不能是 true 或 false');
    } else if (kind === 'rank') {
      this.#rank(String(wanted), path);
    } else if (kind === 'date') {
      this.#findings.add(path, '日期应写边界，如 { "atLeast": "2026-01-01" }');
    }
  }

  #bounds(wanted: object, kind: FactKind, path: Path): void {
    const entries = Object.entries(wanted) as [string, string | number][];
    const strange = entries.filter(([key]) => !(BOUND_KEYS as readonly string[]).includes(key));
    if (entries.length === 0 || strange.length > 0) {
      this.#findings.add(path, '这里应为 atLeast（≥）、above（>）、atMost（≤）、below（<）');
    } else if (kind === 'text') {
      this.#findings.add(path, '文字不能比较大小');
    } else if (kind === 'rank') {
      for (const [key, rank] of entries) this.#rank(String(rank), [...path, key]);
    } else if (kind === 'date') {
      for (const [key, day] of entries)
        if (!civilDate.safeParse(day).success) this.#findings.add([...path, key], whyNoDate(day));
    } else {
      for (const [key, limit] of entries) {
        if (!/^-?\d+(\.\d+)?$|^-?\d+\/[1-9]\d*$/.test(String(limit)))
          this.#findings.add([...path, key], '这里应为数字或分数');
      }
    }
    if (this.#findings.faults.length === 0) this.#emptyBounds(wanted as Record<string, string>, kind, path);
  }

  /** A lower edge above the upper one would never be met. */
  #emptyBounds(wanted: Readonly<Record<string, string>>, kind: FactKind, path: Path): void {
    const orderOf = (limit: string | undefined): Exact | undefined => {
      if (limit === undefined) return undefined;
      if (kind === 'number') return constant(limit);
      const order = kind === 'date' ? dayNumber(limit) : rankOrder(limit, this.#findings.regulation);
      return order === undefined ? undefined : Exact.of(order);
    };
    const lower = orderOf(wanted['atLeast'] ?? wanted['above']);
    const upper = orderOf(wanted['atMost'] ?? wanted['below']);
    if (lower && upper && lower.compare(upper) > 0) this.#findings.add(path, '下限大于上限，永远不能满足');
  }

  #rank(rank: string, path: Path): void {
    if (rankOrder(rank, this.#findings.regulation) === undefined)
      this.#findings.add(path, noRank(rank, this.#findings.regulation));
  }
}
