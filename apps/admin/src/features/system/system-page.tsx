import { Page } from '@cadre/ui/admin';
import { Tabs } from 'antd';
import { AuditTab } from './audit-tab';
import { ClientsTab } from './clients-tab';
import { PeopleTab } from './people-tab';
import { systemWords } from './system.words';
import { UnitsTab } from './units-tab';

/** Units, people, accounts, grants, API clients and the audit trail. */
export function SystemPage() {
  const say = systemWords.use();
  return (
    <Page title={say('title')}>
      <Tabs
        items={[
          { key: 'people', label: say('tabs.people'), children: <PeopleTab /> },
          { key: 'units', label: say('tabs.units'), children: <UnitsTab /> },
          { key: 'clients', label: say('tabs.clients'), children: <ClientsTab /> },
          { key: 'audit', label: say('tabs.audit'), children: <AuditTab /> },
        ]}
      />
    </Page>
  );
}
