import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import { classStatusNames } from '@cadre/client/naming';
import { classStatus, type ClassRow, type ClassStatus } from '@cadre/domain/training';
import {
  AppTable,
  EmptyState,
  Page,
  StateTag,
  useTableState,
  type AppColumn,
  type Tone,
} from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { CalendarRange } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { TrainingTabs } from './training-tabs';
import { trainingWords } from './training.words';

export const CLASS_TONES: Readonly<Record<ClassStatus, Tone>> = {
  draft: 'neutral',
  open: 'primary',
  completed: 'met',
  cancelled: 'refusal',
};

/** 培训班: the classes of the bases one may see, with their seats. */
export function ClassesPage() {
  const say = trainingWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const [state, setState] = useTableState();
  const [status, setStatus] = useState<ClassStatus | null>(null);
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...api.training.listClasses.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      status,
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['class:changed', 'session:changed'] },
  });
  const columns: AppColumn<ClassRow>[] = [
    { key: 'title', title: say('classes.name'), width: 240, render: (row) => row.title },
    { key: 'no', title: say('classes.no'), width: 110, render: (row) => row.classNo },
    { key: 'base', title: say('classes.base'), width: 200, render: (row) => format.text(row.baseName) },
    {
      key: 'dates',
      title: say('classes.dates'),
      width: 140,
      render: (row) => (row.startsAt && row.endsAt ? format.days(row.startsAt, row.endsAt) : ''),
    },
    {
      key: 'sessions',
      title: say('classes.sessions'),
      figure: true,
      width: 80,
      render: (row) => row.sessionCount,
    },
    {
      key: 'seats',
      title: say('classes.seats'),
      figure: true,
      width: 110,
      render: (row) => `${row.seatsTaken} / ${row.capacity}`,
    },
    { key: 'waiting', title: say('classes.waiting'), figure: true, width: 80, render: (row) => row.waiting },
    {
      key: 'state',
      title: say('classes.state'),
      width: 120,
      render: (row) => (
        <StateTag tone={CLASS_TONES[row.status]}>{format.text(classStatusNames[row.status])}</StateTag>
      ),
    },
  ];
  const isNarrowed = state.search !== '' || status !== null;
  return (
    <Page title={say('title')} actions={<TrainingTabs at="classes" />}>
      <QueryView query={query}>
        {(page) => (
          <AppTable
            name="training-classes"
            label={say('classes.label')}
            columns={columns}
            rows={page.items}
            rowKey={(row) => row.id}
            total={page.total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            onOpen={(row) => void navigate({ to: '/training/classes/$classId', params: { classId: row.id } })}
            filters={
              <Select
                aria-label={say('classes.state')}
                className="min-w-32"
                value={status}
                onChange={(next) => {
                  setStatus(next);
                  setState({ ...state, page: 1 });
                }}
                options={[
                  { value: null, label: say('classes.anyState') },
                  ...classStatus.options.map((value) => ({
                    value,
                    label: format.text(classStatusNames[value]),
                  })),
                ]}
              />
            }
            empty={
              <EmptyState icon={CalendarRange} title={say(isNarrowed ? 'classes.none' : 'classes.empty')} />
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
