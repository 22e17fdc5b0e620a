import { asksNothing, isYearLabel } from '@cadre/domain/core';
import {
  readingLeft,
  targetTitle,
  type Statement,
  type StatementLine,
  type StatementStanding,
  type StatementTarget,
  type TargetReading,
  type TargetStanding,
} from '@cadre/domain/ledger';
import { fromTenThousandths, useFormat, useShareText } from '@cadre/ui/format';
import { Card, ProgressLine, ReadingTag, Section } from '@cadre/ui/learner';
import { ChevronDown } from 'lucide-react';
import { targetKey } from '../../shared/standing-rings';
import { creditWords } from './credit.words';
import { SummedRecords } from './summed-records';

/** Opens a target of the page and brings it into view, where the reader goes on. */
export function openTarget(key: string): void {
  const details = document.getElementById(key);
  if (!(details instanceof HTMLDetailsElement)) return;
  details.open = true;
  details.scrollIntoView({ block: 'start' });
  details.querySelector('summary')?.focus();
}

/** Each target of a regulation by its parts, with the sentence of the rule that asks for it. */
export function Targets({
  standing,
  statement,
}: {
  readonly standing: StatementStanding;
  readonly statement: Statement;
}) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.targets.length + standing.notCovered.length === 0) return null;
  return (
    <Section title={say('targets')}>
      <Card>
        {standing.targets.map((target) => (
          <Target
            key={targetKey(standing.regulation.id, target)}
            target={target}
            lines={statement.lines}
            reading={readingLeft(target, statement)}
            standing={standing}
          />
        ))}
        {standing.notCovered.map(({ target, name, because, notRecorded }) => (
          <p key={target} className="px-4 py-3 text-small text-ink-2">
            {say('notCovered', {
              name: format.text(name),
              because: notRecorded ? format.text(notRecorded) : say(`because.${because}`),
            })}
          </p>
        ))}
      </Card>
    </Section>
  );
}

/** How far the line of a measure is filled: wholly where nothing is asked for. */
const fillOf = (leaf: TargetStanding['alternatives'][number][number]) =>
  asksNothing(leaf)
    ? { value: 1, max: 1 }
    : {
        value: Number(fromTenThousandths(leaf.earned)),
        max: Number(fromTenThousandths(leaf.required)),
      };

function Target({
  target,
  lines,
  reading,
  standing,
}: {
  readonly target: StatementTarget;
  readonly lines: readonly StatementLine[];
  readonly reading: TargetReading | null;
  readonly standing: StatementStanding;
}) {
  const say = creditWords.use();
  const format = useFormat();
  const share = useShareText();
  const { cycle, makesUp, notes, judgedBy } = target;
  // What an earlier version leaves to make up rests on the clauses of that version.
  const clauseOf = (clause: string): string =>
    judgedBy ? say('clauseOf', { clause, version: judgedBy.version }) : clause;
  return (
    <details id={targetKey(standing.regulation.id, target)} className="group">
      <summary className="flex cursor-pointer list-none flex-col gap-2.5 px-4 py-3 [&::-webkit-details-marker]:hidden">
        <span className="flex items-center justify-between gap-3">
          <span>
            {format.text(targetTitle(target))}
            <span className="block text-small text-ink-2">
              {makesUp
                ? say('makesUp', {
                    day: format.day(cycle.to, 0),
                    what: say(`makesUpAfter.${makesUp.after}`, { cycle: makesUp.cycle }),
                    clause: clauseOf(makesUp.clause),
                  })
                : say(isYearLabel(cycle.label) ? 'cycle' : 'cycles', { label: cycle.label })}
            </span>
          </span>
          <span className="flex shrink-0 items-center gap-1 text-small text-ink-2">
            {reading !== null && <ReadingTag reading={reading} />}
            <ChevronDown aria-hidden size={20} className="transition-transform group-open:rotate-180" />
          </span>
        </span>
        {target.alternatives.map((leaves, index) => (
          <span key={leaves.map(({ leaf }) => leaf).join()} className="flex flex-col gap-2">
            {leaves.map((leaf) => (
              <ProgressLine
                key={leaf.leaf}
                label={index > 0 ? say('orPart', { name: format.text(leaf.name) }) : format.text(leaf.name)}
                {...fillOf(leaf)}
                figure={share(leaf)}
                tone={leaf.met ? 'met' : 'primary'}
              />
            ))}
          </span>
        ))}
        {notes.map(({ sentence, clause }) => (
          <span key={`${clause} ${sentence.zh}`} className="text-small text-pretty text-ink-2">
            {say('used', { sentence: format.text(sentence), clause: clauseOf(clause) })}
          </span>
        ))}
      </summary>
      {[makesUp, target, ...notes].map(
        (rests, index, all) =>
          rests &&
          all.findIndex((one) => one?.clause === rests.clause) === index && (
            <blockquote key={rests.clause} className="mx-4 mb-4 border-s-2 border-primary ps-3">
              <p className="text-small text-ink-2">
                {clauseOf(rests.clause)} · {format.text((judgedBy ?? standing.regulation).title)}
              </p>
              <p className="text-pretty">{rests.clauseText}</p>
            </blockquote>
          ),
      )}
      <Opened target={target} lines={lines} />
    </details>
  );
}

/** What each amount of a target is made of: its records, and how far that is not just their sum. */
function Opened({
  target: { opened, alternatives, makesUp },
  lines,
}: {
  readonly target: StatementTarget;
  readonly lines: readonly StatementLine[];
}) {
  const say = creditWords.use();
  const format = useFormat();
  const leaves = new Map(alternatives.flat().map((leaf) => [leaf.leaf, leaf]));
  return opened.map(({ leaf, counting, carried, isSum }) => {
    const known = leaves.get(leaf);
    if (!known) return null;
    const sum = counting.reduce((all, { amount }) => all + amount, carried);
    return (
      <section key={leaf} aria-label={format.text(known.name)} className="mx-4 mb-4">
        <h3 className="text-small font-semibold">
          {say('summed.of', { amount: format.measure(known.earned, known.unit) })}
        </h3>
        {!isSum && <p className="text-small text-pretty text-ink-2">{say('summed.reckoned')}</p>}
        <SummedRecords counting={counting} carried={carried} lines={lines} measure={known.unit} />
        {isSum && makesUp && sum > known.earned && (
          <p className="mt-1 text-small text-pretty text-ink-2">
            {say('summed.madeUp', { amount: format.measure(known.earned, known.unit) })}
          </p>
        )}
      </section>
    );
  });
}
