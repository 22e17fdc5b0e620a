import { listOf, type Names } from '../regulation/earning-schema';
import { ENTRY_PROPERTIES } from '../person/evaluation-facts';
import { isShareOf, itemLimitOf } from '../evaluation/limit-rules';
import type { Path } from '../source/json-source';
import { Exact } from '../value/exact';
import { constant, type ExactNumber } from '../value/measure';
import type { Cap, Quantity, Requirement, Selection, TargetAmount, Total } from '../regulation/target-schema';
import { isFixed, SectionCheck } from './reference-check';
import { leavesOf } from '../regulation/leaves';

/** Limits, totals and what is carried over. */
export class AmountCheck extends SectionCheck {
  capsAndTotals(): void {
    this.findings.regulation.caps?.forEach((cap, index) => {
      const path = ['caps', index];
      this.requirements.selection(cap.counts, [...path, 'counts']);
      if (cap.counts.measure === undefined && Object.keys(this.findings.regulation.measures).length > 1) {
        this.findings.add(
          [...path, 'counts'],
          `本办法有几种计量（${Object.keys(this.findings.regulation.measures).join('、')}），这里应写 measure`,
        );
      }
      if (typeof cap.atMost === 'object' && 'share' in cap.atMost) {
        this.#shareLimit(cap, cap.atMost, [...path, 'atMost']);
      } else if (typeof cap.atMost !== 'object' && cap.atMost !== 'highest' && constant(cap.atMost).n < 0) {
        this.findings.add([...path, 'atMost'], '上限不能小于 0');
      }
      this.references.periodName(cap.per, [...path, 'per']);
      if (this.references.isRolling(cap.per) && (isShareOf(cap) || 'highest' in (itemLimitOf(cap) ?? {})))
        this.findings.add(
          [...path, 'per'],
          '按滚动的周期（lastMonths）限制的，atMost 写数或 first；取最高的、几分之几的写 cycle，只限制到评价日为止的那一期',
        );
      this.references.cycleName(cap.cycle, [...path, 'cycle']);
      if (cap.cycle !== undefined && cap.per !== undefined)
        this.findings.add([...path, 'per'], 'cycle 就是在它的每一期里限制，与 per 只写一个');
      for (const fact of listOf(cap.each)) this.#distinction(fact, [...path, 'each']);
      if (typeof cap.atMost === 'object' && 'items' in cap.atMost && cap.atMost.items !== undefined)
        this.#distinction(cap.atMost.items, [...path, 'atMost', 'items']);
    });
    const inLoops = new Set<string>();
    for (const [id, total] of Object.entries(this.findings.regulation.totals ?? {})) {
      const path = ['totals', id];
      if (total.if && total.cycle === undefined)
        this.findings.add(
          [...path, 'if'],
          '只决定是否单独报告，所以要与 cycle 一起写；不同读法的数写成各项的 if',
        );
      this.findings.declared('measures', total.measure, [...path, 'measure']);
      this.references.cycleName(total.cycle, [...path, 'cycle']);
      this.references.periodName(total.per, [...path, 'per']);
      if (this.references.isRolling(total.per))
        this.findings.add([...path, 'per'], '合计不能按滚动的周期（lastMonths）计算');
      if (total.everyPeriod && total.per === undefined)
        this.findings.add([...path, 'everyPeriod'], '没有活动的各段也算，所以要与 per 一起写');
      this.references.edges(total, path);
      total.add.forEach((term, index) => {
        this.requirements.quantity(term, [...path, 'add', index], total.measure);
        if (term.when) this.#when(term.when, total, [...path, 'add', index, 'when']);
        this.#held(term, [...path, 'add', index]);
      });
      const loop = inLoops.has(id) ? undefined : this.#wayTo(id, id, new Set());
      if (!loop) continue;
      for (const one of loop) inLoops.add(one);
      const way = loop.length === 1 ? '' : `：${[id, ...loop].join(' → ')}`;
      this.findings.add(path, `合计“${id}”绕回到了自己${way}`);
    }
  }

