import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { uiWords } from '../shared/ui.words';
import { IconButton } from './button';

export interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Buttons at the bottom, in reach of the thumb. */
  readonly footer?: ReactNode;
  /** Cannot be closed except by what it asks for. */
  readonly sticky?: boolean;
}

/** A sheet that rises from below (in the middle on a wide screen); Escape, the backdrop and the cross close it. */
export function Sheet({ open, onOpenChange, title, lead, children, footer, sticky = false }: SheetProps) {
  const say = uiWords.use();
  const stay = (event: Event): void => {
    if (sticky) event.preventDefault();
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade fixed inset-0 z-50 bg-[rgb(20_22_25/0.5)]" />
        <Dialog.Content
          onEscapeKeyDown={stay}
          onPointerDownOutside={stay}
          {...(lead === undefined ? { 'aria-describedby': undefined } : {})}
          className="rise fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[88dvh] max-w-[34rem] flex-col rounded-t-card bg-raised pb-[env(safe-area-inset-bottom,0px)] shadow-above sm:bottom-auto sm:top-[12dvh] sm:rounded-card"
        >
          <div className="flex items-start gap-2 ps-5 pe-2 pt-4">
            <div className="min-w-0 flex-1 pt-1">
              <Dialog.Title className="text-lead font-semibold text-balance">{title}</Dialog.Title>
              {lead !== undefined && (
                <Dialog.Description className="mt-1 text-ink-2" asChild>
                  <div>{lead}</div>
                </Dialog.Description>
              )}
            </div>
            {!sticky && (
              <Dialog.Close asChild>
                <IconButton icon={X} label={say('close')} />
              </Dialog.Close>
            )}
          </div>
          <div className="overflow-y-auto px-5 pt-3 pb-5">{children}</div>
          {footer !== undefined && (
            <div className="flex flex-col gap-2 border-t border-line px-5 py-3 sm:flex-row-reverse">
              {footer}
            </div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
