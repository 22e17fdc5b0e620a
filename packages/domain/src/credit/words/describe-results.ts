import { listOf } from '../regulation/earning-schema';
import { Phrases, sayRounding } from './phrases';
import type { Regulation } from '../regulation/regulation-schema';
import type { Consequence, Rating, TeamRule } from '../regulation/target-schema';

type TargetState = Extract<Consequence['when'], { target: unknown }>['is'];

const STATES: Readonly<Record<TargetState, string>> = {
  missed: '没有完成',
  met: '完成',
  exempt: '免除',
  'not-made-up': '没有完成',
  'make-up-missed': '没有完成',
};
const UNMADE: Readonly<Partial<Record<TargetState, string>>> = {
  'not-made-up': '，至今没有补足',
  'make-up-missed': '，补足期满仍没有补足',
};

/** What follows, in Chinese: ratings, consequences, and results about a group. */
export class ResultWords {
  readonly #regulation: Regulation;
  readonly #say: Phrases;

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#say = new Phrases(regulation);
  }

  rating(rating: Rating): string {
    const bands = rating.bands.map((band) => {
      const asks = [
        ...(band.is === undefined ? [] : [bandState(band.is, listOf(rating.target).length > 1)]),
        ...[this.#say.bounds(band)].filter((limits) => limits !== ''),
        ...(band.needs ? [this.#say.requirement(band.needs)] : []),
      ];
      return `${asks.length === 0 ? '其余' : asks.join('，且')} 为“${band.rating}”`;
    });
    const only =
      rating.target === undefined
        ? ''
        : `，只评有${this.#say.targetNames(rating.target, '或')}任务、没有免除的人`;
    // By how much goes only what bands have edges for.
    const isOfAmount = rating.bands.some((band) => this.#say.bounds(band) !== '');
    const by = isOfAmount ? `按${this.#say.quantity(rating.of)}，` : '';
    return `${rating.name}（${rating.clause}）：每个周期（${this.#say.cycleName(rating.cycle)}）${by}${bands.join('；')}${only}${this.#say.qualified(rating)}${this.#say.decision(rating.decidedOn)}`;
  }

  #ratingName(id: string): string {
    return this.#regulation.ratings?.find((rating) => rating.id === id)?.name ?? id;
  }

  consequence({ says, clause, when, lasts }: Consequence): string {
    const isOnce = 'rating' in when && when.at === 'once';
    const months = isOnce ? this.#rollingMonths(when.rating) : undefined;
    const times =
      months !== undefined
        ? `任意 ${months} 个月内`
        : when.inLast !== undefined
          ? `最近 ${when.inLast} 个周期里至少 ${when.atLeast} 个`
          : when.inARow === undefined
            ? ''
            : `连续 ${when.inARow} 个周期`;
    const what =
      'rating' in when
        ? `“${this.#ratingName(when.rating)}”为${listOf(when.is).join('、')}`
        : 'team' in when
          ? `“${this.#teamName(when.team)}”是${listOf(when.is)
              .map((flag) => `“${flag}”`)
              .join('或')}`
          : `${STATES[when.is]}${this.#say.targetNames(when.target, '或')}${UNMADE[when.is] ?? ''}`;
    const notes = [
      ...(isOnce ? [months === undefined ? '不等周期结束' : '当时就作'] : []),
      ...(months === undefined || lasts ? [] : ['过后仍在']),
      ...(lasts ? [`自${isOnce ? '当天' : sinceWhen(when)}起 ${lasts.months} 个月`] : []),
    ];
    return [`${says}（${clause}）：${times}${what}`, ...notes].join('，');
  }

  #rollingMonths(id: string): number | undefined {
    const rating = this.#regulation.ratings?.find((one) => one.id === id);
    const cycle = rating && this.#regulation.cycles?.[rating.cycle];
    return cycle && 'lastMonths' in cycle ? cycle.lastMonths : undefined;
  }

  #teamName(id: string): string {
    return this.#regulation.teams?.find((team) => team.id === id)?.name ?? id;
  }

  team(team: TeamRule): string {
    const take = team.take ? { mean: '平均', sum: '合计', count: '人数', share: '人数比例' }[team.take] : '';
    const state = listOf(team.is)
      .map((is) => TEAM_STATES[is])
      .join('或');
    const what = team.add
      ? team.add
          .map(({ team: id, over, times }) => {
            const divided = over === undefined ? '' : ` ÷ “${this.#teamName(over)}”`;
            return `“${this.#teamName(id)}”${divided}${times === undefined ? '' : ` × ${times}`}`;
          })
          .join(' + ')
      : team.quantity
        ? this.#say.quantity(team.quantity)
        : team.asked
          ? this.#say.asked(team.asked)
          : `${state}${this.#say.targetNames(team.target, '、')}的`;
    const limits = [
      ...(team.withoutExempt
        ? [team.is === undefined ? `不算免除${this.#say.targetNames(team.target, '、')}的人` : '不算免除的人']
        : []),
      ...(team.round ? [sayRounding(team.round)] : []),
      ...(team.atLeast === undefined ? [] : [`最低 ${team.atLeast}`]),
      ...(team.atMost === undefined ? [] : [`最高 ${team.atMost}`]),
    ];
    const notes = limits.length === 0 ? '' : `（${limits.join('，')}）`;
    const isNamed = (flag: string): boolean =>
      (this.#regulation.consequences ?? []).some(
        ({ when }) => 'team' in when && when.team === team.id && listOf(when.is).includes(flag),
      );
    const flags = (team.flags ?? []).map((flag) => {
      const others = (flag.when ?? []).map(
        (other) => `，且“${this.#teamName(other.team)}”${this.#say.bounds(other)}`,
      );
      return `${this.#say.bounds(flag)}${others.join('')} 时${flag.says}${isNamed(flag.flag) ? `（“${flag.flag}”）` : ''}`;
    });
    const whom = this.#say.qualified({ groups: team.groups, if: team.if });
    return `${team.name}（${team.clause}）：每个周期（${this.#say.cycleName(team.cycle)}）${what}${take}${team.times === undefined ? '' : ` × ${team.times}`}${team.start === undefined ? '' : ` + ${team.start}`}${notes}${whom}${flags.length === 0 ? '' : `；${flags.join('；')}`}`;
  }
}

const TEAM_STATES: Readonly<Record<string, string>> = {
  met: '完成',
  missed: '没有完成',
  exempt: '免除',
  'made-up': '补足',
};
const BAND_STATES = {
  met: ['完成任务', '各项任务都完成'],
  'made-up': ['完成或补足任务', '各项任务都完成或补足'],
  missed: ['没有完成任务', '有任务没有完成'],
} as const;

/** Of one target, or of several: all are met or made up, or any is missed. */
function bandState(is: keyof typeof BAND_STATES, areSeveral: boolean): string {
  return BAND_STATES[is][areSeveral ? 1 : 0];
}

/** From when on a consequence lasts that waits for the end of something. */
function sinceWhen(when: Consequence['when']): string {
  if (!('target' in when)) return '周期结束的次日';
  if (when.is === 'not-made-up') return '开始补足那天';
  return when.is === 'make-up-missed' ? '补足期满的次日' : '周期结束的次日';
}
