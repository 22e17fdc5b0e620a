import { instantOf, toCivilDate } from '@cadre/domain/core';
import type { StatementLine } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { EmptyState, RowList, Section, StateTag, WrittenTitle } from '@cadre/ui/learner';
import { getRouteApi } from '@tanstack/react-router';
import { Award } from 'lucide-react';
import type { ReactNode } from 'react';
import { RowLink } from '../../shared/links';
import { creditWords } from './credit.words';
import { useRefusalWord } from './use-refusal-word';

const route = getRouteApi('/signed-in/credits');

/** Every record, year by year, with what the records of a year come to, by `measures` in their order. */
export function Lines({
  lines,
  measures,
  isPast,
}: {
  readonly lines: readonly StatementLine[];
  readonly measures: readonly string[];
  readonly isPast: boolean;
}) {
  const say = creditWords.use();
  if (lines.length === 0) return <EmptyState icon={Award} title={say(isPast ? 'emptyThen' : 'empty')} />;
  const yearOf = ({ occurredOn, recordedAt }: StatementLine): string =>
    (occurredOn ?? toCivilDate(recordedAt)).slice(0, 4);
  const years = [...new Set(lines.map(yearOf))].sort().reverse();
  return (
    <Section title={say('lines')}>
      {years.map((year) => {
        const own = lines.filter((line) => yearOf(line) === year);
        return (
          <div key={year} className="flex flex-col gap-2">
            <YearHead year={year} lines={own} measures={measures} />
            <RowList label={say('year', { year })}>
              {own.map((line) => (
                <Line key={line.settlementId} line={line} />
              ))}
            </RowList>
          </div>
        );
      })}
    </Section>
  );
}

/** Per measure what counts of the records that are in force. */
function YearHead({
  year,
  lines,
  measures,
}: {
  readonly year: string;
  readonly lines: readonly StatementLine[];
  readonly measures: readonly string[];
}) {
  const say = creditWords.use();
  const format = useFormat();
  const sums = new Map<string, StatementLine['earned'][number]>();
  for (const { earned } of lines.filter(({ governs, replaced }) => governs && !replaced))
    for (const one of earned) {
      const counted = one.counted + (sums.get(one.measure)?.counted ?? 0);
      sums.set(one.measure, { ...one, counted });
    }
  return (
    <h3 className="flex flex-wrap justify-between gap-x-3 text-small text-ink-2">
      <span className="text-ink">{say('year', { year })}</span>
      {sums.size > 0 && (
        <span className="tabular-nums">
          {say('yearCounts', {
            amount: [...sums.values()]
              .sort((a, b) => measures.indexOf(a.measure) - measures.indexOf(b.measure))
              .map(({ counted, name }) => format.measure(counted, name))
              .join(' · '),
          })}
        </span>
      )}
    </h3>
  );
}

function Line({ line }: { readonly line: StatementLine }) {
  const format = useFormat();
  const tags = useTags(line);
  const earned = line.earned.map(({ amount, name }) => format.measure(amount, name)).join(' · ');
  const refused = useRefused();
  return (
    <RowLink
      to="/credits/$settlementId"
      params={{ settlementId: line.settlementId }}
      search={route.useSearch()}
      title={<WrittenTitle title={line.title} course={line.courseTitle} />}
      facts={[
        [line.occurredOn ? format.day(instantOf(line.occurredOn)) : '', earned === '' ? '' : `+${earned}`]
          .filter((part) => part !== '')
          .join(' · '),
        line.replaced ? undefined : refused(line),
      ]}
      {...(tags.length === 0 ? {} : { below: <span className="flex flex-wrap gap-1">{tags}</span> })}
    />
  );
}

/** What did not count at all: of one record why, of several which of them. */
function useRefused() {
  const say = creditWords.use();
  const format = useFormat();
  return ({ items, refusedItems, refusals }: StatementLine): string | undefined => {
    const [first] = refusals;
    if (!first) return undefined;
    if (items === 1) return format.text(first.sentence);
    if (refusedItems === 0) return undefined;
    const names = new Map(
      refusals.map(({ item, title }) => [item, title ?? say('why.item', { number: item + 1 })]),
    );
    return say('refusedOf', { names: [...names.values()].join(say('list')) });
  };
}

/** What a reader must know of a line before adding it up: a line that no longer stands says only that. */
function useTags(line: StatementLine): ReactNode[] {
  const say = creditWords.use();
  const format = useFormat();
  const { replaced, governs, correction, earned } = line;
  const refusal = useRefusalWord()(line);
  const cut = earned.filter(({ amount, counted }) => counted < amount);
  const tag = (word: string, tone: 'neutral' | 'wait') => (
    <StateTag key={word} tone={tone}>
      {word}
    </StateTag>
  );
  if (replaced) return [tag(say('replaced'), 'neutral')];
  if (!governs) return [tag(say('formerRules'), 'neutral')];
  return [
    ...(correction === null ? [] : [tag(say('correction', { number: correction }), 'neutral')]),
    ...(refusal === undefined ? [] : [tag(refusal, 'wait')]),
    ...(cut.length > 0
      ? [
          tag(
            say('capped', {
              amount: cut.map(({ counted, name }) => format.measure(counted, name)).join(' · '),
            }),
            'wait',
          ),
        ]
      : earned.some(({ limited }) => limited)
        ? [tag(say('limited'), 'wait')]
        : []),
  ];
}
