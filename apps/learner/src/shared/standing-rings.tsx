import type { Standings, TargetStanding } from '@cadre/domain/ledger';
import { fromTenThousandths, unitOf, useMeasureText } from '@cadre/ui/format';
import { Card, Ring, type RingMeasure } from '@cadre/ui/learner';
import { standingWords } from './standing.words';

const toMeasure = (leaf: TargetStanding['alternatives'][number][number]): RingMeasure => ({
  value: fromTenThousandths(leaf.earned),
  target: fromTenThousandths(leaf.required),
  unit: unitOf(leaf.measure),
});

function ringMeasures(
  target: TargetStanding,
): readonly [RingMeasure] | readonly [RingMeasure, RingMeasure] | null {
  const [first, second] = target.alternatives.flatMap((leaves) => (leaves[0] ? [toMeasure(leaves[0])] : []));
  if (!first) return null;
  return second ? [first, second] : [first];
}

/** 还差 5 天，或 38 学时: per alternative what is missing, joined by OR. */
function useMissing() {
  const say = standingWords.use();
  const text = useMeasureText();
  return (target: TargetStanding, names: Readonly<Record<string, string>>): string =>
    target.least
      .map((leaves) =>
        leaves.map((leaf) => text(leaf.amount, leaf.measure, names[leaf.measure] ?? '')).join(say('and')),
      )
      .join(say('or'));
}

/** The rings of a person's targets, each with what is missing in words. */
export function StandingRings({ standings }: { readonly standings: Standings }) {
  const say = standingWords.use();
  const missing = useMissing();
  const targets = standings.standings.flatMap((standing) =>
    standing.targets.map((target) => ({ target, names: standing.measures })),
  );
  if (targets.length === 0)
    return (
      <Card padded>
        <p className="text-ink-2">{say('noRules')}</p>
      </Card>
    );
  return (
    <Card padded>
      <ul className="flex flex-wrap justify-around gap-x-2 gap-y-6">
        {targets.map(({ target, names }) => {
          const measures = ringMeasures(target);
          return (
            <li
              key={target.target}
              className="flex basis-[6.6rem] grow flex-col items-center gap-1 text-center"
            >
              {measures && (
                <Ring
                  label={target.name}
                  measures={measures}
                  tone={measures.length > 1 ? 'primary' : unitTone(target)}
                />
              )}
              <span className={`text-small text-balance break-keep ${target.met ? 'text-met' : 'text-ink'}`}>
                {target.state === 'exempt'
                  ? say('exempt')
                  : target.met
                    ? say('met')
                    : say('missing', { amount: missing(target, names) })}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** Online hours are green, everything else in the colour of concentrated training. */
const unitTone = (target: TargetStanding): 'primary' | 'met' =>
  target.alternatives[0]?.[0]?.measure === 'online-hours' ? 'met' : 'primary';
