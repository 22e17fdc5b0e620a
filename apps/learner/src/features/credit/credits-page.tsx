import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useMe } from '@cadre/client/session';
import { toCivilDate } from '@cadre/domain/core';
import type { Statement, StatementLine } from '@cadre/domain/ledger';
import { useFormat, useMeasureText } from '@cadre/ui/format';
import { Button, Card, EmptyState, Page, RowList, Section, StateTag, TextField } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Award } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { RowLink } from '../../shared/links';
import { StandingRings } from '../../shared/standing-rings';
import { creditWords } from './credit.words';

const route = getRouteApi('/signed-in/credits');

/** The statement: rings, what each source earned or did not, and whether the record is complete. */
export function CreditsPage() {
  const say = creditWords.use();
  const api = useApi();
  const { asOf } = route.useSearch();
  const query = useQuery({
    ...api.credit.myStatement.queryOptions(asOf === undefined ? {} : { asOf }),
    meta: { live: ['credit:changed'] },
  });
  return (
    <Page title={say('title')}>
      <QueryView query={query} rows={8}>
        {(statement) => (
          <>
            <StandingRings standings={statement} />
            <Notes statement={statement} />
            <AsOf />
            <Lines lines={statement.lines} />
            <ChainCheck personId={statement.personId} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** Targets that do not apply, with the reason, and the consequences the rules attach. */
function Notes({ statement }: { readonly statement: Statement }) {
  const say = creditWords.use();
  const notes = statement.standings.flatMap((standing) => [
    ...standing.flags.map(({ says }) => says),
    ...standing.notCovered.map(
      ({ name, because }) => `${say('notCovered', { name })} · ${say(`because.${because}`)}`,
    ),
  ]);
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-small text-ink-2">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function AsOf() {
  const say = creditWords.use();
  const { asOf } = route.useSearch();
  const navigate = route.useNavigate();
  const today = toCivilDate(useNow(60_000));
  return (
    <div className="flex items-end gap-3">
      <TextField
        label={say('asOfDate')}
        type="date"
        max={today}
        value={asOf ?? today}
        onChange={(event) => {
          const { value } = event.target;
          void navigate({ search: value === '' || value === today ? {} : { asOf: value }, replace: true });
        }}
      />
      {asOf !== undefined && (
        <Button variant="quiet" onClick={() => void navigate({ search: {}, replace: true })}>
          {say('backToday')}
        </Button>
      )}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly StatementLine[] }) {
  const say = creditWords.use();
  const format = useFormat();
  const text = useMeasureText();
  if (lines.length === 0) return <EmptyState icon={Award} title={say('empty')} />;
  return (
    <Section title={say('lines')}>
      <RowList label={say('lines')}>
        {lines.map((line) => {
          const earned = line.earned
            .map(({ amount, measure, name }) => text(amount, measure, name))
            .join(' · ');
          return (
            <RowLink
              key={line.settlementId}
              to="/credits/$settlementId"
              params={{ settlementId: line.settlementId }}
              title={line.title}
              facts={[
                line.occurredOn ? format.day(line.occurredOn) : '',
                earned === '' ? format.text(line.refusals[0]?.sentence ?? { zh: '', en: '' }) : `+${earned}`,
              ]}
              trailing={
                line.replaced ? (
                  <StateTag tone="neutral">{say('replaced')}</StateTag>
                ) : (
                  earned === '' && <StateTag tone="wait">{say('refused')}</StateTag>
                )
              }
            />
          );
        })}
      </RowList>
    </Section>
  );
}

function ChainCheck({ personId }: { readonly personId: string }) {
  const say = creditWords.use();
  const api = useApi();
  const { person } = useMe();
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    ...api.credit.checkChain.queryOptions({ personId }),
    enabled: asked && person.id === personId,
  });
  return (
    <Section title={say('chain')}>
      {query.data ? (
        <Card padded>
          <StateTag tone={query.data.intact ? 'met' : 'refusal'}>
            {query.data.intact
              ? say('chainIntact', { count: query.data.entries })
              : say('chainBroken', { seq: query.data.fault?.seq ?? 0 })}
          </StateTag>
        </Card>
      ) : (
        <Button variant="secondary" busy={query.isFetching} onClick={() => setAsked(true)}>
          {say('chainCheck')}
        </Button>
      )}
    </Section>
  );
}
