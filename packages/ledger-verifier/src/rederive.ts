/**
 * The figures of one person derived anew from nothing but the exported lines: without imports, sharing no code with the
 * engine. A regulation of the known form (FORM) is computed in full, from facts to targets; of others sums and reversals.
 */
type Dict<Value = unknown> = Record<string, Value>;
type Names = string | string[];
type Exact = string | number;
type Span = { from: string; to: string };
type Row = Partial<Record<'from' | 'to' | 'postLevel' | 'grade', string | undefined>>;
type Reference = { id: string; version: number };
type Source = { source: { kind: string; id: string }; regulation: Reference; revision: number };
type Worth = Record<'rule' | 'clause' | 'measure' | 'part' | 'occurredOn', string> & { amount: number };
type Entry = Source & Worth & { id: string; seq: number; line: string; reverses: string | null };
type Settlement = Source & { seq: number; entryIds: string[]; activities: Dict[]; refusals: Dict[] };
type Asked = { measure: string; required: number };
type Leaf = Asked & { earned: number; met: boolean };
export type Target = Span & { target: string; state: string; makesUp: boolean; alternatives: Leaf[][] };
type Standing = { asOf: string; regulation: Reference; targets: Target[] };
type Person = { history: Row[]; circumstances?: unknown[] | undefined };
type Block = { person: Person; settlements: Settlement[]; entries: Entry[]; standings: Standing[] };
type Amount = { flat?: Exact; rate?: Exact; of?: string };
type Earns = { earns: (Amount & { measure: string; part?: string; bands?: Amount[] })[]; spread?: object };
type Gates = { gates?: { where?: Dict; must: Dict }[] };
type Rule = Gates & Earns & { id: string; clause: string; kinds: Names; where?: Dict };
type Cap = { counts: Dict; atMost: Exact; per?: string; each?: string };
type Need = { measure: string; atLeast: Exact; if?: Dict<string> };
type MakeUp = { months: number; groups?: Names };
type Duty = { id: string; groups?: Names; cycle: string; needs: Need | { anyOf: Need[] }; makeUp?: MakeUp };
type Facts = { facts?: Dict<{ share: string; of: string }>; settings?: Dict<{ chosen: string }> };
type Whom = { groups?: Dict<{ where: Dict }>; effective: { from: string; to?: string } };
type When = { cycles?: Dict<{ from: string; months: number } | { windows: Span[] }> };
export type Regulation = Reference & Facts & Whom & When & { earn: Rule[]; caps?: Cap[]; targets?: Duty[] };

/** What was found under one regulation: which figures differ, with both sides; null when all agrees. */
export type Rederived = Found & { differs: Differs | null; regulation: string; inFull: boolean };
type Differs = 'reversed' | 'not-reversed' | 'silent' | 'entries' | 'targets';
type Sides = { ought?: Target[]; given?: Target[]; due?: Worth[]; entered?: Worth[] };
type Found = Sides & { seqs: number[]; settlement?: Settlement };
type Difference = (Partial<Found> & { differs: Differs }) | null;

const NUMBER = '(days|(class|total|leave)Hours|(held|present|length|played)Minutes)';
const LIMIT = '(atLeast|above|atMost|below)=';
const ASKED = `((own|${NUMBER})\\.${LIMIT}|(mode|approved|passed|completed)=)`;
/** All that a regulation may say for this file to know what it means: paths to values. */
const FORM = new RegExp(
  `^\\.(${[
    '(format|id|version|title|english|source|effective|clauses|measures|parts|kinds|settings|consequences)\\b',
    `facts\\.own\\.(name|share=${NUMBER}$|of=${NUMBER}$)|cycles\\.[^.]+\\.((windows\\.)?(from|to)=|months=[1-9]\\d{0,3}$)`,
    `groups\\.[^.]+\\.(name=|where(\\.not)?\\.rank\\.${LIMIT})`,
    `earn\\.(id=|clause=|kinds=|spread\\.over=days$|where\\.${ASKED}|gates\\.(clause=|outcome=|(where|must)\\.${ASKED}))`,
    `earn\\.earns\\.(measure=|part=|of=${NUMBER}$|(bands\\.)?(rate|flat)=[^-]|bands\\.${LIMIT})`,
    'caps\\.(clause=|name=|counts\\.(measure|part|rule)=|atMost=|per=day$|each=subject$)',
    'targets\\.(id|name|clause|groups|cycle)=|targets\\.makeUp\\.(clause=|after=promotion$|months=|groups=)',
    'targets\\.needs\\.(anyOf\\.)?(measure=|atLeast=|if\\.)|targets\\.relief\\.(clause|exempt|when\\.[a-z]+)=',
  ].join('|')})`,
);

