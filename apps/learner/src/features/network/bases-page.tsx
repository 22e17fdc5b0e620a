import { useApi } from '@cadre/client/api';
import { baseDayNames, tierNames } from '@cadre/client/naming';
import { baseTier, type BaseRow } from '@cadre/domain/network';
import { useFormat } from '@cadre/ui/format';
import { Button, EmptyState, Page } from '@cadre/ui/learner';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MapPin, SearchX } from 'lucide-react';
import { useState } from 'react';
import { FilterChips } from '../../shared/filter-chips';
import { FindingSwitch } from '../../shared/finding-switch';
import { FoundList, STEP } from '../../shared/found-list';
import { RowLink } from '../../shared/links';
import { SearchField } from '../../shared/search-field';
import type { NetworkSearch } from './network-search';
import { networkWords } from './network.words';

const route = getRouteApi('/signed-in/courses/bases');

/** 基地: the members of the alliance, found by name, theme, county, pinyin or initials. */
export function BasesPage() {
  const say = networkWords.use();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: (search: NetworkSearch) => NetworkSearch): void =>
    void navigate({ search: next, replace: true });
  return (
    <Page title={say('title')}>
      <div className="flex flex-col gap-3">
        <FindingSwitch
          value="bases"
          onChoose={(next) =>
            void navigate({ to: '/courses', search: next === 'lessons' ? { show: 'lessons' } : {} })
          }
        />
        <SearchField
          label={say('search.label')}
          clearLabel={say('search.clear')}
          value={search.text ?? ''}
          onSearch={(text) =>
            change(({ tier }) => ({ ...(tier ? { tier } : {}), ...(text === '' ? {} : { text }) }))
          }
        />
        <FilterChips
          label={say('tiers')}
          chips={[
            { key: '', label: say('allTiers') },
            ...baseTier.options.map((tier) => ({ key: tier, label: format.text(tierNames[tier]) })),
          ]}
          chosen={search.tier ?? ''}
          onChoose={(chosen) => {
            const tier = baseTier.safeParse(chosen);
            change(({ text }) => ({
              ...(text ? { text } : {}),
              ...(tier.success ? { tier: tier.data } : {}),
            }));
          }}
        />
      </div>
      {/* Another question starts again with its first rows. */}
      <BaseList key={JSON.stringify(search)} search={search} onReset={() => change(() => ({}))} />
    </Page>
  );
}

function BaseList({ search, onReset }: { readonly search: NetworkSearch; readonly onReset: () => void }) {
  const say = networkWords.use();
  const [shown, setShown] = useState(STEP);
  const api = useApi();
  const query = useQuery({
    ...api.network.list.queryOptions({ ...search, pageSize: shown }),
    placeholderData: keepPreviousData,
    meta: { live: ['network:changed'], keep: true },
  });
  return (
    <FoundList
      query={query}
      summary={(count) => say('total', { count })}
      empty={<NoBases search={search} onReset={onReset} />}
      onMore={setShown}
    >
      {(base) => <BaseLink key={base.id} base={base} />}
    </FoundList>
  );
}

function NoBases({ search, onReset }: { readonly search: NetworkSearch; readonly onReset: () => void }) {
  const say = networkWords.use();
  if (search.text === undefined && search.tier === undefined)
    return <EmptyState icon={MapPin} title={say('empty.title')} />;
  return (
    <EmptyState
      icon={SearchX}
      title={search.text === undefined ? say('empty.noneTier') : say('empty.none', { text: search.text })}
      action={<Button onClick={onReset}>{say('empty.reset')}</Button>}
    >
      {search.text === undefined ? undefined : say('empty.hint')}
    </EmptyState>
  );
}

function BaseLink({ base }: { readonly base: BaseRow }) {
  const format = useFormat();
  return (
    <RowLink
      to="/courses/bases/$baseId"
      params={{ baseId: base.id }}
      title={format.text(base.name)}
      facts={[
        format.text(base.theme),
        [`${base.city} ${base.county}`, base.today === 'open' ? '' : format.text(baseDayNames[base.today])]
          .filter(Boolean)
          .join(' · '),
      ]}
    />
  );
}
