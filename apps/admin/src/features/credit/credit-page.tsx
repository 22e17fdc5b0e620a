import { useActor } from '@cadre/client/session';
import { Page } from '@cadre/ui/admin';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { Award } from 'lucide-react';
import { PeopleTable } from '../../shared/people-table';
import { canReadPeople, CreditTabs } from './credit-tabs';
import { creditWords } from './credit.words';

/** The area as it opens: people for those who answer for some, the ledger for those who only look after it. */
export function CreditPage() {
  return canReadPeople(useActor()) ? <People /> : <Navigate to="/credit/ledger" replace />;
}

/** Finds a person whose credits one may read. */
function People() {
  const say = creditWords.use();
  const navigate = useNavigate();
  return (
    <Page title={say('title')} lead={say('lead')} actions={<CreditTabs at="people" />}>
      <PeopleTable
        name="credit-people"
        icon={Award}
        onOpen={(row) => void navigate({ to: '/credit/people/$personId', params: { personId: row.id } })}
      />
    </Page>
  );
}