/** A regulation from its text, where it is of the form that is derived in full; otherwise null. */
export function knownForm(text: string): Regulation | null {
  const regulation = JSON.parse(text) as Regulation;
  const pathsOf = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path));
    if (typeof value !== 'object' || value === null) return [`${path}=${String(value)}`];
    const stepTo = (name: string): string => `${path}.${name in (regulation.facts ?? {}) ? 'own' : name}`;
    return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, stepTo(name)));
  };
  return pathsOf(regulation, '').every((path) => FORM.test(path)) ? regulation : null;
}

export const nameOf = ({ id, version }: Reference): string => `${id} v${version}`;
/** Compares under each regulation; `known` has those of the form. What absences give relief of is not derived. */
export function rederive(block: Block, known: ReadonlyMap<string, Regulation | null>): Rederived[] {
  const names = new Set([...block.settlements, ...block.standings].map((one) => nameOf(one.regulation)));
  return [...names].sort().map((name) => {
    const form = block.person.circumstances === undefined ? (known.get(name) ?? null) : null;
    const found = (form && facts(block, form)) ?? reversals(block, name) ?? (form && targets(block, form));
    return { differs: null, seqs: [], ...found, regulation: name, inFull: form !== null };
  });
}

/** Every settlement takes back exactly what the one before it of the same source had entered, and no entry stands twice. */
function reversals({ settlements, entries }: Block, name: string): Difference {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const keyOf = ({ source, regulation }: Settlement, revision: number): string =>
    [source.kind, source.id, regulation.id, revision].join('\0');
  const bySource = new Map(settlements.map((one) => [keyOf(one, one.revision), one]));
  for (const settlement of settlements.filter((one) => nameOf(one.regulation) === name)) {
    const before = bySource.get(keyOf(settlement, settlement.revision - 1))?.entryIds ?? [];
    const due = before.filter((id) => byId.get(id)?.reverses === null);
    const taken = settlement.entryIds.flatMap((id) => byId.get(id) ?? []).filter(({ reverses }) => reverses);
    const wrong = taken.find((entry) => {
      const original = byId.get(entry.reverses ?? '');
      return original?.amount !== -entry.amount || original.measure !== entry.measure;
    });
    if (wrong) return { differs: 'reversed', seqs: [wrong.seq], settlement };
    if (String(due.sort()) !== String(taken.map(({ reverses }) => reverses).sort()))
      return { differs: 'not-reversed', settlement };
  }
  return null;
}

type Ratio = [number, number];
type Value = Ratio | string | boolean | undefined;
const ratio = (value: unknown): Ratio => {
  if (Number.isSafeInteger(value)) return [value as number, 1];
  const [above = '', below = '1'] = String(value).split('/');
  const scale = 10 ** (above.split('.')[1]?.length ?? 0);
  return [Math.round(Number(above) * scale), Number(below) * scale];
};
const unitsOf = (value: Exact): number => (ratio(value)[0] * 10_000) / ratio(value)[1];
const least = (...dates: string[]): string => [...dates].sort()[0]!;
const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export function later(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return dayAfter(last.toISOString().slice(0, 10), Math.min(0, day - last.getUTCDate()));
}
export const spanOf = (from: string, months: number) => ({ from, to: dayAfter(later(from, months), -1) });
const SIGNS: Dict<number[]> = { atLeast: [0, 1], above: [1], atMost: [-1, 0], below: [-1] };
const isWithin = ([a, b]: Ratio, limits: Dict, read = ratio): boolean =>
  Object.entries(limits).every(([name, limit]) => {
    const [c, d] = read(limit);
    return SIGNS[name]?.includes(Math.sign(a * d - c * b)) ?? true;
  });
