import { listOf, type Names } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import type { Fault } from '../source/schema-errors';
import { quantityOf } from '../settlement/selection';
import type { CarryOver, Quantity, Requirement } from '../regulation/target-schema';

/**
 * Names that an author declared and used nowhere: nothing wrong by itself, and often a rule that was forgotten. A kind
 * that no rule values earns nothing, which a text may well mean.
 */
export function unusedNames(regulation: Regulation): Fault[] {
  const { measures, parts = {}, kinds, groups = {}, totals = {}, settings = {} } = regulation;
  const { facts = {}, earn, carryOver = [], cycles = {}, effective } = regulation;
  const earns = earn.flatMap((rule) => rule.earns);
  const reported = Object.entries(totals).flatMap(([id, { cycle }]) => (cycle === undefined ? [] : [id]));
  const note = (section: string, declared: object, used: Iterable<string>, sentence: string): Fault[] => {
    const known = new Set(used);
    return Object.keys(declared)
      .filter((name) => !known.has(name))
      .map((name) => ({ path: [section, name], sentence }));
  };
  return [
    ...note(
      'kinds',
      kinds,
      earn.flatMap((rule) => listOf(rule.kinds)),
      '没有任何 earn 计入这种活动，它什么也不得',
    ),
    ...note(
      'measures',
      measures,
      [...earns, ...Object.values(totals), ...carryOver.map(({ to }) => to)].map(({ measure }) => measure),
      '没有任何 earn、合计或结转用这种计量，它永远是 0',
    ),
    ...note(
      'parts',
      parts,
      [...earns, ...carryOver.map(({ to }) => to)].flatMap(({ part }) => part ?? []),
      '没有任何 earn 或结转计入这个部分，它永远是 0',
    ),
    ...note(
      'groups',
      groups,
      [...namesAt(regulation, ['groups', 'group', 'in']), ...keysAt(regulation, 'monthsIn')],
      '没有任何规则用到这个人员组',
    ),
    ...note(
      'totals',
      totals,
      [...reported, ...namesAt(regulation, ['total'])],
      '没有任何规则用到这个合计；要单独报告请写 cycle',
    ),
    ...note('facts', facts, wordsIn({ ...regulation, facts: undefined }, facts), '没有任何规则用到这个事实'),
    ...Object.entries(cycles).flatMap(([id, cycle]) =>
      'windows' in cycle && cycle.windows.every(({ to }) => to < effective.from)
        ? [{ path: ['cycles', id], sentence: `各期都在办法生效（${effective.from}）以前结束，用不到` }]
        : [],
    ),
    ...note('settings', settings, keysAt(regulation, 'if'), '没有任何规则随它的读法而变（if）'),
    ...(regulation.targets ?? []).flatMap(({ cycle, relief = [] }, index) =>
      relief.flatMap(({ per }, at) =>
        per === cycle
          ? [
              {
                path: ['targets', index, 'relief', at, 'per'],
                sentence: '与任务的周期相同，一期里只有它自己，只减一次；要减几次的写较短的周期',
              },
            ]
          : [],
      ),
    ),
    ...carryOver.flatMap(({ to }, index) =>
      isCounted(to, regulation)
        ? []
        : [
            {
              path: ['carryOver', index, 'to'],
              sentence:
                '转入的这一份没有任何任务、合计、等次或集体结果计入，转了也没有用；写了 kind、rule、where 或 largest 的选取、写了 per 的合计不包括结转来的',
            },
          ],
    ),
  ];
}

/** Whether something counts what is carried over: it has a measure and a part, but no kind, rule or day. */
function isCounted(
  { measure, part = '' }: CarryOver['to'],
  { totals = {}, targets = [], ratings = [], teams = [] }: Regulation,
): boolean {
  const covers = (quantity: Quantity): boolean => {
    const total = quantity.total === undefined ? undefined : totals[quantity.total];
    if (total) return total.per === undefined && total.add.some((term) => covers(quantityOf(term, total)));
    return (
      quantity.largest === undefined &&
      quantity.kind === undefined &&
      quantity.rule === undefined &&
      quantity.where === undefined &&
      (quantity.measure === undefined || quantity.measure === measure) &&
      (quantity.part === undefined || listOf(quantity.part).includes(part))
    );
  };
  const needed = ({ anyOf, allOf, of, ...quantity }: Requirement): boolean =>
    anyOf || allOf
      ? [...(anyOf ?? []), ...(allOf ?? [])].some(needed)
      : covers(quantity) || (!!of && covers(of));
  return (
    targets.some(({ needs }) => needed(needs)) ||
    ratings.some(({ of, bands }) => covers(of) || bands.some(({ needs }) => needs && needed(needs))) ||
    teams.some(({ quantity }) => quantity && covers(quantity)) ||
    Object.keys(totals).some((total) => totals[total]?.cycle !== undefined && covers({ total }))
  );
}

/** What stands in the fields of these names, wherever they are. */
function namesAt(value: unknown, fields: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    fields.includes(key) && isNames(inner) ? listOf(inner) : namesAt(inner, fields),
  );
}

const isNames = (value: unknown): value is Names =>
  typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

/** The keys of the objects in fields of this name. */
function keysAt(value: unknown, field: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === field && typeof inner === 'object' && inner !== null ? Object.keys(inner) : keysAt(inner, field),
  );
}

/** All texts and keys: a fact may stand in either. Facts that are reckoned from others use those. */
function wordsIn(value: unknown, facts: NonNullable<Regulation['facts']>): Set<string> {
  const words = new Set<string>();
  const collect = (inner: unknown): void => {
    if (typeof inner === 'string') words.add(inner);
    if (typeof inner !== 'object' || inner === null) return;
    for (const [key, one] of Object.entries(inner)) {
      words.add(key);
      collect(one);
    }
  };
  collect(value);
  for (const fact of Object.values(facts)) collect({ ...fact, name: undefined });
  return words;
}
