import { askedDay } from '@cadre/client/address';
import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useActor } from '@cadre/client/session';
import { addDays, toCivilDate } from '@cadre/domain/core';
import { canIssueSomewhere } from '@cadre/domain/identity';
import {
  entryNumber,
  measureIn,
  readingLeft,
  targetTitle,
  type Statement,
  type StatementLine,
} from '@cadre/domain/ledger';
import {
  DateField,
  EmptyState,
  Page,
  PlainTable,
  RefusalNotice,
  Section,
  SidePanel,
  StateTag,
  WrittenTitle,
} from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Descriptions } from 'antd';
import { Award, Download } from 'lucide-react';
import { useState } from 'react';
import { download } from '../../shared/download';
import { Failed, QueryView } from '../../shared/failure';
import { IssuePassword } from '../../shared/issue-password';
import { TargetCell } from '../../shared/target-cell';
import { creditWords } from './credit.words';
import { usePersonCheck } from './person-check';

const route = getRouteApi('/signed-in/credit/people/$personId');

/** One person's statement for those responsible: targets, records, and why of each. */
export function PersonPage() {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const { personId } = route.useParams();
  const [opened, setOpened] = useState<StatementLine | null>(null);
  const today = toCivilDate(useNow(60_000));
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { day: asOf, noDay } = askedDay(search);
  const query = useQuery({
    ...api.credit.statementOfPerson.queryOptions({ personId, ...(asOf === undefined ? {} : { asOf }) }),
    meta: { live: ['credit:changed'] },
  });
  const check = usePersonCheck(personId);
  const actor = useActor();
  const file = query.data?.person;
  return (
    <Page
      title={file ? `${file.name} · ${file.personNo}` : say('noName')}
      lead={
        query.data &&
        say('person', {
          unit: query.data.person.unit ? format.text(query.data.person.unit) : say('noUnit'),
          rank: query.data.person.rank ? format.text(query.data.person.rank) : say('noRank'),
          day: format.day(query.data.asOf, 0),
        })
      }
      trail={<Link to="/credit">{say('back')}</Link>}
      actions={
        <>
          <div className="w-40">
            <DateField
              aria-label={say('asOfDate')}
              allowClear={false}
              value={asOf ?? today}
              max={today}
              onChange={(day) => void navigate({ search: day === today ? {} : { asOf: day }, replace: true })}
            />
          </div>
          {search.asOf !== undefined && (
            <Button type="text" onClick={() => void navigate({ search: {}, replace: true })}>
              {say('backToday')}
            </Button>
          )}
          {query.data && <Files statement={query.data} />}
          {check.button}
          {file && canIssueSomewhere(actor) && <IssuePassword personId={personId} name={file.name} />}
        </>
      }
    >
      {noDay !== undefined && <RefusalNotice tone="wait" what={say('asOfNoDay', { text: noDay })} />}
      {check.result}
      <QueryView query={query}>
        {(statement) => (
          <>
            <Targets statement={statement} />
            <Moves moves={statement.moves} />
            <Lines lines={statement.lines} onOpen={setOpened} />
          </>
        )}
      </QueryView>
      <SidePanel open={opened !== null} title={opened?.title ?? say('why')} onClose={() => setOpened(null)}>
        {opened && <WhyPanel settlementId={opened.settlementId} />}
      </SidePanel>
    </Page>
  );
}

/** The statement as files; they show the day that the page shows. */
function Files({ statement: { personId, asOf } }: { readonly statement: Statement }) {
  const say = creditWords.use();
  const language = useLanguage();
  const get = useMutation({
    mutationFn: (kind: 'pdf' | 'xlsx') =>
      download(`/api/v1/people/${personId}/statement.${kind}?asOf=${asOf}&language=${language}`),
  });
  return (
    <>
      {(['pdf', 'xlsx'] as const).map((kind) => (
        <Button
          key={kind}
          icon={<Download size={16} aria-hidden />}
          loading={get.isPending && get.variables === kind}
          onClick={() => get.mutate(kind)}
        >
          {say(kind)}
        </Button>
      ))}
      <Failed error={get.error} />
    </>
  );
}

