import { askedDay } from '@cadre/client/address';
import { useApi } from '@cadre/client/api';
import { useOnline } from '@cadre/client/offline';
import { useMe } from '@cadre/client/session';
import { instantOf, type CivilDate } from '@cadre/domain/core';
import {
  entryNumber,
  measureIn,
  type ChainCheck,
  type Standing,
  type Statement,
  type StatementStanding,
} from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Button, ButtonAnchor, Card, Page, Section, StateTag } from '@cadre/ui/learner';
import { useLanguage } from '@cadre/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronDown, FileSpreadsheet, FileText } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { StandingRings } from '../../shared/standing-rings';
import { AsOf } from './as-of';
import { creditWords } from './credit.words';
import { LastYear } from './last-year';
import { Lines } from './lines';
import { OwnAssessment } from './own-assessment';
import { Caps, Parts } from './sums';
import { openTarget, Targets } from './targets';

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
              <StandingRings standings={statement} isPast={asOf !== undefined} onOpen={openTarget} />
              <LastYear on={statement.asOf} />
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
                <Parts standing={standing} lines={statement.lines} />
                <Caps standing={standing} lines={statement.lines} />
              </Fragment>
            ))}
            {asOf === undefined && <OwnAssessment />}
            <Lines
              lines={statement.lines}
              measures={statement.standings.flatMap(({ measures }) => Object.keys(measures))}
              isPast={asOf !== undefined}
            />
          </>
        )}
      </QueryView>
      {(query.data || !asksDay) && (
        <Section title={say('more')}>
          {!asksDay && <AsOf />}
          {query.data && (
            <>
              <Export statement={query.data} />
              <CheckChain personId={query.data.personId} asOf={asOf} />
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
                      amount: format.measure(amount, measureIn(standing, measure)),
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

/** What the check found; of a whole chain also where it ended on the day, which stands on the paper of that day. */
function Checked({
  check: { entries, head, fault },
  asOf,
}: {
  readonly check: ChainCheck;
  readonly asOf: CivilDate | undefined;
}) {
  const say = creditWords.use();
  const format = useFormat();
  if (fault === null)
    return (
      <>
        <p className="text-met">
          {asOf === undefined
            ? say('chainIntact', { count: entries })
            : say('chainIntactThen', { count: entries, day: format.day(instantOf(asOf), 0) })}
        </p>
        {entries > 0 && (
          <>
            <p className="mt-2 break-all">{say('chainHead', { seq: entryNumber(entries), hash: head })}</p>
            <p className="text-ink-2">{say(asOf === undefined ? 'chainHeadHint' : 'chainHeadHintThen')}</p>
          </>
        )}
      </>
    );
  const word = fault.of === 'entry' ? 'chainBroken' : 'chainBrokenSettlement';
  return <span className="text-refusal">{say(word, { seq: fault.seq })}</span>;
}

function CheckChain({ personId, asOf }: { readonly personId: string; readonly asOf: CivilDate | undefined }) {
  const say = creditWords.use();
  const api = useApi();
  const { person } = useMe();
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    ...api.credit.checkChain.queryOptions({ personId, ...(asOf === undefined ? {} : { asOf }) }),
    enabled: asked && person.id === personId,
  });
  return (
    <div className="flex flex-col gap-2">
      <Button wide busy={query.isFetching} onClick={() => (asked ? void query.refetch() : setAsked(true))}>
        {say('chainCheck')}
      </Button>
      <div role="status" className="text-small">
        {query.data && <Checked check={query.data} asOf={asOf} />}
      </div>
      <Failed error={query.error} />
    </div>
  );
}
