import { useAppClient } from '@cadre/client/api';
import { Page } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { liveWords } from './live.words';
import { CheckInRunning, NotCheckedIn } from './scan-states';

const route = getRouteApi('/signed-in/check-in/$sessionId');

/** After the sign-in: the scan that this browser has kept becomes a check-in at the scan's time. */
export function RedeemPage() {
  const say = liveWords.use();
  const { sessionId } = route.useParams();
  const { calls } = useAppClient();
  const redeem = useQuery({
    queryKey: ['redeem', sessionId],
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => calls.live.redeem.mutate({ sessionId }),
  });
  if (redeem.data) return <Navigate to="/rooms/$sessionId" params={{ sessionId }} replace />;
  return (
    <Page title={say('scan.title')}>
      {redeem.isError ? (
        <NotCheckedIn error={redeem.error} sessionId={sessionId} onRetry={() => void redeem.refetch()} />
      ) : (
        <CheckInRunning />
      )}
    </Page>
  );
}
