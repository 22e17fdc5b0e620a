import { CloudOff, RefreshCw } from 'lucide-react';
import { formatMoment, type Moment } from '../format';
import { useLanguage } from '../i18n';
import { uiWords } from './ui.words';

export interface OfflineLineProps {
  readonly offline: boolean;
  /** The server has said that it restarts. */
  readonly restarting?: boolean;
  /** When the oldest content on the screen was read, if it could not be read again. */
  readonly since?: Moment | null;
}

/** The thin line of being offline, of a server that restarts or is out of reach; nothing else on the screen changes. */
export function OfflineLine({ offline, restarting = false, since = null }: OfflineLineProps) {
  const say = uiWords.use();
  const language = useLanguage();
  if (!offline && !restarting && since === null) return null;
  const Icon = restarting && !offline ? RefreshCw : CloudOff;
  return (
    <p
      role="status"
      className="flex items-center justify-center gap-1.5 bg-wait-soft px-4 py-1 text-small text-wait"
    >
      <Icon aria-hidden size="1.1em" className="shrink-0" />
      {restarting && !offline
        ? say('offline.restarting')
        : since === null
          ? say('offline.line')
          : say(offline ? 'offline.since' : 'offline.unreached', { time: formatMoment(since, language) })}
    </p>
  );
}
