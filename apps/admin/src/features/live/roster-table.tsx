import { useApi, useAppClient } from '@cadre/client/api';
import type { RosterEntry, RoomView } from '@cadre/domain/live';
import {
  AppTable,
  EmptyState,
  StateTag,
  useTableState,
  type AppColumn,
  type TableSort,
  type Tone,
} from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { formatTime, useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { liveWords } from './live.words';
import { matchesSearch, rosterStateOf, rosterStates, type RosterState } from './roster-state';

const tones: Readonly<Record<RosterState, Tone>> = {
  absent: 'neutral',
  inHall: 'met',
  online: 'met',
  away: 'wait',
  left: 'primary',
};

/** What the columns that sort are sorted by; the roster arrives whole, so this happens here. */
const sortValues: Readonly<Record<string, (entry: RosterEntry) => string | number>> = {
  name: ({ personNo }) => personNo,
  unit: ({ unit }) => unit.zh,
  state: (entry) => rosterStates.indexOf(rosterStateOf(entry)),
  checkedIn: ({ receipt }) => receipt?.checkedInAt.getTime() ?? Infinity,
  minutes: ({ receipt }) => receipt?.minutes ?? -1,
};

function inOrder(entries: readonly RosterEntry[], sort: TableSort | null): readonly RosterEntry[] {
  const valueOf = sort && sortValues[sort.key];
  if (!valueOf) return entries;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...entries].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
}

/** The live roster: fills while people check in; by hand where a phone fails; prints on A4. */
export function RosterTable({ view }: { readonly view: RoomView }) {
  const say = liveWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [table, setTable] = useTableState({ pageSize: 1000 });
  const [state, setState] = useState<RosterState | 'all'>('all');
  const { sessionId, status } = view.room;
  const readAgain = () => queries.invalidateQueries(api.live.pathFilter());
  const checkIn = useMutation(api.live.checkInByHand.mutationOptions({ onSuccess: readAgain }));
  const checkOut = useMutation(api.live.checkOutByHand.mutationOptions({ onSuccess: readAgain }));
  const mayAct = view.mayRun && status === 'live';
  const pendingId = checkIn.isPending
    ? checkIn.variables.personId
    : checkOut.isPending
      ? checkOut.variables.personId
      : null;

  const columns: readonly AppColumn<RosterEntry>[] = [
    { key: 'name', title: say('roster.name'), sortable: true, width: 110, render: ({ name }) => name },
    { key: 'personNo', title: say('roster.personNo'), width: 110, render: ({ personNo }) => personNo },
    { key: 'unit', title: say('roster.unit'), sortable: true, render: ({ unit }) => format.text(unit) },
    {
      key: 'state',
      title: say('roster.state'),
      sortable: true,
      render: (entry) => {
        const found = rosterStateOf(entry);
        return (
          <span className="inline-flex flex-wrap gap-1">
            <StateTag tone={entry.receipt?.closedOpen ? 'wait' : tones[found]}>
              {entry.receipt?.closedOpen ? say('roster.closedOpen') : say(`roster.${found}`)}
            </StateTag>
            {!entry.enrolled && <StateTag tone="wait">{say('roster.noSeat')}</StateTag>}
          </span>
        );
      },
    },
    {
      key: 'checkedIn',
      title: say('roster.checkedIn'),
      sortable: true,
      figure: true,
      render: ({ receipt }) => receipt && formatTime(receipt.checkedInAt),
    },
    {
      key: 'checkedOut',
      title: say('roster.checkedOut'),
      figure: true,
      render: ({ receipt }) => receipt?.checkedOutAt && formatTime(receipt.checkedOutAt),
    },
    {
      key: 'method',
      title: say('roster.method'),
      render: ({ receipt }) => receipt && say(`method.${receipt.method}`),
    },
    {
      key: 'minutes',
      title: say('roster.minutes'),
      sortable: true,
      figure: true,
      render: ({ receipt }) => receipt?.minutes,
    },
    { key: 'remark', title: say('roster.remark'), render: ({ dispute }) => dispute },
    ...(mayAct
      ? [
          {
            key: 'actions',
            title: say('roster.actions'),
            render: (entry: RosterEntry) => {
              const found = rosterStateOf(entry);
              if (found === 'left') return null;
              const [act, word] =
                found === 'absent' ? ([checkIn, 'checkIn'] as const) : ([checkOut, 'checkOut'] as const);
              return (
                <Button
                  size="small"
                  className="no-print"
                  loading={pendingId === entry.personId}
                  onClick={() =>
                    act.mutate(
                      { sessionId, personId: entry.personId },
                      { onSuccess: () => sayDone(say(`handDone.${word}`, { name: entry.name })) },
                    )
                  }
                >
                  {say(`roster.${word}`)}
                </Button>
              );
            },
          },
        ]
      : []),
  ];
  const rows = inOrder(
    view.roster.filter(
      (entry) => (state === 'all' || rosterStateOf(entry) === state) && matchesSearch(entry, table.search),
    ),
    table.sort,
  );
  return (
    <>
      <Failed error={checkIn.error ?? checkOut.error} />
      <AppTable<RosterEntry>
        name="live-roster"
        label={say('room.roster')}
        columns={columns}
        rows={rows}
        rowKey={({ personId }) => personId}
        total={rows.length}
        state={table}
        onState={setTable}
        filters={
          <Select<RosterState | 'all'>
            aria-label={say('room.filter')}
            value={state}
            onChange={setState}
            style={{ minWidth: '7em' }}
            options={[
              { value: 'all', label: say('room.all') },
              ...rosterStates.map((value) => ({ value, label: say(`roster.${value}`) })),
            ]}
          />
        }
        empty={<EmptyState icon={UsersRound} title={say('room.nobody')} />}
      />
    </>
  );
}
