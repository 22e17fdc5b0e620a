import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useActor } from '@cadre/client/session';
import { hasRole } from '@cadre/domain/access';
import { canOfficerWithdraw, type EnrollmentState, type UnitEnrollment } from '@cadre/domain/enrollment';
import { useTableState, type AppColumn } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { enrollmentWords } from './enrollment.words';
import { EnrollmentTable } from './enrollment-table';
import { EnrollmentTag, useStandingWords } from './state-filter';

/** What the people of one's units are enrolled in, newest first. */
export function UnitPeople() {
  const say = enrollmentWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const actor = useActor();
  const now = useNow(60_000);
  const [state, setState] = useTableState();
  const [shown, setShown] = useState<EnrollmentState | null>(null);
  const [leaving, setLeaving] = useState<UnitEnrollment | null>(null);
  const asked = { search: state.search, state: shown };
  const query = useQuery({
    ...api.enrollment.ofUnit.queryOptions({ ...asked, page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
    meta: { live: ['enrollment:changed', 'class:changed'] },
  });
  const acts = hasRole(actor, 'unit-training-officer', 'organisation-officer');
  const standing = useStandingWords();
  const columns: AppColumn<UnitEnrollment>[] = [
    { key: 'name', title: say('roster.person'), width: 100, render: (row) => row.person.name },
    { key: 'personNo', title: say('roster.personNo'), width: 100, render: (row) => row.person.personNo },
    {
      key: 'unit',
      title: say('roster.unit'),
      width: 160,
      render: (row) => format.text(row.person.unit.name),
    },
    { key: 'class', title: say('people.class'), width: 240, render: (row) => row.class.title },
    {
      key: 'dates',
      title: say('people.dates'),
      width: 130,
      render: (row) =>
        row.class.startsAt && row.class.endsAt ? format.days(row.class.startsAt, row.class.endsAt) : '',
    },
    {
      key: 'state',
      title: say('roster.state'),
      width: 130,
      render: (row) => <EnrollmentTag state={row.state} position={row.position} />,
      words: standing,
    },
    {
      key: 'requestedAt',
      title: say('roster.requestedAt'),
      width: 170,
      render: (row) => format.moment(row.requestedAt),
    },
    ...(acts
      ? [
          {
            key: 'act',
            title: '',
            width: 100,
            render: (row: UnitEnrollment) =>
              canOfficerWithdraw(row.class, row.state, now) ? (
                <Button type="link" size="small" onClick={() => setLeaving(row)}>
                  {say('withdraw.go')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ];
  return (
    <>
      <EnrollmentTable
        name="unit-enrollments"
        label={say('people.label')}
        columns={columns}
        query={query}
        readPage={(page) => calls.enrollment.ofUnit.query({ ...asked, ...page })}
        state={state}
        onState={setState}
        shown={shown}
        onShown={setShown}
        empty={{ nobody: say('people.empty'), none: say('people.none') }}
      />
      {leaving && <WithdrawFor value={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function WithdrawFor({ value, onClose }: { readonly value: UnitEnrollment; readonly onClose: () => void }) {
  const say = enrollmentWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const { name } = value.person;
  const withdraw = useMutation(
    api.enrollment.withdraw.mutationOptions({
      onSuccess: () => {
        sayDone(say('withdraw.done', { name }));
        onClose();
      },
      onSettled: () => queries.invalidateQueries(api.enrollment.pathFilter()),
    }),
  );
  return (
    <Modal
      open
      onCancel={onClose}
      title={say('withdraw.title', { name, title: value.class.title })}
      okText={say('withdraw.go')}
      cancelText={say('withdraw.keep')}
      okButtonProps={{ danger: true, loading: withdraw.isPending }}
      onOk={() => withdraw.mutate({ enrollmentId: value.id, from: value.state })}
    >
      <p>{say('withdraw.text')}</p>
      <Failed error={withdraw.error} />
    </Modal>
  );
}
