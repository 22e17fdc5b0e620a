import { useIsDemonstration, useNow } from '@cadre/client/clock';
import { LiveProvider, type LiveProviderProps } from '@cadre/client/live';
import { useActor, useMe, useSignInEnded } from '@cadre/client/session';
import type { AdminArea } from '@cadre/domain/access';
import { BrandMark, ToastLine } from '@cadre/ui/admin';
import { applyAppearance } from '@cadre/ui/appearance';
import { tellTime } from '@cadre/ui/format';
import { Link, Outlet } from '@tanstack/react-router';
import {
  Award,
  BookOpen,
  CalendarRange,
  ChartNoAxesColumn,
  LayoutDashboard,
  Network,
  RadioTower,
  Scale,
  Settings,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useEffect } from 'react';
import { AccountMenu } from '../features/identity/account-menu';
import { SignInAgain } from '../features/identity/sign-in-again';
import { areaPaths, openAreasOf } from '../shared/routes';
import { appWords } from './app.words';
import { ConnectionLine } from './connection-line';
import { DemoClock } from './demo-clock';
import { QuickSearch } from './quick-search';

const icons: Readonly<Record<AdminArea, LucideIcon>> = {
  workbench: LayoutDashboard,
  network: Network,
  catalog: BookOpen,
  training: CalendarRange,
  enrollment: UsersRound,
  live: RadioTower,
  credit: Award,
  assessment: Scale,
  insight: ChartNoAxesColumn,
  system: Settings,
};

/** The frame of every signed-in screen: the areas at the left, a thin bar above. */
export function Shell({ openSocket }: { readonly openSocket?: LiveProviderProps['open'] }) {
  const say = appWords.use();
  const { settings } = useMe();
  const areas = openAreasOf(useActor());
  const demonstration = useIsDemonstration();
  const signInEnded = useSignInEnded();
  const now = useNow(60_000);
  useEffect(() => applyAppearance(settings), [settings]);
  useEffect(() => tellTime(now), [now]);
  return (
    <LiveProvider {...(openSocket ? { open: openSocket } : {})}>
      <div className="flex min-h-dvh">
        {areas.length > 0 && (
          <nav
            aria-label={say('areas.label')}
            className="no-print sticky top-0 flex h-dvh w-14 shrink-0 flex-col gap-0.5 overflow-y-auto border-e border-line bg-surface px-2 py-3 min-[68rem]:w-[13.5rem]"
          >
            <div className="flex items-center justify-center gap-2.5 px-2 pb-4 min-[68rem]:justify-start">
              <BrandMark size={28} />
              <span className="hidden truncate font-semibold min-[68rem]:inline">{say('shortName')}</span>
            </div>
            {areas.map((area) => (
              <AreaLink key={area} area={area} label={say(`areas.${area}`)} />
            ))}
          </nav>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <ConnectionLine />
          <div className="no-print @container flex min-h-11 items-center gap-1 border-b border-line px-1 sm:px-4">
            {areas.length > 0 && <QuickSearch />}
            <span className="flex-1" />
            {demonstration && <DemoClock />}
            <AccountMenu />
          </div>
          <Outlet />
        </div>
      </div>
      <ToastLine />
      {signInEnded && <SignInAgain />}
    </LiveProvider>
  );
}

/** One area of the side bar; on a narrow screen only its icon, whose name appears on hover and is read aloud. */
function AreaLink({ area, label }: { readonly area: AdminArea; readonly label: string }) {
  const Icon = icons[area];
  return (
    <Link
      to={areaPaths[area]}
      title={label}
      aria-label={label}
      className="flex min-h-9 items-center justify-center gap-2.5 rounded-card px-2.5 text-ink-2 transition-colors hover:bg-fill hover:text-ink aria-[current=page]:bg-primary-soft aria-[current=page]:font-semibold aria-[current=page]:text-primary min-[68rem]:justify-start"
    >
      <Icon aria-hidden size="1.25em" strokeWidth={1.75} className="shrink-0" />
      <span className="hidden truncate min-[68rem]:inline">{label}</span>
    </Link>
  );
}
