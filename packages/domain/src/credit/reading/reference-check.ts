import type { Bounds } from '../regulation/condition';
import { CALENDAR_PERIODS } from '../evaluation/limit-periods';
import { leafId } from '../evaluation/requirement';
import type { CycleRule, Occasion, Target, TargetAmount } from '../regulation/target-schema';
import { isAbove, LEAST_ABOVE_MOST } from '../settlement/worth-check';
import { Exact } from '../value/exact';
import { constant, type ExactNumber } from '../value/measure';
import { choiceMeaning } from '../source/meanings';
import { suggestion, suggestionOrAll } from '../source/nearest-name';
import type { Path } from '../source/json-source';
import type { ConditionCheck } from './condition-check';
import type { Findings } from './findings';
import { leavesOf } from '../regulation/leaves';
import type { RequirementCheck } from './requirement-check';

/** What the checks of the sections of a regulation share. */
export interface Checks {
  readonly findings: Findings;
  readonly conditions: ConditionCheck;
  readonly requirements: RequirementCheck;
  readonly references: ReferenceCheck;
}

/** What is written for a share from here on is meant in hundredths. */
const LEAST_PERCENTAGE = Exact.of(5);

/** Whether the dates of a cycle are the same for everybody. */
export const isFixed = (cycle: CycleRule): boolean => 'months' in cycle || 'windows' in cycle;

/** That rules name cycles, periods and targets that there are, of the sort that is meant. */
export class ReferenceCheck {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** A result that is held both up and down. */
  edges({ atLeast, above, atMost, below }: Bounds, path: Path): void {
    if (isAbove(atLeast ?? above, atMost ?? below))
      this.#findings.add([...path, atLeast === undefined ? 'above' : 'atLeast'], LEAST_ABOVE_MOST);
  }

  /** Whether a share is one, and no percentage: what is many times as much is nothing that a text limits. */
  share(share: ExactNumber, path: Path): boolean {
    const value = constant(share);
    const isPercentage = value.compare(LEAST_PERCENTAGE) >= 0;
    if (value.n <= 0) this.#findings.add(path, '比例应大于 0');
    if (isPercentage)
      this.#findings.add(
        path,
        `这里是几分之几，不是百分数：${value.toString()}% 写 "${value.div(Exact.of(100)).toString()}"`,
      );
    return value.n > 0 && !isPercentage;
  }

  noTarget(id: string, path: Path): void {
    const known = (this.#findings.regulation.targets ?? []).map((target) => target.id);
    this.#findings.add([...path, 'target'], `没有任务“${id}”${suggestionOrAll(id, known)}`);
  }

  /** An amount of a target with a lower edge; where a cycle is given, in the same one. */
  targetAmount(
    { target: id, amount }: TargetAmount,
    path: Path,
    { cycle, whose }: { readonly cycle?: string | undefined; readonly whose?: string } = {},
  ): Target | undefined {
    const target = this.#findings.regulation.targets?.find((one) => one.id === id);
    if (!target) {
      this.noTarget(id, path);
      return undefined;
    }
    if (whose !== undefined && target.cycle !== cycle)
      this.#findings.add([...path, 'target'], `任务“${id}”的周期是“${target.cycle}”，应与${whose}的周期相同`);
    const lower = leavesOf(target.needs)
      .filter(({ atLeast, above }) => (atLeast ?? above) !== undefined)
      .map(leafId);
    if (amount === undefined ? new Set(lower).size !== 1 : !lower.includes(amount))
      this.#findings.add([...path, 'amount'], `应写明任务的哪个下限，有：${[...new Set(lower)].join('、')}`);
    return target;
  }

  periodName(per: string | undefined, path: Path): void {
    if (per === undefined || (CALENDAR_PERIODS as readonly string[]).includes(per)) return;
    if (!this.#findings.regulation.cycles?.[per])
      this.#findings.add(
        path,
        `“${per}”既不是 day、week、month、quarter、half-year，也没有在 cycles 中定义${this.#periodHint(per)}`,
      );
  }

  isRolling(cycle: string | undefined): boolean {
    return cycle !== undefined && 'lastMonths' in (this.#findings.regulation.cycles?.[cycle] ?? {});
  }

  /** The period of the format or the cycle that is meant by 每月, 月, 每年, year …, or that is spelt nearly so. */
  #periodHint(per: string): string {
    const { cycles = {} } = this.#findings.regulation;
    const own = CALENDAR_PERIODS.find((period) =>
      [per, `每${per}`, `每${per.replace(/日$/, '天')}`].includes(choiceMeaning('per', period) ?? ''),
    );
    const aYear = Object.keys(cycles).find((id) => {
      const cycle = cycles[id];
      return cycle !== undefined && 'months' in cycle && cycle.months === 12 && cycle.every === undefined;
    });
    const meant = own ?? (/^(每年|自然年|年度?|year|yearly)$/.test(per) ? aYear : undefined);
    return meant === undefined
      ? suggestion(per, [...CALENDAR_PERIODS, ...Object.keys(cycles)])
      : `，是不是“${meant}”？`;
  }

  cycleName(id: string | undefined, path: Path): void {
    this.#findings.declared('cycles', id, path);
  }

  /** What hangs on what a target asks may not be part of what lowers that. */
  noCircle(target: Target, what: string, path: Path, isAsked = (_: Occasion): boolean => true): void {
    if (target.relief?.some(({ when }) => when.earned && isAsked(when)))
      this.#findings.add(
        [...path, 'target'],
        `任务“${target.id}”的减免要看学了多少（earned），${what}又要看它的要求，绕成了圈`,
      );
  }
}

/** The checks of some sections of a regulation, with what they share. */
export abstract class SectionCheck {
  protected readonly findings: Findings;
  protected readonly conditions: ConditionCheck;
  protected readonly requirements: RequirementCheck;
  protected readonly references: ReferenceCheck;

  constructor({ findings, conditions, requirements, references }: Checks) {
    this.findings = findings;
    this.conditions = conditions;
    this.requirements = requirements;
    this.references = references;
  }
}
