import { useApi } from '@cadre/client/api';
import { instantOf } from '@cadre/domain/core';
import { entryNumber, type Why } from '@cadre/domain/ledger';
import { useFormat } from '@cadre/ui/format';
import { Button, Card, Page, Section, StateTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { DisputeSheet } from '../../shared/dispute-sheet';
import { QueryView } from '../../shared/failure';
import { BackLink } from '../../shared/links';
import { CheckValue } from './check-value';
import { creditWords } from './credit.words';
import { useRefusalWord } from './use-refusal-word';
import { Records } from './why-records';

const route = getRouteApi('/signed-in/credits/$settlementId');

/** A credit, or a refused one, opened down to record → minutes → clause → entry. */
export function WhyPage() {
  const say = creditWords.use();
  const api = useApi();
  const format = useFormat();
  const { settlementId } = route.useParams();
  const query = useQuery({
    ...api.credit.why.queryOptions({ settlementId }),
    meta: { live: ['credit:changed'], keep: true },
  });
  const english = format.english(query.data?.line.courseTitle ?? null);
  return (
    <Page
      title={query.data?.line.title ?? say('why.title')}
      {...(english === '' ? {} : { lead: english })}
      back={<BackLink to="/credits" search={route.useSearch()} label={say('why.back')} />}
    >
      <QueryView query={query} rows={8}>
        {(why) => (
          <>
            <Result why={why} />
            <Records why={why} />
            <Clauses why={why} />
            <Entries why={why} />
            <Wrong attendance={why.attendance} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Result({ why }: { readonly why: Why }) {
  const { line } = why;
  const refusal = useRefusalWord()(line);
  const say = creditWords.use();
  const format = useFormat();
  return (
    <Card padded>
      <div className="flex flex-col gap-2">
        {line.earned.map(({ amount, counted, measure, name }) => (
          <p key={measure} className="text-lead font-semibold text-ink">
            +{format.measure(amount, name)}
            {line.governs && counted !== amount && (
              <span className="text-small font-normal text-ink-2">
                {' '}
                {say('why.counted', { amount: format.measure(counted, name) })}
              </span>
            )}
          </p>
        ))}
        {!line.governs && <p className="text-small text-pretty text-ink-2">{say('why.formerRules')}</p>}
        {refusal !== undefined && (
          <div className="flex flex-col items-start gap-1">
            <StateTag tone="wait">{refusal}</StateTag>
            {line.refusals.map((refusal) => (
              <p
                key={`${refusal.item} ${refusal.clause ?? ''} ${refusal.sentence.zh}`}
                className="text-pretty"
              >
                {line.items > 1 && `${refusal.title ?? say('why.item', { number: refusal.item + 1 })} · `}
                {format.text(refusal.sentence)}
              </p>
            ))}
          </div>
        )}
        <Corrected why={why} />
        <p className="text-small text-ink-2">
          {line.occurredOn && `${format.day(instantOf(line.occurredOn))} · `}
          {say('why.settled', { moment: format.moment(line.recordedAt) })}
        </p>
      </div>
    </Card>
  );
}

/** What the number of a correction means here: why it has one, what was before, when and by whom. */
function Corrected({ why: { correction, line } }: { readonly why: Why }) {
  const say = creditWords.use();
  const format = useFormat();
  if (!correction) return null;
  const { number, replaces, by } = correction;
  const amounts = (sums: readonly Omit<Why['line']['earned'][number], 'counted' | 'limited'>[]): string =>
    sums.map(({ amount, name }) => format.measure(amount, name)).join(' · ') || say('why.none');
  const moment = format.moment(line.recordedAt);
  return (
    <div className="flex flex-col items-start gap-1">
      <StateTag tone="neutral">{say('why.correction', { number })}</StateTag>
      <p className="text-small text-pretty">
        {replaces
          ? say('why.correctionAgain', {
              seq: replaces.seq,
              before: amounts(replaces.earned),
              now: amounts(line.earned),
            })
          : say('why.correctionLate')}
      </p>
      <p className="text-small text-pretty text-ink-2">
        {by === null ? say('why.correctionBySystem', { moment }) : say('why.correctionBy', { moment, by })}
      </p>
    </div>
  );
}

/** Whoever finds it wrong says so: of a session to those who held it, of anything else to the unit. */
function Wrong({ attendance }: Pick<Why, 'attendance'>) {
  const say = creditWords.use();
  const [disputing, setDisputing] = useState(false);
  if (!attendance || attendance.disputed)
    return <p className="text-small text-ink-2">{say(attendance ? 'why.disputed' : 'why.wrongOther')}</p>;
  return (
    <div className="-ms-5">
      <Button variant="quiet" onClick={() => setDisputing(true)}>
        {say('why.wrong')}
      </Button>
      <DisputeSheet sessionId={attendance.sessionId} open={disputing} onOpenChange={setDisputing} />
    </div>
  );
}

function Clauses({ why }: { readonly why: Why }) {
  const say = creditWords.use();
  const format = useFormat();
  return (
    <Section title={say('why.clause')}>
      <Card padded>
        <div className="flex flex-col gap-3">
          {why.clauses.map((clause) => (
            <blockquote
              key={`${clause.number} ${clause.of?.version ?? ''}`}
              className="border-l-2 border-primary pl-3"
            >
              <p className="text-small text-ink-2">
                {clause.of
                  ? say('clauseOf', { clause: clause.number, version: clause.of.version })
                  : clause.number}
              </p>
              <p className="text-pretty">{clause.text}</p>
            </blockquote>
          ))}
          <p className="text-small text-ink-2">
            {format.text(why.regulation.issuer)} ·{' '}
            {say('why.regulation', {
              title: format.text(why.regulation.title),
              version: why.regulation.version,
            })}
          </p>
        </div>
      </Card>
    </Section>
  );
}

function Entries({ why }: { readonly why: Why }) {
  const say = creditWords.use();
  const format = useFormat();
  const nameOf = (measure: string) =>
    why.line.earned.find((sum) => sum.measure === measure)?.name ?? { zh: measure, en: '' };
  return (
    <Section title={say('why.entries')}>
      <Card padded>
        {why.entries.length === 0 ? (
          <div className="flex flex-col gap-0.5">
            <span>{say('why.settlement', { seq: why.line.settlement.seq })}</span>
            <p className="text-ink-2">{say('why.nothing')}</p>
            <CheckValue hash={why.line.settlement.hash} />
          </div>
        ) : (
          <ul className="flex flex-col gap-3">
            {why.entries.map((entry) => (
              <li key={entry.seq} className="flex flex-col gap-0.5">
                <span className="flex justify-between gap-3">
                  <span>{say('why.entry', { seq: entryNumber(entry.seq) })}</span>
                  <span className="tabular-nums">{format.measure(entry.amount, nameOf(entry.measure))}</span>
                </span>
                {entry.item !== null && why.titles.length > 1 && (
                  <span className="text-small text-ink-2">
                    {why.titles[entry.item] ?? say('why.item', { number: entry.item + 1 })}
                  </span>
                )}
                {entry.reverses !== null && (
                  <span className="text-small text-ink-2">
                    {say('why.reverses', { seq: entry.reverses })}
                  </span>
                )}
                {entry.cuts.map((cut) => (
                  <span key={`${cut.clause} ${cut.sentence.zh}`} className="text-small text-pretty text-wait">
                    {say('used', { sentence: format.text(cut.sentence), clause: cut.clause })}
                  </span>
                ))}
                <CheckValue hash={entry.hash} />
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}
