import { useApi, useAppClient } from '@cadre/client/api';
import { baseStatusNames, tierNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import {
  baseStatus,
  baseTier,
  canManageNetwork,
  type BaseRow,
  type CharterView,
} from '@cadre/domain/network';
import { EmptyState, Page, StateTag, type AppColumn } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, InputNumber, Popover, Select } from 'antd';
import { MapPinned, Plus } from 'lucide-react';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { QueryTable } from '../../shared/query-table';
import { BaseForm } from './base-form';
import { stateName, statusTone } from './base-look';
import { filterOf, tableStateOf, withTableState, type NetworkSearch } from './network-search';
import { networkWords } from './network.words';
import { Schematic } from './schematic';

const route = getRouteApi('/signed-in/network/');

/** 联盟网络: the same bases as dots and as a list; what narrows one narrows the other. */
export function NetworkPage() {
  const say = networkWords.use();
  const api = useApi();
  const actor = useActor();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const charter = useQuery({ ...api.network.charter.queryOptions(), meta: { live: ['network:changed'] } });
  const map = useQuery({
    ...api.network.map.queryOptions(filterOf(search)),
    placeholderData: keepPreviousData,
    meta: { live: ['network:changed'] },
  });
  const open = ({ id }: { id: string }): void =>
    void navigate({ to: '/network/$baseId', params: { baseId: id } });
  const manages = canManageNetwork(actor);
  return (
    <Page
      title={say('title')}
      lead={charter.data && leadOf(charter.data, say)}
      actions={
        manages && (
          <>
            {charter.data && <CharterButton charter={charter.data} />}
            <Button type="primary" icon={<Plus aria-hidden size="1.1em" />} onClick={() => setCreating(true)}>
              {say('create')}
            </Button>
          </>
        )
      }
    >
      {/* By the room in type sizes: in large type the list needs the whole width, as on a smaller screen. */}
      <div className="@container">
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @min-[78em]:grid-cols-[minmax(24rem,1fr)_minmax(0,2fr)]">
          <QueryView query={map} rows={8}>
            {(points) => <Schematic points={points} onOpen={open} />}
          </QueryView>
          <BaseTable search={search} onOpen={open} />
        </div>
      </div>
      {manages && <BaseForm open={creating} onClose={() => setCreating(false)} onSaved={open} />}
    </Page>
  );
}

const leadOf = ({ regional, taken }: CharterView, say: ReturnType<typeof networkWords.use>): string =>
  say('lead', { central: taken.central, regional: taken.regional, limit: regional, cases: taken.case });

