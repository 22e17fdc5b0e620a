import { Drawer } from 'antd';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useIsLargeType } from '../appearance';
import { largeTypeFactor } from '../tokens';
import { uiWords } from '../shared/ui.words';

export interface PageHeaderProps {
  readonly title: string;
  /** One quiet line under the title. */
  readonly lead?: ReactNode;
  /** Where this page belongs, as links back: ‹ 联盟网络. */
  readonly trail?: ReactNode;
  /** Buttons at the right, the primary one last. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, lead, trail, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        {trail !== undefined && (
          <div className="mb-0.5 flex items-center gap-1 text-small text-ink-2 [&_a]:underline-offset-4 [&_a:hover]:underline">
            <ChevronLeft aria-hidden size="1.1em" strokeWidth={1.75} />
            {trail}
          </div>
        )}
        <h1 className="text-title leading-snug font-semibold text-ink">{title}</h1>
        {lead !== undefined && <div className="mt-1.5 text-ink-2">{lead}</div>}
      </div>
      {actions !== undefined && <div className="no-print flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

export interface PageProps extends PageHeaderProps {
  readonly children: ReactNode;
}

/** A screen of the admin app. The document's title follows the header. */
export function Page({ children, ...header }: PageProps) {
  return (
    <main className="fade flex flex-col gap-4 px-4 pt-5 pb-8 sm:px-6">
      <title>{header.title}</title>
      <PageHeader {...header} />
      {children}
    </main>
  );
}

/** A part of a screen on a surface, with a heading. */
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
    <section className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2 px-4 pt-3">
        <h2 className="font-semibold text-ink">{title}</h2>
        {aside}
      </div>
      <div className="px-4 pt-2 pb-4">{children}</div>
    </section>
  );
}

export interface SidePanelProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** Buttons at the bottom, the primary one last. */
  readonly footer?: ReactNode;
  /** In px at normal type. */
  readonly width?: number;
}

/** A panel at the right that explains or edits one thing; the page beside it stays in sight and in use. */
export function SidePanel({ open, onClose, title, children, footer, width = 440 }: SidePanelProps) {
  const say = uiWords.use();
  const largeType = useIsLargeType();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      size={largeType ? width * largeTypeFactor : width}
      mask={false}
      closable={{ 'aria-label': say('close'), placement: 'end' }}
      footer={footer !== undefined && <div className="flex justify-end gap-2">{footer}</div>}
      styles={{ section: { borderInlineStart: '1px solid var(--line)' } }}
    >
      {children}
    </Drawer>
  );
}
