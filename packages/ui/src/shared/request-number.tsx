import { uiWords } from './ui.words';

/** The number of a request, easy to select and copy. */
export function RequestNumber({ requestId }: { readonly requestId: string }) {
  const say = uiWords.use();
  return <p className="mt-2 text-small text-ink-2 select-all">{say('error.requestId', { requestId })}</p>;
}
