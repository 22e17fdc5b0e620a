/**
 * “，是不是“x”？” for the known name nearest to what an author wrote, or nothing where none is near. Of names equally near
 * one that only lacks or adds something comes before one that differs: of 第九条, 第九 and not 第八条. 第15条 is 第十五条.
 * The opposite is never meant: of 不合格, not 合格.
 */
export function suggestion(written: string, known: Iterable<string>): string {
  const near = nearest(written, known);
  return near === undefined ? '' : `，是不是“${near}”？`;
}

/** The name itself, of those that are known and not written so. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const numbered = written.replaceAll(/\d+/g, inChinese);
  const names = [...known];
  if (numbered !== written && names.includes(numbered)) return numbered;
  const allowed = written.length < 2 ? 0 : Math.max(1, Math.floor(written.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const name of names.filter((one) => denials(one) === denials(written))) {
    const isPart = name !== written && (name.includes(written) || written.includes(name));
    const distance = distanceBetween(written.toLowerCase(), name.toLowerCase()) - (isPart ? 0.5 : 0);
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name === written ? undefined : best?.name;
}

/** How often a name says that something is not so. */
const denials = (name: string): number => name.match(/[不未无非]/g)?.length ?? 0;

const DIGITS = '零一二三四五六七八九';

/** A number below 1000 as clauses have it: 十五, 二十, 一百零五. */
function inChinese(number: string): string {
  const value = Number(number);
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const digit = (of: number): string => (of === 0 ? '' : (DIGITS[of] ?? ''));
  if (hundreds > 9) return number;
  if (hundreds === 0) return `${tens > 1 ? digit(tens) : ''}${tens > 0 ? '十' : ''}${digit(ones)}`;
  const between = tens > 0 ? `${digit(tens)}十` : ones > 0 ? '零' : '';
  return `${digit(hundreds)}百${between}${digit(ones)}`;
}

/** The known names, a few of them, as a sentence lists them. */
export function listed(known: Iterable<string>): string {
  const names = [...new Set(known)];
  return `${names.slice(0, NAMES_LISTED).join('、')}${names.length > NAMES_LISTED ? '……' : ''}`;
}
const NAMES_LISTED = 6;

/** The same as `suggestion`; where no name is near, “，有：x、y” for those that there are. */
export function suggestionOrAll(written: string, known: readonly string[]): string {
  const near = suggestion(written, known);
  return near !== '' || known.length === 0 ? near : `，有：${listed(known)}`;
}

/** How many letters must be added, removed, changed or swapped with their neighbour. */
function distanceBetween(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before?.[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(change, swap, (last?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last?.[b.length] ?? Infinity;
}

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** The names of the fields that an object at a path may have by a JSON Schema, in any of the forms that it allows there. */
export function fieldsAt(schema: unknown, path: readonly (string | number)[]): ReadonlySet<string> {
  const found = new Forms(schema).at(path);
  return new Set(found.flatMap(({ properties }) => Object.keys(properties ?? {})));
}

/** How far inside an object a misplaced field is looked for. */
const DEPTH = 3;

/** The nearest place inside the object at a path that has such a field, as an author writes it: "history: [{ … }]". */
export function placeBelow(
  schema: unknown,
  path: readonly (string | number)[],
  field: string,
): string | undefined {
  const forms = new Forms(schema);
  let level = [{ said: [] as readonly string[], inside: forms.at(path) }];
  for (let depth = 0; depth < DEPTH; depth += 1) {
    level = level.flatMap(({ said, inside }) =>
      inside.flatMap(({ properties = {} }) =>
        Object.entries(properties).flatMap(([name, one]) => {
          const own = forms.of(one);
          const items = own.flatMap((form) => (form.items ? forms.of(form.items) : []));
          return [
            { said: [...said, `${name}: { … }`], inside: own },
            { said: [...said, `${name}: [{ … }]`], inside: items },
          ];
        }),
      ),
    );
    const found = level.find(({ inside }) =>
      inside.some(({ properties }) => properties && Object.hasOwn(properties, field)),
    );
    if (found) return found.said.join(' 的 ');
  }
  return undefined;
}

/** A JSON Schema with its choices and references resolved. */
class Forms {
  readonly #root: Schema & Readonly<Record<string, unknown>>;

  constructor(schema: unknown) {
    this.#root = schema as Schema & Readonly<Record<string, unknown>>;
  }

  /** All the forms that a schema allows. */
  of(one: Schema): Schema[] {
    const target = one.$ref?.replace(/^#\/?/, '').split('/').filter(Boolean);
    const named = target?.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], this.#root) as
      Schema | undefined;
    const forms = [...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? [])];
    return [one, ...(named ? this.of(named) : []), ...forms.flatMap((form) => this.of(form))];
  }

  at(path: readonly (string | number)[]): Schema[] {
    return path.reduce<Schema[]>(
      (forms, step) => forms.flatMap((one) => this.#inside(one, step)).flatMap((one) => this.of(one)),
      this.of(this.#root),
    );
  }

  #inside(one: Schema, step: string | number): Schema[] {
    if (typeof step === 'number') return one.items ? [one.items] : [];
    const field = one.properties && Object.hasOwn(one.properties, step) ? one.properties[step] : undefined;
    const other = typeof one.additionalProperties === 'object' ? one.additionalProperties : undefined;
    return [field ?? other ?? []].flat();
  }
}
