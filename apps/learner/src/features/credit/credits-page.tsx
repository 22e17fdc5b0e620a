import { askedDay } from '@cadre/client/address';
import { useApi } from '@cadre/client/api';
import { useOnline } from '@cadre/client/offline';
import { useMe } from '@cadre/client/session';
import { asksNothing, instantOf, type CivilDate } from '@cadre/domain/core';
import {
  readingLeft,
  targetTitle,
  type ChainCheck,
  type Standing,
  type Statement,
  type StatementLine,
  type StatementStanding,
  type TargetReading,
  type TargetStanding,
} from '@cadre/domain/ledger';
import { fromTenThousandths, useFormat, useShareText } from '@cadre/ui/format';
import {
  Button,
  ButtonAnchor,
  Card,
  EmptyState,
  FactList,
  Page,
  ProgressLine,
  ReadingTag,
  RowList,
  Section,
  StateTag,
  WrittenTitle,
} from '@cadre/ui/learner';
import { useLanguage } from '@cadre/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Award, ChevronDown, FileSpreadsheet, FileText } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { RowLink } from '../../shared/links';
import { StandingRings } from '../../shared/standing-rings';
import { AsOf } from './as-of';
import { creditWords } from './credit.words';
import { LastYear } from './last-year';
import { OwnAssessment } from './own-assessment';

const route = getRouteApi('/signed-in/credits');

/** The statement: rings, what each target asks, what each source earned or did not, and whether the record is complete. */
export function CreditsPage() {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const search = route.useSearch();
  const { day: asOf } = askedDay(search);
  const asksDay = search.asOf !== undefined;
  const query = useQuery({
    ...api.credit.myStatement.queryOptions(asOf === undefined ? {} : { asOf }),
    meta: { live: ['credit:changed'], keep: true },
  });
  return (
    <Page
      title={say('title')}
      {...(asOf === undefined ? {} : { lead: say('asOf', { day: format.day(instantOf(asOf), 0) }) })}
    >
      {asksDay && <AsOf />}
      <QueryView query={query} rows={8}>
        {(statement) => (
          <>
            <div className="flex flex-col gap-3">
              <StandingRings standings={statement} isPast={asOf !== undefined} />
              {asOf === undefined && <LastYear />}
              <Consequences standings={statement.standings} asOf={statement.asOf} />
              <Moves moves={statement.moves} />
            </div>
            {statement.standings.map((standing) => (
              <Fragment key={standing.regulation.id}>
                {statement.standings.length > 1 && (
                  <h2 className="text-lead font-semibold text-pretty">
                    {format.text(standing.regulation.title)}
                  </h2>
                )}
                <Targets standing={standing} statement={statement} />
                <Ratings standing={standing} />
                <Parts standing={standing} />
                <Caps standing={standing} />
              </Fragment>
            ))}
            {asOf === undefined && <OwnAssessment />}
            <Lines lines={statement.lines} isPast={asOf !== undefined} />
          </>
        )}
      </QueryView>
      {(query.data || !asksDay) && (
        <Section title={say('more')}>
          {!asksDay && <AsOf />}
          {query.data && (
            <>
              <Export statement={query.data} />
              <CheckChain personId={query.data.personId} />
            </>
          )}
        </Section>
      )}
    </Page>
  );
}

/** What the rules attach to a missed target: said as a warning while the cycle is open, as a fact afterwards. */
function Consequences({
  standings,
  asOf,
}: {
  readonly standings: readonly Standing[];
  readonly asOf: CivilDate;
}) {
  const say = creditWords.use();
  const format = useFormat();
  const warnings = standings.flatMap((standing) => standing.warnings);
  const flags = standings.flatMap((standing) => standing.flags);
  if (warnings.length + flags.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2 text-small">
      {flags.map(({ flag, says, clause }) => (
        <li key={`${flag} ${clause}`} className="flex flex-wrap items-center gap-2">
          <StateTag tone="refusal" wraps>
            {format.text(says)}
          </StateTag>
          <span className="text-ink-2">{say('byClause', { clause })}</span>
        </li>
      ))}
      {warnings.map(({ says, clause, targets, until }) => (
        <li key={`${says.zh} ${until}`} className="text-pretty text-ink-2">
          {say('warning', {
            until: format.day(instantOf(until), instantOf(asOf)),
            targets: targets.map((name) => say('quoted', { name: format.text(name) })).join(say('orTarget')),
            says: format.text(says),
            clause,
          })}
        </li>
      ))}
    </ul>
  );
}

/** What moved the targets in the running cycles, and apart from it what of unit and post left them as they were. */
function Moves({ moves }: Pick<Statement, 'moves'>) {
  const say = creditWords.use();
  return (
    <>
      <MoveList title={say('moves')} moves={moves.filter(({ changes }) => changes)} />
      <MoveList title={say('otherMoves')} moves={moves.filter(({ changes }) => !changes)} />
    </>
  );
}