function BaseTable({
  search,
  onOpen,
}: {
  readonly search: NetworkSearch;
  readonly onOpen: (row: BaseRow) => void;
}) {
  const say = networkWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const navigate = route.useNavigate();
  const state = tableStateOf(search);
  // The counties to choose from are those of every base in sight, whatever is chosen now.
  const everywhere = useQuery(api.network.map.queryOptions({}));
  const asked = { ...filterOf(search), ...(search.sort ? { sort: search.sort } : {}) };
  const query = useQuery({
    ...api.network.list.queryOptions({ ...asked, page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
    meta: { live: ['network:changed'] },
  });
  const change = (next: (now: NetworkSearch) => NetworkSearch): void =>
    void navigate({ search: next, replace: true });
  /** Sets or takes back one filter; the list starts again at its first page. */
  const choose = (name: 'tier' | 'status' | 'county', value: string | undefined): void =>
    change(({ page: _page, [name]: _old, ...rest }) => ({
      ...rest,
      ...(value === undefined ? {} : { [name]: value }),
    }));
  const counties = [...new Set((everywhere.data ?? []).map(({ county }) => county))].sort((a, b) =>
    a.localeCompare(b, 'zh-CN'),
  );
  const columns: AppColumn<BaseRow>[] = [
    {
      key: 'code',
      title: say('columns.code'),
      width: 72,
      sortable: true,
      render: (row) => row.code,
    },
    {
      key: 'name',
      title: say('columns.name'),
      width: 200,
      render: (row) => <span className="font-medium">{format.text(row.name)}</span>,
    },
    {
      key: 'tier',
      title: say('columns.tier'),
      width: 112,
      render: (row) => format.text(tierNames[row.tier]),
    },
    {
      key: 'theme',
      title: say('columns.theme'),
      width: 220,
      hiddenAtFirst: true,
      render: (row) => format.text(row.theme),
    },
    {
      key: 'county',
      title: say('columns.place'),
      width: 128,
      sortable: true,
      render: (row) => `${row.city} ${row.county}`,
    },
    {
      key: 'status',
      title: say('columns.status'),
      width: 112,
      sortable: true,
      render: (row) => (
        <StateTag tone={row.status === 'listed' && row.today !== 'open' ? 'neutral' : statusTone[row.status]}>
          {format.text(stateName(row))}
        </StateTag>
      ),
    },
    {
      key: 'capacity',
      title: say('columns.capacity'),
      width: 104,
      sortable: true,
      figure: true,
      render: (row) => format.amount(row.capacityPerHalfDay, 'person'),
    },
  ];
  const narrowed = Object.keys(filterOf(search)).length > 0;
  return (
    <QueryTable
      name="network"
      label={say('list')}
      columns={columns}
      query={query}
      readPage={(page) => calls.network.list.query({ ...asked, ...page })}
      waitingRows={10}
      rowKey={(row) => row.id}
      state={state}
      onState={(next) => change((now) => withTableState(now, next))}
      onOpen={onOpen}
      filters={
        <>
          <Select
            allowClear
            aria-label={say('filters.tier')}
            placeholder={say('filters.tier')}
            style={{ minWidth: '7.5em' }}
            value={search.tier}
            onChange={(value?: string) => choose('tier', value)}
            options={baseTier.options.map((value) => ({ value, label: format.text(tierNames[value]) }))}
          />
          <Select
            allowClear
            aria-label={say('filters.status')}
            placeholder={say('filters.status')}
            style={{ minWidth: '6.5em' }}
            value={search.status}
            onChange={(value?: string) => choose('status', value)}
            options={baseStatus.options.map((value) => ({
              value,
              label: format.text(baseStatusNames[value]),
            }))}
          />
          <Select
            allowClear
            showSearch
            aria-label={say('filters.county')}
            placeholder={say('filters.county')}
            style={{ minWidth: '6.5em' }}
            value={search.county}
            onChange={(value?: string) => choose('county', value)}
            options={counties.map((value) => ({ value, label: value }))}
          />
        </>
      }
      empty={
        narrowed ? (
          <EmptyState
            icon={MapPinned}
            title={say('empty.none')}
            action={<Button onClick={() => change(() => ({}))}>{say('empty.reset')}</Button>}
          />
        ) : (
          <EmptyState icon={MapPinned} title={say('empty.title')} />
        )
      }
    />
  );
}

/** The charter as the alliance may change it: how many regional bases there can be. */
function CharterButton({ charter }: { readonly charter: CharterView }) {
  const say = networkWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const [open, setOpen] = useState(false);
  const [regional, setRegional] = useState<number | null>(charter.regional);
  const set = useMutation(
    api.network.setCharter.mutationOptions({
      onSuccess: (now) => {
        queries.setQueryData(api.network.charter.queryKey(), now);
        setOpen(false);
        sayDone(say('charter.saved', { regional: now.regional }));
      },
    }),
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(next) => {
        setRegional(charter.regional);
        set.reset();
        setOpen(next);
      }}
      content={
        <form
          className="flex w-64 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (regional !== null) set.mutate({ regional });
          }}
        >
          <label className="flex items-center justify-between gap-3">
            {say('charter.label')}
            <InputNumber min={0} max={99} precision={0} value={regional} onChange={setRegional} />
          </label>
          <Failed error={set.error} />
          <Button htmlType="submit" type="primary" loading={set.isPending} disabled={regional === null}>
            {say('charter.save')}
          </Button>
        </form>
      }
    >
      <Button>{say('charter.open')}</Button>
    </Popover>
  );
}
