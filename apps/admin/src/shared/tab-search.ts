/**
 * The search of a page with tabs, `?tab=keys`: validates it, and makes it for a link. The first tab is the page itself
 * and stands in no address.
 */
export const tabSearch =
  <const Tab extends string>(_first: string, ...others: readonly Tab[]) =>
  ({ tab }: Record<string, unknown>): { readonly tab?: Tab } => {
    const known = others.find((name) => name === tab);
    return known === undefined ? {} : { tab: known };
  };
