import { CloudOff } from 'lucide-react';
import { uiWords } from './ui.words';

/** The thin line of being offline; nothing else on the screen changes. `waiting` counts what will be sent later. */
export function OfflineLine({
  offline,
  waiting = 0,
}: {
  readonly offline: boolean;
  readonly waiting?: number;
}) {
  const say = uiWords.use();
  if (!offline) return null;
  return (
    <p
      role="status"
      className="flex items-center justify-center gap-1.5 bg-wait-soft px-4 py-1 text-small text-wait"
    >
      <CloudOff aria-hidden size="1.1em" />
      {waiting > 0 ? say('offline.waiting', { count: waiting }) : say('offline.line')}
    </p>
  );
}
