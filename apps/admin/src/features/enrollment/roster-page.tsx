import { useAppClient } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import type { EnrollmentState, RosterLine } from '@cadre/domain/enrollment';
import { Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { enrollmentWords } from './enrollment.words';
import { EnrollmentTable } from './enrollment-table';
import { EnrollmentTag, useStandingWords } from './state-filter';

const route = getRouteApi('/signed-in/enrollment/classes/$classId');

/** 名单: who has a seat and who waits, in order of the queue; fills while one looks. */
export function RosterPage() {
  const say = enrollmentWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const { classId } = route.useParams();
  const [state, setState] = useTableState({ pageSize: 100 });
  const [shown, setShown] = useState<EnrollmentState | null>(null);
  useFollow({ kind: 'class', id: classId });
  const asked = { classId, search: state.search, state: shown };
  const query = useQuery({
    ...api.enrollment.roster.queryOptions({ ...asked, page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
    meta: { live: ['enrollment:changed', 'class:changed'] },
  });
  const standing = useStandingWords();
  const columns: AppColumn<RosterLine>[] = [
    { key: 'name', title: say('roster.person'), width: 140, render: (row) => row.person.name },
    { key: 'personNo', title: say('roster.personNo'), width: 110, render: (row) => row.person.personNo },
    {
      key: 'unit',
      title: say('roster.unit'),
      width: 220,
      render: (row) => format.text(row.person.unit.name),
    },
    {
      key: 'state',
      title: say('roster.state'),
      width: 150,
      render: (row) => <EnrollmentTag state={row.state} position={row.position} />,
      words: standing,
    },
    { key: 'origin', title: say('roster.origin'), width: 110, render: (row) => say(`origin.${row.origin}`) },
    {
      key: 'requestedAt',
      title: say('roster.requestedAt'),
      width: 180,
      render: (row) => format.moment(row.requestedAt),
    },
    { key: 'order', title: say('roster.order'), figure: true, width: 80, render: (row) => row.seq },
  ];
  const value = query.data?.class;
  return (
    <Page
      title={value?.title ?? say('roster.title')}
      trail={<Link to="/enrollment">{say('roster.back')}</Link>}
      lead={
        value && (
          <span role="status">
            {say('roster.lead', {
              taken: value.seatsTaken,
              capacity: value.capacity,
              waiting: value.waiting,
            })}
          </span>
        )
      }
      actions={
        <Button icon={<Printer aria-hidden size="1.1em" />} onClick={() => window.print()}>
          {say('roster.print')}
        </Button>
      }
    >
      <EnrollmentTable
        name="roster"
        label={say('roster.label')}
        columns={columns}
        query={query}
        readPage={(page) => calls.enrollment.roster.query({ ...asked, ...page })}
        state={state}
        onState={setState}
        shown={shown}
        onShown={setShown}
        empty={{ nobody: say('roster.empty'), none: say('roster.none') }}
      />
    </Page>
  );
}
