import { useApi } from '@cadre/client/api';
import type { Statement, StatementLine } from '@cadre/domain/ledger';
import { EmptyState, Page, Section, SidePanel, StateTag } from '@cadre/ui/admin';
import { useFormat, useMeasureText } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Descriptions, Table } from 'antd';
import { Award } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { TargetCell } from '../../shared/target-cell';
import { creditWords } from './credit.words';

const route = getRouteApi('/signed-in/credit/people/$personId');

/** One person's statement for those responsible: targets, records, and why of each. */
export function PersonPage() {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const { personId } = route.useParams();
  const [opened, setOpened] = useState<StatementLine | null>(null);
  const person = useQuery(api.directory.person.queryOptions({ personId }));
  const query = useQuery({
    ...api.credit.statementOfPerson.queryOptions({ personId }),
    meta: { live: ['credit:changed'] },
  });
  const file = person.data;
  return (
    <Page
      title={file ? `${file.person.name} · ${file.person.personNo}` : say('noName')}
      lead={query.data && say('asOf', { day: format.day(query.data.asOf) })}
      trail={<Link to="/credit">{say('back')}</Link>}
      actions={<Verify personId={personId} />}
    >
      <QueryView query={query}>
        {(statement) => (
          <>
            <Targets statement={statement} />
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

function Verify({ personId }: { readonly personId: string }) {
  const say = creditWords.use();
  const api = useApi();
  const [asked, setAsked] = useState(false);
  const query = useQuery({ ...api.credit.checkChain.queryOptions({ personId }), enabled: asked });
  if (query.data)
    return (
      <StateTag tone={query.data.intact ? 'met' : 'refusal'}>
        {query.data.intact
          ? say('intact', { count: query.data.entries })
          : say('broken', { seq: query.data.fault?.seq ?? 0 })}
      </StateTag>
    );
  return (
    <Button loading={query.isFetching} onClick={() => setAsked(true)}>
      {say('verify')}
    </Button>
  );
}

function Targets({ statement }: { readonly statement: Statement }) {
  const say = creditWords.use();
  return (
    <Section title={say('targets')}>
      <Descriptions
        column={1}
        items={statement.standings.flatMap((standing) =>
          standing.targets.map((target) => ({
            key: target.target,
            label: `${target.name}（${target.cycle.label}）`,
            children: <TargetCell target={target} />,
          })),
        )}
      />
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
  const text = useMeasureText();
  return (
    <Section title={say('lines')}>
      <Table<StatementLine>
        size="small"
        rowKey="settlementId"
        dataSource={lines}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <EmptyState icon={Award} title={say('noLines')} /> }}
        columns={[
          {
            key: 'on',
            title: say('on'),
            width: 130,
            render: (_, line) => (line.occurredOn ? format.day(line.occurredOn) : ''),
          },
          { key: 'what', title: say('what'), render: (_, line) => line.title },
          {
            key: 'earned',
            title: say('earned'),
            render: (_, line) =>
              line.earned.length > 0
                ? line.earned.map(({ amount, measure, name }) => text(amount, measure, name)).join(' · ')
                : say('refused', { why: format.text(line.refusals[0]?.sentence ?? { zh: '', en: '' }) }),
          },
          {
            key: 'state',
            width: 90,
            render: (_, line) => line.replaced && <StateTag tone="neutral">{say('replaced')}</StateTag>,
          },
          {
            key: 'why',
            width: 90,
            render: (_, line) => (
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
  const text = useMeasureText();
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
              <p key={clause.number}>
                {clause.number} {clause.text}
              </p>
            ))}
          </Section>
          <Section title={say('entries')}>
            <ul>
              {why.entries.map((entry) => (
                <li key={entry.seq} className="tabular-nums">
                  {say('entry', {
                    seq: String(entry.seq).padStart(6, '0'),
                    amount: text(
                      entry.amount,
                      entry.measure,
                      why.line.earned.find((sum) => sum.measure === entry.measure)?.name ?? entry.measure,
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
