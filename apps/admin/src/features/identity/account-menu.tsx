import { useMe, useSignOut, useUpdateSettings } from '@cadre/client/session';
import { useFormat } from '@cadre/ui/format';
import { useRouter } from '@tanstack/react-router';
import { Button, Popconfirm, Popover, Segmented, Switch } from 'antd';
import { CircleUserRound, KeyRound, LogOut, MonitorSmartphone, Smartphone } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Failed } from '../../shared/failure';
import { identityWords } from './identity.words';

/** Who is signed in; behind it how the product looks, and the ways out. */
export function AccountMenu() {
  const say = identityWords.use();
  const format = useFormat();
  const { person } = useMe();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={<MenuContent onLeave={() => setOpen(false)} />}
    >
      <Button type="text" icon={<CircleUserRound aria-hidden size="1.2em" strokeWidth={1.75} />}>
        <span>{person.name}</span>
        <span className="hidden max-w-[16em] truncate text-ink-2 sm:inline">
          {format.text(person.unit.name)}
        </span>
        <span className="sr-only">{say('menu.open')}</span>
      </Button>
    </Popover>
  );
}

const itemClass =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-card px-2 text-start text-ink transition-colors hover:bg-fill';

function MenuContent({ onLeave }: { readonly onLeave: () => void }) {
  const say = identityWords.use();
  const router = useRouter();
  const { settings } = useMe();
  const update = useUpdateSettings();
  const signOut = useSignOut(() => window.location.assign('/admin/sign-in'));
  const largeTypeId = useId();
  return (
    <div className="flex w-[18rem] flex-col gap-3">
      <Setting label={say('menu.language')}>
        <Segmented
          block
          aria-label={say('menu.language')}
          options={[
            { value: 'zh' as const, label: '中文' },
            { value: 'en' as const, label: 'English' },
          ]}
          value={settings.language}
          onChange={(language) => update.mutate({ ...settings, language })}
        />
      </Setting>
      <Setting label={say('menu.theme')}>
        <Segmented
          block
          aria-label={say('menu.theme')}
          options={[
            { value: 'system' as const, label: say('menu.themeSystem') },
            { value: 'light' as const, label: say('menu.themeLight') },
            { value: 'dark' as const, label: say('menu.themeDark') },
          ]}
          value={settings.theme}
          onChange={(theme) => update.mutate({ ...settings, theme })}
        />
      </Setting>
      <div className="flex items-center justify-between">
        <label htmlFor={largeTypeId}>{say('menu.largeType')}</label>
        <Switch
          id={largeTypeId}
          checked={settings.largeType}
          onChange={(largeType) => update.mutate({ ...settings, largeType })}
        />
      </div>
      <Failed error={update.error ?? signOut.error} />
      <div className="-mx-2 flex flex-col border-t border-line pt-2">
        <a href="/" className={itemClass}>
          <Smartphone aria-hidden size="1.1em" />
          {say('menu.learner')}
        </a>
        <button
          type="button"
          className={itemClass}
          onClick={() => {
            onLeave();
            void router.navigate({
              to: '/password',
              search: { own: true, back: router.history.location.href },
            });
          }}
        >
          <KeyRound aria-hidden size="1.1em" />
          {say('menu.changePassword')}
        </button>
        <button type="button" className={itemClass} onClick={() => signOut.mutate('here')}>
          <LogOut aria-hidden size="1.1em" />
          {say('menu.signOut')}
        </button>
        <Popconfirm
          title={say('menu.signOutEverywhere')}
          description={<p className="max-w-[16rem]">{say('menu.signOutEverywhereAsk')}</p>}
          okText={say('menu.signOutEverywhereDo')}
          cancelText={say('menu.cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={() => signOut.mutate('everywhere')}
        >
          <button type="button" className={itemClass}>
            <MonitorSmartphone aria-hidden size="1.1em" />
            {say('menu.signOutEverywhere')}
          </button>
        </Popconfirm>
      </div>
    </div>
  );
}

function Setting({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span>{label}</span>
      {children}
    </div>
  );
}