/** `read` makes of a limit what is compared: of a number the number, of a rank its place. */
const holds = (asked: Dict, value: (fact: string) => Value, read = ratio): boolean =>
  Object.entries(asked).every(([fact, wanted]) => {
    if (fact === 'not') return !holds(wanted as Dict, value, read);
    const actual = value(fact);
    if (Array.isArray(actual)) return isWithin(actual, wanted as Dict, read);
    return [wanted].flat().includes(actual);
  });

/** What a fact of an activity is: given, or a share that the regulation defines. */
function valueOf(fact: Dict, name: string, regulation: Regulation): Value {
  const own = regulation.facts?.[name];
  const [part, whole] = own ? [own.share, own.of].map((one) => valueOf(fact, one, regulation) as Ratio) : [];
  if (own) return part && whole?.[0] ? [part[0] * whole[1], part[1] * whole[0]] : undefined;
  const half = name === 'days' && fact['halfDays'] !== undefined ? Number(fact['halfDays']) / 2 : undefined;
  const given = half ?? fact[name] ?? (name === 'leaveHours' ? 0 : undefined);
  const isWord = typeof given === 'boolean' || name === 'mode' || given === undefined;
  return isWord ? (given as Value) : ratio(given);
}

/** What an activity earns by each rule that fits it; amounts of nothing are among it. */
function worthOf(fact: Dict, regulation: Regulation): Worth[] {
  const { effective, earn } = regulation;
  const value = (name: string): Value => valueOf(fact, name, regulation);
  const dates = new Set(fact['dates'] as string[] | undefined);
  const last = (fact['occurredOn'] ?? fact['to'] ?? [...dates].sort().at(-1)) as string;
  if (last < effective.from || last > (effective.to ?? last)) return [];
  for (let day = (fact['from'] ?? last) as string; day <= last; day = dayAfter(day, 1)) dates.add(day);
  const [held = 0, per = 1] = fact['dates'] ? [] : ((value('days') ?? []) as number[]);
  const weekendLast = [...dates].map((day) => `${+(new Date(day).getUTCDay() % 6 === 0)}${day}`).sort();
  const training = weekendLast.slice(0, Math.ceil(held / per) || dates.size).map((key) => key.slice(1));
  const worths: Worth[] = [];
  for (const { id: rule, clause, kinds, where = {}, gates = [], earns, spread } of earn) {
    if (![kinds].flat().includes(fact['kind'] as string) || !holds(where, value)) continue;
    if (gates.some((gate) => holds(gate.where ?? {}, value) && !holds(gate.must, value))) continue;
    for (const { measure, part = '', of = '', bands, ...plain } of earns) {
      const quantity = value(of) as Ratio | undefined;
      const amount = bands ? quantity && bands.find((band) => isWithin(quantity, band)) : plain;
      if (!amount || (amount.flat === undefined && !quantity)) continue;
      const [a, b] = amount.flat === undefined ? quantity! : [1, 1];
      const units = Math.round((unitsOf(amount.flat ?? amount.rate ?? 1) * a) / b);
      const days = spread ? training.sort() : [last];
      const shareAt = (index: number): number => Math.floor((units + index) / days.length);
      for (const [index, occurredOn] of days.entries())
        worths.push({ rule, clause, measure, part, occurredOn, amount: shareAt(index) });
    }
  }
  return worths;
}

