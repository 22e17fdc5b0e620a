import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import {
  openTargets,
  progressSort,
  targetTitle,
  type ProgressPage,
  type ProgressRow,
  type TargetStanding,
} from '@cadre/domain/ledger';
import { AppTable, EmptyState, Page, useTableState, type AppColumn, type TableExport } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { askedSort } from '../../shared/asked-sort';
import { fileAddress } from '../../shared/download';
import { QueryView } from '../../shared/failure';
import { ReadingSwitch, shownBy, type ReadingChoice } from '../../shared/reading-switch';
import { fileExport } from '../../shared/table-export';
import { useTargetColumns } from '../../shared/target-columns';
import { whole } from '../../shared/whole';
import { insightWords } from './insight.words';

/** Who of one's people stands where, those behind first to be seen. */
export function InsightPage() {
  const say = insightWords.use();
  const format = useFormat();
  const language = useLanguage();
  const api = useApi();
  useFollow({ kind: 'network' });
  const [state, setState] = useTableState();
  const [show, setShow] = useState<ReadingChoice>('behind');
  const [unitId, setUnitId] = useState<string | null>(null);
  const sort = askedSort(progressSort, state);
  const query = useQuery({
    ...api.credit.progress.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      unitId,
      show: shownBy(show),
      ...(sort && { sort }),
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['credit:changed'] },
  });
  const units = useQuery(api.directory.units.queryOptions());
  const { data } = query;
  const asked = {
    search: state.search,
    show: shownBy(show).join(),
    unitId,
    ...(sort && { sort: sort.key, descending: String(sort.descending) }),
  };
  return (
    <Page title={say('title')} lead={data && say('lead', { day: format.day(data.asOf) })}>
      <QueryView query={query}>
        {(page) => (
          <ProgressTable
            page={page}
            loading={query.isFetching}
            state={state}
            onState={setState}
            exports={fileExport(() => fileAddress('/api/v1/progress.xlsx', { ...asked, language }))}
            filters={
              <>
                <ReadingSwitch
                  value={show}
                  counts={page.counts}
                  onChange={(next) => {
                    setShow(next);
                    setState({ ...state, page: 1 });
                  }}
                />
                <Select<string>
                  aria-label={say('unitFilter')}
                  style={{ minWidth: 200 }}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={unitId ?? ''}
                  onChange={(next) => {
                    setUnitId(next === '' ? null : next);
                    setState({ ...state, page: 1 });
                  }}
                  options={[
                    { value: '', label: say('anyUnit') },
                    ...(units.data ?? []).map((unit) => ({ value: unit.id, label: format.text(unit.name) })),
                  ]}
                />
              </>
            }
          />
        )}
      </QueryView>
    </Page>
  );
}

interface ProgressTableProps {
  readonly page: ProgressPage;
  readonly loading: boolean;
  readonly state: ReturnType<typeof useTableState>[0];
  readonly onState: ReturnType<typeof useTableState>[1];
  readonly exports: TableExport;
  readonly filters: React.ReactNode;
}

function ProgressTable({ page, loading, state, onState, exports, filters }: ProgressTableProps) {
  const say = insightWords.use();
  const format = useFormat();
  const navigate = useNavigate();
  const targetColumns = useTargetColumns(page.items, page.targets);
  /** The least that closes an open target, one way or the other. */
  const leastOf = ({ least, alternatives }: TargetStanding): string =>
    least
      .map((leaves) =>
        leaves
          .map(({ leaf, measure, amount }) =>
            whole(
              format.measure(
                amount,
                alternatives.flat().find((one) => one.leaf === leaf)?.unit ?? { zh: measure, en: '' },
              ),
            ),
          )
          .join(' + '),
      )
      .join(say('or'));
  /** Every open target by its name, with the least that closes it: a line each, where the column is wide enough. */
  const missing = (row: ProgressRow) => (
    <ul className="break-keep">
      {openTargets(row)
        .map((target) => ({ name: format.text(targetTitle(target)), amounts: leastOf(target) }))
        .filter(({ amounts }) => amounts !== '')
        .map((named) => (
          <li key={named.name}>{say('missingOf', named)}</li>
        ))}
    </ul>
  );
  const columns: AppColumn<ProgressRow>[] = [
    { key: 'name', title: say('person'), width: 80, sortable: true, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 92, sortable: true, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 136, sortable: true, render: (row) => format.text(row.unit) },
    { key: 'gap', title: say('missing'), width: 230, sortable: true, render: missing },
    ...targetColumns,
    {
      key: 'flags',
      title: say('flags'),
      width: 200,
      hiddenAtFirst: true,
      render: (row) => row.flags.map((flag) => format.text(flag)).join(say('and')),
    },
  ];
  return (
    <AppTable
      name="progress"
      label={say('table')}
      columns={columns}
      rows={page.items}
      rowKey={(row) => row.personId}
      total={page.total}
      state={state}
      onState={onState}
      loading={loading}
      filters={filters}
      onOpen={(row) => void navigate({ to: '/credit/people/$personId', params: { personId: row.personId } })}
      exports={exports}
      empty={<EmptyState icon={ChartNoAxesColumn} title={say('none')} />}
    />
  );
}