/** What moved the person's targets: another unit, post or grade, the end of service. */
function Moves({ moves }: Pick<Statement, 'moves'>) {
  const say = creditWords.use();
  const format = useFormat();
  if (moves.length === 0) return null;
  return (
    <Section title={say('moves')}>
      <ul>
        {moves.map(({ kind, on, sentence }) => (
          <li key={`${kind} ${on}`}>
            {say('move', { day: format.day(on, 0), sentence: format.text(sentence) })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Targets({ statement }: { readonly statement: Statement }) {
  const say = creditWords.use();
  const format = useFormat();
  return (
    <Section title={say('targets')}>
      {statement.servedUntil !== null && (
        <p className="mb-2">
          {say('retired', {
            since: format.day(addDays(statement.servedUntil, 1), 0),
            year: statement.servedUntil.slice(0, 4),
          })}
        </p>
      )}
      <Descriptions
        column={1}
        items={statement.standings.flatMap((standing) =>
          standing.targets.map((target) => ({
            key: `${standing.regulation.id} ${target.target} ${target.cycle.from}`,
            label: say('target', { name: format.text(targetTitle(target)), cycle: target.cycle.label }),
            children: (
              <div className="flex flex-col gap-1">
                <TargetCell target={{ ...target, reading: readingLeft(target, statement) }} />
                {target.notes.map(({ sentence, clause }) => (
                  <span key={`${clause} ${sentence.zh}`} className="text-ink-2">
                    {say('used', { sentence: format.text(sentence), clause })}
                  </span>
                ))}
              </div>
            ),
          })),
        )}
      />
      {statement.standings.flatMap((standing) =>
        standing.ratings.map(({ rating, name, cycle, amount, measure, is, clause, notes }) => (
          <p key={`${standing.regulation.id} ${rating} ${cycle}`}>
            {say('rating', {
              name: format.text(name),
              cycle,
              is: is === null ? say('unrated') : format.text(is),
              amount: format.measure(amount, measureIn(standing, measure)),
              clause,
            })}
            {notes.map(({ sentence, clause: by }) => (
              <span key={sentence.zh} className="block text-ink-2">
                {say('used', { sentence: format.text(sentence), clause: by })}
              </span>
            ))}
          </p>
        )),
      )}
      {statement.standings.flatMap((standing) =>
        standing.notCovered.map(({ target, name, because, notRecorded }) => (
          <p key={`${standing.regulation.id} ${target}`} className="text-ink-2">
            {say('notCovered', {
              name: format.text(name),
              because: notRecorded ? format.text(notRecorded) : say(`because.${because}`),
            })}
          </p>
        )),
      )}
    </Section>
  );
}

function Lines({
  lines,
  onOpen,
}: {
  readonly lines: readonly StatementLine[];
  readonly onOpen: (line: StatementLine) => void;
}) {
  const say = creditWords.use();
  const format = useFormat();
  return (
    <Section title={say('lines')}>
      <PlainTable<StatementLine>
        label={say('lines')}
        rows={lines}
        rowKey={({ settlementId }) => settlementId}
        empty={<EmptyState icon={Award} title={say('noLines')} />}
        columns={[
          {
            key: 'what',
            title: say('what'),
            render: (line) => <WrittenTitle title={line.title} course={line.courseTitle} />,
          },
          {
            key: 'on',
            title: say('on'),
            width: 130,
            render: (line) => (line.occurredOn ? format.day(line.occurredOn) : ''),
          },
          {
            key: 'earned',
            title: say('earned'),
            render: (line) =>
              line.earned.length > 0
                ? line.earned.map(({ amount, name }) => format.measure(amount, name)).join(' · ')
                : say('refused', { why: format.text(line.refusals[0]?.sentence ?? { zh: '', en: '' }) }),
          },
          {
            key: 'state',
            title: '',
            width: 150,
            render: (line) =>
              line.replaced ? (
                <StateTag tone="neutral">{say('replaced')}</StateTag>
              ) : !line.governs ? (
                <StateTag tone="neutral">{say('formerRules')}</StateTag>
              ) : (
                line.earned.length > 0 &&
                line.refusals.length > 0 && <StateTag tone="wait">{say('partlyRefused')}</StateTag>
              ),
          },
          {
            key: 'why',
            title: '',
            width: 90,
            render: (line) => (
              <Button type="link" size="small" onClick={() => onOpen(line)}>
                {say('why')}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}

function WhyPanel({ settlementId }: { readonly settlementId: string }) {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery(api.credit.why.queryOptions({ settlementId }));
  return (
    <QueryView query={query}>
      {(why) => (
        <div className="flex flex-col gap-5">
          {why.line.refusals.map((refusal) => (
            <p key={`${refusal.reason}${refusal.clause ?? ''}`}>
              {say('refused', { why: format.text(refusal.sentence) })}
            </p>
          ))}
          <Section title={say('facts')}>
            <Descriptions
              size="small"
              column={1}
              items={why.facts.map((fact, index) => ({
                key: index,
                label: format.text(fact.name),
                children: format.text(fact.value),
              }))}
            />
          </Section>
          {why.steps.length > 0 && (
            <Section title={say('steps')}>
              <ol className="list-decimal pl-5">
                {why.steps.map((step, index) => (
                  <li key={index}>{format.text(step.sentence)}</li>
                ))}
              </ol>
            </Section>
          )}
          <Section title={say('clauses')}>
            {why.clauses.map((clause) => (
              <p key={`${clause.number} ${clause.of?.version ?? ''}`}>
                {clause.of
                  ? say('clauseOf', { clause: clause.number, version: clause.of.version })
                  : clause.number}{' '}
                {clause.text}
              </p>
            ))}
          </Section>
          <Section title={say('entries')}>
            <ul>
              {why.entries.map((entry) => (
                <li key={entry.seq} className="tabular-nums">
                  {say('entry', {
                    seq: entryNumber(entry.seq),
                    amount: format.measure(
                      entry.amount,
                      why.line.earned.find((sum) => sum.measure === entry.measure)?.name ?? {
                        zh: entry.measure,
                        en: '',
                      },
                    ),
                  })}
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </QueryView>
  );
}
