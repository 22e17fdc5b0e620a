import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import { useActor } from '@cadre/client/session';
import { canViewUnitEnrollments } from '@cadre/domain/enrollment';
import { canViewTimetable, type ClassRow } from '@cadre/domain/training';
import { AppTable, EmptyState, Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { enrollmentWords } from './enrollment.words';
import { UnitPeople } from './unit-people';

/** 报名与调训: classes with their seats for those who run them, own people for those who answer for them. */
export function EnrollmentPage() {
  const say = enrollmentWords.use();
  const actor = useActor();
  const seesClasses = canViewTimetable(actor);
  const seesPeople = canViewUnitEnrollments(actor);
  const [side, setSide] = useState<'classes' | 'people'>(seesClasses ? 'classes' : 'people');
  return (
    <Page
      title={say('title')}
      {...(seesClasses && seesPeople
        ? {
            actions: (
              <Segmented
                aria-label={say('tabs.label')}
                value={side}
                onChange={setSide}
                options={[
                  { value: 'classes', label: say('tabs.classes') },
                  { value: 'people', label: say('tabs.people') },
                ]}
              />
            ),
          }
        : {})}
    >
      {side === 'classes' ? <Classes /> : <UnitPeople />}
    </Page>
  );
}

function Classes() {
  const say = enrollmentWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const [state, setState] = useTableState();
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...api.training.listClasses.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      status: 'open',
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
      key: 'seats',
      title: say('classes.seats'),
      figure: true,
      width: 120,
      render: (row) => `${row.seatsTaken} / ${row.capacity}`,
    },
    { key: 'waiting', title: say('classes.waiting'), figure: true, width: 80, render: (row) => row.waiting },
    {
      key: 'deadline',
      title: say('classes.deadline'),
      width: 180,
      render: (row) => format.moment(row.window.closesAt),
    },
  ];
  return (
    <QueryView query={query}>
      {(page) => (
        <AppTable
          name="enrollment-classes"
          label={say('classes.label')}
          columns={columns}
          rows={page.items}
          rowKey={(row) => row.id}
          total={page.total}
          state={state}
          onState={setState}
          loading={query.isFetching}
          onOpen={(row) => void navigate({ to: '/enrollment/classes/$classId', params: { classId: row.id } })}
          empty={
            <EmptyState
              icon={UsersRound}
              title={say(state.search === '' ? 'classes.empty' : 'classes.none')}
            />
          }
        />
      )}
    </QueryView>
  );
}
