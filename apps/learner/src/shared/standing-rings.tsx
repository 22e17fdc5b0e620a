import { addDays, isYearLabel, limitSign } from '@cadre/domain/core';
import { targetTitle, waysLeft, type Standings, type TargetStanding } from '@cadre/domain/ledger';
import { fromTenThousandths, useFormat } from '@cadre/ui/format';
import { Card, Ring, type RingMeasure } from '@cadre/ui/learner';
import { standingWords } from './standing.words';

const toMeasure = (leaf: TargetStanding['alternatives'][number][number]): RingMeasure => ({
  value: fromTenThousandths(leaf.earned),
  target: fromTenThousandths(leaf.required),
  unit: leaf.unit,
  sign: limitSign(leaf.limit),
});

function ringMeasures(
  target: TargetStanding,
): readonly [RingMeasure] | readonly [RingMeasure, RingMeasure] | null {
  const [first, second] = target.alternatives.flatMap((leaves) => (leaves[0] ? [toMeasure(leaves[0])] : []));
  if (!first) return null;
  return second ? [first, second] : [first];
}

/** 还差 5 天，或 38 学时: per alternative what is missing, joined by OR; where none is left, so. */
function useMissing() {
  const say = standingWords.use();
  const format = useFormat();
  return (target: TargetStanding, names: Standings['standings'][number]['measures']): string => {
    const ways = waysLeft(target).map((leaves) =>
      leaves
        .map((leaf) =>
          leaf.one
            ? format.text(leaf.one)
            : format.measure(leaf.amount, names[leaf.measure] ?? { zh: '', en: '' }),
        )
        .join(say('and')),
    );
    return ways.length === 0 ? say('outOfReach') : say('missing', { amount: ways.join(say('or')) });
  };
}

/** Whether every target is one of this year alone: none of several years, none to be made up. */
export const areOfTheYear = ({ standings }: Standings): boolean =>
  standings.every(({ targets }) => targets.every(({ longTerm, makesUp }) => !longTerm && makesUp === null));

/** Tells a target from every other of a statement, what is made up of an earlier cycle also. */
export const targetKey = (
  regulation: string,
  { target, cycle, makesUp }: Pick<TargetStanding, 'target' | 'cycle' | 'makesUp'>,
): string => `${regulation} ${target} ${cycle.from}${makesUp ? ` ${makesUp.cycle}` : ''}`;

/** The rings of a person's targets, each with what is missing in words. Green is met; what runs is in the colour of action. */
export function StandingRings({
  standings,
  isPast = false,
  onOpen,
}: {
  readonly standings: Standings;
  /** Whether they are those of an earlier day. */
  readonly isPast?: boolean;
  /** Opens what a target is made of, where the page has that. */
  readonly onOpen?: (target: string) => void;
}) {
  const say = standingWords.use();
  const format = useFormat();
  const missing = useMissing();
  const targets = standings.standings.flatMap((standing) =>
    standing.targets.map((target) => ({ target, rules: standing.regulation.id, names: standing.measures })),
  );
  const { servedUntil } = standings;
  const since = servedUntil === null ? '' : format.day(addDays(servedUntil, 1), 0);
  if (targets.length === 0)
    return (
      <Card padded>
        <p className="text-pretty text-ink-2">
          {servedUntil === null ? say(isPast ? 'noRulesThen' : 'noRules') : say('retired', { since })}
        </p>
      </Card>
    );
  return (
    <Card padded>
      {servedUntil !== null && (
        <p className="mb-3 text-pretty">{say('retiredRecord', { since, year: servedUntil.slice(0, 4) })}</p>
      )}
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(6.6rem,100%),1fr))] gap-x-2 gap-y-1">
        {targets.map(({ target, rules, names }) => {
          const measures = ringMeasures(target);
          const key = targetKey(rules, target);
          const ring = measures && (
            <Ring
              label={format.text(targetTitle(target))}
              note={
                target.makesUp
                  ? say('makeUpBy', { day: format.day(target.cycle.to, 0) })
                  : target.longTerm
                    ? target.cycle.label
                    : undefined
              }
              measures={measures}
              tone={target.met ? 'met' : 'primary'}
            />
          );
          return (
            // Four rows that all rings share: names, circles and what is missing stand on one line across them.
            <li
              key={key}
              className="row-span-4 grid max-sm:[&:nth-child(odd):last-child:not(:first-child)]:col-span-full grid-rows-subgrid justify-items-center pb-3 text-center last:pb-0"
            >
              {ring && onOpen ? (
                <button
                  type="button"
                  onClick={() => {
                    onOpen(key);
                  }}
                  className="row-span-3 grid w-full grid-rows-subgrid cursor-pointer"
                >
                  {ring}
                </button>
              ) : (
                ring
              )}
              <span className={`text-small text-balance break-keep ${target.met ? 'text-met' : 'text-ink'}`}>
                {target.state === 'exempt'
                  ? say(isYearLabel(target.cycle.label) ? 'exempt' : 'exemptCycle')
                  : target.met
                    ? say('met')
                    : servedUntil === null && missing(target, names)}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
