import { ChevronRight } from 'lucide-react';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { useLangOf } from '../i18n';
import { classNames } from '../shared/class-names';

/** A surface with a hairline. Parts inside are parted by hairlines unless it is padded; cards never stand in cards. */
export function Card({
  children,
  padded = false,
}: {
  readonly children: ReactNode;
  readonly padded?: boolean;
}) {
  return (
    <div
      className={classNames(
        'overflow-hidden rounded-card border border-line bg-surface',
        padded ? 'p-4' : 'divide-y divide-line',
      )}
    >
      {children}
    </div>
  );
}

/** A list of rows on a surface; announced as a list. */
export function RowList({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface"
    >
      {children}
    </ul>
  );
}

export interface RowContent {
  readonly title: ReactNode;
  /** At most two more lines: a row shows three facts, the title being the first. */
  readonly facts?: readonly [ReactNode?, ReactNode?];
  /** Before the title: an icon, a date, a time. */
  readonly leading?: ReactNode;
  /** Under the facts, over the full width: a state with its word. */
  readonly below?: ReactNode;
  /** At the right: a figure, a short state. */
  readonly trailing?: ReactNode;
}

function RowBody({ title, facts = [], leading, below, trailing }: RowContent) {
  const langOf = useLangOf();
  return (
    <>
      {leading !== undefined && <div className="shrink-0 text-ink-2">{leading}</div>}
      <div className="min-w-0 flex-1">
        <div className="text-pretty text-ink" lang={langOf(title)}>
          {title}
        </div>
        {facts.map(
          (fact, index) =>
            fact !== undefined &&
            fact !== '' && (
              <div key={index} className="text-small text-ink-2">
                {fact}
              </div>
            ),
        )}
        {below !== undefined && <div className="mt-1.5 flex flex-wrap gap-1.5 empty:hidden">{below}</div>}
      </div>
      {trailing !== undefined && <div className="shrink-0 text-right text-small text-ink-2">{trailing}</div>}
    </>
  );
}

const rowClass = 'flex min-h-14 items-center gap-3 px-4 py-3';

/** A row that only shows. */
export function Row(content: RowContent) {
  return (
    <li className={rowClass}>
      <RowBody {...content} />
    </li>
  );
}

export interface RowAnchorProps
  extends RowContent, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'className' | 'title'> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A row that opens something; the app makes its typed router link from it. */
export function RowAnchor({ title, facts, leading, below, trailing, ...rest }: RowAnchorProps) {
  return (
    <li>
      <a {...rest} className={classNames(rowClass, 'transition-colors hover:bg-fill active:bg-fill')}>
        <RowBody
          title={title}
          {...(facts ? { facts } : {})}
          leading={leading}
          below={below}
          trailing={trailing}
        />
        <ChevronRight aria-hidden size={20} className="-me-1 shrink-0 text-ink-2" />
      </a>
    </li>
  );
}

export interface RowButtonProps extends RowContent {
  readonly onClick: () => void;
  readonly danger?: boolean;
}

/** A row that does something here: 退出登录. */
export function RowButton({ onClick, danger = false, ...content }: RowButtonProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className={classNames(
          rowClass,
          'w-full cursor-pointer text-left transition-colors hover:bg-fill active:bg-fill',
          danger && '[&_*]:text-refusal',
        )}
      >
        <RowBody {...content} />
      </button>
    </li>
  );
}
