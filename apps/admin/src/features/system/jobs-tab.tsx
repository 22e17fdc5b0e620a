import { useApi, useAppClient } from '@cadre/client/api';
import { wordRefusal } from '@cadre/client/wording';
import type { StuckJob } from '@cadre/domain/job';
import { AppTable, EmptyState, StateTag, useTableState, type AppColumn } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CircleCheck } from 'lucide-react';
import { Failed, QueryView } from '../../shared/failure';
import { listExport } from '../../shared/table-export';
import { systemWords } from './system.words';

const LOOK_MILLIS = 10_000;

/** What the machine has to do by itself and cannot: with the reason, and a way to have it tried again. */
export function JobsTab() {
  const say = systemWords.use();
  const language = useLanguage();
  const api = useApi();
  const { queries } = useAppClient();
  const [state, setState] = useTableState();
  const query = useQuery({ ...api.job.stuck.queryOptions(), refetchInterval: LOOK_MILLIS });
  const retry = useMutation(
    api.job.retry.mutationOptions({
      onSuccess: () => sayDone(say('jobs.retried')),
      onSettled: () => queries.invalidateQueries(api.job.stuck.queryFilter()),
    }),
  );
  const reasonOf = ({ code }: StuckJob): string =>
    code === 'DEFECT'
      ? say('jobs.defect')
      : wordRefusal({ code: code as Parameters<typeof wordRefusal>[0]['code'], details: {} }, language).what;
  const columns: AppColumn<StuckJob>[] = [
    { key: 'kind', title: say('jobs.kind'), width: 200, render: ({ kind }) => say(`jobs.kinds.${kind}`) },
    { key: 'subject', title: say('jobs.subject'), width: 240, render: ({ subject }) => subject },
    {
      key: 'attempts',
      title: say('jobs.attempts'),
      figure: true,
      width: 100,
      render: ({ attempts }) => say('jobs.times', { count: attempts }),
    },
    {
      key: 'reason',
      title: say('jobs.reason'),
      width: 320,
      render: (job) => (
        <>
          {reasonOf(job)}
          <span className="block text-small text-ink-2">{say('jobs.number', { id: job.id })}</span>
        </>
      ),
      words: (job) => `${reasonOf(job)} ${say('jobs.number', { id: job.id })}`,
    },
    {
      key: 'state',
      title: say('jobs.state'),
      width: 160,
      render: ({ givenUp }) => (
        <StateTag tone={givenUp ? 'refusal' : 'wait'}>
          {say(givenUp ? 'jobs.givenUp' : 'jobs.goesOn')}
        </StateTag>
      ),
    },
    {
      key: 'acts',
      title: '',
      width: 120,
      render: ({ id }) => (
        <Button
          size="small"
          loading={retry.isPending && retry.variables.jobId === id}
          onClick={() => retry.mutate({ jobId: id })}
        >
          {say('jobs.retry')}
        </Button>
      ),
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{say('jobs.lead')}</p>
      <Failed error={retry.error} />
      <QueryView query={query}>
        {(jobs) => {
          const list = { items: jobs, total: jobs.length };
          const table = { label: say('tabs.jobs'), columns, rowKey: ({ id }: StuckJob) => id };
          return (
            <AppTable
              {...table}
              name="jobs"
              rows={jobs}
              total={jobs.length}
              state={state}
              onState={setState}
              withoutSearch
              exports={listExport({ ...table, name: table.label, readPage: () => Promise.resolve(list) })}
              empty={<EmptyState icon={CircleCheck} title={say('jobs.none')} />}
            />
          );
        }}
      </QueryView>
    </div>
  );
}
