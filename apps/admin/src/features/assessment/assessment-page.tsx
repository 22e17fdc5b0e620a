import { useApi } from '@cadre/client/api';
import { targetTitle } from '@cadre/domain/ledger';
import { yearName, type AssessmentRow, type YearView } from '@cadre/domain/assessment';
import {
  AppTable,
  EmptyState,
  Page,
  SidePanel,
  StateTag,
  useTableState,
  type AppColumn,
} from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Descriptions, Select } from 'antd';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { fileAddress } from '../../shared/download';
import { QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { ReadingSwitch, shownBy, type ReadingChoice } from '../../shared/reading-switch';
import { fileExport } from '../../shared/table-export';
import { TargetCell } from '../../shared/target-cell';
import { useTargetColumns } from '../../shared/target-columns';
import { assessmentWords } from './assessment.words';
import { FreezeYear } from './freeze-year';

export function AssessmentPage() {
  const say = assessmentWords.use();
  const api = useApi();
  const [chosen, setChosen] = useState<string | null>(null);
  const years = useQuery({ ...api.assessment.years.queryOptions(), meta: { live: ['feed:changed'] } });
  const year = years.data?.find((candidate) => candidate.id === chosen) ?? years.data?.[0];
  if (!year)
    return (
      <Page title={say('title')}>
        <QueryView query={years}>{() => <EmptyState icon={Scale} title={say('empty')} />}</QueryView>
      </Page>
    );
  return <Year key={year.id} year={year} years={years.data ?? []} onYear={setChosen} />;
}

interface YearProps {
  readonly year: YearView;
  readonly years: readonly YearView[];
  readonly onYear: (id: string) => void;
}

/** One year: the newest line of each person, the snapshot, and what the assessment system reads. */
function Year({ year, years, onYear }: YearProps) {
  const say = assessmentWords.use();
  const format = useFormat();
  const language = useLanguage();
  const api = useApi();
  const [state, setState] = useTableState();
  const [show, setShow] = useState<ReadingChoice>('all');
  const [opened, setOpened] = useState<AssessmentRow | null>(null);
  const query = useQuery({
    ...api.assessment.table.queryOptions({
      assessmentYearId: year.id,
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      show: shownBy(show),
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['feed:changed'] },
  });
  const targetColumns = useTargetColumns(query.data?.items ?? []);
  const columns: AppColumn<AssessmentRow>[] = [
    { key: 'name', title: say('name'), width: 80, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 92, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 150, render: (row) => format.text(row.unit) },
    {
      key: 'version',
      title: say('version'),
      width: 64,
      figure: true,
      render: (row) => row.statement?.version ?? '',
    },
    ...targetColumns,
    { key: 'flags', title: say('flags'), width: 140, render: (row) => notesOf(row).join(say('and')) },
  ];
  /** What follows from a missed target. What is missing of it stands in its own column. */
  const notesOf = ({ statement }: AssessmentRow): string[] =>
    statement ? [...new Set(statement.flags.map(({ says }) => format.text(says)))] : [say('noLine')];
  return (
    <Page
      title={`${say('title')} · ${format.text(yearName(year))}`}
      lead={say('lead', { people: year.people, cutOff: format.moment(year.cutOffAt) })}
      actions={<YearActions year={year} years={years} onYear={onYear} />}
    >
      <QueryView query={query}>
        {(table) => (
          <AppTable
            name="assessment"
            label={say('table')}
            columns={columns}
            rows={table.items}
            rowKey={(row) => row.personId}
            total={table.total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            onOpen={setOpened}
            exports={fileExport(() =>
              fileAddress(`/api/v1/assessment-years/${year.id}/table.xlsx`, {
                search: state.search,
                show: shownBy(show).join(),
                language,
              }),
            )}
            filters={
              <ReadingSwitch
                value={show}
                counts={table.counts}
                onChange={(next) => {
                  setShow(next);
                  setState({ ...state, page: 1 });
                }}
              />
            }
            empty={<EmptyState icon={Scale} title={say('none')} />}
          />
        )}
      </QueryView>
      <p className="text-small text-ink-2">{say('feedHint', { id: year.id })}</p>
      <SidePanel open={opened !== null} title={opened?.name ?? ''} onClose={() => setOpened(null)}>
        {opened?.statement && <Line row={opened} statement={opened.statement} />}
      </SidePanel>
    </Page>
  );
}

function YearActions({ year, years, onYear }: YearProps) {
  const say = assessmentWords.use();
  const format = useFormat();
  const frozen = year.state === 'frozen';
  return (
    <>
      <StateTag tone={frozen ? 'met' : 'neutral'}>
        {frozen ? say('frozen', { no: year.snapshotNo }) : say('open')}
      </StateTag>
      {years.length > 1 && (
        <Select
          aria-label={say('year')}
          value={year.id}
          onChange={onYear}
          options={years.map((one) => ({ value: one.id, label: format.text(yearName(one)) }))}
        />
      )}
      <FreezeYear year={year} />
    </>
  );
}

interface LineProps {
  readonly row: AssessmentRow;
  readonly statement: NonNullable<AssessmentRow['statement']>;
}

/** One line opened: each target with why it stands so and by which clause, then what the line rests on. */
function Line({ row, statement }: LineProps) {
  const say = assessmentWords.use();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-2">
        {row.personNo} · {format.text(row.unit)}
      </p>
      <TextLink to="/credit/people/$personId" params={{ personId: row.personId }}>
        {say('statement')}
      </TextLink>
      {row.targets.map((target) => (
        <section
          key={`${target.regulation.id} ${target.target} ${target.cycle.from}`}
          className="flex flex-col gap-1"
        >
          <h3 className="font-semibold">{format.text(targetTitle(target))}</h3>
          <TargetCell target={target} />
          <ul>
            {target.reasons.map((reason) => (
              <li key={`${reason.kind} ${reason.clause} ${reason.sentence.zh}`}>
                {say('reason', { sentence: format.text(reason.sentence), clause: reason.clause })}
              </li>
            ))}
          </ul>
          <p className="text-small text-ink-2">
            {say('cycle', { from: target.cycle.from, to: target.cycle.to })}
          </p>
          <blockquote className="border-s-2 border-primary ps-3 text-small">
            <p className="text-ink-2">
              {say('regulation', {
                title: format.text(target.regulationTitle),
                version: target.regulation.version,
                clause: target.clause,
              })}
            </p>
            <p>{target.clauseText}</p>
          </blockquote>
        </section>
      ))}
      {statement.flags.map((flag) => (
        <p key={`${flag.flag} ${flag.clause}`} className="flex flex-wrap items-center gap-2">
          <StateTag tone="refusal" wraps>
            {format.text(flag.says)}
          </StateTag>
          <span className="text-ink-2">{flag.clause}</span>
        </p>
      ))}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'version', label: say('version'), children: statement.version },
          {
            key: 'recorded',
            label: say('signed'),
            children: say('recorded', { moment: format.moment(new Date(statement.recordedAt)) }),
          },
          {
            key: 'ledger',
            label: say('hash'),
            children: (
              <span className="break-all">
                {say('ledger', { seq: statement.ledger.seq })} {statement.ledger.hash}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
