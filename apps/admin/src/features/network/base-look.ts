import { baseDayNames, baseStatusNames } from '@cadre/client/naming';
import type { Bilingual } from '@cadre/domain/core';
import { isMember, type BaseDay, type BaseStatus } from '@cadre/domain/network';
import type { Tone } from '@cadre/ui/admin';

/** What a dot says of a base: the states of its life that matter go before what today is like. */
export type BaseLook = 'open' | 'shut' | 'trouble' | 'outside';

export function lookOf({ status, today }: { status: BaseStatus; today: BaseDay }): BaseLook {
  if (!isMember(status)) return 'outside';
  if (status !== 'listed') return 'trouble';
  return today === 'open' ? 'open' : 'shut';
}

/** The state in one word: where a base is in its life, or, for an ordinary member, what today is like. */
export const stateName = ({ status, today }: { status: BaseStatus; today: BaseDay }): Bilingual =>
  status === 'listed' ? baseDayNames[today] : baseStatusNames[status];

export const statusTone: Readonly<Record<BaseStatus, Tone>> = {
  applied: 'neutral',
  'formal-check': 'neutral',
  'site-review': 'neutral',
  notice: 'primary',
  listed: 'met',
  're-review': 'wait',
  rectification: 'wait',
  delisted: 'refusal',
};
