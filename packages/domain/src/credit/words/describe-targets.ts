import { listOf } from '../regulation/earning-schema';
import { constant } from '../value/measure';
import { before, Phrases, sayRounding } from './phrases';
import type { Regulation } from '../regulation/regulation-schema';
import {
  EACH_CIRCUMSTANCE,
  type MakeUp,
  type Occasion,
  type Proration,
  type Relief,
  type Requirement,
  type Target,
} from '../regulation/target-schema';

/** What is to be reached and what lowers it, in Chinese. */
export class TargetWords {
  readonly #say: Phrases;

  constructor(regulation: Regulation) {
    this.#say = new Phrases(regulation);
  }

  target(target: Target): string[] {
    const { prorate, makeUp, relief = [] } = target;
    return [
      `${target.name}（${target.clause}）${this.#say.qualified(target)}${this.#say.decision(target.decidedOn)}：每个周期（${this.#say.cycleName(target.cycle)}）${this.#say.requirement(target.needs)}`,
      ...(prorate ? [`  ${this.#proration(prorate, target)}`] : []),
      ...relief.map((one) => `  ${this.#relief(one, target)}`),
      ...(makeUp
        ? [
            `  ${makeUp.when ? `${this.#occasion(makeUp.when)}，` : ''}没有完成的，${this.#timeToMakeUp(makeUp)}补足（${makeUp.clause}）${sayUse(makeUp)}${this.#say.qualified({ groups: makeUp.groups, if: makeUp.if })}`,
          ]
        : []),
    ];
  }

  #timeToMakeUp({
    after,
    months,
    days,
    until,
    anniversaryCounts,
    counts,
    surplusOnly,
    times,
  }: MakeUp): string {
    const since = after === 'cycle' ? '周期结束' : '晋升';
    const time =
      until !== undefined
        ? `在${since}那天所在的一期（${this.#say.cycleName(until)}）结束前`
        : days === undefined
          ? `${since}后 ${months} 个月内${anniversaryCounts ? '（含满期当天）' : ''}`
          : `${since}后 ${days} 天内`;
    const by = counts === undefined ? '' : `用${this.#say.selection(counts)}`;
    const much = times === undefined ? '' : `按所差的 ${times} 倍`;
    return `${time}${by}${surplusOnly ? '（只用超出当期要求的部分）' : ''}${much}`;
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
      ...(amounts === undefined ? [] : [`只折算“${this.#say.amountNames(amounts, target)}”`]),
      ...(amounts === undefined && hasShares(target.needs) ? ['占比不变'] : []),
      ...(round ? [sayRounding(round)] : []),
    ];
    const how = acrossGroups
      ? `按在各组的${by === 'months' ? '月数' : '天数'}分段折算后相加`
      : `按在岗${by === 'months' ? '月数' : '天数'}的比例折算`;
    return `${how}${notes.length === 0 ? '' : `（${notes.join('，')}）`}`;
  }

  #occasion(
    { person, circumstance, in: groups, months, days, unbroken, whole, earned, cycle, inARow }: Occasion,
    isEach = false,
  ): string {
    const lasting = `${whole ? '（跨周期的算整段）' : ''}${unbroken ? '连续' : isEach ? '' : '累计'}`;
    const conditions = [
      ...(person ? [this.#say.condition(person)] : []),
      ...(circumstance === undefined
        ? []
        : [
            `${isEach ? '每有一次' : ''}${listOf(circumstance).join('、')}${this.#lasting(months, '个月', lasting)}${this.#lasting(days, '天', lasting)}`,
          ]),
      ...(groups === undefined
        ? []
        : [
            `本周期内在${this.#say.groupNames(groups)}${this.#lasting(months, '个月', lasting)}${this.#lasting(days, '天', lasting)}`,
          ]),
      ...(earned ? [`${this.#cyclesMeant(cycle, inARow)}${this.#say.requirement(earned)}`] : []),
    ];
    return before(conditions.join('，且'), '的');
  }

  #lasting(length: Occasion['months'], unit: string, how: string): string {
    if (length === undefined) return '';
    return typeof length === 'object'
      ? `${how} ${this.#say.bounds(length)} ${unit}`
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
    const round = relief.round ? `，${sayRounding(relief.round)}` : '';
    const isUnchanged =
      relief.amounts === undefined && !relief.exempt && !isNothing && hasShares(target.needs);
    const amounts = relief.amounts === undefined ? '' : `“${this.#say.amountNames(relief.amounts, target)}”`;
    const per =
      relief.per === undefined || relief.per === EACH_CIRCUMSTANCE
        ? ''
        : `本周期内每一期（${this.#say.cycleName(relief.per)}）`;
    return `${per}${conditions}，${amounts}${effect}${round}${isUnchanged ? '，占比不变' : ''}（${relief.clause}）${this.#say.qualified({ if: relief.if })}`;
  }

  #cyclesMeant(cycle: 'this' | 'previous' | undefined, inARow: number | undefined): string {
    if (cycle !== 'previous') return '本周期';
    return inARow === undefined ? '上一周期' : `此前连续 ${inARow} 个周期`;
  }
}

const hasShares = ({ allOf, anyOf, atLeastShare }: Requirement): boolean =>
  atLeastShare !== undefined || (allOf ?? anyOf ?? []).some(hasShares);

function sayUse({ after, countsAgain }: MakeUp): string {
  if (after !== 'cycle') return '';
  return countsAgain ? '，补学的在新周期里照计' : '，补学用去的不再计入新周期';
}
