/**
 * Finds values in a result or a facts file: names joined by dots, walked through lists, each with filters:
 * `targets[target=year].amounts[met=false].leaf`, `entries[about.subject=x].counted`, `activities[occurredOn<2011-01-01].id`.
 */
export function valuesAt(root: unknown, path: string): unknown[] {
  const steps = path.match(/[^.[\]]+(\[[^\]]*\])*/g) ?? [];
  return steps.reduce<unknown[]>(
    (values, step) => {
      const [name = '', ...filters] = step.split('[').map((part) => part.replace(/\]$/, ''));
      return values
        .flatMap((value) => listed(property(value, name)))
        .filter((value) => filters.every((filter) => passes(value, filter)));
    },
    [root],
  );
}

const listed = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function passes(value: unknown, filter: string): boolean {
  const [, name = '', sign = '', wanted = ''] = /^(.*?)([=<>])(.*)$/.exec(filter) ?? [];
  const found = name.split('.').reduce(property, value);
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return false;
  const text = String(found);
  if (sign === '=') return text === wanted;
  const isNumber = !Number.isNaN(Number(wanted)) && !Number.isNaN(Number(text));
  const [left, right] = isNumber ? [Number(text), Number(wanted)] : [text, wanted];
  return sign === '<' ? left < right : left > right;
}

/** The values of a source example by path: "tests", "items[0].days", with lists of plain values as one value. */
export function leavesOf(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object')
      ? value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`))
      : [[path, value]];
  }
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  );
}
