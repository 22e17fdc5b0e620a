import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import { useActor } from '@cadre/client/session';
import { canWriteRegulations, type RegulationRow } from '@cadre/domain/regulation';
import { AppTable, EmptyState, Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { ScrollText } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { CreditTabs } from './credit-tabs';
import { RegulationStateTag, useEffectText } from './regulation-look';
import { regulationWords } from './regulation.words';

/** 规则: every version of every regulation, with its state and the two people behind it. */
export function RegulationsPage() {
  const say = regulationWords.use();
  const format = useFormat();
  const effect = useEffectText();
  const api = useApi();
  const navigate = useNavigate();
  const mayWrite = canWriteRegulations(useActor());
  const [state, setState] = useTableState({ pageSize: 200 });
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...api.regulation.list.queryOptions(),
    meta: { live: ['regulation:changed'] },
  });
  const columns: AppColumn<RegulationRow>[] = [
    { key: 'title', title: say('name'), width: 300, render: (row) => format.text(row.title) },
    {
      key: 'version',
      title: say('version'),
      width: 90,
      render: (row) => say('versionNo', { version: row.version }),
    },
    {
      key: 'state',
      title: say('state'),
      width: 170,
      render: ({ state, returned }) => (
        <span className="flex flex-col items-start">
          <RegulationStateTag state={state} returned={returned} />
          {returned !== null && (
            <span className="line-clamp-2 text-small text-ink-2" title={returned}>
              {returned}
            </span>
          )}
        </span>
      ),
    },
    { key: 'unit', title: say('unit'), width: 150, render: (row) => format.text(row.unit) },
    { key: 'effective', title: say('effective'), width: 190, render: effect },
    { key: 'author', title: say('author'), width: 120, render: (row) => row.author ?? say('takenOver') },
    { key: 'approver', title: say('approver'), width: 100, render: (row) => row.approver ?? '' },
    { key: 'code', title: 'ID', width: 120, hiddenAtFirst: true, render: (row) => row.code },
  ];
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      actions={
        <>
          <CreditTabs at="regulations" />
          {mayWrite && (
            <Button
              type="primary"
              onClick={() => void navigate({ to: '/credit/regulations/draft', search: {} })}
            >
              {say('new')}
            </Button>
          )}
        </>
      }
    >
      <QueryView query={query}>
        {(rows) => (
          <AppTable
            name="regulations"
            label={say('list')}
            columns={columns}
            rows={rows}
            rowKey={({ code, version }) => `${code} ${version}`}
            total={rows.length}
            state={state}
            onState={setState}
            withoutSearch
            onOpen={({ code, version }) =>
              void navigate({
                to: '/credit/regulations/$code/$version',
                params: { code, version: String(version) },
              })
            }
            empty={<EmptyState icon={ScrollText} title={say('none')} />}
          />
        )}
      </QueryView>
    </Page>
  );
}
