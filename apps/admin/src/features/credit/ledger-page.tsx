import { useApi } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canReadRecompute, type LedgerState } from '@cadre/domain/ledger';
import { Page } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { CreditTabs } from './credit-tabs';
import { LedgerKeys } from './ledger-keys';
import { LedgerRecompute } from './ledger-recompute';
import { LedgerRoots } from './ledger-roots';
import { ledgerTab } from './ledger-search';
import { LedgerVerify } from './ledger-verify';
import { ledgerWords } from './ledger.words';

const route = getRouteApi('/signed-in/credit/ledger');

/** 流水: what seals the ledger, who has countersigned, and whether it is whole. */
export function LedgerPage() {
  const say = ledgerWords.use();
  const api = useApi();
  const actor = useActor();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ ...api.ledger.state.queryOptions(), meta: { live: ['credit:changed'] } });
  return (
    <Page title={say('title')} lead={say('lead')} actions={<CreditTabs at="ledger" />}>
      <QueryView query={query} rows={2}>
        {(state) => (
          <>
            <Astray astray={state.astray} />
            <StateStrip state={state} />
            <Tabs
              activeKey={tab ?? 'roots'}
              onChange={(key) => void navigate({ search: ledgerTab({ tab: key }), replace: true })}
              items={[
                { key: 'roots', label: say('tabs.roots'), children: <LedgerRoots /> },
                { key: 'verify', label: say('tabs.verify'), children: <LedgerVerify state={state} /> },
                ...(canReadRecompute(actor)
                  ? [{ key: 'recompute', label: say('tabs.recompute'), children: <LedgerRecompute /> }]
                  : []),
                { key: 'keys', label: say('tabs.keys'), children: <LedgerKeys state={state} /> },
              ]}
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** Whose last records are not what the newest seal says, and where to go from here; nothing while all are. */
function Astray({ astray }: { readonly astray: LedgerState['astray'] }) {
  const say = ledgerWords.use();
  const more = astray.count - astray.people.length;
  if (astray.count === 0) return null;
  return (
    <div role="alert" className="rounded-card border border-refusal bg-refusal-soft px-4 py-3">
      <p className="font-semibold text-refusal">{say('astray.title')}</p>
      <ul className="my-1 flex flex-wrap gap-x-4">
        {astray.people.map(({ personId, personNo, name }) => (
          <li key={personId}>
            <TextLink to="/credit/people/$personId" params={{ personId }}>
              {`${name} ${personNo}`.trim()}
            </TextLink>
          </li>
        ))}
        {more > 0 && <li>{say('astray.more', { count: more })}</li>}
      </ul>
      <p className="text-small text-ink-2">{say('astray.text')}</p>
      <TextLink to="/credit/ledger" search={{ tab: 'verify' }}>
        {say('astray.verify')}
      </TextLink>
    </div>
  );
}

/** The five facts that say where the ledger stands. */
function StateStrip({ state }: { readonly state: LedgerState }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const facts = [
    [say('state.holds'), say('state.holdsValue', { people: state.people, count: state.entries })],
    [
      say('state.newest'),
      state.newestRoot === null ? say('state.none') : say('state.newestValue', { number: state.newestRoot }),
    ],
    [
      say('state.unsealed'),
      state.unsealedEntries + state.unsealedSettlements === 0
        ? say('state.allSealed')
        : say('state.unsealedValue', {
            settlements: state.unsealedSettlements,
            count: state.unsealedEntries,
          }),
    ],
    [say('state.next'), state.nextAt === null ? say('state.nextNever') : format.moment(state.nextAt)],
    [
      say('state.key'),
      state.keyNumber === null ? say('state.none') : say('state.keyValue', { number: state.keyNumber }),
    ],
  ];
  return (
    <dl
      aria-label={say('state.label')}
      className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-card border border-line bg-surface px-4 py-3 md:grid-cols-5"
    >
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-small text-ink-2">{name}</dt>
          <dd className="font-semibold text-ink tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
