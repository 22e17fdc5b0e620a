import { useAppClient } from '@cadre/client/api';
import { meQuery } from '@cadre/client/session';
import { refusalOf } from '@cadre/client/refusal';
import type { AttendanceReceipt, Scanned } from '@cadre/domain/live';
import { formatTime } from '@cadre/ui/format';
import { EmptyState, Page } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { QrCode } from 'lucide-react';
import { ButtonLink } from '../../shared/links';
import { liveWords } from './live.words';
import { CheckInRunning, NotCheckedIn } from './scan-states';

const route = getRouteApi('/check-in/$sessionId/$token');

type Outcome =
  | { readonly kind: 'checked-in'; readonly receipt: AttendanceReceipt }
  | { readonly kind: 'kept'; readonly scanned: Scanned };

/**
 * What the camera opens. Signed in, it checks in at once; otherwise the scan is kept for this browser, and signing in
 * redeems it at the scan's time. Done once per opening: asking twice would lead to the same receipt.
 */
export function ScanPage() {
  const say = liveWords.use();
  const { sessionId, token } = route.useParams();
  const client = useAppClient();
  const scan = useQuery({
    queryKey: ['scan', sessionId, token],
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async (): Promise<Outcome> => {
      const { calls, queries } = client;
      const isSignedIn = await queries.ensureQueryData(meQuery(client)).then(
        (me) => !me.mustChangePassword,
        (error: unknown) => {
          if (refusalOf(error).code !== 'NOT_SIGNED_IN') throw error;
          return false;
        },
      );
      return isSignedIn
        ? {
            kind: 'checked-in',
            receipt: await calls.live.checkIn.mutate({ sessionId, proof: { kind: 'qr', token } }),
          }
        : { kind: 'kept', scanned: await calls.live.scan.mutate({ sessionId, token }) };
    },
  });
  if (scan.data?.kind === 'checked-in')
    return <Navigate to="/rooms/$sessionId" params={{ sessionId }} replace />;
  return (
    <Page title={say('scan.title')}>
      {scan.data ? (
        <EmptyState
          icon={QrCode}
          title={say('scan.keptTitle', { time: formatTime(scan.data.scanned.scannedAt) })}
          action={
            <ButtonLink to="/sign-in" search={{ back: `/check-in/${sessionId}` }} variant="primary" wide>
              {say('scan.signIn')}
            </ButtonLink>
          }
        >
          {say('scan.keptText', { title: scan.data.scanned.title })}
        </EmptyState>
      ) : scan.isError ? (
        <NotCheckedIn error={scan.error} sessionId={sessionId} onRetry={() => void scan.refetch()} />
      ) : (
        <CheckInRunning />
      )}
    </Page>
  );
}
