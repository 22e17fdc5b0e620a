/** The sign of the product: two open arcs, days or hours, around the seal of this moment. */
export function BrandMark({ size = 40 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden className="shrink-0">
      <g fill="none" strokeWidth="5" strokeLinecap="round">
        <path d="M 19.9 43.1 A 19.5 19.5 0 0 1 19.9 4.9" stroke="var(--primary)" />
        <path d="M 28.1 43.1 A 19.5 19.5 0 0 0 28.1 4.9" stroke="var(--met)" />
      </g>
      <rect x="16" y="16" width="16" height="16" rx="3.5" fill="var(--now)" />
    </svg>
  );
}
