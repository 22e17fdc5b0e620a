import { useApi } from '@cadre/client/api';
import type { ClauseChange, ClauseData } from '@cadre/domain/regulation';
import { classNames, Page, Section, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLangOf } from '@cadre/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { DifferingText } from './differing-text';
import { DataLines } from './regulation-look';
import { regulationWords } from './regulation.words';

const route = getRouteApi('/signed-in/credit/regulations/$code/compare');

const TONES = {
  same: 'neutral',
  changed: 'wait',
  added: 'met',
  removed: 'refusal',
} as const satisfies Record<ClauseChange, string>;

/** Two versions of a regulation side by side, clause by clause. */
export function RegulationComparePage() {
  const say = regulationWords.use();
  const api = useApi();
  const format = useFormat();
  const { code } = route.useParams();
  const { left, right } = route.useSearch();
  const navigate = route.useNavigate();
  const [onlyChanges, setOnlyChanges] = useState(true);
  const query = useQuery(api.regulation.compare.queryOptions({ code, left, right }));
  const list = useQuery(api.regulation.list.queryOptions());
  const versions = (list.data ?? []).filter((row) => row.code === code);
  const options = versions.map(({ version, state }) => ({
    value: version,
    label: `${say('versionNo', { version })} · ${say(`states.${state}`)}`,
  }));
  return (
    <Page
      title={`${say('compare')}${versions[0] ? ` · ${format.text(versions[0].title)}` : ''}`}
      trail={<Link to="/credit/regulations">{say('title')}</Link>}
    >
      <div className="flex flex-wrap items-center gap-3">
        {(
          [
            ['left', left],
            ['right', right],
          ] as const
        ).map(([side, value]) => (
          <label key={side} className="flex items-center gap-2">
            {say(side)}
            <Select<number>
              aria-label={say(side)}
              style={{ minWidth: 180 }}
              value={value}
              options={options}
              onChange={(version) =>
                void navigate({ search: { left, right, [side]: version }, replace: true })
              }
            />
          </label>
        ))}
        <Checkbox checked={onlyChanges} onChange={({ target }) => setOnlyChanges(target.checked)}>
          {say('onlyChanges')}
        </Checkbox>
      </div>
      <QueryView query={query}>
        {({ clauses, leftOnly, rightOnly }) => {
          const shown = clauses.filter(({ change }) => !onlyChanges || change !== 'same');
          const isSame =
            clauses.every(({ change }) => change === 'same') && leftOnly.length + rightOnly.length === 0;
          return (
            <>
              {isSame && <p className="text-ink-2">{say('sameAll')}</p>}
              {shown.map(({ number, change, left: was, right: is }) => (
                <Section
                  key={number}
                  title={number}
                  aside={<StateTag tone={TONES[change]}>{say(`changes.${change}`)}</StateTag>}
                >
                  {was && is && change === 'changed' && (
                    <p className="mb-2 text-ink-2">{say(`moved.${whatMoved(was, is)}`)}</p>
                  )}
                  <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
                    <Side title={say('left')} clause={was} other={is} />
                    <Side title={say('right')} clause={is} other={was} isNew={change !== 'same'} />
                  </div>
                </Section>
              ))}
              {leftOnly.length + rightOnly.length > 0 && (
                <Section title={say('definitions')}>
                  <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
                    <DataLines lines={leftOnly} against={rightOnly} />
                    <DataLines lines={rightOnly} against={leftOnly} />
                  </div>
                </Section>
              )}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

/** What was changed of a clause that both versions have. */
function whatMoved(was: ClauseData, is: ClauseData): 'text' | 'data' | 'both' {
  if (was.text === is.text) return 'data';
  return JSON.stringify(was.lines) === JSON.stringify(is.lines) ? 'text' : 'both';
}

function Side({
  title,
  clause,
  other,
  isNew = false,
}: {
  readonly title: string;
  readonly clause: ClauseData | null;
  /** The same clause on the other side: what differs from it is marked. */
  readonly other: ClauseData | null;
  readonly isNew?: boolean;
}) {
  const say = regulationWords.use();
  const langOf = useLangOf();
  return (
    <div
      className={classNames('flex flex-col gap-2 border-s-3 ps-3', isNew ? 'border-primary' : 'border-line')}
    >
      <span className="text-small text-ink-2">{title}</span>
      {clause ? (
        <>
          <p lang={langOf(clause.text)}>
            <DifferingText text={clause.text} other={other?.text} />
          </p>
          <DataLines lines={clause.lines} {...(other ? { against: other.lines } : {})} />
        </>
      ) : (
        <p className="text-ink-2">{say('nothing')}</p>
      )}
    </div>
  );
}
