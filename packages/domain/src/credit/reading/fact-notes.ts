import type { Activity } from '../person/activity';
import { PERSON_FACTS } from '../regulation/fact-names';
import type { FactsFile, PersonFile } from './facts';
import type { Path } from '../source/json-source';
import { constant } from '../value/measure';
import { listOf, type EarnRule } from '../regulation/earning-schema';
import { listed, suggestion } from '../source/nearest-name';
import type { Regulation } from '../regulation/regulation-schema';
import type { Fault } from '../source/schema-errors';
import { textsUsed, type TextsUsed } from '../words/texts';
import { factName } from '../regulation/condition-words';

/**
 * What is in order in a facts file and yet looks like a slip of the pen: words that no rule names, each at its first
 * place, and more days than there are dates.
 */
export function noteFacts(facts: FactsFile, regulation: Regulation): Fault[] {
  const notes = new Notes(regulation);
  if ('people' in facts) facts.people.forEach((file, index) => notes.ofPerson(file, ['people', index]));
  else notes.ofPerson(facts, []);
  return notes.found;
}

/** How a fact of a person, an activity or a circumstance is looked at. */
interface Look {
  /** What rules name of it; without any, nothing is said. */
  readonly named: ReadonlySet<string>;
  /** Values that no rule names are usual, so that only one that is nearly named looks wrong. */
  readonly isOpen: boolean;
}

/** Facts of an activity that are part of another one. */
const PARTS = [
  ['leaveHours', 'totalHours'],
  ['absentHours', 'totalHours'],
  ['attendedHours', 'totalHours'],
  ['leaveDays', 'days'],
  ['absentDays', 'days'],
  ['presentMinutes', 'heldMinutes'],
  ['presentMinutes', 'lengthMinutes'],
] as const satisfies readonly (readonly [keyof Activity, keyof Activity])[];

class Notes {
  readonly found: Fault[] = [];
  readonly #regulation: Regulation;
  readonly #used: TextsUsed;
  readonly #toldApart: ReadonlySet<string>;
  readonly #byKind = new Map<string, ReadonlyMap<string, Look>>();
  readonly #seen = new Set<string>();

  constructor(regulation: Regulation) {
    this.#regulation = regulation;
    this.#used = textsUsed(regulation);
    this.#toldApart = factsToldApart(regulation);
  }

