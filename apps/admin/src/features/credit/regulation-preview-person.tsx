import { useApi } from '@cadre/client/api';
import {
  previewName,
  type EnglishNames,
  type FlipRow,
  type PreviewPerson,
  type PreviewView,
} from '@cadre/domain/regulation';
import { classNames, SidePanel } from '@cadre/ui/admin';
import { formatFigure, fromTenThousandths, useFormat } from '@cadre/ui/format';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { ChangeTag, Reasons, SideText } from './preview-look';
import { previewWords } from './preview.words';

interface PreviewPersonPanelProps {
  readonly run: Pick<PreviewView, 'id' | 'english'>;
  readonly row: FlipRow | null;
  readonly onClose: () => void;
}

/** One person's two results side by side: targets with their reasons, then every record. */
export function PreviewPersonPanel({ run, row, onClose }: PreviewPersonPanelProps) {
  const say = previewWords.use();
  const api = useApi();
  const query = useQuery(
    api.regulation.previewPerson.queryOptions(row ? { runId: run.id, personId: row.personId } : skipToken),
  );
  return (
    <SidePanel
      open={row !== null}
      onClose={onClose}
      title={row && say('side', { name: row.name })}
      width={760}
    >
      {row && (
        <QueryView query={query}>{(person) => <Sides person={person} english={run.english} />}</QueryView>
      )}
    </SidePanel>
  );
}

function Sides({ person, english }: { readonly person: PreviewPerson; readonly english: EnglishNames }) {
  const say = previewWords.use();
  const format = useFormat();
  const [onlyDiffering, setOnlyDiffering] = useState(true);
  const { personId, targets, activities, replaces, version, clauses } = person;
  const shown = activities.filter(({ differs }) => differs || !onlyDiffering);
  const heads = [
    replaces === null ? say('versionNone') : say('versionBefore', { version: replaces }),
    say('versionAfter', { version }),
  ];
  return (
    <div className="flex flex-col gap-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-ink-2">
        <span>
          {person.personNo} · {format.text(person.unit)} · {say('span', person.cycle)}
        </span>
        <Link to="/credit/people/$personId" params={{ personId }} className="underline underline-offset-4">
          {say('openPerson')}
        </Link>
      </p>
      <section className="flex flex-col gap-3">
        <h3 className="font-semibold">{say('targets')}</h3>
        {targets.map((target) => (
          <article
            key={`${target.target} ${target.name}`}
            className="flex flex-col gap-2 rounded-card border border-line px-3 py-2.5"
          >
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="font-semibold">{format.text(previewName(target.name, english))}</span>
              <ChangeTag of={target} />
            </div>
            <div className="grid grid-cols-2 gap-4">
              {[target.before, target.after].map((side, index) => (
                <div
                  key={heads[index]}
                  className={classNames(
                    'border-s-3 ps-3',
                    index === 1 && target.change !== null ? 'border-primary' : 'border-line',
                  )}
                >
                  <div className="text-small text-ink-2">{heads[index]}</div>
                  <SideText side={side} asOf={person.cycle.to} english={english} full />
                </div>
              ))}
            </div>
            {target.reasons.length > 0 && <Reasons reasons={target.reasons} />}
          </article>
        ))}
        {[...new Set([...clauses.after, ...clauses.before].map(({ clause }) => clause))].flatMap((clause) =>
          (['before', 'after'] as const).flatMap((side) =>
            clauses[side]
              .filter((said) => said.clause === clause)
              .map(({ text }) => (
                <p key={`${clause} ${side}`} className="text-small text-ink-2">
                  <span className="me-1.5 font-semibold">
                    {clause}
                    {clauses.before.some((was) => was.clause === clause) && ` · ${say(side)}`}
                  </span>
                  {text}
                </p>
              )),
          ),
        )}
      </section>
      <section className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 className="font-semibold">{say('activities')}</h3>
          <Checkbox checked={onlyDiffering} onChange={({ target }) => setOnlyDiffering(target.checked)}>
            {say('onlyDiffering')}
          </Checkbox>
        </div>
        {shown.length === 0 ? (
          <p className="text-ink-2">{say(activities.length === 0 ? 'activitiesNone' : 'allSame')}</p>
        ) : (
          <ul className="divide-y divide-line rounded-card border border-line">
            {shown.map(({ on, title, before, after }, index) => (
              <li key={`${on} ${title} ${index}`} className="grid grid-cols-2 gap-x-4 gap-y-1 px-3 py-2">
                <span className="col-span-2">
                  <span className="me-2 text-ink-2 tabular-nums">{format.day(on)}</span>
                  {title}
                </span>
                <Outcome outcome={before} english={english} />
                <Outcome outcome={after} english={english} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

type ActivityOutcome = PreviewPerson['activities'][number]['after'];

function Outcome({
  outcome,
  english,
}: {
  readonly outcome: ActivityOutcome | null;
  readonly english: EnglishNames;
}) {
  const say = previewWords.use();
  const format = useFormat();
  const figure = (value: number): string => formatFigure(fromTenThousandths(value));
  if (!outcome) return <span className="text-small text-ink-2">—</span>;
  return (
    <span className="flex flex-col text-small">
      {outcome.earned.length === 0 && <span className="text-refusal">{say('notCounted')}</span>}
      {outcome.earned.map(({ measure, amount, counted }) => (
        <span key={measure} className="tabular-nums">
          {say(amount === counted ? 'counted' : 'cut', {
            measure: format.text(previewName(measure, english)),
            amount: figure(amount),
            counted: figure(counted),
          })}
        </span>
      ))}
      {outcome.why.map(({ clause, says }, index) => (
        <span key={`${clause} ${index}`} className="text-ink-2">
          {clause !== '' && <span className="me-1 font-semibold">{clause}</span>}
          {format.text(says)}
        </span>
      ))}
    </span>
  );
}
