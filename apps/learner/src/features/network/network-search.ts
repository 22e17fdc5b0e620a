import { baseTier, type BaseTier } from '@cadre/domain/network';

/** What the list of bases is narrowed to; stands in the address. */
export interface NetworkSearch {
  readonly text?: string;
  readonly tier?: BaseTier;
}

export function networkSearch({ text, tier }: Record<string, unknown>): NetworkSearch {
  const known = baseTier.safeParse(tier);
  return {
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 60) } : {}),
    ...(known.success ? { tier: known.data } : {}),
  };
}