  ofPerson({ person, activities }: PersonFile, at: Path): void {
    person.history.forEach(({ roles = [], units = [], category }, row) => {
      const path = [...at, 'person', 'history', row];
      this.#ofPeople('role', roles, (index) => [...path, 'roles', index]);
      this.#ofPeople('unit', units, (index) => [...path, 'units', index]);
      if (category !== undefined) this.#ofPeople('category', [category], () => [...path, 'category']);
    });
    person.circumstances?.forEach(({ kind }, index) => {
      if (this.#used.circumstances.has(kind)) return;
      const near = suggestion(kind, this.#used.circumstances);
      const path = [...at, 'person', 'circumstances', index, 'kind'];
      this.#once(`circumstance ${kind}`, path, `办法没有提到特殊情况“${kind}”，不影响任何任务${near}`);
    });
    activities.forEach((activity, index) => this.#ofActivity(activity, [...at, 'activities', index]));
  }

  /** Of several roles one that is named suffices, and most units are named nowhere. */
  #ofPeople(
    fact: 'role' | 'unit' | 'category',
    words: readonly string[],
    pathOf: (index: number) => Path,
  ): void {
    const named = this.#used.person.get(fact) ?? new Set<string>();
    const isOpen = fact === 'unit' || words.some((word) => named.has(word));
    words.forEach((word, index) => this.#word(PERSON_FACTS[fact].zh, word, pathOf(index), { named, isOpen }));
  }

  #ofActivity(activity: Activity, at: Path): void {
    this.#days(activity, at);
    this.#more(activity, at);
    const { kind, details = {} } = activity;
    const { kinds } = this.#regulation;
    if (!(kind in kinds)) {
      const known = listed(Object.keys(kinds));
      this.#once(`kind ${kind}`, [...at, 'kind'], `办法没有活动种类“${kind}”，不计入，有：${known}`);
      return;
    }
    for (const [fact, look] of this.#looksAt(kind)) {
      const own = this.#regulation.facts?.[fact];
      const value = own ? details[fact] : activity[fact as keyof Activity];
      if (typeof value !== 'string') continue;
      const path = own ? [...at, 'details', fact] : [...at, fact];
      this.#word(factName(fact, this.#regulation, 'zh'), value, path, look);
    }
  }

  /** How the rules look at activities of a kind. What only factors name is in order with any other value too. */
  #looksAt(kind: string): ReadonlyMap<string, Look> {
    let looks = this.#byKind.get(kind);
    if (!looks) {
      const earn = this.#regulation.earn.filter((rule) => listOf(rule.kinds).includes(kind));
      const { activity } = textsUsed({ ...this.#regulation, earn });
      const decided = textsUsed({ ...this.#regulation, earn: withoutFactors(earn) }).activity;
      looks = new Map(
        [...activity].map(([fact, named]) => {
          const isOpen = this.#toldApart.has(fact) || !decided.has(fact);
          return [fact, { named, isOpen }];
        }),
      );
      this.#byKind.set(kind, looks);
    }
    return looks;
  }

  #word(name: string, word: string, path: Path, { named, isOpen }: Look): void {
    if (named.size === 0 || named.has(word)) return;
    const near = suggestion(
      word,
      [...named].filter((one) => !isOtherNumber(one, word) && !isOtherLevel(one, word)),
    );
    if (isOpen && (near === '' || isOtherWord(word, named))) return;
    const hint = near === '' ? `，提到的是：${listed(named)}` : near;
    this.#once(`${name} ${word}`, path, `没有任何规则提到${name}“${word}”${hint}`);
  }

  /** An activity of several days may be told by the day on which it was completed; then its days are not known. */
  #days({ occurredOn, days, halfDays }: Activity, at: Path): void {
    if (occurredOn === undefined) return;
    const [field, over, unit] =
      halfDays === undefined
        ? ([
            'days',
            days !== undefined && constant(days).compare(constant(1)) > 0,
            `${days ?? ''} 天`,
          ] as const)
        : (['halfDays', halfDays > 2, `${halfDays} 个半天`] as const);
    if (!over) return;
    const sentence = `${unit}多于 occurredOn 的 1 天；几天的活动写 from、to 或 dates，才能按天、按年分开计`;
    this.found.push({ path: [...at, field], sentence });
  }

  /** More of something than of what it is part of: nobody is absent for longer than it lasts. */
  #more(activity: Activity, at: Path): void {
    for (const [part, whole] of PARTS) {
      const [some, all] = [activity[part], activity[whole]];
      if (some === undefined || all === undefined || constant(some).compare(constant(all)) <= 0) continue;
      const [one, other] = [part, whole].map((fact) => factName(fact, this.#regulation, 'zh'));
      this.found.push({ path: [...at, part], sentence: `${one} ${some} 多于${other} ${all}` });
    }
  }

  #once(key: string, path: Path, sentence: string): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.found.push({ path, sentence });
  }
}

const withoutFactors = (earn: readonly EarnRule[]): EarnRule[] =>
  JSON.parse(
    JSON.stringify(earn, (key, value: unknown) => (key === 'times' ? undefined : value)),
  ) as EarnRule[];

/** Where others are usual a word of two letters that begins otherwise is no slip: 听讲 is not 主讲 misspelt. */
const isOtherWord = (word: string, named: ReadonlySet<string>): boolean =>
  word.length === 2 && ![...named].some((one) => one.startsWith(word.slice(0, 1)) || one.includes(word));

/** Whether two words differ in a number, as 第一作者 and 第二作者 do: neither is the other misspelt. */
function isOtherNumber(one: string, other: string): boolean {
  const [a, b] = [one, other].map((word) => word.match(/[\d一二三四五六七八九十百]+/g)?.join(' ') ?? '');
  return a !== '' && b !== '' && a !== b;
}

const LEVELS: ReadonlySet<string> = new Set(
  '国际 国家 全国 中央 部 省部 部省 省 自治区 直辖市 厅 厅局 司局 州 地 地市 市 市厅 县 县处 区 区县 县区 乡 乡镇 镇 乡科 科 校 院 园 系 基层'.split(
    ' ',
  ),
);

/** Whether a word is a level itself, and so no slip of the pen for another one: 市级 is not 省级 misspelt, but 国家级 is 国家. */
function isOtherLevel(one: string, word: string): boolean {
  const [a, b] = [one, word].map((level) => level.replace(/级$/, ''));
  return a !== b && b !== undefined && LEVELS.has(b);
}

/** The facts of activities by whose values something is told apart, so that any value is meant. */
function factsToldApart({ caps = [], totals, targets, ratings, earn }: Regulation): ReadonlySet<string> {
  const facts = new Set(
    caps.flatMap(({ each, atMost }) => [
      ...listOf(each),
      ...(typeof atMost === 'object' && 'items' in atMost && atMost.items !== undefined
        ? [atMost.items]
        : []),
    ]),
  );
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { largest, by, otherwise } = value as { largest?: unknown; by?: unknown; otherwise?: unknown };
    if (typeof largest === 'string') facts.add(largest);
    if (typeof by === 'string' && otherwise !== undefined) facts.add(by);
    Object.values(value).forEach(collect);
  };
  collect([totals, targets, ratings, earn]);
  return facts;
}
