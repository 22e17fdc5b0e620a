import { useApi } from '@cadre/client/api';
import type { AuditRow } from '@cadre/domain/audit';
import { AppTable, EmptyState, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { systemWords } from './system.words';

const brief = (value: Record<string, unknown> | null): string =>
  value === null ? '' : JSON.stringify(value);

/** One line of a row; the whole of it stands under the pointer. */
function Brief({ text }: { readonly text: string }) {
  return (
    <span title={text} className="block max-w-60 truncate">
      {text}
    </span>
  );
}

/** Who did what to what, newest first. */
export function AuditTab() {
  const say = systemWords.use();
  const format = useFormat();
  const api = useApi();
  const [state, setState] = useTableState();
  const query = useQuery({
    ...api.audit.list.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      action: null,
      subjectId: null,
      personId: null,
    }),
    placeholderData: keepPreviousData,
  });
  const columns: AppColumn<AuditRow>[] = [
    { key: 'at', title: say('at'), width: 150, render: (row) => format.moment(row.at) },
    {
      key: 'who',
      title: say('who'),
      width: 130,
      render: (row) => (row.actorName === null ? say('system') : `${row.actorName} ${row.actorNo ?? ''}`),
    },
    { key: 'action', title: say('action'), width: 180, render: (row) => row.action },
    {
      key: 'subject',
      title: say('subject'),
      width: 200,
      render: (row) => <Brief text={`${row.subject.kind} ${row.subject.id}`} />,
    },
    { key: 'before', title: say('before'), width: 240, render: (row) => <Brief text={brief(row.before)} /> },
    { key: 'after', title: say('after'), width: 240, render: (row) => <Brief text={brief(row.after)} /> },
  ];
  return (
    <QueryView query={query}>
      {(page) => (
        <AppTable
          name="audit"
          label={say('audit')}
          columns={columns}
          rows={page.items}
          rowKey={(row) => row.id}
          total={page.total}
          state={state}
          onState={setState}
          loading={query.isFetching}
          withoutSearch
          empty={<EmptyState icon={ScrollText} title={say('noAudit')} />}
        />
      )}
    </QueryView>
  );
}
