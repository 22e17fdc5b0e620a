import { useApi } from '@cadre/client/api';
import { countUnitNames, progressStateNames } from '@cadre/client/naming';
import type { PlanRecord, ProgressState, TierProgress } from '@cadre/domain/catalog';
import { EmptyState, SidePanel } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { catalogWords } from './catalog.words';

const step = 50;
const most = 200;

/** A number that was opened: which units stand behind it. */
export interface OpenedNumber {
  readonly tier: TierProgress;
  readonly state: ProgressState;
  readonly themeId?: string;
}

export interface PlanRecordsProps {
  readonly opened: OpenedNumber;
  readonly nameOf: (themeId: string) => string;
  readonly onClose: () => void;
}

/** The records behind one number of the board. */
export function PlanRecords({ opened: { tier, state, themeId }, nameOf, onClose }: PlanRecordsProps) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const [shown, setShown] = useState({ of: '', count: step });
  const of = `${tier.unit} ${state} ${themeId ?? ''}`;
  const pageSize = shown.of === of ? shown.count : step;
  const query = useQuery({
    ...api.catalog.planRecords.queryOptions({
      unit: tier.unit,
      state,
      pageSize,
      ...(themeId === undefined ? {} : { themeId }),
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed', 'network:changed', 'class:changed'] },
  });
  const names = {
    tier: `${tier.label} · ${format.text(countUnitNames[tier.unit])}`,
    state: format.text(progressStateNames[state]),
  };
  return (
    <SidePanel
      open
      onClose={onClose}
      title={
        themeId === undefined
          ? say('board.records', names)
          : say('board.recordsOf', { ...names, theme: nameOf(themeId) })
      }
    >
      <p className="pb-3 text-small text-ink-2">{format.text(tier.rule)}</p>
      <QueryView query={query} rows={8}>
        {({ items, total }) =>
          total === 0 ? (
            <EmptyState title={say('board.noRecords')} />
          ) : (
            <>
              <ul className="divide-y divide-line border-y border-line">
                {items.map((record) => (
                  <li key={record.id} className="flex items-baseline gap-3 py-1.5">
                    <span className="w-28 shrink-0 text-ink-2">{record.code}</span>
                    <RecordName record={record} />
                    {(tier.unit === 'attendance' || tier.unit === 'person') && (
                      <span className="ms-auto shrink-0 text-ink-2">
                        {say('board.seats', { count: record.count })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
              {items.length < total && pageSize < most && (
                <Button type="link" onClick={() => setShown({ of, count: Math.min(most, pageSize + step) })}>
                  {say('board.more', { count: Math.min(step, total - items.length) })}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </SidePanel>
  );
}

/** What has a page of its own opens there; a micro-lesson is shown on its course's. */
function RecordName({ record }: { readonly record: PlanRecord }) {
  const format = useFormat();
  const name = format.text(record.title);
  if (record.kind === 'course')
    return (
      <TextLink to="/catalog/courses/$courseId" params={{ courseId: record.id }}>
        {name}
      </TextLink>
    );
  if (record.kind === 'base')
    return (
      <TextLink to="/network/$baseId" params={{ baseId: record.id }}>
        {name}
      </TextLink>
    );
  return <span>{name}</span>;
}
