import { useApi, useAppClient } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import {
  measureIn,
  canStartRecompute,
  type DifferenceRow,
  type RecomputeRunView,
} from '@cadre/domain/ledger';
import {
  AppTable,
  EmptyState,
  ProgressLine,
  Section,
  StateTag,
  useTableState,
  type AppColumn,
} from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { Equal, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { canReadPeople } from './credit-tabs';
import { ledgerWords } from './ledger.words';

const LOOK_AGAIN_MILLIS = 1_000;
const isRunning = ({ state }: RecomputeRunView): boolean => state === 'running';

/** Goes over the whole ledger with today's facts and rules, and takes a difference over by settling its source again. */
export function LedgerRecompute() {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const actor = useActor();
  const { queries } = useAppClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery({
    ...api.ledger.recomputeRuns.queryOptions(),
    refetchInterval: ({ state: { data } }) => (data?.some(isRunning) ? LOOK_AGAIN_MILLIS : false),
  });
  const start = useMutation(
    api.ledger.startRecompute.mutationOptions({
      onSuccess: ({ id }) => {
        setChosen(id);
        void queries.invalidateQueries(api.ledger.recomputeRuns.queryFilter());
      },
    }),
  );
  return (
    <QueryView query={query}>
      {(runs) => {
        const run = runs.find(({ id }) => id === chosen) ?? runs[0];
        return (
          <div className="flex flex-col gap-4">
            <Section
              title={say('tabs.recompute')}
              aside={
                <span className="flex items-center gap-2">
                  {runs.length > 1 && (
                    <Select
                      aria-label={say('recomputeChoose')}
                      value={run?.id ?? null}
                      popupMatchSelectWidth={false}
                      onChange={setChosen}
                      options={runs.map(({ id, startedAt, byName }) => ({
                        value: id,
                        label: say('recomputeRun', { started: format.moment(startedAt), by: byName }),
                      }))}
                    />
                  )}
                  {canStartRecompute(actor) && (
                    <Button
                      type="primary"
                      disabled={runs.some(isRunning)}
                      loading={start.isPending}
                      onClick={() => start.mutate()}
                    >
                      {say('recomputeStart')}
                    </Button>
                  )}
                </span>
              }
            >
              <div className="flex max-w-3xl flex-col gap-3">
                <p className="text-ink-2">{say('recomputeLead')}</p>
                <Failed error={start.error} />
                {run && <Run run={run} />}
              </div>
              {!run && <EmptyState icon={RefreshCw} title={say('recomputeNone')} />}
            </Section>
            {run && <Differences key={run.id} run={run} />}
          </div>
        );
      }}
    </QueryView>
  );
}

function Run({ run }: { readonly run: RecomputeRunView }) {
  const say = ledgerWords.use();
  const format = useFormat();
  if (isRunning(run))
    return (
      <>
        <ProgressLine
          label={say('recomputeRunning')}
          value={run.peopleDone}
          max={Math.max(run.people, 1)}
          figure={say('recomputeFigure', {
            done: run.peopleDone,
            people: run.people,
            sources: run.sourcesDone,
          })}
        />
        <p className="text-small text-ink-2">{say('recomputeLeave')}</p>
      </>
    );
  const sums = { people: run.peopleDone, sources: run.sourcesDone };
  return (
    <p className="flex flex-wrap items-center gap-3">
      {run.differences === 0 ? (
        <StateTag tone="met">{say('recomputeSame', sums)}</StateTag>
      ) : (
        <StateTag tone="wait">{say('recomputeDone', { ...sums, count: run.differences })}</StateTag>
      )}
      <span className="text-small text-ink-2">
        {say('recomputeRun', { started: format.moment(run.startedAt), by: run.byName })}
      </span>
    </p>
  );
}

function Differences({ run }: { readonly run: RecomputeRunView }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const actor = useActor();
  const mayTake = canStartRecompute(actor);
  const mayOpen = canReadPeople(actor);
  const [state, setState] = useTableState();
  const query = useQuery({
    ...api.ledger.recomputeDifferences.queryOptions({
      runId: run.id,
      page: state.page,
      pageSize: state.pageSize,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: isRunning(run) ? 5 * LOOK_AGAIN_MILLIS : false,
  });
  const sumsOf = (sums: DifferenceRow['stands'], row: DifferenceRow): string =>
    sums.length === 0
      ? say('nothing')
      : sums.map(({ amount, measure }) => format.measure(amount, measureIn(row, measure))).join(' · ');
  const columns: AppColumn<DifferenceRow>[] = [
    {
      key: 'name',
      title: say('person'),
      width: 110,
      render: (row) =>
        mayOpen ? (
          <TextLink to="/credit/people/$personId" params={{ personId: row.personId }}>
            {row.name}
          </TextLink>
        ) : (
          row.name
        ),
    },
    { key: 'personNo', title: say('personNo'), width: 110, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 170, render: (row) => format.text(row.unit) },
    { key: 'source', title: say('source'), width: 220, render: (row) => row.title },
    { key: 'stands', title: say('stands'), width: 130, render: (row) => sumsOf(row.stands, row) },
    { key: 'would', title: say('would'), width: 130, render: (row) => sumsOf(row.would, row) },
    { key: 'reason', title: say('reason'), width: 130, render: (row) => say(`reasons.${row.reason}`) },
    {
      key: 'take',
      title: '',
      width: 190,
      render: (row) => <Take row={row} mayTake={mayTake} />,
    },
  ];
  if (isRunning(run) && run.differences === 0) return null;
  return (
    <QueryView query={query}>
      {(page) => (
        <AppTable
          name="recompute-differences"
          label={say('differences')}
          columns={columns}
          rows={page.items}
          rowKey={({ id }) => id}
          total={page.total}
          state={state}
          onState={setState}
          loading={query.isPlaceholderData}
          withoutSearch
          empty={<EmptyState icon={Equal} title={say('noDifferences')} />}
        />
      )}
    </QueryView>
  );
}

/** One difference is taken over by name, once. */
function Take({ row, mayTake }: { readonly row: DifferenceRow; readonly mayTake: boolean }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const take = useMutation(
    api.ledger.settleAgain.mutationOptions({
      onSuccess: () => {
        sayDone(say('tookOver', { title: row.title }));
        void queries.invalidateQueries(api.ledger.recomputeDifferences.queryFilter());
      },
    }),
  );
  if (row.takenAt !== null)
    return (
      <span className="text-small text-ink-2">
        {say('taken', { by: row.takenByName ?? '', at: format.moment(row.takenAt) })}
      </span>
    );
  if (!mayTake) return null;
  return (
    <>
      <Popconfirm
        title={say('takeAsk', { name: row.name, title: row.title })}
        description={<div className="max-w-80">{say('takeText')}</div>}
        okText={say('take')}
        onConfirm={() => take.mutate({ differenceId: row.id })}
      >
        <Button size="small" loading={take.isPending}>
          {say('take')}
        </Button>
      </Popconfirm>
      <Failed error={take.error} />
    </>
  );
}
