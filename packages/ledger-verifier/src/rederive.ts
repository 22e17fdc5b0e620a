/**
 * The figures of one person derived anew, by hand and from nothing but the exported lines: this file imports nothing,
 * shares no code with the engine, and stays short enough to be read in one go. The demonstration regulation is
 * computed in full, from facts to targets; of any other regulation the sums and reversals.
 */
type Fact = Record<string, unknown>;
type Row = Partial<Record<'from' | 'to' | 'postLevel' | 'grade', string | undefined>>;
interface Source {
  source: { kind: string; id: string };
  regulation: { id: string; version: number };
  revision: number;
}
type Entry = Source & Worth & { id: string; seq: number; line: string; reverses: string | null };
type Settlement = Source & { entryIds: string[]; facts: Fact[] };
type Worth = { measure: string; clause: string; amount: number; occurredOn: string };
type Leaf = { measure: string; required: number; earned: number };
interface Target {
  target: string;
  from: string;
  to: string;
  state: string;
  makesUp: boolean;
  alternatives: Leaf[][];
}
interface Block {
  person: { history: Row[] };
  settlements: Settlement[];
  entries: Entry[];
  standings: { asOf: string; regulation: Source['regulation']; targets: Target[] }[];
}

/** What was found under one regulation: a difference in words, or null when everything agrees. */
export interface Rederived {
  says: string | null;
  seq?: number;
  regulation: string;
  inFull: boolean;
}

/** The regulation this file knows by heart (第一条 … 第十四条 of 干部教育联盟学时管理办法（演示）, version 1). */
const KNOWN = 'demo-2026 v1';
const BEGIN = '2023-01-01';
const UNIT = 10_000;
const nameOf = ({ id, version }: { id: string; version: number }): string => `${id} v${version}`;
const number = (fact: Fact, name: string): number => Number(fact[name] ?? 0);
const units = (value: number): number => Math.round(value * UNIT);

export function rederive(block: Block): Rederived[] {
  const names = new Set([...block.settlements, ...block.standings].map((line) => nameOf(line.regulation)));
  return [...names].sort().map((regulation) => {
    const inFull = regulation === KNOWN;
    const found = reversals(block, regulation) ?? (inFull ? (facts(block) ?? targets(block)) : null);
    return { says: null, ...found, regulation, inFull };
  });
}

type Difference = { says: string; seq?: number } | null;

/** Every settlement takes back exactly what the one before it of the same source had entered, and no entry stands twice. */
function reversals({ settlements, entries }: Block, regulation: string): Difference {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const bySource = new Map(settlements.map((one) => [sourceKey(one, one.revision), one]));
  const own = settlements.filter((settlement) => nameOf(settlement.regulation) === regulation);
  for (const settlement of own) {
    const before = bySource.get(sourceKey(settlement, settlement.revision - 1));
    const written = settlement.entryIds.flatMap((id) => byId.get(id) ?? []);
    const due = (before?.entryIds ?? []).filter((id) => byId.get(id)?.reverses === null);
    const taken = written.filter((entry) => entry.reverses !== null);
    const wrong = taken.find((entry) => {
      const taker = byId.get(entry.reverses ?? '');
      return !taker || taker.amount !== -entry.amount || taker.measure !== entry.measure;
    });
    if (wrong) return { says: '冲销的数与原条目不符', seq: wrong.seq };
    if (
      taken
        .map((entry) => entry.reverses)
        .sort()
        .join() !== [...due].sort().join()
    )
      return { says: `${settlement.source.id} 第 ${settlement.revision} 次结算没有如数冲销前一次` };
  }
  return null;
}

const sourceKey = ({ source, regulation }: Settlement, revision: number): string =>
  JSON.stringify([source.kind, source.id, regulation.id, revision]);

const show = ({ measure, clause, amount, occurredOn }: Worth): string =>
  `${occurredOn} ${clause} ${measure} ${amount}`;

/** What each source earned, compared line by line with what was entered. */
function facts({ settlements, entries }: Block): Difference {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const settlement of settlements.filter((one) => nameOf(one.regulation) === KNOWN)) {
    const entered = settlement.entryIds.flatMap((id) => byId.get(id) ?? []);
    const standing = entered.filter((entry) => entry.reverses === null);
    const due = settlement.facts.flatMap(worthOf).filter(({ amount }) => amount !== 0);
    const [is, ought] = [standing.map(show).sort(), due.map(show).sort()];
    const wrong = is.findIndex((line, index) => line !== ought[index]);
    if (wrong < 0 && is.length === ought.length) continue;
    const seq = standing.find((entry) => show(entry) === is[wrong])?.seq;
    const says = `${settlement.source.id} 应为 [${ought.join(';')}],流水是 [${is.join(';')}]`;
    return seq === undefined ? { says } : { says, seq };
  }
  return null;
}