  /** On what it hangs whether a term counts: an amount, or how the person stands against a target. */
  #when(when: When, { per }: Total, path: Path): void {
    if (!('target' in when)) {
      this.requirements.requirement(when, path);
      return;
    }
    const target = this.findings.regulation.targets?.find(({ id }) => id === when.target);
    if (!target) this.references.noTarget(when.target, path);
    else if (when.cycle !== 'previous')
      this.references.noCircle(target, '合计', path, ({ cycle }) => cycle !== 'previous');
    if (per !== undefined)
      this.findings.add(path, '任务看的是整个周期，不能在按 per 分别计算的合计里看：在另一个合计里再写 when');
  }

  /** The amounts of the same cycle on which it hangs whether a term counts. */
  #quantitiesOf(when: When | undefined): readonly Quantity[] {
    if (!when) return [];
    if (!('target' in when)) return quantitiesOf(when);
    const target = this.findings.regulation.targets?.find(({ id }) => id === when.target);
    return target && when.cycle !== 'previous' ? quantitiesOf(target.needs) : [];
  }

  /** Against what a term of a total is held: one thing, and nothing that hangs on the total in turn. */
  #held({ above, below, over }: Total['add'][number], path: Path): void {
    const held = Object.entries({ above, below, over }).filter(([, edge]) => edge !== undefined);
    if (held.length > 1)
      this.findings.add(path, '超过的部分（above）、差的部分（below）、几分之几（over）只能写一种');
    for (const [key, edge] of held) {
      const at = [...path, key];
      if (typeof edge === 'object') {
        const target = this.references.targetAmount(edge, at);
        if (target) this.references.noCircle(target, '合计', at, ({ cycle }) => cycle !== 'previous');
      } else if (key === 'over' && edge !== undefined && constant(edge).n <= 0)
        this.findings.add(at, '除以的数应大于 0');
    }
  }

  /** A share of which the limited amounts are part is a share of what is left: less than all, and of something else too. */
  #shareLimit(
    { counts, per, cycle }: Cap,
    { share, of }: { share: ExactNumber; of: Selection | TargetAmount },
    path: Path,
  ): void {
    const isShare = this.references.share(share, [...path, 'share']);
    if ('target' in of) {
      const target = this.references.targetAmount(of, [...path, 'of'], {
        cycle: per ?? cycle,
        whose: '上限（per 或 cycle）',
      });
      if (target) this.references.noCircle(target, '上限', [...path, 'of']);
      return;
    }
    this.requirements.selection(of, [...path, 'of']);
    if (!isShare) return;
    if (isPartOf(counts, of) && constant(share).compare(Exact.ONE) >= 0)
      this.findings.add([...path, 'share'], '比例应小于 1：of 包括 counts，是扣过以后的几分之几');
    else if (isPartOf(of, counts))
      this.findings.add([...path, 'of'], 'of 里除了 counts 什么也没有，上限永远是 0');
  }

  /** Something by which entries are told apart. */
  #distinction(fact: string, path: Path): void {
    if (!ENTRY_PROPERTIES.includes(fact) && this.conditions.factKind(fact) !== 'text')
      this.findings.add(path, `“${fact}”不是文字事实`);
  }

  /** The totals through which one total needs another, the other last; undefined where it does not. */
  #wayTo(wanted: string, from: string, seen: Set<string>): readonly string[] | undefined {
    if (seen.has(from)) return undefined;
    seen.add(from);
    const terms = this.findings.regulation.totals?.[from]?.add ?? [];
    for (const { total } of terms.flatMap((term) => [term, ...this.#quantitiesOf(term.when)])) {
      if (total === undefined) continue;
      const rest = total === wanted ? [] : this.#wayTo(wanted, total, seen);
      if (rest) return [total, ...rest];
    }
    return undefined;
  }

  carryOver(): void {
    this.findings.regulation.carryOver?.forEach((rule, index) => {
      const path = ['carryOver', index];
      this.references.cycleName(rule.cycle, [...path, 'cycle']);
      this.requirements.quantity(rule.from, [...path, 'from']);
      this.findings.declared('measures', rule.to.measure, [...path, 'to', 'measure']);
      this.requirements.partOf(rule.to, [...path, 'to']);
      const cycle = this.findings.regulation.cycles?.[rule.cycle];
      if (cycle && !isFixed(cycle) && !('around' in cycle && cycle.repeats))
        this.findings.add(
          [...path, 'cycle'],
          '结转在一期接一期的周期之间进行：固定的，或从本人的事件起重复（repeats）的',
        );
      if (typeof rule.above === 'object')
        this.references.targetAmount(rule.above, [...path, 'above'], { cycle: rule.cycle, whose: '结转' });
      if (typeof rule.atMost === 'object') {
        const { share, of } = rule.atMost;
        this.references.share(share, [...path, 'atMost', 'share']);
        this.references.targetAmount(of, [...path, 'atMost', 'of'], { cycle: rule.cycle, whose: '结转' });
      }
      if ((rule.lasts ?? 1) > 1 && !covers(rule.from, rule.to))
        this.findings.add([...path, 'lasts'], 'lasts 大于 1 时，from 应包括转入的部分（to），才知道用剩多少');
    });
  }
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

/** Whether what is carried into a part is itself among the amounts from which an excess is taken. */
const covers = (from: Quantity, to: { measure: string; part?: string | undefined }): boolean =>
  (from.measure === undefined || from.measure === to.measure) &&
  (from.part === undefined || listOf(from.part).includes(to.part ?? '')) &&
  [from.kind, from.rule, from.where].every((limit) => limit === undefined);

type When = NonNullable<Total['add'][number]['when']>;

/** All quantities that a requirement compares. */
const quantitiesOf = (needs: Requirement): readonly Quantity[] =>
  leavesOf(needs).flatMap((leaf) => [leaf, ...(leaf.of ? [leaf.of] : [])]);
