import { useApi } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import type { PersonRow } from '@cadre/domain/identity';
import { AppTable, EmptyState, Page, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { Award } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { canReadPeople, CreditTabs } from './credit-tabs';
import { creditWords } from './credit.words';

/** The area as it opens: people for those who answer for some, the ledger for those who only look after it. */
export function CreditPage() {
  return canReadPeople(useActor()) ? <People /> : <Navigate to="/credit/ledger" replace />;
}

/** Finds a person whose credits one may read. */
function People() {
  const say = creditWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const [state, setState] = useTableState();
  const query = useQuery({
    ...api.directory.people.queryOptions({
      page: state.page,
      pageSize: state.pageSize,
      search: state.search,
      unitId: null,
    }),
    placeholderData: keepPreviousData,
  });
  const columns: AppColumn<PersonRow>[] = [
    { key: 'name', title: say('name'), width: 160, render: (row) => row.name },
    { key: 'personNo', title: say('personNo'), width: 120, render: (row) => row.personNo },
    { key: 'unit', title: say('unit'), width: 220, render: (row) => format.text(row.unit) },
    { key: 'rank', title: say('rank'), width: 180, render: (row) => (row.rank ? format.text(row.rank) : '') },
  ];
  return (
    <Page title={say('title')} lead={say('lead')} actions={<CreditTabs at="people" />}>
      <QueryView query={query}>
        {(page) => (
          <AppTable
            name="credit-people"
            label={say('people')}
            columns={columns}
            rows={page.items}
            rowKey={(row) => row.id}
            total={page.total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            onOpen={(row) => void navigate({ to: '/credit/people/$personId', params: { personId: row.id } })}
            empty={<EmptyState icon={Award} title={say('none')} />}
          />
        )}
      </QueryView>
    </Page>
  );
}
