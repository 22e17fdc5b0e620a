import { sayMatcher, spell, type Bounds } from '../regulation/condition';
import { listOf, type Names } from '../regulation/earning-schema';
import { suggestion, suggestionOrAll } from '../source/nearest-name';
import type { Path } from '../source/json-source';
import { constant, type ExactNumber } from '../value/measure';
import type { Consequence } from '../regulation/target-schema';
import { isFixed, SectionCheck } from './reference-check';

/** Ratings, consequences, and results about a group. */
export class ResultCheck extends SectionCheck {
  results(): void {
    this.#ratings();
    this.#consequences();
    this.#teams();
  }

  #ratings(): void {
    const { targets = [], ratings = [] } = this.findings.regulation;
    ratings.forEach((rating, index) => {
      const path = ['ratings', index];
      this.references.cycleName(rating.cycle, [...path, 'cycle']);
      this.requirements.quantity(rating.of, [...path, 'of']);
      for (const id of listOf(rating.target)) {
        const rated = targets.find((target) => target.id === id);
        if (!rated) this.references.noTarget(id, path);
        else if (rated.cycle !== rating.cycle)
          this.findings.add([...path, 'target'], `任务“${id}”的周期是“${rated.cycle}”，应与等次的周期相同`);
      }
      rating.bands.forEach((band, at) => {
        const here = [...path, 'bands', at];
        this.references.edges(band, here);
        if (band.needs) this.requirements.requirement(band.needs, [...here, 'needs']);
        if (band.is === 'made-up') this.#makesUp(rating.target, [...here, 'is']);
        if (band.is !== undefined && rating.target === undefined)
          this.findings.add([...here, 'is'], 'is 说的是任务的情况，等次应写明是哪项任务（target）');
        const before = rating.bands
          .slice(0, at)
          .findIndex(
            (other) => !other.needs && [undefined, band.is].includes(other.is) && includes(other, band),
          );
        const edges = spell(sayMatcher(edgesOf(rating.bands[before] ?? {})), 'zh');
        if (before >= 0)
          this.findings.add(
            here,
            `轮不到这一档：第 ${before + 1} 档${edges === '' ? '' : `（${edges}）`}已经包括它；应从高到低写`,
          );
      });
    });
  }

  /** That at least one of the targets can be made up. */
  #makesUp(named: Names | undefined, path: Path): void {
    const { targets = [] } = this.findings.regulation;
    const meant = targets.filter(({ id }) => listOf(named).includes(id));
    if (meant.length > 0 && meant.every(({ makeUp }) => makeUp?.after !== 'cycle'))
      this.findings.add(
        path,
        `任务“${meant.map(({ id }) => id).join('、')}”没有写周期结束后的 makeUp（补足），没有补足这回事`,
      );
  }

  #consequences(): void {
    const { targets = [], ratings = [], consequences = [] } = this.findings.regulation;
    consequences.forEach((consequence, index) => {
      const path = ['consequences', index, 'when'];
      const { when } = consequence;
      if ((when.atLeast === undefined) !== (when.inLast === undefined))
        this.findings.add(path, 'atLeast（至少几次）与 inLast（最近几个周期）应一起写');
      else if (when.inARow !== undefined && when.inLast !== undefined)
        this.findings.add(path, 'inARow（连续）与 atLeast、inLast（累计）只能写一种');
      else if ((when.atLeast ?? 0) > (when.inLast ?? Infinity))
        this.findings.add([...path, 'atLeast'], '不能大于 inLast');
      if ('target' in when) {
        for (const id of listOf(when.target)) {
          const target = targets.find((one) => one.id === id);
          if (!target) this.references.noTarget(id, path);
          else if ((when.is === 'not-made-up' || when.is === 'make-up-missed') && !target.makeUp)
            this.findings.add([...path, 'is'], `任务“${id}”没有写 makeUp（补足），应写 missed`);
        }
      }
      if ('rating' in when) {
        const rating = ratings.find((candidate) => candidate.id === when.rating);
        if (!rating) {
          const hint = suggestionOrAll(
            when.rating,
            ratings.map(({ id }) => id),
          );
          this.findings.add([...path, 'rating'], `没有等次评定“${when.rating}”${hint}`);
        }
        const known = rating?.bands.map((band) => band.rating) ?? [];
        const unknown = listOf(when.is).filter((is) => !known.includes(is));
        if (
          when.at === 'once' &&
          (when.inARow ?? when.inLast) !== undefined &&
          this.references.isRolling(rating?.cycle)
        )
          this.findings.add(
            path,
            '滚动的周期（lastMonths）没有连续几期，at: "once" 不与 inARow、atLeast、inLast 一起写',
          );
        if (rating && unknown.length > 0)
          this.findings.add(
            [...path, 'is'],
            `没有等次“${unknown.join('、')}”${suggestionOrAll(unknown[0] ?? '', known)}`,
          );
      }
      if ('team' in when) this.#ofTeam(when, path);
    });
  }

  /** That there is such a result about a group, and that it has such flags. */
  #ofTeam(
    { team: id, is, inARow, inLast }: Extract<Consequence['when'], { team: unknown }>,
    path: Path,
  ): void {
    const { teams = [], cycles = {} } = this.findings.regulation;
    const team = teams.find((one) => one.id === id);
    if (!team) {
      const hint = suggestionOrAll(
        id,
        teams.map((one) => one.id),
      );
      this.findings.add([...path, 'team'], `没有集体结果“${id}”${hint}`);
      return;
    }
    const cycle = cycles[team.cycle];
    if (cycle && !isFixed(cycle) && (inARow ?? inLast) !== undefined)
      this.findings.add(path, '集体结果的周期不是固定的，只算评价日所在的一期，没有连续几期');
    const known = (team.flags ?? []).map(({ flag }) => flag);
    for (const flag of listOf(is).filter((one) => !known.includes(one)))
      this.findings.add(
        [...path, 'is'],
        `集体结果“${id}”的 flags 里没有“${flag}”${suggestionOrAll(flag, known)}`,
      );
  }

  #teams(): void {
    const { targets = [], teams = [] } = this.findings.regulation;
    const isTarget = (id: string): boolean => targets.some((target) => target.id === id);
    teams.forEach((team, index) => {
      const path = ['teams', index];
      this.references.cycleName(team.cycle, [...path, 'cycle']);
      this.references.edges(team, path);
      if (team.quantity) this.requirements.quantity(team.quantity, [...path, 'quantity']);
      for (const id of listOf(team.target)) {
        if (!isTarget(id)) this.references.noTarget(id, path);
      }
      const before = teams.slice(0, index).map(({ id }) => id);
      const isBefore = (id: string, at: Path, key = 'team'): void => {
        if (!before.includes(id))
          this.findings.add([...at, key], `前面没有集体结果“${id}”${suggestion(id, before)}`);
      };
      team.add?.forEach((term, at) => {
        isBefore(term.team, [...path, 'add', at]);
        if (term.over !== undefined) isBefore(term.over, [...path, 'add', at], 'over');
      });
      team.flags?.forEach((flag, place) => {
        this.references.edges(flag, [...path, 'flags', place]);
        flag.when?.forEach((other, at) => {
          isBefore(other.team, [...path, 'flags', place, 'when', at]);
          this.references.edges(other, [...path, 'flags', place, 'when', at]);
        });
      });
      if ((team.take === undefined) === (team.add === undefined)) {
        this.findings.add(path, '集体结果应写成其中一种：take（对每个人），或 add（把前面的集体结果加起来）');
        return;
      }
      const ofAmounts = team.take === 'mean' || team.take === 'sum';
      const ofStates = team.take === 'count' || team.take === 'share';
      if (team.asked)
        this.references.targetAmount(team.asked, [...path, 'asked'], {
          cycle: team.cycle,
          whose: '集体结果',
        });
      const amounts = [team.quantity, team.asked].filter((amount) => amount !== undefined);
      if (amounts.length !== (ofAmounts ? 1 : 0))
        this.findings.add(path, 'mean、sum 应写 quantity 或 asked（其一）；count、share 应写 target');
      if (listOf(team.is).includes('made-up')) this.#makesUp(team.target, [...path, 'is']);
      if (ofStates !== (team.is !== undefined))
        this.findings.add(path, 'count、share 应写 target 与 is，其他不写 is');
      const needsTarget = ofStates || team.withoutExempt === true;
      if (needsTarget !== (team.target !== undefined))
        this.findings.add(
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
