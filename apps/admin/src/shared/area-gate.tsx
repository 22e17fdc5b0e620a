import { useActor } from '@cadre/client/session';
import { canOpenArea } from '@cadre/domain/access';
import { NoPermission } from '@cadre/ui/admin';
import { Outlet, useRouteContext } from '@tanstack/react-router';

/** The way into an area, for those whose grants reach it; everybody else is told that it is not theirs. */
export function AreaGate() {
  const actor = useActor();
  const area = useRouteContext({ strict: false, select: (context) => context.area });
  if (area !== undefined && canOpenArea(actor, area)) return <Outlet />;
  return (
    <main>
      <NoPermission />
    </main>
  );
}
