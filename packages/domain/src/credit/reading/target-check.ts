import { listOf, type Names } from '../regulation/earning-schema';
import { leafId } from '../evaluation/requirement';
import type { Path } from '../source/json-source';
import { Exact } from '../value/exact';
import { constant } from '../value/measure';
import {
  EACH_CIRCUMSTANCE,
  type MakeUp,
  type Occasion,
  type Requirement,
  type Target,
} from '../regulation/target-schema';
import { SectionCheck } from './reference-check';
import { leavesOf } from '../regulation/leaves';

/** What a relief may do, one of them each. */
const EFFECTS = ['exempt', 'times', 'less', 'to'] as const;

/** Which of several ways, of which only one may be, are written. */
const sayWritten = (ways: readonly string[]): string =>
  ways.length === 0 ? '' : `，这里写了 ${ways.join('、')}`;

/** What is to be reached, what lowers it, and how it is made up. */
export class TargetCheck extends SectionCheck {
  targets(): void {
    const ids = new Set<string>();
    this.findings.regulation.targets?.forEach((target, index) => {
      const path = ['targets', index];
      if (ids.has(target.id)) this.findings.add([...path, 'id'], `任务“${target.id}”重复`);
      ids.add(target.id);
      this.references.cycleName(target.cycle, [...path, 'cycle']);
      this.requirements.requirement(target.needs, [...path, 'needs']);
      this.requirements.leafIds(target.needs, [...path, 'needs'], new Set());
      this.requirements.contradictions(target.needs, [...path, 'needs']);
      target.relief?.forEach((relief, at) => {
        const here = [...path, 'relief', at];
        this.#occasion(relief.when, '减免', [...here, 'when']);
        const effects = EFFECTS.filter((effect) => relief[effect] !== undefined);
        if (effects.length !== 1)
          this.findings.add(here, `减免应写成其中一种：${EFFECTS.join('、')}${sayWritten(effects)}`);
        if ((relief.exempt ?? relief.to) !== undefined && relief.per !== undefined)
          this.findings.add(
            [...here, 'per'],
            'per 是符合几期、几次就减几次，与 less 或 times 一起写；免除整个任务、减为一个数的不写',
          );
        if (listOf(relief.when.circumstance).includes(relief.per ?? ''))
          this.findings.add(
            [...here, 'per'],
            `“${relief.per}”不是周期；每有一次就减一次的写 "${EACH_CIRCUMSTANCE}"（每次特殊情况）`,
          );
        else if (relief.per !== EACH_CIRCUMSTANCE) this.references.cycleName(relief.per, [...here, 'per']);
        else if (relief.when.circumstance === undefined)
          this.findings.add(
            [...here, 'per'],
            '每有一次特殊情况就减一次，when 应写明是哪一种（circumstance）',
          );
        if (this.references.isRolling(relief.per))
          this.findings.add([...here, 'per'], '减免不能按滚动的周期（lastMonths）计算');
        if (relief.exempt && relief.amounts !== undefined)
          this.findings.add([...here, 'amounts'], '免除是整个任务；只免一项数量请写 times: 0');
        this.requirements.amounts(relief.amounts, target.needs, [...here, 'amounts']);
      });
      if (target.makeUp) this.#makeUp(target.makeUp, target.cycle, [...path, 'makeUp']);
      if (target.prorate?.acrossGroups && !leavesOf(target.needs).some(({ groups }) => groups !== undefined))
        this.findings.add(
          [...path, 'prorate', 'acrossGroups'],
          'acrossGroups 是各组的要求分段相加，needs 里应有限了人员组（groups）、同一个 id 的几个数量',
        );
      this.requirements.amounts(target.prorate?.amounts, target.needs, [...path, 'prorate', 'amounts']);
      this.#adjustedShares(target, path);
    });
  }

  #occasion(when: Occasion, whose: string, path: Path): void {
    const isLong = (when.months ?? when.days) !== undefined;
    if (when.person) this.conditions.personCondition(when.person, [...path, 'person']);
    if (when.earned) this.requirements.requirement(when.earned, [...path, 'earned']);
    if (Object.keys(when).length === 0) this.findings.add(path, `应写明${whose}的条件`);
    for (const key of ['months', 'days'] as const) {
      const asked = when[key];
      if (typeof asked === 'object') this.references.edges(asked, [...path, key]);
    }
    if (when.unbroken && !isLong)
      this.findings.add([...path, 'unbroken'], 'unbroken（连续）应与 circumstance 的 months 或 days 一起写');
    if (when.whole && !isLong)
      this.findings.add([...path, 'whole'], 'whole（整段）应与 circumstance 的 months 或 days 一起写');
    this.findings.declared('groups', when.in, [...path, 'in']);
    if (when.in !== undefined && when.circumstance !== undefined)
      this.findings.add([...path, 'in'], 'months、days 是 circumstance 的还是 in 的说不清，只写一个');
    if (when.in !== undefined && !isLong)
      this.findings.add([...path, 'in'], 'in 是本周期内在组多久，应与 months 或 days 一起写');
    if (isLong && (when.circumstance ?? when.in) === undefined)
      this.findings.add(path, 'months、days 是特殊情况（circumstance）或在组（in）的长短，应写明是哪一种');
    if (when.inARow !== undefined && when.cycle !== 'previous')
      this.findings.add([...path, 'inARow'], 'inARow 应与 cycle: "previous"、earned 一起写');
  }

  #makeUp(makeUp: MakeUp, cycle: string, path: Path): void {
    const { after, months, until, anniversaryCounts, times, counts, groups, when } = makeUp;
    if (when) this.#occasion(when, '补足', [...path, 'when']);
    if (groups !== undefined && after === 'cycle')
      this.findings.add(
        [...path, 'groups'],
        'groups 是晋升后属于哪些组，只与 after: "promotion" 一起写；周期结束后补足的，限定写在任务上',
      );
    if (times !== undefined && constant(times).n <= 0) this.findings.add([...path, 'times'], '倍数应大于 0');
    if (counts) this.requirements.selection(counts, [...path, 'counts']);
    const limits = (['months', 'days', 'until'] as const).filter((limit) => makeUp[limit] !== undefined);
    if (limits.length !== 1)
      this.findings.add(
        path,
        `补足的期限应写成其中一种：months（几个月内）、days（几天内）、until（到哪个周期的一期结束）${sayWritten(limits)}`,
      );
    if (anniversaryCounts !== undefined && months === undefined)
      this.findings.add([...path, 'anniversaryCounts'], '满期当天只与 months 一起写');
    this.references.cycleName(until, [...path, 'until']);
    if (until === undefined) return;
    if (this.references.isRolling(until))
      this.findings.add([...path, 'until'], '滚动的周期（lastMonths）没有结束的那天');
    if (until === cycle && after === 'cycle')
      this.findings.add([...path, 'until'], '与任务的周期相同：没有完成时它正好结束，没有时间补足');
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
      this.findings.add(
        [...path, 'prorate', 'amounts'],
        `“${prorated}”是比例（atLeastShare），不按在岗时间折算`,
      );
    reliefs.forEach(({ amounts, times, less, to, round }, at) => {
      const here = [...path, 'relief', at];
      const named = sharesIn(amounts ?? (leaves.every(isOfShare) ? leaves.map(leafId) : []));
      const say = (key: string, sentence: string): void => {
        this.findings.add([...here, key], `“${named}”是比例（atLeastShare），${sentence}`);
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
}

const isOfShare = ({ atLeastShare }: Requirement): boolean => atLeastShare !== undefined;
