import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

/** A row that opens to what it is made of. */
export function Opening({ head, children }: { readonly head: ReactNode; readonly children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 px-4 py-3 [&::-webkit-details-marker]:hidden">
        {head}
        <ChevronDown
          aria-hidden
          size={20}
          className="shrink-0 text-ink-2 transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="flex flex-col gap-4 px-4 pb-4">{children}</div>
    </details>
  );
}
