import { tierNames } from '@cadre/client/naming';
import type { BasePoint, BaseTier } from '@cadre/domain/network';
import { classNames } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useMemo, useState } from 'react';
import { lookOf, stateName, type BaseLook } from './base-look';
import { networkWords } from './network.words';
import { layOut } from './schematic-layout';

const frame = { width: 400, height: 430, margin: 22, gap: 31 } as const;
const radii: Readonly<Record<BaseTier, number>> = { central: 15, regional: 14, case: 13.5 };

/** Fill and edge of a dot, and of its number. Central and regional bases are filled, case sites are open circles. */
const dotClasses: Readonly<Record<BaseLook, { solid: string; open: string }>> = {
  open: { solid: 'fill-primary stroke-primary', open: 'fill-surface stroke-primary' },
  shut: { solid: 'fill-ink-2 stroke-ink-2', open: 'fill-surface stroke-ink-2' },
  trouble: { solid: 'fill-wait stroke-wait', open: 'fill-wait-soft stroke-wait' },
  outside: { solid: 'fill-surface stroke-control', open: 'fill-surface stroke-control' },
};

function textClass(point: BasePoint, look: BaseLook): string {
  if (look === 'outside') return 'fill-ink-2';
  if (point.tier !== 'case') return 'fill-surface';
  return look === 'trouble' ? 'fill-wait' : look === 'shut' ? 'fill-ink-2' : 'fill-primary';
}

export interface SchematicProps {
  readonly points: readonly BasePoint[];
  readonly onOpen: (point: BasePoint) => void;
}

/** The network as dots in their relative places, each with its number and state; hovering shows the name and the ties. */
export function Schematic({ points, onOpen }: SchematicProps) {
  const say = networkWords.use();
  const format = useFormat();
  const [pointed, setPointed] = useState<string | null>(null);
  const spots = useMemo(() => new Map(layOut(points, frame).map((spot) => [spot.id, spot])), [points]);
  const spotOf = (id: string | null) => (id === null ? undefined : spots.get(id));
  const shown = points.find((point) => point.id === pointed);
  const ties = shown
    ? points.filter(({ id, parentId }) => parentId === shown.id || id === shown.parentId)
    : [];
  return (
    <figure className="flex flex-col gap-2 rounded-card border border-line bg-surface p-3">
      <figcaption className="flex items-baseline justify-between gap-3 px-1">
        <span className="font-semibold">{say('schematic.title')}</span>
        <span className="min-w-0 truncate text-small text-ink-2" aria-hidden>
          {shown ? `${format.text(shown.name)} · ${format.text(stateName(shown))}` : ''}
        </span>
      </figcaption>
      {/* The legend stands beside the dots where the page is wide, else below. */}
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          className="h-auto max-w-[26rem] min-w-0 flex-[1_1_22rem] select-none"
          role="group"
          aria-label={say('schematic.title')}
        >
          <g className="fill-ink-2 stroke-ink-2" aria-hidden>
            <path d="M18 34 V14 M13 20 L18 13 L23 20" fill="none" strokeWidth={1.5} />
            <text x={18} y={48} textAnchor="middle" fontSize={11} stroke="none">
              {say('schematic.north')}
            </text>
          </g>
          {shown &&
            ties.map((tie) => {
              const [from, to] = [spotOf(shown.id), spotOf(tie.id)];
              return (
                from &&
                to && (
                  <line
                    key={tie.id}
                    x1={from.x}
                    y1={from.y}
                    x2={to.x}
                    y2={to.y}
                    className="stroke-control"
                    strokeWidth={1.5}
                  />
                )
              );
            })}
          {points.map((point) => {
            const spot = spotOf(point.id);
            if (!spot) return null;
            const look = lookOf(point);
            const dimmed = shown !== undefined && shown.id !== point.id && !ties.includes(point);
            return (
              <a
                key={point.id}
                href="#"
                role="button"
                tabIndex={0}
                aria-label={say('schematic.spoken', {
                  code: point.code,
                  name: format.text(point.name),
                  tier: format.text(tierNames[point.tier]),
                  state: format.text(stateName(point)),
                })}
                className={classNames(
                  'cursor-pointer outline-none transition-opacity [&:focus-visible>circle:last-of-type]:stroke-[3]',
                  dimmed && 'opacity-45',
                )}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(point);
                }}
                onMouseEnter={() => setPointed(point.id)}
                onMouseLeave={() => setPointed(null)}
                onFocus={() => setPointed(point.id)}
                onBlur={() => setPointed(null)}
              >
                {point.tier === 'central' && (
                  <circle
                    cx={spot.x}
                    cy={spot.y}
                    r={radii.central + 4}
                    fill="none"
                    strokeWidth={1.5}
                    className="stroke-primary"
                  />
                )}
                <circle
                  cx={spot.x}
                  cy={spot.y}
                  r={radii[point.tier]}
                  strokeWidth={1.5}
                  {...(look === 'outside' ? { strokeDasharray: '3 3' } : {})}
                  className={dotClasses[look][point.tier === 'case' ? 'open' : 'solid']}
                />
                <text
                  x={spot.x}
                  y={spot.y}
                  dy="0.36em"
                  textAnchor="middle"
                  fontSize={10.5}
                  fontWeight={600}
                  className={textClass(point, look)}
                >
                  {point.code}
                </text>
              </a>
            );
          })}
        </svg>
        <Legend />
      </div>
    </figure>
  );
}

function Legend() {
  const say = networkWords.use();
  const mark = (look: BaseLook, open: boolean) => (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
      <circle
        cx="7"
        cy="7"
        r="5.5"
        strokeWidth="1.75"
        {...(look === 'outside' ? { strokeDasharray: '2 2' } : {})}
        className={dotClasses[look][open ? 'open' : 'solid']}
      />
    </svg>
  );
  const entry = (look: BaseLook, open: boolean, words: string) => (
    <li className="flex items-center gap-1.5">
      {mark(look, open)}
      {words}
    </li>
  );
  return (
    <div className="flex flex-[1_1_14rem] flex-col gap-1 px-1 text-small text-ink-2">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {entry('open', false, `${say('schematic.central')} / ${say('schematic.regional')}`)}
        {entry('open', true, say('schematic.case'))}
        {entry('shut', false, say('schematic.shut'))}
        {entry('trouble', false, say('schematic.trouble'))}
        {entry('outside', true, say('schematic.outside'))}
      </ul>
      <p>{say('schematic.note')}</p>
    </div>
  );
}
