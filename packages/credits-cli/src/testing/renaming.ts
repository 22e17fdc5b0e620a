import type { Regulation } from '@cadre/domain/credit';

/** For each sort of thing that an author names: name → another name. */
export type Renaming = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** Sections of a regulation whose keys the author chooses. */
const SECTIONS = ['clauses', 'measures', 'parts', 'kinds', 'facts', 'groups', 'cycles', 'totals', 'settings'];
/** The edges by which a requirement is told from a condition. */
const LIMITS = ['atLeast', 'above', 'atMost', 'below', 'atLeastShare'];
/** Lists of a regulation whose items have an `id`. */
const LISTS = ['earn', 'targets', 'ratings', 'consequences', 'teams'];

/** Fields that refer to a section or list, by the name of the field. */
const REFERENCES: Readonly<Record<string, string>> = {
  clause: 'clauses',
  measure: 'measures',
  part: 'parts',
  kind: 'kinds',
  kinds: 'kinds',
  groups: 'groups',
  group: 'groups',
  cycle: 'cycles',
  per: 'cycles',
  until: 'cycles',
  in: 'groups',
  filedAfter: 'cycles',
  total: 'totals',
  target: 'targets',
  team: 'teams',
  over: 'teams',
  rule: 'earn',
  of: 'facts',
  by: 'facts',
  each: 'facts',
  largest: 'facts',
  items: 'facts',
  share: 'facts',
  sum: 'facts',
  circumstance: 'circumstances',
  rating: 'labels',
  is: 'labels',
  flag: 'flags',
  outcome: 'outcomes',
};
/** Fields that hold a condition or a table: their keys are facts or settings. */
const KEYED: Readonly<Record<string, string>> = {
  where: 'facts',
  must: 'facts',
  not: 'facts',
  anyOf: 'facts',
  weighted: 'facts',
  monthsIn: 'groups',
  details: 'facts',
  if: 'settings',
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Another name for everything that the author of a regulation named. */
export function renamingOf(regulation: Regulation): Renaming {
  const found = new Map<string, Set<string>>();
  const add = (sort: string, name: unknown): void => {
    if (typeof name === 'string') found.set(sort, (found.get(sort) ?? new Set()).add(name));
  };
  const sections = regulation as unknown as Readonly<Record<string, unknown>>;
  for (const section of SECTIONS) for (const name of Object.keys(sections[section] ?? {})) add(section, name);
  for (const list of LISTS)
    for (const item of (sections[list] ?? []) as readonly Json[]) add(list, item['id']);
  walk(regulation, (key, value, parent) => {
    if (key === 'circumstance') for (const kind of [value].flat()) add('circumstances', kind);
    if (key === 'options' && isObject(value)) for (const option of Object.keys(value)) add('options', option);
    if (key === 'rating' && !('is' in parent)) add('labels', value);
    if (key === 'flag') add('flags', value);
    if (key === 'outcome') add('outcomes', value);
    if (key === 'id' && LIMITS.some((limit) => limit in parent)) add('leaves', value);
  });
  return Object.fromEntries(
    [...found].map(([sort, names]) => [
      sort,
      // In the reverse order of the alphabet, so that nothing can lean on the order of names.
      new Map([...names].sort().map((name, index) => [name, `${sort}·${999 - index}`])),
    ]),
  );
}

function walk(value: unknown, visit: (key: string, value: unknown, parent: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    visit(key, inner, value);
    walk(inner, visit);
  }
}

export const renamedRegulation = (regulation: Regulation, names: Renaming): Regulation =>
  Object.fromEntries(
    Object.entries(regulation).map(([key, value]) => {
      if (SECTIONS.includes(key)) return [key, section(key, value as Json, names)];
      if (LISTS.includes(key)) return [key, (value as Json[]).map((item) => listed(key, item, names))];
      return [key, key === 'caps' || key === 'carryOver' ? renamed(value, '', names) : value];
    }),
  ) as unknown as Regulation;

function section(sort: string, value: Json, names: Renaming): Json {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [other(sort, key, names), renamed(inner, '', names)]),
  );
}

