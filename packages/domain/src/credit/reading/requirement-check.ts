import { leavesOf } from '../regulation/leaves';
import { Exact } from '../value/exact';
import { sayMatcher, spell } from '../regulation/condition';
import type { ConditionCheck } from './condition-check';
import { listOf, type Names } from '../regulation/earning-schema';
import { namesWithin, type Findings } from './findings';
import { sayPath, type Path } from '../source/json-source';
import { suggestionOrAll } from '../source/nearest-name';
import { constant } from '../value/measure';
import { leafId } from '../evaluation/requirement';
import type { Quantity, Requirement, Selection } from '../regulation/target-schema';

const REQUIREMENT_LIMITS = ['atLeast', 'above', 'atMost', 'below', 'atLeastShare'] as const;

/** That amounts mean what is earned at all, and that requirements on them are whole and do not contradict each other. */
export class RequirementCheck {
  readonly #findings: Findings;
  readonly #conditions: ConditionCheck;

  constructor(findings: Findings, conditions: ConditionCheck) {
    this.#findings = findings;
    this.#conditions = conditions;
  }

  /** Whatever is earned in a measure belongs to a part, or nothing of it does. */
  partOf(value: { measure: string; part?: string | undefined }, path: Path): void {
    const { parts, earn } = this.#findings.regulation;
    this.#findings.declared('parts', value.part, [...path, 'part']);
    const isDivided = earn.some(({ earns }) =>
      earns.some(({ measure, part }) => measure === value.measure && part !== undefined),
    );
    if (parts && value.part === undefined && isDivided)
      this.#findings.add(path, `“${value.measure}”分了部分（parts），这里应写 part`);
  }

  selection(value: Selection, path: Path): void {
    if (value.measure !== undefined) this.#findings.declared('measures', value.measure, [...path, 'measure']);
    this.#findings.declared('parts', value.part, [...path, 'part']);
    this.#findings.declared('kinds', value.kind, [...path, 'kind']);
    for (const kind of listOf(value.kind)) {
      const isEarned = this.#findings.regulation.earn.some((rule) =>
        listOf(rule.kinds).some((one) => one === kind || namesWithin(one).includes(kind)),
      );
      if (kind in this.#findings.regulation.kinds && !isEarned)
        this.#findings.add([...path, 'kind'], `没有任何 earn 计入活动种类“${kind}”，这里永远是 0`);
    }
    for (const rule of listOf(value.rule)) {
      if (!this.#findings.regulation.earn.some((known) => known.id === rule)) {
        this.#findings.add([...path, 'rule'], `没有编号为“${rule}”的学分规则（earn）`);
      }
    }
    this.#conditions.activityCondition(value.where, [...path, 'where']);
  }

  quantity(value: Quantity, path: Path, measure?: string): void {
    this.selection(value, path);
    if (value.total !== undefined) {
      this.#findings.declared('totals', value.total, [...path, 'total']);
      if (value.measure ?? value.part ?? value.kind ?? value.rule ?? value.where ?? value.largest) {
        this.#findings.add(path, 'total 已经确定了范围，不能再写 measure、part、kind、rule、where、largest');
      }
    } else if (
      (value.measure ?? measure) === undefined &&
      Object.keys(this.#findings.regulation.measures).length > 1
    ) {
      this.#findings.add(
        path,
        `本办法有几种计量（${Object.keys(this.#findings.regulation.measures).join('、')}），这里应写 measure`,
      );
    }
    if (value.largest !== undefined && this.#conditions.factKind(value.largest) !== 'text') {
      this.#findings.add([...path, 'largest'], `“${value.largest}”不是文字事实`);
    }
  }

  requirement(value: Requirement, path: Path): void {
    const limits = REQUIREMENT_LIMITS.filter((limit) => value[limit] !== undefined);
    const leaf = limits[0];
    const forms = [value.allOf, value.anyOf, leaf].filter((form) => form !== undefined);
    if (forms.length !== 1) {
      this.#findings.add(
        path,
        `要求应写成其中一种：allOf、anyOf，或一个数量加 ${REQUIREMENT_LIMITS.join('、')}`,
      );
      return;
    }
    value.allOf?.forEach((inner, index) => this.requirement(inner, [...path, 'allOf', index]));
    value.anyOf?.forEach((inner, index) => this.requirement(inner, [...path, 'anyOf', index]));
    if (leaf === undefined) return;
    this.quantity(value, path);
    if (limits.length > 1)
      this.#findings.add(
        path,
        `${REQUIREMENT_LIMITS.join('、')} 只能写一个${isBetween(value) ? BETWEEN : ''}`,
      );
    if ((value.of === undefined) !== (value.atLeastShare === undefined))
      this.#findings.add(path, 'atLeastShare 与 of 应一起写');
    if (value.of) this.quantity(value.of, [...path, 'of']);
    if (value.atLeastShare !== undefined && !isShare(value.atLeastShare)) {
      this.#findings.add([...path, 'atLeastShare'], '比例应大于 0、小于 1');
    }
  }

  /** Results name amounts by these ids, so two amounts of one target may not share one under the same reading. */
  leafIds(value: Requirement, path: Path, seen: Set<string>): void {
    for (const [index, inner] of (value.allOf ?? value.anyOf ?? []).entries()) {
      this.leafIds(inner, [...path, value.allOf ? 'allOf' : 'anyOf', index], seen);
    }
    if (value.allOf ?? value.anyOf) return;
    const key = JSON.stringify([leafId(value), value.if, value.groups]);
    if (seen.has(key)) this.#findings.add(path, `同一任务中有两个数量都叫“${leafId(value)}”，请用 id 区分`);
    seen.add(key);
  }

  /** Of one amount, a lower edge above the upper one would never be met. */
  contradictions(value: Requirement, path: Path): void {
    const edges: Edge[] = [];
    for (const edge of neededTogether(value, path)) {
      if (edge.requirement.anyOf)
        edge.requirement.anyOf.forEach((inner, index) =>
          this.contradictions(inner, [...edge.path, 'anyOf', index]),
        );
      else if (edge.requirement.atLeastShare === undefined) edges.push(edge);
    }
    for (const [index, edge] of edges.entries()) {
      const other = edges.slice(0, index).find((before) => excludes(before, edge) || excludes(edge, before));
      if (other)
        this.#findings.add(
          edge.path,
          `与 ${sayPath(other.path)} 矛盾：同一数量既要 ${sayBounds(other)}，又要 ${sayBounds(edge)}，永远不能满足`,
        );
    }
  }

  amounts(amounts: Names | undefined, needs: Requirement, path: Path): void {
    const known = leavesOf(needs).map(leafId);
    for (const name of listOf(amounts)) {
      if (!known.includes(name))
        this.#findings.add(path, `任务中没有名为“${name}”的数量${suggestionOrAll(name, known)}`);
    }
  }
}

const isBetween = ({ atLeast, above, atMost, below }: Requirement): boolean =>
  (atLeast ?? above) !== undefined && (atMost ?? below) !== undefined;
const BETWEEN = '，上下都限的用 allOf 写两个，id 不同';

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

const isShare = (share: string | number): boolean =>
  constant(share).n > 0 && constant(share).compare(Exact.ONE) < 0;
