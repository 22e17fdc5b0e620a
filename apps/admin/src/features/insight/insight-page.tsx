import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import type { ProgressPage, ProgressRow } from '@cadre/domain/ledger';
import { AppTable, EmptyState, Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { download } from '../../shared/download';
import { QueryView } from '../../shared/failure';
import { ReadingSwitch, shownBy, type ReadingChoice } from '../../shared/reading-switch';
import { useTargetColumns } from '../../shared/target-columns';
import { insightWords } from './insight.words';

/** Who of one's people stands where, those behind first to be seen. */
export function InsightPage() {
  const say = insightWords.use();
  const format = useFormat();
  const api = useApi();
  useFollow({ kind: 'network' });
  const [state, setState] = useTableState();
  const [show, setShow] = useState<ReadingChoice>('behind');
  const [unitId, setUnitId] = useState<string | null>(null);
  const query = useQuery({
    ...api.credit.progress.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      unitId,
      show: shownBy(show),
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['credit:changed'] },
  });
  const units = useQuery(api.directory.units.queryOptions());
  const { data } = query;
  return (
    <Page title={say('title')} lead={data && say('lead', { day: format.day(data.asOf) })}>
      <QueryView query={query}>
        {(page) => (
          <ProgressTable
            page={page}
            loading={query.isFetching}
            state={state}
            onState={setState}
            show={show}
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
  readonly show: ReadingChoice;
  readonly filters: React.ReactNode;
}

function ProgressTable({ page, loading, state, onState, show, filters }: ProgressTableProps) {
  const say = insightWords.use();
  const format = useFormat();
  const navigate = useNavigate();
  const targetColumns = useTargetColumns(page.items);
  const columns: AppColumn<ProgressRow>[] = [
    { key: 'name', title: say('person'), width: 80, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 92, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 150, render: (row) => format.text(row.unit) },
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
      onExport={() => download(`/api/v1/progress.xlsx?show=${shownBy(show).join()}`)}
      empty={<EmptyState icon={ChartNoAxesColumn} title={say('none')} />}
    />
  );
}
