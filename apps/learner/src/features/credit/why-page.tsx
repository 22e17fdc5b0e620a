import { useApi } from '@cadre/client/api';
import { instantOf } from '@cadre/domain/core';
import type { Why } from '@cadre/domain/ledger';
import { formatTime, useFormat } from '@cadre/ui/format';
import { Button, Card, FactList, Page, Section, StateTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { DisputeSheet } from '../../shared/dispute-sheet';
import { QueryView } from '../../shared/failure';
import { BackLink } from '../../shared/links';
import { creditWords } from './credit.words';

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

function Result({ why: { line } }: { readonly why: Why }) {
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
        {line.refusals.map((refusal) => (
          <div key={`${refusal.reason}${refusal.clause ?? ''}`} className="flex flex-col items-start gap-1">
            <StateTag tone="wait">{say(line.earned.length === 0 ? 'refused' : 'partlyRefused')}</StateTag>
            <p className="text-pretty">{format.text(refusal.sentence)}</p>
          </div>
        ))}
        <p className="text-small text-ink-2">
          {line.occurredOn && `${format.day(instantOf(line.occurredOn))} · `}
          {say('why.settled', { moment: format.moment(line.recordedAt) })}
        </p>
      </div>
    </Card>
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

/** When it was held, and when somebody checked in and out, as the room has recorded it. */
function useAttendanceFacts(attendance: Why['attendance']): { name: string; value: string }[] {
  const say = creditWords.use();
  if (!attendance) return [];
  const { held, checkedInAt, checkedOutAt, endedByClose } = attendance;
  const cameIn = checkedInAt ? formatTime(checkedInAt) : say('why.notCheckedIn');
  const left = !checkedOutAt
    ? say('why.notCheckedOut')
    : endedByClose
      ? say('why.endedByClose', { time: formatTime(checkedOutAt) })
      : formatTime(checkedOutAt);
  return [
    ...(held
      ? [{ name: say('why.held'), value: `${formatTime(held.startsAt)}–${formatTime(held.endsAt)}` }]
      : []),
    { name: say('why.checkedIn'), value: cameIn },
    ...(checkedInAt ? [{ name: say('why.checkedOut'), value: left }] : []),
  ];
}

/** What was recorded and what followed from it; a source of several items (six online courses) opens item by item. */
function Records({ why }: { readonly why: Why }) {
  const say = creditWords.use();
  const items = [...new Set(why.facts.map(({ item }) => item))];
  const [only] = items;
  return (
    <Section title={say('why.facts')}>
      <Card>
        {items.length === 1 && only !== undefined ? (
          <div className="p-4">
            <Item why={why} item={only} />
          </div>
        ) : (
          items.map((item) => (
            <details key={item} className="group">
              <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
                <span className="flex flex-wrap items-center gap-2">
                  {why.titles[item] ?? say('why.item', { number: item + 1 })}
                  {why.steps.every((step) => step.item !== item) && (
                    <StateTag tone="wait">{say('refused')}</StateTag>
                  )}
                </span>
                <ChevronDown
                  aria-hidden
                  size={20}
                  className="text-ink-2 transition-transform group-open:rotate-180"
                />
              </summary>
              <div className="px-4 pb-4">
                <Item why={why} item={item} />
              </div>
            </details>
          ))
        )}
      </Card>
    </Section>
  );
}

function Item({ why, item }: { readonly why: Why; readonly item: number }) {
  const say = creditWords.use();
  const format = useFormat();
  const facts = why.facts.filter((fact) => fact.item === item);
  const steps = why.steps.filter((step) => step.item === item);
  const attendance = useAttendanceFacts(why.attendance);
  return (
    <div className="flex flex-col gap-4">
      <FactList
        figures
        facts={[
          ...attendance,
          ...facts.map(({ name, value }) => ({ name: format.text(name), value: format.text(value) })),
        ]}
      />
      {steps.length > 0 && (
        <div>
          <h3 className="text-small text-ink-2">{say('why.steps')}</h3>
          <ol className="mt-1 flex list-decimal flex-col gap-1 ps-5">
            {steps.map((step, index) => (
              <li key={index}>
                {format.text(step.sentence)}{' '}
                <span className="text-small whitespace-nowrap text-ink-2">{step.clause}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
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
            <span>{say('why.settlement', { seq: why.settlement.seq })}</span>
            <p className="text-ink-2">{say('why.nothing')}</p>
            <CheckValue hash={why.settlement.hash} />
          </div>
        ) : (
          <ul className="flex flex-col gap-3">
            {why.entries.map((entry) => (
              <li key={entry.seq} className="flex flex-col gap-0.5">
                <span className="flex justify-between gap-3">
                  <span>{say('why.entry', { seq: String(entry.seq).padStart(6, '0') })}</span>
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

function CheckValue({ hash }: { readonly hash: string }) {
  const say = creditWords.use();
  return (
    <span className="text-small break-all text-ink-2">{say('why.hash', { hash: hash.slice(0, 16) })}</span>
  );
}
