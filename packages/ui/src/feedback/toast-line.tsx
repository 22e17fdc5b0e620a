import { Check } from 'lucide-react';
import { uiWords } from '../shared/ui.words';
import { dismissToast, useToast } from './toast';

/** Where the quiet line appears; stands once in the shell, above what is at the bottom of the screen. */
export function ToastLine() {
  const say = uiWords.use();
  const message = useToast();
  const offer = message?.undo ? { label: say('undo'), run: message.undo } : message?.action;
  return (
    <div
      role="status"
      aria-live="polite"
      className="toast-place pointer-events-none fixed inset-x-0 z-40 flex justify-center px-4"
    >
      {message && (
        <div
          key={message.id}
          className="rise pointer-events-auto flex min-h-12 max-w-[30rem] items-center gap-3 rounded-card bg-ink py-1 ps-4 pe-2 text-paper shadow-above"
        >
          <Check aria-hidden size="1.1em" className="shrink-0" />
          <span className="py-1.5 pe-2 text-pretty">{message.text}</span>
          {offer && (
            <button
              type="button"
              className="min-h-10 shrink-0 cursor-pointer rounded-chip px-3 font-semibold underline underline-offset-4"
              onClick={() => {
                dismissToast();
                offer.run();
              }}
            >
              {offer.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
