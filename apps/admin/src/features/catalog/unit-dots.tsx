import type { ProgressTally } from '@cadre/domain/catalog';

export interface UnitDotsProps {
  readonly tally: ProgressTally;
  /** How the dots read aloud. */
  readonly label: string;
  /** From centre to centre in px. */
  readonly step: number;
  readonly perRow: number;
}

const classes = {
  done: 'fill-met stroke-met',
  running: 'fill-wait-soft stroke-wait',
  planned: 'fill-surface stroke-control',
} as const;

/** A dot per unit counted: filled when done, amber when running, open when planned. */
export function UnitDots({ tally, label, step, perRow }: UnitDotsProps) {
  const kinds = [
    ...Array<'done'>(tally.done).fill('done'),
    ...Array<'running'>(tally.running).fill('running'),
    ...Array<'planned'>(tally.planned).fill('planned'),
  ];
  const rows = Math.max(1, Math.ceil(kinds.length / perRow));
  const radius = step * 0.36;
  const [width, height] = [Math.min(kinds.length, perRow) * step, rows * step];
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="h-auto max-w-full"
    >
      {kinds.map((kind, index) => (
        <circle
          key={index}
          cx={(index % perRow) * step + step / 2}
          cy={Math.floor(index / perRow) * step + step / 2}
          r={radius}
          strokeWidth={step > 9 ? 1.5 : 1}
          className={classes[kind]}
        />
      ))}
    </svg>
  );
}

/** One dot, for the legend. */
export function LegendDot({ kind }: { readonly kind: keyof typeof classes }) {
  return (
    <svg width="12" height="12" aria-hidden>
      <circle cx="6" cy="6" r="4.3" strokeWidth="1.5" className={classes[kind]} />
    </svg>
  );
}
