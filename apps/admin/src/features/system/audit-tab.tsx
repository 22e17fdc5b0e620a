import { useApi, useAppClient } from '@cadre/client/api';
import { auditActions, type AuditAction, type AuditRow } from '@cadre/domain/audit';
import { DateField, EmptyState, SidePanel, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Table } from 'antd';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { QueryTable } from '../../shared/query-table';
import { useAuditSentence } from './audit-sentence';
import { auditWords } from './audit.words';

/** Who did what to whom and why, newest first; the record itself stands in the panel. */
export function AuditTab() {
  const say = auditWords.use();
  const format = useFormat();
  const read = useAuditSentence();
  const { api, calls } = useAppClient();
  const [state, setState] = useTableState();
  const [filter, setFilter] = useState<{
    action: AuditAction | null;
    personId: string | null;
    from: string;
    to: string;
  }>({ action: null, personId: null, from: '', to: '' });
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const asked = { ...filter, from: filter.from || null, to: filter.to || null };
  const query = useQuery({
    ...api.audit.list.queryOptions({ page: state.page, pageSize: state.pageSize, ...asked }),
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...part });
    setState({ ...state, page: 1 });
  };
  const who = (row: AuditRow): string =>
    row.actorName === null
      ? say(row.actor.kind === 'client' ? 'client' : 'system')
      : `${row.actorName} ${row.actorNo ?? ''}`;
  const columns: AppColumn<AuditRow>[] = [
    { key: 'at', title: say('at'), width: 150, render: (row) => format.moment(row.at) },
    { key: 'who', title: say('who'), width: 140, render: who },
    { key: 'what', title: say('what'), width: 320, render: (row) => read(row).what },
    { key: 'detail', title: say('detail'), width: 300, render: (row) => read(row).detail },
    { key: 'reason', title: say('reason'), width: 180, render: (row) => read(row).reason },
  ];
  const isFiltered = Object.values(asked).some((value) => value !== null);
  return (
    <>
      <QueryTable
        name="audit"
        label={say('table')}
        columns={columns}
        query={query}
        readPage={(page) => calls.audit.list.query({ ...asked, ...page })}
        rowKey={(row) => row.id}
        state={state}
        onState={setState}
        withoutSearch
        onOpen={setOpened}
        filters={
          <>
            <PersonFilter onChange={(personId) => change({ personId })} />
            <Select<AuditAction | ''>
              aria-label={say('action')}
              style={{ width: 220 }}
              popupMatchSelectWidth={false}
              showSearch={{ optionFilterProp: 'label' }}
              value={filter.action ?? ''}
              onChange={(action) => change({ action: action === '' ? null : action })}
              options={[
                { value: '' as const, label: say('anyAction') },
                ...auditActions.map((action) => ({
                  value: action,
                  label: say(`actions.${action}`, { subject: '…' }),
                })),
              ]}
            />
            {(['from', 'to'] as const).map((edge) => (
              <div key={edge} className="w-36">
                <DateField
                  aria-label={say(edge)}
                  placeholder={say(edge)}
                  value={filter[edge]}
                  onChange={(day) => change({ [edge]: day })}
                />
              </div>
            ))}
          </>
        }
        empty={<EmptyState icon={ScrollText} title={say(isFiltered ? 'none' : 'empty')} />}
      />
      <SidePanel open={opened !== null} title={say('record')} width={560} onClose={() => setOpened(null)}>
        {opened && <Entry row={opened} who={who(opened)} />}
      </SidePanel>
    </>
  );
}

/** Finds a person by name, pinyin or number. */
function PersonFilter({ onChange }: { readonly onChange: (personId: string | null) => void }) {
  const say = auditWords.use();
  const format = useFormat();
  const api = useApi();
  const [text, setText] = useState('');
  const query = useQuery({
    ...api.directory.people.queryOptions({ page: 1, pageSize: 20, search: text, unitId: null }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <Select<string>
      aria-label={say('person')}
      placeholder={say('findPerson')}
      style={{ width: 190 }}
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ filterOption: false, onSearch: (typed) => setText(typed.trim()) }}
      notFoundContent={null}
      onChange={(personId?: string) => onChange(personId ?? null)}
      options={(query.data?.items ?? []).map(({ id, name, personNo, unit }) => ({
        value: id,
        label: `${name} ${personNo} · ${format.text(unit)}`,
      }))}
    />
  );
}

/** An entry in words, and field by field as it is stored, with the names of today beside the ids. */
function Entry({ row, who }: { readonly row: AuditRow; readonly who: string }) {
  const say = auditWords.use();
  const format = useFormat();
  const { what, detail, reason } = useAuditSentence()(row);
  const fields = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])];
  const shown = (value: unknown): string => {
    if (value === undefined) return '';
    if (typeof value === 'string' && row.names[value]) return `${format.text(row.names[value])}\n${value}`;
    return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <p className="font-semibold">{`${who} ${what}`}</p>
        {detail !== '' && <p>{detail}</p>}
        {reason !== '' && <p>{`${say('reason')} · ${reason}`}</p>}
        <p className="text-small text-ink-2">{format.moment(row.at)}</p>
      </div>
      <p className="text-small text-ink-2">{say('recordLead')}</p>
      <p className="font-mono text-small break-all text-ink-2">
        {row.action} · {row.subject.kind} {row.subject.id}
      </p>
      {fields.length > 0 && (
        <Table
          size="small"
          pagination={false}
          rowKey={(field) => field}
          dataSource={fields}
          columns={[
            { key: 'field', title: say('field'), width: 120, render: (_, field: string) => field },
            ...(['before', 'after'] as const).map((side) => ({
              key: side,
              title: say(side),
              render: (_: unknown, field: string) => (
                <span className="font-mono text-small break-all whitespace-pre-wrap">
                  {shown(row[side]?.[field])}
                </span>
              ),
            })),
          ]}
        />
      )}
    </div>
  );
}