/** What each source earned, compared line by line with what was entered; what earned nothing was refused. */
function facts({ settlements, entries }: Block, regulation: Regulation): Difference {
  let found: Difference = null;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const show = ({ occurredOn, clause, rule, measure, part, amount }: Worth): string =>
    `${occurredOn} ${clause} ${rule} ${part} ${measure} ${amount / 10_000}`;
  for (const settlement of settlements.filter((one) => nameOf(one.regulation) === nameOf(regulation))) {
    const { entryIds, activities, refusals } = settlement;
    const standing = entryIds.flatMap((id) => byId.get(id) ?? []).filter((entry) => entry.reverses === null);
    const worths = activities.map((fact) => worthOf(fact, regulation));
    const due = worths.flat().filter(({ amount }) => amount !== 0);
    const [is, ought] = [standing.map(show).sort(), due.map(show).sort()];
    const refused: unknown[] = refusals.map(({ activity }) => activity);
    const silent = activities.some(({ id }, index) => !worths[index]![0] && !refused.includes(id));
    if (silent) found ??= { differs: 'silent', settlement };
    if (silent || is.join() === ought.join()) continue;
    const wrong = standing.filter((entry) => !ought.includes(show(entry))).map(({ seq }) => seq);
    const own = { differs: 'entries', settlement, due, entered: standing } as const;
    found = { ...(found ?? own), seqs: [...(found?.seqs ?? []), ...wrong] };
  }
  return found;
}

