import { useApi } from '@cadre/client/api';
import { countUnitNames, progressStateNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import {
  canManagePlan,
  type CountUnit,
  type ProgressState,
  type ProgressTally,
  type TierProgress,
} from '@cadre/domain/catalog';
import { EmptyState, Section, StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import { CircleHelp, Target } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { catalogWords } from './catalog.words';
import { PlanForm } from './plan-form';
import { PlanRecords, type OpenedNumber } from './plan-records';
import { LegendDot, UnitDots } from './unit-dots';
import { useThemes } from './use-themes';

/** 十百千: the version in force, each tier against its target, each theme as a dot per unit. */
export function PlanBoard() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const manages = canManagePlan(useActor());
  const { themes, nameOf } = useThemes();
  const [opened, setOpened] = useState<OpenedNumber | null>(null);
  const [editing, setEditing] = useState(false);
  const query = useQuery({
    ...api.catalog.planBoard.queryOptions(),
    meta: { live: ['catalog:changed', 'network:changed', 'class:changed', 'enrollment:changed'] },
  });
  return (
    <QueryView query={query} rows={10}>
      {(board) =>
        board === null ? (
          <>
            <EmptyState
              icon={Target}
              title={say('board.none')}
              action={
                manages && (
                  <Button type="primary" onClick={() => setEditing(true)}>
                    {say('board.make')}
                  </Button>
                )
              }
            >
              {say('board.noneText')}
            </EmptyState>
            {editing && <PlanForm onClose={() => setEditing(false)} />}
          </>
        ) : (
          <div className="flex flex-col gap-4">
            <header className="flex flex-wrap items-end justify-between gap-3">
              <div>
                <h2 className="text-lead font-semibold">{format.text(board.plan.name)}</h2>
                <p className="text-ink-2">
                  {say('board.lead', {
                    from: board.plan.from,
                    to: board.plan.to,
                    version: board.plan.version,
                  })}
                </p>
              </div>
              <div className="flex gap-2">
                <Versions />
                {manages && <Button onClick={() => setEditing(true)}>{say('board.change')}</Button>}
              </div>
            </header>
            <div className="grid gap-4 min-[60rem]:grid-cols-3">
              {board.tiers.map((tier) => (
                <TierCard key={tier.unit} tier={tier} onOpen={(state) => setOpened({ tier, state })} />
              ))}
            </div>
            <ThemeTable
              // A theme counts itself once, which its row says already.
              tiers={board.tiers.filter((tier) => tier.unit !== 'theme' && tier.byTheme.length > 0)}
              themeIds={themes.map(({ id }) => id)}
              nameOf={nameOf}
              onOpen={setOpened}
            />
            {opened && <PlanRecords opened={opened} nameOf={nameOf} onClose={() => setOpened(null)} />}
            {editing && <PlanForm plan={board.plan} onClose={() => setEditing(false)} />}
          </div>
        )
      }
    </QueryView>
  );
}

function useTierName() {
  const format = useFormat();
  return ({ label, unit }: { label: string; unit: CountUnit }): string =>
    `${label} · ${format.text(countUnitNames[unit])}`;
}

function TierCard({
  tier,
  onOpen,
}: {
  readonly tier: TierProgress;
  readonly onOpen: (state: ProgressState) => void;
}) {
  const say = catalogWords.use();
  const format = useFormat();
  const name = useTierName()(tier);
  return (
    <Section
      title={name}
      aside={
        <Popover
          trigger="click"
          placement="bottomRight"
          content={<p className="max-w-80">{format.text(tier.rule)}</p>}
        >
          <Button type="text" size="small" icon={<CircleHelp aria-hidden size="1.1em" />}>
            {say('board.rule')}
          </Button>
        </Popover>
      }
    >
      <div className="flex items-baseline justify-between gap-3">
        <p className="text-hero font-semibold tabular-nums">
          {say('board.target', { done: tier.done, target: tier.target })}
        </p>
        <StateTag tone={tier.gap === 0 ? 'met' : 'wait'}>
          {tier.gap === 0 ? say('board.reached') : say('board.gap', { count: tier.gap })}
        </StateTag>
      </div>
      <Numbers tally={tier} onOpen={onOpen} />
    </Section>
  );
}

/** 完成 96 · 进行 4 · 计划 0: each opens the records behind it. */
function Numbers({
  tally,
  onOpen,
}: {
  readonly tally: ProgressTally;
  readonly onOpen: (state: ProgressState) => void;
}) {
  const say = catalogWords.use();
  const format = useFormat();
  return (
    <ul className="flex flex-wrap gap-x-4">
      {(['done', 'running', 'planned'] as const).map((state) => {
        const [name, count] = [format.text(progressStateNames[state]), tally[state]];
        return (
          <li key={state} className="flex items-center gap-1.5">
            <LegendDot kind={state} />
            <span className="text-ink-2">{name}</span>
            {count === 0 ? (
              <span className="text-ink-2">0</span>
            ) : (
              <Button
                type="link"
                size="small"
                style={{ padding: 0 }}
                aria-label={say('board.openRecords', { state: name, count })}
                onClick={() => onOpen(state)}
              >
                {count}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ThemeTableProps {
  readonly tiers: readonly TierProgress[];
  readonly themeIds: readonly string[];
  readonly nameOf: (themeId: string) => string;
  readonly onOpen: (opened: OpenedNumber) => void;
}

/** Small tiers get large dots, a hundred units of a theme still fit a row of the table. */
const dotsFor = (most: number): { step: number; perRow: number } =>
  most <= 12 ? { step: 16, perRow: 12 } : most <= 40 ? { step: 11, perRow: 20 } : { step: 8, perRow: 50 };

function ThemeTable({ tiers, themeIds, nameOf, onOpen }: ThemeTableProps) {
  const say = catalogWords.use();
  const tierName = useTierName();
  if (tiers.length === 0) return null;
  const looks = new Map(
    tiers.map((tier) => [
      tier.unit,
      dotsFor(Math.max(...tier.byTheme.map(({ planned, running, done }) => planned + running + done))),
    ]),
  );
  return (
    <section className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <caption className="border-b border-line px-4 py-2 text-left text-small text-ink-2">
          {say('board.legend')}
        </caption>
        <thead className="text-ink-2">
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2 font-medium whitespace-nowrap">
              {say('board.theme')}
            </th>
            {tiers.map((tier) => (
              <th key={tier.unit} scope="col" className="px-4 py-2 font-medium whitespace-nowrap">
                {tierName(tier)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {themeIds.map((themeId) => (
            <tr key={themeId} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-4 py-2.5 align-top font-medium">
                {nameOf(themeId)}
              </th>
              {tiers.map((tier) => {
                const line = tier.byTheme.find((entry) => entry.themeId === themeId);
                const look = looks.get(tier.unit);
                return (
                  <td key={tier.unit} className="px-4 py-2.5 align-top">
                    {line && look && (
                      <div className="flex flex-col gap-1">
                        <UnitDots tally={line} label={say('board.spoken', pick(line))} {...look} />
                        <Numbers tally={line} onOpen={(state) => onOpen({ tier, state, themeId })} />
                      </div>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const pick = ({ done, running, planned }: ProgressTally) => ({ done, running, planned });

/** Every version there has been; progress is always shown against the newest. */
function Versions() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...api.catalog.planVersions.queryOptions(), enabled: open });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="max-h-96 w-80 overflow-y-auto">
          <QueryView query={query} rows={3}>
            {(versions) => (
              <ol className="flex flex-col gap-3">
                {versions.map((plan) => (
                  <li key={plan.id}>
                    <p className="font-medium">{format.text(plan.name)}</p>
                    <p className="text-ink-2">
                      {say('board.version', { version: plan.version, from: plan.from, to: plan.to })}
                    </p>
                    <p className="text-ink-2">
                      {plan.tiers
                        .map(
                          ({ label, unit, target }) =>
                            `${label} ${target} ${format.text(countUnitNames[unit])}`,
                        )
                        .join(' · ')}
                    </p>
                  </li>
                ))}
              </ol>
            )}
          </QueryView>
        </div>
      }
    >
      <Button>{say('board.versions')}</Button>
    </Popover>
  );
}