function listed(list: string, item: Json, names: Renaming): Json {
  const { id, ...rest } = item;
  return { id: other(list, id, names), ...(renamed(rest, '', names) as Json) };
}

function other(sort: string, name: unknown, names: Renaming): string {
  const found = names[sort]?.get(String(name));
  return found ?? String(name);
}

/** Renames references by the field in which they stand, and keys of conditions and tables by the field that holds these. */
function renamed(value: unknown, field: string, names: Renaming): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, field, names));
  if (typeof value === 'string') {
    if (field === 'amounts') return otherAmount(value, names);
    const sort = field === 'id' ? 'leaves' : REFERENCES[field];
    return sort === undefined ? value : other(sort, value, names);
  }
  if (!isObject(value)) return value;
  const keys = keySort(field, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (field === 'if') return [other('settings', key, names), other('options', inner, names)];
      if (field === 'options') return [other('options', key, names), inner];
      if (key === 'chosen') return [key, other('options', inner, names)];
      if (key === 'amount' && 'target' in value) return [key, otherAmount(String(inner), names)];
      if (key === 'rating' && 'is' in value) return [key, other('ratings', inner, names)];
      if (key === 'is' && 'team' in value)
        return [key, [inner].flat().map((flag) => other('flags', flag, names))];
      if (keys !== undefined) return [other(keys, key, names), renamed(inner, conditionField(key), names)];
      return [key, renamed(inner, key, names)];
    }),
  );
}

/** What an amount of a target counts by, when it has no name of its own, in the order in which the engine looks. */
const AMOUNT_SORTS = ['totals', 'facts', 'earn', 'kinds', 'parts', 'measures'];

/** An amount has a name of its own, or that of what it counts: of several, joined. */
function otherAmount(name: string, names: Renaming): string {
  if (names['leaves']?.has(name)) return other('leaves', name, names);
  return name
    .split('+')
    .map((one) => other(AMOUNT_SORTS.find((sort) => names[sort]?.has(one)) ?? '', one, names))
    .join('+');
}

/** Requirements say `anyOf` as well, but their items have fields, not facts. */
function keySort(field: string, value: Json): string | undefined {
  const isRequirement = [...LIMITS, 'allOf', 'anyOf'].some((key) => key in value);
  if (field === 'anyOf' && isRequirement) return undefined;
  if (field === 'person') return 'facts';
  return KEYED[field];
}

const conditionField = (key: string): string => (['anyOf', 'not', 'monthsIn'].includes(key) ? key : '');

/** The same facts in the other names: kinds, own facts, starting balances, circumstances and readings. */
export function renamedFacts(run: unknown, names: Renaming): unknown {
  const facts = run as Json;
  const one = (file: Json): Json => {
    const { person, activities } = file as { person: Json; activities: readonly Json[] };
    const { circumstances, openings, ...rest } = person as {
      circumstances?: readonly Json[];
      openings?: readonly Json[];
    };
    return {
      person: {
        ...rest,
        ...(circumstances && {
          circumstances: circumstances.map((each) => ({
            ...each,
            kind: other('circumstances', each['kind'], names),
          })),
        }),
        ...(openings && { openings: openings.map((each) => renamed(each, 'opening', names)) }),
      },
      activities: activities.map(({ details, ...activity }) => ({
        ...activity,
        kind: other('kinds', activity['kind'], names),
        ...(isObject(details) && { details: section('facts', details, names) }),
      })),
    };
  };
  const settings = facts['settings'];
  return {
    asOf: facts['asOf'],
    ...(isObject(settings) && { settings: renamed(settings, 'if', names) }),
    ...('people' in facts ? { people: (facts['people'] as Json[]).map(one) } : one(facts)),
  };
}
