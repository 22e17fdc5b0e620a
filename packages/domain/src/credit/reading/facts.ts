import { Exact } from '../value/exact';
import { z } from 'zod';
import { civilDate, type CivilDate } from '../../core';
import { activity, datesOf, lastDayOf, type Activity, type Source } from '../person/activity';
import { evaluate, type Evaluation } from '../evaluation/evaluate';
import { evaluateGroup, type GroupEvaluation } from '../evaluation/evaluate-group';
import { noteFacts } from './fact-notes';
import { readJson, sayPath, type AuthorError } from '../source/json-source';
import { constant, isExactNumber, type ExactNumber } from '../value/measure';
import { creditPerson, personAsRecorded, rankOrder, type CreditPerson } from '../person/person';
import { noRank } from '../person/rank-names';
import { withSettings } from './regulation';
import type { Regulation } from '../regulation/regulation-schema';
import { suggestion, suggestionOrAll } from '../source/nearest-name';
import { faultsOf, otherKind, withSuggestions, type Fault } from '../source/schema-errors';
import { settle, type Settlement } from '../settlement/settle';
import type { LedgerView } from '../evaluation/standing';

/** An activity whose source is not stated is its own source. */
const ownSource = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !('source' in value) && 'kind' in value && 'id' in value
    ? { ...value, source: { kind: String(value.kind), id: String(value.id) } }
    : value;
const factsOfPerson = z.strictObject({
  person: creditPerson,
  activities: z.array(z.preprocess(ownSource, activity)),
});

/**
 * The public facts format: what is known about a person, or about the people of a group, and the day on which to look.
 * `settings` chooses among the readings of the regulation's open points.
 */
export const factsFile = z.union([
  z.strictObject({
    asOf: civilDate,
    settings: z.record(z.string(), z.string()).optional(),
    ...factsOfPerson.shape,
  }),
  z.strictObject({
    asOf: civilDate,
    settings: z.record(z.string(), z.string()).optional(),
    people: z.array(factsOfPerson).min(1),
  }),
]);
export type FactsFile = z.infer<typeof factsFile>;

/** The JSON Schema of a facts file, for editors and for people outside the product. */
export const factsJsonSchema = (): unknown =>
  z.toJSONSchema(factsFile, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // An activity without a source is its own.
      if (zodSchema === activity)
        jsonSchema.required = jsonSchema.required?.filter((field) => field !== 'source') ?? [];
    },
  });
export type PersonFile = z.infer<typeof factsOfPerson>;

export type ParsedFacts =
  | {
      readonly ok: true;
      readonly facts: FactsFile;
      /** What is in order and yet looks mistyped. */
      readonly notes: readonly AuthorError[];
    }
  | { readonly ok: false; readonly errors: readonly AuthorError[] };

/** Reads a facts file for a regulation: unknown facts, kinds, ranks and readings are refused with path, line and sentence. */
export function parseFacts(text: string, regulation: Regulation): ParsedFacts {
  const source = readJson(text);
  if (source.errors.length > 0) return { ok: false, errors: source.errors };
  const isGroup = has(source.value, 'people') && !isOfOne(source.value);
  const parsed = factsFile.options[isGroup ? 1 : 0].safeParse(source.value);
  const faults = parsed.success
    ? checkFacts(parsed.data, regulation)
    : (otherKind(source.value, 'facts') ??
      withSuggestions(faultsOf(parsed.error.issues, source.value), source.value, factsJsonSchema)
        .map((fault) => withDetails(fault, regulation))
        .map(withoutPeople));
  const located = (found: readonly Fault[]): AuthorError[] =>
    found
      .map(({ path, sentence }) => ({ path: sayPath(path), line: source.lineOf(path), sentence }))
      .sort((a, b) => a.line - b.line);
  return parsed.success && faults.length === 0
    ? { ok: true, facts: parsed.data, notes: located(noteFacts(parsed.data, regulation)) }
    : { ok: false, errors: located(faults) };
}

const has = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  typeof value === 'object' && value !== null && key in value;

/** Whether facts name one person beside a list of people that is empty: the one is meant. */
const isOfOne = (value: unknown): boolean =>
  has(value, 'person') && has(value, 'people') && Array.isArray(value.people) && value.people.length === 0;

/** That facts of one person have no list of people. */
const withoutPeople = (fault: Fault): Fault =>
  fault.unknownField === 'people' && fault.path.length === 1
    ? { ...fault, sentence: '已经写了 person（一个人），删去 people' }
    : fault;

/** That a fact which the regulation defines itself stands among the details of an activity, not beside them. */
function withDetails(fault: Fault, { facts = {} }: Regulation): Fault {
  const { path, unknownField = '' } = fault;
  const own = path.at(-3) === 'activities' ? facts[unknownField] : undefined;
  if (!own) return fault;
  const sentence =
    'type' in own
      ? `“${unknownField}”是办法自定义的事实，写在 details 里："details": { "${unknownField}": … }`
      : `“${unknownField}”由程序算出，不用写`;
  return { ...fault, sentence };
}