/** 第一、二、六、七、八条, with 第四、五条 as conditions. */
function worthOf(fact: Fact): Worth[] {
  const dates = [...new Set((fact['dates'] as string[] | undefined) ?? [])].sort();
  const last = (fact['occurredOn'] ?? fact['to'] ?? dates.at(-1)) as string;
  if (last < BEGIN) return [];
  const days = number(fact, 'days') || number(fact, 'halfDays') / 2;
  const hours = number(fact, 'classHours');
  const one = (measure: string, clause: string, value: number): Worth => ({
    measure,
    clause,
    amount: units(value),
    occurredOn: last,
  });
  switch (fact['kind']) {
    case 'session': {
      const present = 5 * number(fact, 'presentMinutes') >= 4 * number(fact, 'heldMinutes');
      const left =
        number(fact, 'leaveHours') > 0 && 7 * number(fact, 'leaveHours') > number(fact, 'totalHours');
      if (number(fact, 'heldMinutes') === 0 || !present || left) return [];
      if (fact['mode'] === 'hall') return [one('days', '第一条', days), one('hours', '第一条', hours)];
      return fact['mode'] === 'online' ? [one('hours', '第二条', hours)] : [];
    }
    case 'claim': {
      if (fact['approved'] !== true) return [];
      const span = dates.length > 0 ? dates : spanOf((fact['from'] ?? last) as string, last);
      return [one('days', '第六条', days), one('hours', '第六条', hours)].flatMap((worth) =>
        spread(worth, span),
      );
    }
    case 'lesson': {
      const length = number(fact, 'lengthMinutes');
      if (length === 0 || 100 * number(fact, 'playedMinutes') < 95 * length) return [];
      return [one('online-hours', '第七条', length >= 30 ? 1 : length > 15 ? 0.5 : 0.25)];
    }
    case 'test':
      return fact['passed'] === true ? [one('online-hours', '第八条', 0.5)] : [];
    default:
      return [];
  }
}

function spread(worth: Worth, dates: string[]): Worth[] {
  const share = Math.floor(worth.amount / dates.length);
  const rest = worth.amount - share * dates.length;
  return dates.map((occurredOn, index) => ({
    ...worth,
    occurredOn,
    amount: share + (index >= dates.length - rest ? 1 : 0),
  }));
}

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function spanOf(from: string, to: string): string[] {
  const dates = [from];
  while (dates.at(-1)! < to) dates.push(dayAfter(dates.at(-1)!, 1));
  return dates;
}

/** What stands, after 第三条 (one day a date) and 第七、八条 (a lesson, a test counts once). */
function counted({ settlements, entries }: Block): Worth[] {
  const gone = new Set(entries.map((entry) => entry.reverses));
  const subjects = new Map(
    settlements.flatMap(({ facts: own }) =>
      own.map((fact): [string, unknown] => [`${String(fact['id'])}/`, fact['subject']]),
    ),
  );
  const standing = entries
    .filter((entry) => entry.reverses === null && !gone.has(entry.id) && entry.regulation.id === 'demo-2026')
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const full = new Map<string, number>();
  return standing.map((entry) => {
    const { measure, occurredOn, amount, line } = entry;
    const subject =
      (subjects.get(line.slice(0, line.lastIndexOf('/') + 1)) as string | undefined) ?? keyOf(entry);
    const key =
      measure === 'days' ? occurredOn : measure === 'online-hours' ? `${entry.clause} ${subject}` : null;
    if (key === null || amount <= 0) return entry;
    const used = full.get(key) ?? 0;
    const counts = measure === 'days' ? Math.min(amount, UNIT - used) : Math.max(0, amount - used);
    full.set(key, used + counts);
    return { ...entry, amount: counts };
  });
}

const keyOf = (entry: Entry): string =>
  [entry.occurredOn, entry.source.id, entry.source.kind, entry.line].join('\u0000');

// 职务层次 and 职级 from low to high; 四级调研员 is where 第十条 begins.
const RANKS =
  'clerk-2 clerk-1 principal-4 principal-3 section-deputy principal-2 principal-1 section-head researcher-4 researcher-3 division-deputy researcher-2 researcher-1 division-head inspector-2 bureau-deputy inspector-1 bureau-head'.split(
    ' ',
  );
const DIVISION = RANKS.indexOf('researcher-4');

const rowsOn = (history: Row[], date: string): Row[] =>
  history.filter((row) => (row.from ?? '') <= date && (row.to === undefined || date <= row.to));

