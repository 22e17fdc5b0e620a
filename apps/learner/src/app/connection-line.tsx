import { useShownSince } from '@cadre/client/clock';
import { useServerStopping } from '@cadre/client/live';
import { useOnline } from '@cadre/client/offline';
import { OfflineLine } from '@cadre/ui/learner';

/** The thin line while there is no network or the server is out of reach, with the age of what the screen shows. */
export function ConnectionLine() {
  return <OfflineLine offline={!useOnline()} restarting={useServerStopping()} since={useShownSince()} />;
}