function checkFacts(facts: FactsFile, regulation: Regulation): Fault[] {
  const faults: Fault[] = [];
  for (const [id, option] of Object.entries(facts.settings ?? {})) {
    const setting = regulation.settings?.[id];
    if (!setting) faults.push({ path: ['settings', id], sentence: `办法中没有待定问题“${id}”` });
    else if (!(option in setting.options))
      faults.push({
        path: ['settings', id],
        sentence: `“${id}”没有“${option}”这种读法${suggestionOrAll(option, Object.keys(setting.options))}`,
      });
  }
  const files = 'people' in facts ? facts.people : [facts];
  const people = new Set<string>();
  files.forEach((file, index) => {
    const at = 'people' in facts ? ['people', index] : [];
    const { id } = file.person;
    if (people.has(id)) faults.push({ path: [...at, 'person', 'id'], sentence: `人员编号“${id}”重复` });
    people.add(id);
    checkBirth(file.person, facts.asOf, [...at, 'person'], faults);
    checkPerson(file, at, regulation, faults);
  });
  return faults;
}

function checkPerson(file: PersonFile, at: Fault['path'], regulation: Regulation, faults: Fault[]): void {
  const seen = new Set<string>();
  file.activities.forEach((value, index) => {
    const path = [...at, 'activities', index];
    if (seen.has(value.id)) faults.push({ path: [...path, 'id'], sentence: `活动编号“${value.id}”重复` });
    seen.add(value.id);
    // A kind that the regulation does not cover may stand in the facts; one that plainly means another may not.
    const near = value.kind in regulation.kinds ? '' : kindMeant(value.kind, regulation);
    if (near !== '')
      faults.push({ path: [...path, 'kind'], sentence: `办法中没有活动种类“${value.kind}”${near}` });
    const { days, attendedDays } = value;
    if (days !== undefined && attendedDays !== undefined && isMore(attendedDays, days))
      faults.push({ path: [...path, 'attendedDays'], sentence: '实际参加天数多于天数（days）' });
    checkDays(value, path, faults);
    if (value.recordedOn !== undefined && value.recordedOn < lastDayOf(value))
      faults.push({ path: [...path, 'recordedOn'], sentence: '记录日期早于活动的最后一天' });
    for (const [fact, detail] of Object.entries(value.details ?? {})) {
      const sentence = detailFault(detail, fact, regulation);
      if (sentence !== undefined) faults.push({ path: [...path, 'details', fact], sentence });
    }
  });
  file.person.history.forEach((row, index) => {
    for (const key of ['postLevel', 'grade'] as const) {
      const rank = row[key];
      if (rank !== undefined && rankOrder(rank, regulation) === undefined) {
        const path = [...at, 'person', 'history', index, key];
        faults.push({ path, sentence: noRank(rank, regulation) });
      }
    }
    reversedDates(row, [...at, 'person', 'history', index], faults);
  });
  file.person.circumstances?.forEach((circumstance, index) => {
    reversedDates(circumstance, [...at, 'person', 'circumstances', index], faults);
  });
  file.person.openings?.forEach((opening, index) => {
    if (!(opening.measure in regulation.measures)) {
      faults.push({
        path: [...at, 'person', 'openings', index, 'measure'],
        sentence: `办法中没有计量“${opening.measure}”${suggestion(opening.measure, Object.keys(regulation.measures))}`,
      });
    }
    const { part } = opening;
    const path = [...at, 'person', 'openings', index, 'part'];
    if (part === undefined && regulation.parts)
      faults.push({ path, sentence: '办法分了部分（parts），这里应写 part' });
    if (part !== undefined && !(part in (regulation.parts ?? {})))
      faults.push({
        path,
        sentence: `办法中没有部分“${part}”${suggestion(part, Object.keys(regulation.parts ?? {}))}`,
      });
  });
}

/** The kind whose name was written instead of its key, or whose key is spelt nearly so. */
function kindMeant(written: string, { kinds }: Regulation): string {
  const named = Object.keys(kinds).filter((kind) => kinds[kind] === written);
  return named.length === 0
    ? suggestion(written, Object.keys(kinds))
    : `，那是名称，应写${named.map((kind) => `“${kind}”`).join('或')}`;
}

/** That somebody was born by the day of evaluation, and before any work: a mistyped year would shift every age. */
function checkBirth(
  { birthDate, employedOn }: CreditPerson,
  asOf: CivilDate,
  path: Fault['path'],
  faults: Fault[],
): void {
  if (birthDate === undefined) return;
  if (birthDate > asOf) faults.push({ path: [...path, 'birthDate'], sentence: '出生日期晚于评价日' });
  else if (employedOn !== undefined && employedOn <= birthDate)
    faults.push({ path: [...path, 'employedOn'], sentence: '参加工作日期不晚于出生日期' });
}

