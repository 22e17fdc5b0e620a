/** A value out of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The canonical JSON of a value (RFC 8785): names in order, no spaces, numbers as JavaScript writes them. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`);
  return `{${fields.join(',')}}`;
}
