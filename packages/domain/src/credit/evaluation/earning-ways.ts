import { Exact } from '../value/exact';
import { listOf, type Names } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import type { Quantity, Selection, Total } from '../regulation/target-schema';
import { isEarnedBy, isHeld, quantityOf, type Supposed } from '../settlement/selection';
import { isChosen, isInGroups } from '../settlement/settle';
import { worthSignsOf } from '../settlement/worth-signs';
import { constant } from '../value/measure';
import { oncePer } from '../value/once-per';

export type Way = Supposed['way'];

interface OpenWay {
  readonly way: Way;
  readonly groups: Names | undefined;
}

/** The ways of earning that a regulation has for anybody; what is only deducted is none. */
const allWays = oncePer((regulation: Regulation): readonly OpenWay[] =>
  regulation.earn
    .filter((rule) => isChosen(rule.if, regulation))
    .flatMap(({ id, kinds, earns, groups }) =>
      listOf(kinds).flatMap((kind) =>
        earns.map(({ measure, part = '' }) => ({ way: { measure, part, kind, rule: id }, groups })),
      ),
    )
    .filter(({ way }) => worthSignsOf(regulation)(way).adds),
);

/** Those that it has for somebody in these groups. */
export const waysFor = oncePer((regulation: Regulation) =>
  oncePer((groups: ReadonlySet<string>): readonly Way[] =>
    allWays(regulation)
      .filter((one) => isInGroups(one.groups, () => groups))
      .map(({ way }) => way),
  ),
);

/** The ways in which a regulation lets earn what a selection means. */
export const waysOf = (selection: Selection, { earn }: Regulation): Supposed['way'][] =>
  earn
    .flatMap((rule) =>
      listOf(rule.kinds).flatMap((kind) =>
        rule.earns.map(({ measure, part = '' }) => ({ measure, part, kind, rule: rule.id })),
      ),
    )
    .filter((way) => isEarnedBy(way, selection));

/** The ways in which what is earned counts for an amount one to one. Conditions on single entries can be met by choice. */
export const waysCounting = oncePer((regulation: Regulation) =>
  oncePer((quantity: Quantity): ReadonlySet<Way> => {
    const ways = allWays(regulation).map(({ way }) => way);
    return new Set(ways.filter((way) => countsFor(way, quantity, regulation)));
  }),
);

function countsFor(way: Way, quantity: Quantity, regulation: Regulation): boolean {
  const total = totalOf(quantity, regulation);
  if (!total) return isEarnedBy(way, quantity);
  return (
    total.bands === undefined &&
    total.per === undefined &&
    total.add.some(
      (term) =>
        !isHeld(term) &&
        constant(term.times ?? 1).equals(Exact.ONE) &&
        countsFor(way, quantityOf(term, total), regulation),
    )
  );
}

export const totalOf = ({ total }: Quantity, { totals }: Regulation): Total | undefined =>
  total === undefined ? undefined : totals?.[total];