/** That an activity with its dates lasts no longer than these. One told by its last day alone may have lasted longer. */
function checkDays(value: Activity, path: Fault['path'], faults: Fault[]): void {
  if (value.occurredOn !== undefined) return;
  const { length } = datesOf(value);
  const dates = value.dates ? `所列的 ${length} 天` : `起止日期之间的 ${length} 天`;
  const { days, halfDays, attendedDays } = value;
  if (days !== undefined && isMore(days, length))
    faults.push({ path: [...path, 'days'], sentence: `天数多于${dates}` });
  else if (attendedDays !== undefined && isMore(attendedDays, length))
    faults.push({ path: [...path, 'attendedDays'], sentence: `实际参加天数多于${dates}` });
  if (halfDays !== undefined && days === undefined && halfDays > 2 * length)
    faults.push({ path: [...path, 'halfDays'], sentence: `半天数多于${dates}的 ${2 * length} 个半天` });
}

const isMore = (one: ExactNumber, other: ExactNumber): boolean => constant(one).compare(constant(other)) > 0;

function detailFault(
  detail: string | number | boolean,
  name: string,
  { facts = {} }: Regulation,
): string | undefined {
  const fact = facts[name];
  if (fact && !('type' in fact)) return '这一事实由程序算出，不用写';
  if (!fact) return `办法的 facts 中没有定义这一事实${suggestion(name, Object.keys(facts))}`;
  if (fact.type === 'flag') return typeof detail === 'boolean' ? undefined : '这里应为 true 或 false';
  if (fact.type === 'text') return typeof detail === 'string' ? undefined : '这里应为文字';
  const isNumber = isExactNumber(detail);
  if (!isNumber) return '这里应为数字';
  const step = constant(fact.step ?? '0.01');
  return Exact.of(detail).div(step).isWhole ? undefined : `应为 ${fact.step ?? '0.01'} 的倍数`;
}

function reversedDates(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  path: Fault['path'],
  faults: Fault[],
): void {
  if (from !== undefined && to !== undefined && to < from)
    faults.push({ path: [...path, 'to'], sentence: '结束日期早于开始日期' });
}

/** Everything that follows from a facts file under a regulation. */
export interface FactsResult {
  readonly settlements: readonly ({ readonly person: string } & Settlement)[];
  readonly evaluation?: Evaluation;
  readonly group?: GroupEvaluation;
}

/** Settles every source and evaluates the person, or each person and the group, from what was recorded by `asOf`. */
export function evaluateFacts(facts: FactsFile, base: Regulation): FactsResult {
  const regulation = facts.settings ? withSettings(base, facts.settings) : base;
  const { asOf } = facts;
  const settled = ({ person, activities }: PersonFile): ReturnType<typeof settleAll> =>
    settleAll(activities.filter(isRecordedBy(asOf)), regulation, personAsRecorded(person, asOf));
  if ('people' in facts) {
    const members = facts.people.map((file) => ({ person: file.person, ...settled(file) }));
    const settlements = members.flatMap((member) => member.settlements);
    return { settlements, group: evaluateGroup(members, regulation, asOf) };
  }
  const { settlements, entries } = settled(facts);
  return { settlements, evaluation: evaluate(entries, regulation, facts.person, asOf) };
}

/** The activities of a file that were not known yet on its day, and are not looked at. */
export const laterActivities = ({ activities }: PersonFile, asOf: CivilDate): Activity[] =>
  activities.filter((value) => !isRecordedBy(asOf)(value));

/** Settles the activities of a person source by source, as the product does when each becomes known. */
export function settleAll(
  activities: readonly Activity[],
  regulation: Regulation,
  person: CreditPerson,
): { settlements: ({ person: string } & Settlement)[]; entries: LedgerView[] } {
  const settlements: ({ person: string } & Settlement)[] = [];
  const entries: LedgerView[] = [];
  for (const group of bySource(activities)) {
    const settlement = settle(group, regulation, person);
    const day = recordedOn(group);
    settlements.push({ person: person.id, ...settlement });
    for (const entry of settlement.entries) entries.push({ ...entry, recordedOn: day });
  }
  return { settlements, entries };
}

const isRecordedBy =
  (asOf: CivilDate) =>
  (value: Activity): boolean =>
    recordedOn([value]) <= asOf;

function bySource(activities: readonly Activity[]): Activity[][] {
  const groups = new Map<string, Activity[]>();
  const key = ({ kind, id }: Source): string => JSON.stringify([id, kind]);
  for (const value of activities) {
    const group = groups.get(key(value.source));
    if (group) group.push(value);
    else groups.set(key(value.source), [value]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export const recordedOn = (activities: readonly Activity[]): CivilDate =>
  activities
    .map((value) => value.recordedOn ?? lastDayOf(value))
    .reduce((latest, day) => (day > latest ? day : latest));
