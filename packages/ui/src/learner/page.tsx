import { ChevronLeft, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLangOf } from '../i18n';
import { classNames } from '../shared/class-names';

export interface PageHeaderProps {
  readonly title: string;
  /** One quiet line under the title. */
  readonly lead?: ReactNode;
  /** A link back, made by the app with `BackAnchor`. */
  readonly back?: ReactNode;
  /** Icons at the right. */
  readonly actions?: ReactNode;
}

/** The head of a screen. Below the first level it is one line with a way back. */
export function PageHeader({ title, lead, back, actions }: PageHeaderProps) {
  const langOf = useLangOf();
  return (
    <header className={classNames('flex items-start gap-1', back === undefined ? 'pt-6 pb-4' : 'pt-2 pb-3')}>
      {back !== undefined && <div className="-ms-3">{back}</div>}
      <div className={classNames('min-w-0 flex-1', back !== undefined && 'pt-2')}>
        <h1
          lang={langOf(title)}
          className={classNames(
            'font-semibold text-balance text-ink',
            back === undefined ? 'text-display' : 'text-lead',
          )}
        >
          {title}
        </h1>
        {lead !== undefined && <div className="mt-0.5 text-ink-2">{lead}</div>}
      </div>
      {actions !== undefined && <div className="-me-3 flex shrink-0 items-center">{actions}</div>}
    </header>
  );
}

export interface PageProps extends PageHeaderProps {
  readonly children: ReactNode;
  /** The one primary action, kept at the thumb above the bottom bar. */
  readonly action?: ReactNode;
}

/**
 * A screen: header, content, and at most one primary action.
 * The document's title follows the header.
 */
export function Page({ children, action, ...header }: PageProps) {
  return (
    <main
      className={classNames(
        'fade mx-auto w-full max-w-[40rem] px-4',
        action === undefined ? 'pb-8' : 'pb-24',
      )}
    >
      <title>{header.title}</title>
      <PageHeader {...header} />
      <div className="flex flex-col gap-6">{children}</div>
      {action !== undefined && (
        <div
          ref={tellHeight}
          data-page-action
          className="fixed inset-x-0 bottom-[var(--bar)] z-20 border-t border-line bg-paper px-4 py-2.5"
        >
          <div className="mx-auto flex max-w-[38rem] flex-col">{action}</div>
        </div>
      )}
    </main>
  );
}

/** The height of the primary action, for what floats above it; it grows with what stands beside the button. */
function tellHeight(place: HTMLElement | null): (() => void) | undefined {
  if (!place || typeof ResizeObserver === 'undefined') return undefined;
  const watch = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--page-action', `${place.offsetHeight}px`),
  );
  watch.observe(place);
  return () => watch.disconnect();
}

/** A part of a screen with a heading: 今天, 适合您. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-small font-semibold tracking-wide text-ink-2">{title}</h2>
        {aside !== undefined && <div className="text-small">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** The way back to `label`, for the typed router link of the app. */
export function BackAnchor({
  label,
  ...rest
}: { readonly label: string } & React.AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      {...rest}
      aria-label={label}
      title={label}
      className="inline-flex size-12 items-center justify-center rounded-card text-ink hover:bg-fill"
    >
      <ChevronLeft aria-hidden size={26} strokeWidth={1.75} />
    </a>
  );
}

export interface BarAnchorProps extends React.AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly icon: LucideIcon;
  readonly label: string;
}

/** One place of the bottom bar; the router sets `aria-current` on the active one. */
export function BarAnchor({ icon: Icon, label, ...rest }: BarAnchorProps) {
  return (
    <a
      {...rest}
      className="group flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-ink-2 transition-colors aria-[current=page]:text-primary"
    >
      <span className="rounded-full px-4 py-0.5 transition-colors group-aria-[current=page]:bg-primary-soft">
        <Icon aria-hidden size={22} strokeWidth={1.75} />
      </span>
      <span className="max-w-full truncate text-[min(0.8rem,6.5vw)] leading-tight [:lang(en)_&]:text-[min(0.8rem,4vw)] group-aria-[current=page]:font-semibold">
        {label}
      </span>
    </a>
  );
}

/** The bottom bar of the five places. */
export function BottomBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 h-[var(--bar)] border-t border-line bg-surface pb-[env(safe-area-inset-bottom,0px)]"
    >
      <div className="mx-auto flex h-full max-w-[40rem] items-stretch px-1">{children}</div>
    </nav>
  );
}

/** A quiet sentence in place of a short list that has nothing: 还没有登记师资。 */
export function Quiet({ children }: { readonly children: ReactNode }) {
  return <p className="text-ink-2">{children}</p>;
}
