import { foldFaults, sectionName } from '@cadre/domain/credit';
import type { DataLine, RegulationRow, RegulationState } from '@cadre/domain/regulation';
import { StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLangOf } from '@cadre/ui/i18n';
import { Button } from 'antd';
import { CircleAlert, Info, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { DifferingText } from './differing-text';
import { regulationWords } from './regulation.words';

const TONES = {
  draft: 'neutral',
  waiting: 'wait',
  upcoming: 'primary',
  'in-force': 'met',
  replaced: 'neutral',
  ended: 'neutral',
} as const satisfies Record<RegulationState, string>;

export function RegulationStateTag({ state, returned }: Pick<RegulationRow, 'state' | 'returned'>) {
  const say = regulationWords.use();
  if (returned !== null) return <StateTag tone="refusal">{say('returned')}</StateTag>;
  return <StateTag tone={TONES[state]}>{say(`states.${state}`)}</StateTag>;
}

/** `2027-01-01 起` */
export function useEffectText() {
  const say = regulationWords.use();
  return ({ effectiveFrom: from, effectiveTo: to }: Pick<RegulationRow, 'effectiveFrom' | 'effectiveTo'>) =>
    to === null ? say('until', { from }) : say('span', { from, to });
}

const isSameLine = (one: DataLine, other: DataLine): boolean =>
  one.section === other.section && one.line === other.line;

/** What a line that the other side lacks is held against: the line of the same section that only the other side has. */
function counterpartsOf(lines: readonly DataLine[], others: readonly DataLine[]): Map<DataLine, DataLine> {
  const lacking = (some: readonly DataLine[], known: readonly DataLine[]): DataLine[] =>
    some.filter((line) => !known.some((one) => isSameLine(one, line)));
  const left = lacking(others, lines);
  return new Map(
    lacking(lines, others).map((line) => {
      const at = left.findIndex(({ section }) => section === line.section);
      const [found] = at < 0 ? [] : left.splice(at, 1);
      return [line, found ?? { ...line, line: '', english: '' }];
    }),
  );
}

/** What the data say, each line under the heading of its section; with `against`, what differs from it is marked. */
export function DataLines({
  lines,
  against = lines,
}: {
  readonly lines: readonly DataLine[];
  readonly against?: readonly DataLine[];
}) {
  const format = useFormat();
  const langOf = useLangOf();
  const counterparts = counterpartsOf(lines, against);
  const textOf = ({ line, english }: DataLine): string => format.text({ zh: line, en: english });
  return (
    <ul className="flex flex-col gap-1.5">
      {lines.map((one, index) => {
        const { section, line } = one;
        const [text, other] = [textOf(one), counterparts.get(one)];
        return (
          <li key={`${index} ${line}`} className="flex flex-col">
            {section !== '' && section !== lines[index - 1]?.section && (
              <span className="text-small text-ink-2">{format.text(sectionName(section))}</span>
            )}
            <span lang={langOf(text)} className="break-words">
              <DifferingText text={text} other={other && textOf(other)} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export interface AuthorFault {
  readonly path: string;
  readonly line: number;
  readonly sentence: string;
}

/** What is in order and yet looks forgotten, line by line: to be looked at, in nobody's way. */
export function AuthorNotes({
  notes,
  onLine,
}: Omit<FaultLinesProps, 'faults'> & { readonly notes: FaultLinesProps['faults'] }) {
  const say = regulationWords.use();
  if (notes.length === 0) return null;
  return (
    <section
      aria-label={say('notes')}
      className="flex flex-col gap-2 rounded-card border border-line bg-wait-soft px-4 py-3"
    >
      <h2 className="flex items-center gap-2 font-semibold text-wait">
        <Info aria-hidden size="1.2em" strokeWidth={1.75} />
        {say('notes')}
      </h2>
      <FaultLines faults={notes} {...(onLine ? { onLine } : {})} />
    </section>
  );
}

interface FaultLinesProps {
  readonly faults: readonly AuthorFault[];
  readonly onLine?: (line: number) => void;
}

function FaultLines({ faults, onLine }: FaultLinesProps) {
  const say = regulationWords.use();
  return (
    <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto">
      {foldFaults(faults).map(({ path, line, sentence, places, nextLines }) => (
        <li key={`${line} ${path} ${sentence}`}>
          {onLine ? (
            <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => onLine(line)}>
              {say('line', { line })}
            </Button>
          ) : (
            say('line', { line })
          )}{' '}
          <code className="break-all">{path}</code> {sentence}
          {places > 1 && (
            <span className="text-ink-2">
              {nextLines.length === 0
                ? say('alike', { places })
                : say('alikeOn', { places, lines: nextLines.join(say('cycleJoin')) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What an author's file is refused for, line by line; with `onLine` each leads to its line. */
export function AuthorFaults({ faults, onLine, title }: FaultLinesProps & { readonly title?: string }) {
  const say = regulationWords.use();
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-card border border-line bg-refusal-soft px-4 py-3"
    >
      <p className="flex items-center gap-2 font-semibold text-refusal">
        <CircleAlert aria-hidden size="1.2em" strokeWidth={1.75} />
        {title ?? say('errors')}
      </p>
      <FaultLines faults={faults} {...(onLine ? { onLine } : {})} />
    </div>
  );
}

/** One line for whoever decides about a draft, with the way to what it is about. */
export function DraftNotice({
  icon: Icon,
  isFine,
  look,
  onLook,
  children,
}: {
  readonly icon: LucideIcon;
  readonly isFine: boolean;
  readonly look: string;
  readonly onLook: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex items-start gap-3 rounded-card border border-line bg-surface px-4 py-2.5">
      <Icon
        aria-hidden
        size="1.2em"
        strokeWidth={1.75}
        className={`mt-[0.2em] shrink-0 ${isFine ? 'text-ink-2' : 'text-wait'}`}
      />
      <span>
        {children}{' '}
        <Button type="link" size="small" onClick={onLook}>
          {look}
        </Button>
      </span>
    </div>
  );
}

/** A rule file as it was written, to be read. */
export function RuleText({ text }: { readonly text: string }) {
  return (
    <pre
      tabIndex={0}
      className="max-h-[70vh] overflow-auto rounded-card border border-line bg-surface p-4 text-small whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
