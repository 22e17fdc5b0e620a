import { useIsDemonstration, useNow } from '@cadre/client/clock';
import { LiveProvider, type LiveProviderProps } from '@cadre/client/live';
import { useMe, useSignInEnded } from '@cadre/client/session';
import { applyAppearance } from '@cadre/ui/appearance';
import { tellTime } from '@cadre/ui/format';
import { BarAnchor, BottomBar, ToastLine } from '@cadre/ui/learner';
import { createLink, Outlet } from '@tanstack/react-router';
import { Award, BookOpen, CalendarDays, House, User } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { appWords } from './app.words';

const BarLink = createLink(BarAnchor);

const ConnectionLine = lazy(async () => ({ default: (await import('./connection-line')).ConnectionLine }));
const DemoClock = lazy(async () => ({ default: (await import('./demo-clock')).DemoClock }));
const SignInAgain = lazy(async () => ({
  default: (await import('../features/identity/sign-in-again')).SignInAgain,
}));

/** The frame of every signed-in screen: thin lines above, the five places below. */
export function Shell({ openSocket }: { readonly openSocket?: LiveProviderProps['open'] }) {
  const say = appWords.use();
  const { settings } = useMe();
  const demonstration = useIsDemonstration();
  const signInEnded = useSignInEnded();
  const now = useNow(60_000);
  useEffect(() => applyAppearance(settings), [settings]);
  useEffect(() => tellTime(now), [now]);
  return (
    <LiveProvider {...(openSocket ? { open: openSocket } : {})}>
      <Suspense>
        <ConnectionLine />
      </Suspense>
      {demonstration && (
        <Suspense>
          <DemoClock />
        </Suspense>
      )}
      <div className="pb-[var(--bar)]">
        <Outlet />
      </div>
      <ToastLine />
      <BottomBar label={say('places.label')}>
        <BarLink to="/" activeOptions={{ exact: true }} icon={House} label={say('places.home')} />
        <BarLink to="/courses" icon={BookOpen} label={say('places.courses')} />
        <BarLink to="/schedule" icon={CalendarDays} label={say('places.schedule')} />
        <BarLink to="/credits" icon={Award} label={say('places.credits')} />
        <BarLink to="/me" icon={User} label={say('places.me')} />
      </BottomBar>
      {signInEnded && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </LiveProvider>
  );
}
