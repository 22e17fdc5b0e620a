import type { Condition } from '../regulation/condition';
import { listOf } from '../regulation/earning-schema';
import { FACT_NAMES, PERSON_FACTS, type FactName } from '../regulation/fact-names';
import type { Regulation } from '../regulation/regulation-schema';

/** Texts that a regulation compares facts with, by the name of the fact: whoever records the facts must write the same. */
export interface TextsUsed {
  readonly person: ReadonlyMap<string, ReadonlySet<string>>;
  readonly circumstances: ReadonlySet<string>;
  readonly activity: ReadonlyMap<string, ReadonlySet<string>>;
}

type Texts = Map<string, Set<string>>;

export function textsUsed({ groups = {}, ...regulation }: Regulation): TextsUsed {
  const person: Texts = new Map();
  const activity: Texts = new Map();
  const occasions = (regulation.targets ?? []).flatMap(({ relief = [], makeUp }) => [
    ...relief.map(({ when }) => when),
    ...(makeUp?.when ? [makeUp.when] : []),
  ]);
  for (const { where } of Object.values(groups)) collectTexts(where, person, PERSON_FACTS);
  for (const when of occasions) if (when.person) collectTexts(when.person, person, PERSON_FACTS);
  const own = Object.fromEntries(
    Object.entries(regulation.facts ?? {}).flatMap(([id, fact]) =>
      'type' in fact ? [[id, { type: fact.type }]] : [],
    ),
  );
  collectAll(regulation, activity, { ...FACT_NAMES, ...own });
  const without = (regulation.targets ?? []).flatMap(({ prorate }) => listOf(prorate?.without));
  return {
    person,
    circumstances: new Set([
      ...occasions.flatMap(({ circumstance }) => listOf(circumstance)),
      ...without,
      ...Object.values(regulation.cycles ?? {}).flatMap((cycle) =>
        'around' in cycle ? listOf(cycle.prolongedBy) : [],
      ),
    ]),
    activity,
  };
}

type Types = Readonly<Record<string, Pick<FactName, 'type'> | undefined>>;

/** Codes and ranks are checked where they are read. */
const CHECKED = new Set(['rank', 'rankBefore', 'sex', 'mode']);

function add(fact: string, texts: readonly string[], into: Texts, types: Types): void {
  if (types[fact]?.type !== 'text' || CHECKED.has(fact)) return;
  const known = into.get(fact) ?? new Set<string>();
  for (const text of texts) known.add(text);
  if (known.size > 0) into.set(fact, known);
}

function collectTexts(condition: Condition, into: Texts, types: Types): void {
  for (const [fact, wanted] of Object.entries(condition)) {
    if (fact === 'anyOf') for (const one of wanted as readonly Condition[]) collectTexts(one, into, types);
    else if (fact === 'not') collectTexts(wanted as Condition, into, types);
    else if (typeof wanted === 'string') add(fact, [wanted], into, types);
    else if (Array.isArray(wanted))
      add(
        fact,
        wanted.filter((one) => typeof one === 'string'),
        into,
        types,
      );
  }
}

/** The conditions on activities and the tables, wherever they stand. */
function collectAll(value: unknown, into: Texts, types: Types): void {
  if (typeof value !== 'object' || value === null) return;
  const { by, values } = value as { readonly by?: unknown; readonly values?: unknown };
  if (typeof by === 'string' && typeof values === 'object' && values !== null)
    add(by, Object.keys(values), into, types);
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'where' || key === 'must') collectTexts(inner as Condition, into, types);
    else if (key !== 'person') collectAll(inner, into, types);
  }
}
