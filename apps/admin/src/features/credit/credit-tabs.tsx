import { useActor } from '@cadre/client/session';
import type { PersonActor } from '@cadre/domain/access';
import { canReadLedger, progressReachOf } from '@cadre/domain/ledger';
import { canReadRegulations } from '@cadre/domain/regulation';
import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { creditWords } from './credit.words';

const PATHS = {
  people: '/credit',
  regulations: '/credit/regulations',
  ledger: '/credit/ledger',
} as const;
type Side = keyof typeof PATHS;

/** Reads the credits of somebody else. */
export const canReadPeople = (actor: PersonActor): boolean => {
  const reach = progressReachOf(actor);
  return reach === 'all' || reach.length > 0;
};

/** The sides of the area: what people have, the rules that make it, and the ledger that proves it. */
export function CreditTabs({ at }: { readonly at: Side }) {
  const say = creditWords.use();
  const actor = useActor();
  const navigate = useNavigate();
  const mayOpen: Record<Side, boolean> = {
    people: canReadPeople(actor),
    regulations: canReadRegulations(actor),
    ledger: canReadLedger(actor),
  };
  const sides = (['people', 'regulations', 'ledger'] as const).filter((side) => mayOpen[side]);
  if (sides.length < 2) return null;
  return (
    <Segmented<Side>
      aria-label={say('tabs.label')}
      value={at}
      options={sides.map((side) => ({ value: side, label: say(`tabs.${side}`) }))}
      onChange={(next) => void navigate({ to: PATHS[next] })}
    />
  );
}
