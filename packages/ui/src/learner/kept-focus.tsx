import { useEffect, useRef, type ReactNode } from 'react';

export interface KeptFocusProps {
  /** What the controls inside depend on: when it changes, the one that had the focus may be gone. */
  readonly of: string;
  readonly children: ReactNode;
}

/** Keeps the keyboard where it was when the button that was pressed gives way to another one. */
export function KeptFocus({ of, children }: KeptFocusProps) {
  const place = useRef<HTMLDivElement>(null);
  const isHere = useRef(false);
  useEffect(() => {
    if (isHere.current && document.activeElement === document.body)
      place.current?.focus({ preventScroll: true });
  }, [of]);
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="outline-none"
      onFocus={() => (isHere.current = true)}
      // A control that vanishes, or is busy, loses the focus to nobody.
      onBlur={({ relatedTarget }) => (isHere.current = relatedTarget === null)}
    >
      {children}
    </div>
  );
}
