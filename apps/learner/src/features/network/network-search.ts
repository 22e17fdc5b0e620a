import type { BaseTier } from '@cadre/domain/network';
import { present, readNamed, readText } from '../../shared/search-params';

/** Complete by type: a new tier does not compile until it stands here. */
const tiers = { central: true, regional: true, case: true } as const satisfies Record<BaseTier, true>;

/** What the list of bases is narrowed to; stands in the address. */
export interface NetworkSearch {
  readonly text?: string;
  readonly tier?: BaseTier;
}

export function networkSearch({ text, tier }: Record<string, unknown>): NetworkSearch {
  return present({ text: readText(text), tier: readNamed(tier, tiers) });
}
