import { useApi, useAppClient } from '@cadre/client/api';
import { wordRefusal } from '@cadre/client/wording';
import type { StuckJob } from '@cadre/domain/job';
import { EmptyState, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { CircleCheck } from 'lucide-react';
import { Failed, QueryView } from '../../shared/failure';
import { systemWords } from './system.words';

const LOOK_MILLIS = 10_000;

/** What the machine has to do by itself and cannot: with the reason, and a way to have it tried again. */
export function JobsTab() {
  const say = systemWords.use();
  const language = useLanguage();
  const api = useApi();
  const { queries } = useAppClient();
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
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{say('jobs.lead')}</p>
      <Failed error={retry.error} />
      <QueryView query={query}>
        {(jobs) => (
          <Table
            size="small"
            rowKey="id"
            dataSource={jobs}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <EmptyState icon={CircleCheck} title={say('jobs.none')} /> }}
            columns={[
              { key: 'kind', title: say('jobs.kind'), render: (_, { kind }) => say(`jobs.kinds.${kind}`) },
              { key: 'subject', title: say('jobs.subject'), render: (_, { subject }) => subject },
              {
                key: 'attempts',
                title: say('jobs.attempts'),
                align: 'right',
                render: (_, { attempts }) => say('jobs.times', { count: attempts }),
              },
              {
                key: 'reason',
                title: say('jobs.reason'),
                render: (_, job) => (
                  <>
                    {reasonOf(job)}
                    <span className="block text-small text-ink-2">{say('jobs.number', { id: job.id })}</span>
                  </>
                ),
              },
              {
                key: 'state',
                title: say('jobs.state'),
                render: (_, { givenUp }) => (
                  <StateTag tone={givenUp ? 'refusal' : 'wait'}>
                    {say(givenUp ? 'jobs.givenUp' : 'jobs.goesOn')}
                  </StateTag>
                ),
              },
              {
                key: 'acts',
                title: say('acts'),
                render: (_, { id }) => (
                  <Button
                    size="small"
                    loading={retry.isPending && retry.variables.jobId === id}
                    onClick={() => retry.mutate({ jobId: id })}
                  >
                    {say('jobs.retry')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryView>
    </div>
  );
}
