/** A cell that says by itself what it holds, where the rows are cards and the head is gone. */
export const cellOf = (title: string): Record<string, string> =>
  title === '' ? {} : { 'data-title': title };
