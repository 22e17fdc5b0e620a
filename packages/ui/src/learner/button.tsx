import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from '../shared/class-names';
import { Badge } from '../shared/state-tag';

interface ButtonLook {
  /** `primary`: the one action of the screen. `danger`: what cannot be undone, after asking once. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  /** As wide as its container. */
  readonly wide?: boolean;
  readonly icon?: LucideIcon;
}

const variants = {
  primary: 'bg-primary text-on-primary hover:opacity-92',
  secondary: 'border border-control bg-surface text-ink hover:bg-fill',
  quiet: 'text-primary hover:bg-fill',
  danger: 'border border-refusal bg-surface text-refusal hover:bg-refusal-soft',
} as const;

function buttonClass({ variant = 'secondary', size = 'normal', wide = false }: ButtonLook): string {
  return classNames(
    'inline-flex cursor-pointer items-center justify-center gap-2 rounded-card text-center leading-tight font-medium',
    'transition-[background-color,opacity] select-none active:opacity-80 aria-disabled:cursor-default aria-disabled:opacity-55',
    size === 'normal' ? 'min-h-12 px-5 py-2' : 'min-h-10 px-3.5 py-1.5 text-small',
    wide && 'w-full',
    variants[variant],
  );
}

export interface ButtonProps extends ButtonLook, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** The action is under way: shown, announced, and a second tap does nothing. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/**
 * A button says what will happen: `<Button variant="primary" busy={enrol.isPending}>报名这个班</Button>`.
 * A disabled button keeps the focus and can be read; it only does nothing.
 */
export function Button({
  variant = 'secondary',
  size = 'normal',
  wide = false,
  icon: Icon,
  busy = false,
  disabled = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const idle = busy || disabled;
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={idle || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (idle) event.preventDefault();
        else onClick?.(event);
      }}
      className={buttonClass({ variant, size, wide })}
    >
      {busy ? (
        <LoaderCircle aria-hidden size="1.15em" className="animate-spin motion-reduce:animate-none" />
      ) : (
        Icon && <Icon aria-hidden size="1.15em" />
      )}
      {children}
    </button>
  );
}

export interface ButtonAnchorProps
  extends ButtonLook, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'className'> {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
}

/** A link that looks like a button; the app makes its typed router link from it. */
export function ButtonAnchor({
  variant = 'secondary',
  size = 'normal',
  wide = false,
  icon: Icon,
  children,
  ...rest
}: ButtonAnchorProps) {
  return (
    <a {...rest} className={buttonClass({ variant, size, wide })}>
      {Icon && <Icon aria-hidden size="1.15em" />}
      {children}
    </a>
  );
}

export interface IconButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'className' | 'children'
> {
  readonly icon: LucideIcon;
  /** What it does, for those who do not see the icon; with a count it names that too: 消息，3 条未读. */
  readonly label: string;
  readonly count?: number;
}

/** A 48 px square with one icon, and a count at its corner where something waits. */
export function IconButton({ icon: Icon, label, count = 0, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className="relative inline-flex size-12 shrink-0 cursor-pointer items-center justify-center rounded-card text-ink-2 transition-colors hover:bg-fill"
    >
      <Icon aria-hidden size={22} strokeWidth={1.75} />
      {count > 0 && (
        <span aria-hidden className="absolute end-0.5 top-0.5 flex">
          <Badge count={count} label={label} />
        </span>
      )}
    </button>
  );
}
