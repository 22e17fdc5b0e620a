import { measureIn, type StatementLine, type StatementStanding } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Card, Section } from '@cadre/ui/learner';
import { creditWords } from './credit.words';
import { Opening } from './opening';
import { SummedRecords } from './summed-records';

interface SumsProps {
  readonly standing: StatementStanding;
  readonly lines: readonly StatementLine[];
}

/** What counts by part: the figures behind the rings, as the regulation divides them, each with its records. */
export function Parts({ standing, lines }: SumsProps) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.parts.length === 0) return null;
  const sums = new Map<string, StatementStanding['parts']>();
  for (const one of standing.parts) {
    const name = `${one.part ? format.text(one.part) : say('noPart')} · ${one.cycle}`;
    sums.set(name, [...(sums.get(name) ?? []), one]);
  }
  const figures = ({ measure, amount, carried }: StatementStanding['parts'][number]): string[] => [
    format.measure(amount, measureIn(standing, measure)),
    ...(carried === 0
      ? []
      : [say('carried', { amount: format.measure(carried, measureIn(standing, measure)) })]),
  ];
  return (
    <Section title={say('parts')}>
      <Card>
        {[...sums].map(([name, own]) => (
          <Opening
            key={name}
            head={
              <span className="flex grow flex-wrap justify-between gap-x-3">
                <span className="text-ink-2">{name}</span>
                <span className="tabular-nums">{own.flatMap(figures).join(' · ')}</span>
              </span>
            }
          >
            {own.map(({ measure, counting, carried }) => (
              <SummedRecords
                key={measure}
                counting={counting}
                carried={carried}
                lines={lines}
                measure={measureIn(standing, measure)}
              />
            ))}
          </Opening>
        ))}
      </Card>
    </Section>
  );
}

/** What the limits took away, each with the sentence of the rule and the records it took it from. */
export function Caps({ standing, lines }: SumsProps) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.caps.length === 0) return null;
  return (
    <Section title={say('caps')}>
      <Card>
        {standing.caps.map(({ clause, clauseText, name, measure, cut, counting }) => (
          <Opening
            key={`${clause} ${name.zh} ${measure}`}
            head={
              <span>
                <span className="block">
                  {say('cap', {
                    name: format.text(name),
                    amount: format.measure(cut, measureIn(standing, measure)),
                  })}
                </span>
                <span className="block text-small text-pretty text-ink-2">
                  {clause} · {clauseText}
                </span>
              </span>
            }
          >
            <SummedRecords counting={counting} lines={lines} measure={measureIn(standing, measure)} />
          </Opening>
        ))}
      </Card>
    </Section>
  );
}