function MoveList({ title, moves }: Pick<Statement, 'moves'> & { readonly title: string }) {
  const say = creditWords.use();
  const format = useFormat();
  if (moves.length === 0) return null;
  return (
    <section aria-label={title} className="text-small text-pretty text-ink-2">
      <h2 className="text-ink">{title}</h2>
      <ul className="mt-1 flex flex-col gap-1">
        {moves.map((move) => (
          <li key={`${move.kind} ${move.on}`}>
            {say('move', { day: format.day(instantOf(move.on), 0), sentence: format.text(move.sentence) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

const nameOf = ({ measures }: Standing, measure: string) => measures[measure] ?? { zh: measure, en: '' };

/** How one is rated by what there is so far, with how the amount came about and the sentence of the rule. */
function Ratings({ standing }: { readonly standing: StatementStanding }) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.ratings.length === 0) return null;
  return (
    <Section title={say('ratings')}>
      <Card>
        {standing.ratings.map(
          ({ rating, name, cycle, amount, measure, is, final, clause, clauseText, notes }) => (
            <details key={`${rating} ${cycle}`} className="group">
              <summary className="flex cursor-pointer list-none items-center justify-between gap-3 px-4 py-3 [&::-webkit-details-marker]:hidden">
                <span>
                  {format.text(name)}
                  <span className="block text-small text-ink-2">
                    {say(final ? 'rated' : 'ratedSoFar', {
                      cycle,
                      amount: format.measure(amount, nameOf(standing, measure)),
                    })}
                  </span>
                </span>
                <span className="flex shrink-0 items-center gap-1 text-ink-2">
                  <StateTag tone="neutral">{is === null ? say('unrated') : format.text(is)}</StateTag>
                  <ChevronDown aria-hidden size={20} className="transition-transform group-open:rotate-180" />
                </span>
              </summary>
              <div className="flex flex-col gap-3 px-4 pb-4">
                {notes.map((note) => (
                  <p key={note.sentence.zh} className="text-small text-pretty text-ink-2">
                    {say('used', { sentence: format.text(note.sentence), clause: note.clause })}
                  </p>
                ))}
                <blockquote className="border-s-2 border-primary ps-3">
                  <p className="text-small text-ink-2">
                    {clause} · {format.text(standing.regulation.title)}
                  </p>
                  <p className="text-pretty">{clauseText}</p>
                </blockquote>
              </div>
            </details>
          ),
        )}
      </Card>
    </Section>
  );
}

/** What counts by part: the figures behind the rings, as the regulation divides them. */
function Parts({ standing }: { readonly standing: StatementStanding }) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.parts.length === 0) return null;
  const sums = new Map<string, string[]>();
  for (const { cycle, part, measure, amount, carried } of standing.parts) {
    const name = `${part ? format.text(part) : say('noPart')} · ${cycle}`;
    const amountText = (value: number) => format.measure(value, nameOf(standing, measure));
    sums.set(name, [
      ...(sums.get(name) ?? []),
      amountText(amount),
      ...(carried === 0 ? [] : [say('carried', { amount: amountText(carried) })]),
    ]);
  }
  return (
    <Section title={say('parts')}>
      <Card padded>
        <FactList figures facts={[...sums].map(([name, values]) => ({ name, value: values.join(' · ') }))} />
      </Card>
    </Section>
  );
}

/** What the limits took away, each with the sentence of the rule. */
function Caps({ standing }: { readonly standing: StatementStanding }) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.caps.length === 0) return null;
  return (
    <Section title={say('caps')}>
      <Card padded>
        <ul className="flex flex-col gap-3">
          {standing.caps.map(({ clause, clauseText, name, measure, cut }) => (
            <li key={`${clause} ${name.zh} ${measure}`}>
              <p>
                {say('cap', {
                  name: format.text(name),
                  amount: format.measure(cut, nameOf(standing, measure)),
                })}
              </p>
              <p className="text-small text-pretty text-ink-2">
                {clause} · {clauseText}
              </p>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}

/** Each target of a regulation by its parts, with the sentence of the rule that asks for it. */
function Targets({ standing, statement }: { readonly standing: Standing; readonly statement: Statement }) {
  const say = creditWords.use();
  const format = useFormat();
  if (standing.targets.length + standing.notCovered.length === 0) return null;
  return (
    <Section title={say('targets')}>
      <Card>
        {standing.targets.map((target) => (
          <Target
            key={`${target.target} ${target.cycle.from}`}
            target={target}
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
  reading,
  standing,
}: {
  readonly target: TargetStanding;
  readonly reading: TargetReading | null;
  readonly standing: Standing;
}) {
  const say = creditWords.use();
  const format = useFormat();
  const share = useShareText();
  const { cycle, makesUp, notes, judgedBy } = target;
  // What an earlier version leaves to make up rests on the clauses of that version.
  const clauseOf = (clause: string): string =>
    judgedBy ? say('clauseOf', { clause, version: judgedBy.version }) : clause;
  return (
    <details className="group">
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
                : say(/^\d{4}$/.test(cycle.label) ? 'cycle' : 'cycles', { label: cycle.label })}
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
    </details>
  );
}

function Lines({ lines, isPast }: { readonly lines: readonly StatementLine[]; readonly isPast: boolean }) {
  const say = creditWords.use();
  if (lines.length === 0) return <EmptyState icon={Award} title={say(isPast ? 'emptyThen' : 'empty')} />;
  return (
    <Section title={say('lines')}>
      <RowList label={say('lines')}>
        {lines.map((line) => (
          <Line key={line.settlementId} line={line} />
        ))}
      </RowList>
    </Section>
  );
}

function Line({ line }: { readonly line: StatementLine }) {
  const say = creditWords.use();
  const format = useFormat();
  const earned = line.earned.map(({ amount, name }) => format.measure(amount, name)).join(' · ');
  const cut = line.governs ? line.earned.filter(({ amount, counted }) => counted < amount) : [];
  const [refusal] = line.refusals;
  const state = line.replaced ? (
    <StateTag tone="neutral">{say('replaced')}</StateTag>
  ) : !line.governs ? (
    <StateTag tone="neutral">{say('formerRules')}</StateTag>
  ) : line.correction !== null ? (
    <StateTag tone="neutral">{say('correction', { number: line.correction })}</StateTag>
  ) : earned === '' ? (
    <StateTag tone="wait">{say('refused')}</StateTag>
  ) : refusal ? (
    <StateTag tone="wait">{say('partlyRefused')}</StateTag>
  ) : cut.length > 0 ? (
    <StateTag tone="wait">
      {say('capped', { amount: cut.map(({ counted, name }) => format.measure(counted, name)).join(' · ') })}
    </StateTag>
  ) : undefined;
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
        earned === '' && refusal ? format.text(refusal.sentence) : undefined,
      ]}
      {...(state ? { below: state } : {})}
    />
  );
}

/** The statement as a file that can be printed or sent on; the server makes it, so that it needs the network. */
function Export({ statement }: { readonly statement: Statement }) {
  const say = creditWords.use();
  const query = `asOf=${statement.asOf}&language=${useLanguage()}`;
  const reason = useId();
  if (!useOnline())
    return (
      <>
        <Button disabled icon={FileText} wide aria-describedby={reason}>
          {say('pdf')}
        </Button>
        <Button disabled icon={FileSpreadsheet} wide aria-describedby={reason}>
          {say('excel')}
        </Button>
        <p id={reason} className="text-small text-ink-2">
          {say('filesOffline')}
        </p>
      </>
    );
  return (
    <>
      <ButtonAnchor href={`/api/v1/statement.pdf?${query}`} download icon={FileText} wide>
        {say('pdf')}
      </ButtonAnchor>
      <ButtonAnchor href={`/api/v1/statement.xlsx?${query}`} download icon={FileSpreadsheet} wide>
        {say('excel')}
      </ButtonAnchor>
    </>
  );
}

/** What the check found; of a whole chain also the hash of its last entry, which stands on the paper. */
function Checked({ check: { entries, head, fault } }: { readonly check: ChainCheck }) {
  const say = creditWords.use();
  if (fault === null)
    return (
      <>
        <p className="text-met">{say('chainIntact', { count: entries })}</p>
        {entries > 0 && (
          <>
            <p className="mt-2 break-all">{say('chainHead', { hash: head })}</p>
            <p className="text-ink-2">{say('chainHeadHint')}</p>
          </>
        )}
      </>
    );
  const word = fault.of === 'entry' ? 'chainBroken' : 'chainBrokenSettlement';
  return <span className="text-refusal">{say(word, { seq: fault.seq })}</span>;
}

function CheckChain({ personId }: { readonly personId: string }) {
  const say = creditWords.use();
  const api = useApi();
  const { person } = useMe();
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    ...api.credit.checkChain.queryOptions({ personId }),
    enabled: asked && person.id === personId,
  });
  return (
    <div className="flex flex-col gap-2">
      <Button wide busy={query.isFetching} onClick={() => (asked ? void query.refetch() : setAsked(true))}>
        {say('chainCheck')}
      </Button>
      <div role="status" className="text-small">
        {query.data && <Checked check={query.data} />}
      </div>
      <Failed error={query.error} />
    </div>
  );
}
