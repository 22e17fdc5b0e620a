import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow } from '@cadre/client/live';
import {
  cancelReasonsOf,
  classKindNames,
  classModeNames,
  classStageNames,
  sessionStatusNames,
} from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import { toCivilDate } from '@cadre/domain/core';
import { canViewRoster } from '@cadre/domain/enrollment';
import { canSchedule, stageOfClass, type ClassDetail, type SessionView } from '@cadre/domain/training';
import {
  AppTable,
  Page,
  sayOutOfRange,
  Section,
  StateTag,
  useTableState,
  type AppColumn,
} from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, InputNumber, Popover } from 'antd';
import { useState } from 'react';
import { CancelDialog } from './cancel-dialog';
import { Failed, QueryView } from '../../shared/failure';
import { CLASS_TONES } from './classes-page';
import { Field, MOST_PEOPLE } from './placement-fields';
import { SESSION_TONES } from './session-panel';
import { trainingWords } from './training.words';

const route = getRouteApi('/signed-in/training/classes/$classId');

/** One class as those see it who run it. */
export function ClassPage() {
  const say = trainingWords.use();
  const api = useApi();
  const { classId } = route.useParams();
  const query = useQuery({
    ...api.training.classDetail.queryOptions({ classId }),
    meta: { live: ['class:changed', 'session:changed', 'enrollment:changed'] },
  });
  useFollow({ kind: 'class', id: classId });
  const { data } = query;
  return (
    <Page
      title={data?.title ?? say('title')}
      trail={<Link to="/training/classes">{say('tabs.classes')}</Link>}
      lead={data && say('class.no', { no: data.classNo })}
      {...(data ? { actions: <ClassActions value={data} /> } : {})}
    >
      <QueryView query={query} rows={8}>
        {(value) => (
          <>
            <Facts value={value} />
            <Sessions value={value} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function ClassActions({ value }: { readonly value: ClassDetail }) {
  const say = trainingWords.use();
  const actor = useActor();
  const [cancelling, setCancelling] = useState(false);
  const changeable = canSchedule(actor, value.baseId) && value.status === 'open';
  return (
    <>
      {changeable && (
        <>
          <Button danger onClick={() => setCancelling(true)}>
            {say('class.cancel')}
          </Button>
          <CapacityChange value={value} />
        </>
      )}
      {value.startsAt && (
        <Link to="/training" search={{ base: value.baseId, date: toCivilDate(value.startsAt) }}>
          <Button>{say('class.grid')}</Button>
        </Link>
      )}
      {canViewRoster(actor, value) && (
        <Link to="/enrollment/classes/$classId" params={{ classId: value.id }}>
          <Button type="primary">{say('class.roster')}</Button>
        </Link>
      )}
      <CancelClass value={value} open={cancelling} onClose={() => setCancelling(false)} />
    </>
  );
}

function Facts({ value }: { readonly value: ClassDetail }) {
  const say = trainingWords.use();
  const format = useFormat();
  const now = useNow(60_000);
  const earns = format.worth(value.earns.days, value.earns.classHours);
  const facts: [string, string][] = [
    [
      say('class.seats'),
      say('class.seatsValue', { taken: value.seatsTaken, capacity: value.capacity, waiting: value.waiting }),
    ],
    [
      say('class.window'),
      say('class.windowValue', {
        from: format.moment(value.window.opensAt),
        to: format.moment(value.window.closesAt),
      }),
    ],
    [say('class.promote'), format.moment(value.promotionCutOff)],
    [say('class.withdraw'), format.moment(value.withdrawalDeadline)],
    [say('class.mode'), format.text(classModeNames[value.mode])],
    [say('class.kind'), format.text(classKindNames[value.kind])],
    [say('class.earns'), earns],
    [say('base'), format.text(value.baseName)],
    [say('class.because'), value.status === 'cancelled' ? cancelReasonsOf(value.sessions).join(' · ') : ''],
  ];
  return (
    <Section
      title={say('class.facts')}
      aside={
        <StateTag tone={CLASS_TONES[value.status]}>
          {format.text(classStageNames[stageOfClass(value, now)])}
        </StateTag>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 min-[68rem]:grid-cols-[auto_1fr_auto_1fr]">
        {facts
          .filter(([, fact]) => fact !== '')
          .map(([name, fact]) => (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
      {value.description !== '' && <p className="mt-3 whitespace-pre-line">{value.description}</p>}
    </Section>
  );
}

function Sessions({ value }: { readonly value: ClassDetail }) {
  const say = trainingWords.use();
  const format = useFormat();
  const [state, setState] = useTableState();
  const columns: AppColumn<SessionView>[] = [
    { key: 'title', title: say('session.title'), width: 220, render: (row) => row.title },
    {
      key: 'when',
      title: say('session.when'),
      width: 220,
      render: (row) => format.span(row.startsAt, row.endsAt),
    },
    { key: 'venue', title: say('session.venue'), width: 160, render: (row) => format.text(row.venueName) },
    {
      key: 'instructors',
      title: say('session.instructors'),
      width: 160,
      render: (row) => row.instructors.map(({ name }) => name).join(' '),
    },
    {
      key: 'state',
      title: say('session.state'),
      width: 120,
      render: (row) => (
        <StateTag tone={SESSION_TONES[row.status]}>{format.text(sessionStatusNames[row.status])}</StateTag>
      ),
    },
  ];
  return (
    <AppTable
      name="class-sessions"
      label={say('class.sessions')}
      withoutSearch
      columns={columns}
      rows={value.sessions}
      rowKey={(row) => row.id}
      total={value.sessions.length}
      state={state}
      onState={setState}
    />
  );
}

function CapacityChange({ value }: { readonly value: ClassDetail }) {
  const say = trainingWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const [open, setOpen] = useState(false);
  const [capacity, setCapacity] = useState<number | null>(null);
  const wanted = capacity ?? value.capacity;
  const wrong = sayOutOfRange(wanted, 1, MOST_PEOPLE);
  const change = useMutation(
    api.training.changeCapacity.mutationOptions({
      onSuccess: (_nothing, { capacity: count }) => {
        setOpen(false);
        sayDone(say('class.capacityDone', { count }));
      },
      onSettled: () => queries.invalidateQueries(api.training.pathFilter()),
    }),
  );
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      content={
        <form
          className="flex w-64 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ classId: value.id, revision: value.revision, capacity: wanted });
          }}
        >
          <Field label={say('class.seats')} error={wrong}>
            {(id) => (
              <InputNumber
                id={id}
                status={wrong === undefined ? '' : 'error'}
                value={wanted}
                onChange={(count) => setCapacity(count)}
              />
            )}
          </Field>
          <Failed error={change.error} />
          <Button
            type="primary"
            htmlType="submit"
            loading={change.isPending}
            disabled={wanted === value.capacity || wrong !== undefined}
          >
            {say('class.capacitySave')}
          </Button>
        </form>
      }
    >
      <Button>{say('class.capacity')}</Button>
    </Popover>
  );
}

function CancelClass({
  value,
  open,
  onClose,
}: {
  readonly value: ClassDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const say = trainingWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const cancel = useMutation(
    api.training.cancelClass.mutationOptions({
      onSuccess: () => {
        onClose();
        sayDone(say('class.cancelled', { title: value.title }));
      },
      onSettled: () => queries.invalidateQueries(api.training.pathFilter()),
    }),
  );
  return (
    <CancelDialog
      open={open}
      onClose={onClose}
      title={say('class.cancelTitle', { title: value.title })}
      okText={say('class.cancel')}
      cancel={cancel}
      onCancel={(reason) => cancel.mutate({ classId: value.id, reason })}
    >
      {say('class.cancelText', { taken: value.seatsTaken, waiting: value.waiting })}
    </CancelDialog>
  );
}
