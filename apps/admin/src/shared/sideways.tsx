import type { ReactNode } from 'react';

/** What does not fit beside each other on a narrow screen is pushed sideways alone, not the page with it. */
export function Sideways({ children }: { readonly children: ReactNode }) {
  return <div className="max-w-full overflow-x-auto">{children}</div>;
}
