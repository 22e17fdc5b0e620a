/**
 * Readers of the search parameters of an address, for `validateSearch`. They are plain on purpose: routes belong to
 * the first page, which does not load the schemas of the domain. The server checks everything again.
 */

/** A non-empty text, cut to a length that a search can use. */
export function readText(value: unknown, longest = 60): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

/** The id of a record, in the form every id has. */
export function readId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? value
    : undefined;
}

/** One of the codes that are keys of `names`. */
export function readNamed<Code extends string>(
  value: unknown,
  names: Readonly<Record<Code, unknown>>,
): Code | undefined {
  return typeof value === 'string' && Object.hasOwn(names, value) ? (value as Code) : undefined;
}

/** A whole number above nothing. */
export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** Leaves out what is not there, so that an address carries only what somebody chose. */
export function present<Params extends object>(
  params: Params,
): {
  [Key in keyof Params]?: Exclude<Params[Key], undefined>;
} {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Params]?: Exclude<Params[Key], undefined>;
  };
}
