const TABS = ['roots', 'verify', 'recompute', 'keys'] as const;
export type LedgerTab = (typeof TABS)[number];

/** Which part of the ledger's page is open. */
export function ledgerTab({ tab }: Record<string, unknown>): { readonly tab?: LedgerTab } {
  const known = TABS.find((name) => name === tab);
  return known === undefined || known === 'roots' ? {} : { tab: known };
}
