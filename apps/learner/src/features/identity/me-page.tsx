import { useMe, useSignOut, useUpdateSettings } from '@cadre/client/session';
import { useFormat } from '@cadre/ui/format';
import {
  Button,
  Card,
  Page,
  RowButton,
  RowList,
  Section,
  Segmented,
  Sheet,
  SwitchRow,
} from '@cadre/ui/learner';
import { KeyRound, LogOut, MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { RowLink } from '../../shared/links';
import { identityWords } from './identity.words';

const iconSize = 20;

export function MePage() {
  const say = identityWords.use();
  const format = useFormat();
  const { person, settings } = useMe();
  const update = useUpdateSettings();
  const [asking, setAsking] = useState(false);
  const signOut = useSignOut(() => window.location.assign('/sign-in'));
  return (
    <Page
      title={person.name}
      lead={
        <>
          {format.text(person.unit.name)}
          <span className="block text-small">{say('me.personNo', { personNo: person.personNo })}</span>
        </>
      }
    >
      <Section title={say('me.settings')}>
        <Card>
          <div className="flex flex-col gap-5 p-4">
            <Segmented
              label={say('me.language')}
              choices={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
              value={settings.language}
              onChange={(language) => update.mutate({ ...settings, language })}
            />
            <Segmented
              label={say('me.theme')}
              choices={[
                { value: 'system', label: say('me.themeSystem') },
                { value: 'light', label: say('me.themeLight') },
                { value: 'dark', label: say('me.themeDark') },
              ]}
              value={settings.theme}
              onChange={(theme) => update.mutate({ ...settings, theme })}
            />
          </div>
          <SwitchRow
            label={say('me.largeType')}
            hint={say('me.largeTypeHint')}
            checked={settings.largeType}
            onChange={(largeType) => update.mutate({ ...settings, largeType })}
          />
        </Card>
        <Failed error={update.error} />
      </Section>
      <Section title={say('me.account')}>
        <RowList>
          <RowLink
            to="/password"
            search={{ back: '/me', own: true }}
            leading={<KeyRound aria-hidden size={iconSize} />}
            title={say('me.changePassword')}
          />
          <RowButton
            leading={<LogOut aria-hidden size={iconSize} />}
            title={say('me.signOut')}
            onClick={() => signOut.mutate('here')}
          />
          <RowButton
            leading={<MonitorSmartphone aria-hidden size={iconSize} />}
            title={say('me.signOutEverywhere')}
            onClick={() => setAsking(true)}
          />
        </RowList>
        <Failed error={signOut.error} />
      </Section>
      <Sheet
        open={asking}
        onOpenChange={setAsking}
        title={say('me.signOutEverywhereAsk')}
        footer={
          <>
            <Button variant="danger" busy={signOut.isPending} onClick={() => signOut.mutate('everywhere')}>
              {say('me.signOutEverywhereDo')}
            </Button>
            <Button onClick={() => setAsking(false)}>{say('me.cancel')}</Button>
          </>
        }
      >
        {say('me.signOutEverywhereText')}
      </Sheet>
    </Page>
  );
}
