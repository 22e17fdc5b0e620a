/** What the list of classes shows. It stands in the address, so that the way back leads to the same list. */
export interface ClassSearch {
  /** Own enrolments instead of the classes that can be found. */
  readonly show?: 'mine';
  readonly text?: string;
}

export function classSearch(given: Record<string, unknown>): ClassSearch {
  const { show, text } = given;
  return {
    ...(show === 'mine' ? { show } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 40) } : {}),
  };
}
