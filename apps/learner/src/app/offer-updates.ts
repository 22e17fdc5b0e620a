import { sayDone } from '@cadre/ui/feedback';
import { appWords } from './app.words';

/**
 * Registers the service worker once the first page stands. A new version is offered in a quiet line and never takes
 * the page away by itself: what was typed stays.
 */
export async function offerUpdates(): Promise<void> {
  const { registerSW } = await import('virtual:pwa-register');
  const update = registerSW({
    onNeedRefresh: () =>
      sayDone(appWords.say('update.ready'), {
        action: { label: appWords.say('update.reload'), run: () => void update(true) },
      }),
  });
}