/** What stands, after the limits in their order. */
function counted({ settlements, entries }: Block, { id, caps = [] }: Regulation): Entry[] {
  const gone = new Set(entries.map((entry) => entry.reverses));
  const known = settlements.flatMap(({ activities }) => activities);
  const subjects = new Map(known.map((fact) => [fact['id'], fact['subject'] as string | undefined]));
  const standing = entries
    .filter((entry) => entry.reverses === null && !gone.has(entry.id) && entry.regulation.id === id)
    .map((one) => ({ ...one, key: [one.occurredOn, one.source.id, one.source.kind, one.line].join('\0') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { counts, atMost, per, each } of caps) {
    const used = new Map<string, number>();
    const meant = Object.entries(counts);
    for (const entry of standing) {
      if (entry.amount <= 0 || meant.some(([name, value]) => entry[name as keyof Worth] !== value)) continue;
      const activity = each && entry.line.replace(/\/\d+\.\d+(\/[\d-]+)?$/, '');
      const key = `${per ? entry.occurredOn : ''} ${each ? (subjects.get(activity) ?? entry.key) : ''}`;
      const before = used.get(key) ?? 0;
      const limit = atMost === 'highest' ? entry.amount : unitsOf(atMost);
      entry.amount = Math.max(0, Math.min(entry.amount, limit - before));
      used.set(key, before + entry.amount);
    }
  }
  return standing;
}
const RANKS =
  'clerk-2 二级科员 clerk-1 一级科员 principal-4 四级主任科员 principal-3 三级主任科员 section-deputy 乡科级副职 principal-2 二级主任科员 principal-1 一级主任科员 section-head 乡科级正职 researcher-4 四级调研员 researcher-3 三级调研员 division-deputy 县处级副职 researcher-2 二级调研员 researcher-1 一级调研员 division-head 县处级正职 inspector-2 二级巡视员 bureau-deputy 厅局级副职 inspector-1 一级巡视员 bureau-head 厅局级正职';
const placeOf = (name: unknown): Ratio => [Math.floor(RANKS.split(' ').indexOf(String(name)) / 2), 1];
const rowsOn = (history: Row[], date: string): Row[] =>
  history.filter(({ from = '', to = date }) => from <= date && date <= to);

/** The higher of post and grade held on a date, if any. Of rows without an end the latest holds. */
function rankOn(history: Row[], date: string): Ratio | undefined {
  const held = (['postLevel', 'grade'] as const).flatMap((name) => {
    const rows = rowsOn(history, date).filter((row) => row[name] !== undefined);
    const latest = rows.flatMap(({ from = '', to }) => (to === undefined ? from : [])).sort();
    return rows.filter(({ from = '', to }) => to ?? from === latest.at(-1)).map((row) => placeOf(row[name]));
  });
  return held.sort(([a], [b]) => a - b).at(-1);
}

/** What the regulation asks on the day of the export, compared with what the product said. */
function targets(block: Block, regulation: Regulation): Difference {
  const said = block.standings.find((standing) => nameOf(standing.regulation) === nameOf(regulation));
  if (!said) return null;
  const [{ asOf }, { history }] = [said, block.person];
  const { effective, cycles = {}, groups = {}, settings = {} } = regulation;
  const amounts = counted(block, regulation);
  const starts = [...new Set(history.flatMap((row) => row.from ?? []))].sort();
  const since = least(asOf, ...starts, ...amounts.map((one) => one.occurredOn));
  const isAsked = (names: Names | undefined, date: string): boolean => {
    const fits = (one: string): boolean => holds(groups[one]!.where, () => rankOn(history, date), placeOf);
    const serves = history.length === 0 || rowsOn(history, date).length > 0;
    return serves && (names === undefined || [names].flat().some(fits));
  };
  const spansOf = (id: string): Span[] => {
    const cycle = cycles[id]!;
    const spans = 'windows' in cycle ? [...cycle.windows] : [];
    for (let index = 0; 'months' in cycle && (spans.at(-1)?.to ?? '') < asOf; index += 1)
      spans.push(spanOf(later(cycle.from, index * cycle.months), cycle.months));
    const [begin, end] = [[since, effective.from].sort()[1]!, least(asOf, effective.to ?? asOf)];
    return spans.filter(({ from, to }) => begin <= to && from <= end);
  };
  const ought: Target[] = [];
  const ask = (target: string, { from, to }: Span, needs: Asked[], makesUp = false): Target => {
    const within = amounts.filter(({ occurredOn }) => from <= occurredOn && occurredOn <= to);
    const alternatives = needs.map(({ measure, required }): Leaf[] => {
      const all = within.reduce((sum, one) => sum + (one.measure === measure ? one.amount : 0), 0);
      return [{ measure, required, earned: Math.min(all, makesUp ? required : all), met: all >= required }];
    });
    const state = alternatives.some(([leaf]) => leaf!.met) ? 'met' : to <= asOf ? 'missed' : 'open';
    return { target, from, to, state, makesUp, alternatives };
  };
  for (const { id, groups: names, cycle, needs, makeUp } of regulation.targets ?? []) {
    const chosen = ('anyOf' in needs ? needs.anyOf : [needs]).filter((need) =>
      Object.entries(need.if ?? {}).every(([setting, option]) => settings[setting]?.chosen === option),
    );
    const asked = chosen.map((need) => ({ ...need, required: Math.ceil(unitsOf(need.atLeast)) }));
    const spans = spansOf(cycle);
    for (const span of spans) if (isAsked(names, least(span.to, asOf))) ought.push(ask(id, span, asked));
    let held: Ratio | undefined;
    for (const on of makeUp ? starts : []) {
      const rank = rankOn(history, on);
      const isPromoted = held && rank && rank[0] > held[0];
      held = rank ?? held;
      const before = dayAfter(on, -1);
      const span = spans.find(({ from, to }) => from <= before && before <= to);
      if (!isPromoted || !span || on > asOf || on < effective.from) continue;
      if (!isAsked(makeUp!.groups, on) || !isAsked(names, before)) continue;
      const { state, alternatives } = ask(id, { from: span.from, to: before }, asked);
      const lacks = alternatives.flat().map((leaf) => ({ ...leaf, required: leaf.required - leaf.earned }));
      if (state !== 'met') ought.push(ask(id, spanOf(on, makeUp!.months), lacks, true));
    }
  }
  const [is, due] = [new Set(said.targets.map(keyOf)), new Set(ought.map(keyOf))];
  const own = ought.filter((one) => !is.has(keyOf(one)));
  const other = said.targets.filter((one) => !due.has(keyOf(one)));
  return own.length + other.length === 0 ? null : { differs: 'targets', ought: own, given: other };
}

const keyOf = ({ target, from, to, state, makesUp, alternatives }: Target): string =>
  [target, from, to, state, makesUp, ...alternatives.flat().flatMap(leafKeyOf)].join();
const leafKeyOf = ({ measure, earned, required, met }: Leaf): unknown[] => [measure, earned, required, met];
