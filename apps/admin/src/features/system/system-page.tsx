import { useActor } from '@cadre/client/session';
import { canTendJobs } from '@cadre/domain/job';
import { Page } from '@cadre/ui/admin';
import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { AuditTab } from './audit-tab';
import { ClientsTab } from './clients-tab';
import { JobsTab } from './jobs-tab';
import { PeopleTab } from './people-tab';
import { systemTab } from './system-search';
import { systemWords } from './system.words';
import { UnitsTab } from './units-tab';

const route = getRouteApi('/signed-in/system/');

/** Units, people, accounts, grants, API clients and the audit trail. */
export function SystemPage() {
  const say = systemWords.use();
  const actor = useActor();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={say('title')}>
      <Tabs
        activeKey={tab ?? 'people'}
        onChange={(key) => void navigate({ search: systemTab({ tab: key }), replace: true })}
        items={[
          { key: 'people', label: say('tabs.people'), children: <PeopleTab /> },
          { key: 'units', label: say('tabs.units'), children: <UnitsTab /> },
          { key: 'clients', label: say('tabs.clients'), children: <ClientsTab /> },
          ...(canTendJobs(actor) ? [{ key: 'jobs', label: say('tabs.jobs'), children: <JobsTab /> }] : []),
          { key: 'audit', label: say('tabs.audit'), children: <AuditTab /> },
        ]}
      />
    </Page>
  );
}