/** The higher of post and grade held on a date; -1 without one. Of rows without an end the latest holds. */
function rankOn(history: Row[], date: string): number {
  const held = (['postLevel', 'grade'] as const).flatMap((name) => {
    const rows = rowsOn(history, date).filter((row) => row[name] !== undefined);
    const latest = rows.reduce(
      (top, row) => (row.to === undefined && (row.from ?? '') > top ? (row.from ?? '') : top),
      '',
    );
    return rows
      .filter((row) => row.to !== undefined || (row.from ?? '') === latest)
      .map((row) => RANKS.indexOf(row[name]!));
  });
  return Math.max(-1, ...held);
}

const least = (...dates: string[]): string => [...dates].sort()[0]!;
const yearLater = (date: string): string =>
  dayAfter(`${Number(date.slice(0, 4)) + 1}${date.slice(4) === '-02-29' ? '-03-01' : date.slice(4)}`, -1);

/** 第九条 to 第十二条 on the day of the export, compared with what the product said. */
function targets(block: Block): Difference {
  const said = block.standings.find((standing) => nameOf(standing.regulation) === KNOWN);
  if (!said) return null;
  const { asOf } = said;
  const { history } = block.person;
  const amounts = counted(block);
  const sum = (measure: string, from: string, to: string): number =>
    amounts
      .filter((entry) => entry.measure === measure && from <= entry.occurredOn && entry.occurredOn <= to)
      .reduce((total, entry) => total + entry.amount, 0);
  const result = (
    target: string,
    from: string,
    to: string,
    needs: [string, number][],
    makesUp = false,
  ): Target => {
    const alternatives = needs.map(([measure, required]): Leaf[] => {
      return [{ measure, required, earned: sum(measure, from, to) }];
    });
    const met = alternatives.some(([leaf]) => leaf!.earned >= leaf!.required);
    return { target, from, to, state: met ? 'met' : to <= asOf ? 'missed' : 'open', makesUp, alternatives };
  };
  const inService = (date: string): boolean => history.length === 0 || rowsOn(history, date).length > 0;
  const isDivision = (date: string): boolean => rankOn(history, date) >= DIVISION;
  const YEAR: [string, number][] = [
    ['days', 12 * UNIT],
    ['hours', 90 * UNIT],
  ];

  const since = least(
    asOf,
    ...history.flatMap((row) => row.from ?? []),
    ...amounts.map((one) => one.occurredOn),
  );
  const ought: Target[] = [];
  for (let year = Math.max(2023, Number(since.slice(0, 4))); year <= Number(asOf.slice(0, 4)); year += 1) {
    const [from, to] = [`${year}-01-01`, `${year}-12-31`];
    const day = least(to, asOf);
    if (!inService(day)) continue;
    if (!isDivision(day)) ought.push(result('concentrated-year', from, to, YEAR));
    ought.push(result('online-year', from, to, [['online-hours', 50 * UNIT]]));
  }
  const day = least('2027-12-31', asOf);
  if (asOf >= BEGIN && inService(day) && isDivision(day))
    ought.push(result('concentrated-window', BEGIN, '2027-12-31', [['hours', 550 * UNIT]]));
  for (const on of [...new Set(history.flatMap((row) => row.from ?? []))].sort()) {
    const before = dayAfter(on, -1);
    const promoted = rankOn(history, on) > rankOn(history, before) && rankOn(history, before) >= 0;
    if (!promoted || on > asOf || on < BEGIN || !isDivision(on) || isDivision(before)) continue;
    if (before < BEGIN || !inService(before)) continue;
    const short = result('concentrated-year', `${before.slice(0, 4)}-01-01`, before, YEAR);
    if (short.state === 'met') continue;
    const needs = short.alternatives.map(([leaf]): [string, number] => [
      leaf!.measure,
      leaf!.required - leaf!.earned,
    ]);
    ought.push(result('concentrated-year', on, yearLater(on), needs, true));
  }
  const [is, due] = [said.targets.map(sayTarget).sort(), ought.map(sayTarget).sort()];
  const wrong = due.find((line) => !is.includes(line)) ?? is.find((line) => !due.includes(line));
  return wrong === undefined ? null : { says: `任务另算不同:应有 [${due.join(';')}],给出 [${is.join(';')}]` };
}

const sayTarget = ({ target, from, to, state, makesUp, alternatives }: Target): string =>
  `${target}${makesUp ? '(补)' : ''} ${from}—${to} ${state} ${alternatives
    .map((leaves) => leaves.map((leaf) => `${leaf.measure} ${leaf.earned}/${leaf.required}`).join('+'))
    .join('|')}`;
