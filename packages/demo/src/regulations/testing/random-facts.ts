import fc from 'fast-check';
import {
  FACT_NAMES,
  type Activity,
  type CreditPerson,
  type FactName,
  type FactType,
  type Regulation,
} from '@cadre/domain/credit';

/** Facts that are derived, or that a generator of its own gives. */
const NOT_GIVEN = ['mode', 'days', 'spanDays', 'filingDelayDays'];

const NUMBERS: Readonly<Record<'1' | '0.5' | '0.01', fc.Arbitrary<number>>> = {
  '1': fc.integer({ min: 0, max: 120 }),
  '0.5': fc.integer({ min: 0, max: 60 }).map((halves) => halves / 2),
  '0.01': fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
  ),
};

/** A civil date of so many days after the first. */
export const dayAfter = (first: string, days: number): string =>
  new Date(Date.parse(`${first}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The texts that a regulation compares facts with or looks up in its tables, and one that it does not know. */
function textsOf(regulation: Regulation): string[] {
  const texts = new Set<string>(['别的']);
  JSON.stringify(regulation.earn, (key, value: unknown) => {
    if (key === 'values') for (const text of Object.keys(value as object)) texts.add(text);
    if (typeof value === 'string' && key !== 'id' && key !== 'name') texts.add(value);
    return value;
  });
  return [...texts];
}

/** Any facts that the format allows for an activity of a regulation, sensible or not. */
function factsOf(regulation: Regulation): fc.Arbitrary<Record<string, unknown>> {
  const text = fc.constantFrom(...textsOf(regulation));
  const day = fc.integer({ min: 0, max: 1000 }).map((days) => dayAfter(regulation.effective.from, days));
  const valueOf = (type: FactType, number: fc.Arbitrary<number>): fc.Arbitrary<unknown> =>
    ({ number, text, flag: fc.boolean(), date: day })[type];
  const given = Object.entries<FactName>(FACT_NAMES)
    .filter(([fact]) => !NOT_GIVEN.includes(fact))
    .map(([fact, { type, step = '0.01' }]) => [fact, valueOf(type, NUMBERS[step])] as const);
  const own = Object.entries(regulation.facts ?? {}).flatMap(([fact, about]) =>
    'type' in about ? [[fact, valueOf(about.type, fc.integer({ min: 0, max: 50 }))] as const] : [],
  );
  return fc
    .tuple(
      fc.record(Object.fromEntries(given), { requiredKeys: [] }),
      fc.record(Object.fromEntries(own), { requiredKeys: [] }),
      fc.option(fc.constantFrom('hall', 'online'), { nil: undefined }),
      fc.option(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 }), {
        nil: undefined,
      }),
    )
    .map(([facts, details, mode, scores]) => ({
      ...facts,
      ...(mode === undefined ? {} : { mode }),
      ...(scores === undefined ? {} : { scores }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    }));
}

/** Activities of any kind that the regulation knows, on days of about three years after it came into force. */
export function activitiesOf(regulation: Regulation): fc.Arbitrary<Activity[]> {
  const first = regulation.effective.from;
  const one = fc.record({
    kind: fc.constantFrom(...Object.keys(regulation.kinds)),
    on: fc.integer({ min: 0, max: 1000 }),
    length: fc.integer({ min: 0, max: 12 }),
    late: fc.integer({ min: 0, max: 90 }),
    facts: factsOf(regulation),
  });
  return fc.array(one, { maxLength: 12 }).map((list) =>
    list.map(({ kind, on, length, late, facts }, index): Activity => {
      const id = `a${String(index).padStart(2, '0')}`;
      const [from, to] = [dayAfter(first, on), dayAfter(first, on + length)];
      const recordedOn = dayAfter(to, late);
      return { id, source: { kind, id }, kind, from, to, recordedOn, ...facts };
    }),
  );
}

const RANKS = ['四级主任科员', '乡科级副职', '乡科级正职', '四级调研员', '县处级副职', '厅局级副职'];

/** A person with a post, perhaps a later one, roles that the regulation asks for, and perhaps some months of leave. */
export function peopleOf(regulation: Regulation): fc.Arbitrary<CreditPerson> {
  const asked = JSON.stringify([regulation.groups, regulation.targets]).match(/[\u4e00-\u9fff]{2,}/g) ?? [];
  const words = fc.constantFrom('普通', ...asked);
  const first = regulation.effective.from;
  return fc
    .record({
      ranks: fc.array(fc.constantFrom(...RANKS), { minLength: 1, maxLength: 3 }),
      roles: fc.array(words, { maxLength: 2 }),
      category: words,
      leading: fc.boolean(),
      probation: fc.boolean(),
      age: fc.integer({ min: 20, max: 62 }),
      employed: fc.integer({ min: -2000, max: 500 }),
      leave: fc.option(fc.tuple(words, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 400 })), {
        nil: undefined,
      }),
    })
    .map(({ ranks, roles, category, leading, probation, age, employed, leave }): CreditPerson => ({
      id: 'p',
      birthDate: dayAfter(first, -365 * age),
      employedOn: dayAfter(first, employed),
      history: ranks.map((postLevel, index) => ({
        from: dayAfter(first, employed + 400 * index),
        postLevel,
        ...(index === 0 ? { roles, category, leading, probation } : {}),
      })),
      ...(leave === undefined
        ? {}
        : {
            circumstances: [
              { kind: leave[0], from: dayAfter(first, leave[1]), to: dayAfter(first, leave[1] + leave[2]) },
            ],
          }),
    }));
}
