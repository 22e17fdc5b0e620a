import type { Language } from '../../core';
import { isOutsideCycles, isOutsideTargets, type Evaluation } from '../evaluation/evaluate';
import type { CountedEntry } from '../evaluation/limits';
import { factName } from '../regulation/condition-words';
import { nameIn } from '../regulation/english';
import type { Regulation } from '../regulation/regulation-schema';
import { wholeLine, type CreditEntry } from '../settlement/settle';
import type { Explanation, Step } from '../settlement/steps';
import { formatAmount, type Units } from '../value/measure';
import { sayAmount, sayCut, saySteps, sayValue } from '../words/words';
import { cutsTogether } from './cuts';
import { EXPLAIN_WORDS, type ExplainWords } from './explain-words';

/** What counts, amount by amount, and how much of it, by which clause; `by` says a clause, '' for none. */
export class EntryAccount {
  readonly #regulation: Regulation;
  readonly #language: Language;
  readonly #words: ExplainWords;
  readonly #by: (clause: string | undefined) => string;

  constructor(regulation: Regulation, language: Language, by: (clause: string | undefined) => string) {
    this.#regulation = regulation;
    this.#language = language;
    this.#words = EXPLAIN_WORDS[language];
    this.#by = by;
  }

  #name(zh: string): string {
    return nameIn(zh, this.#regulation, this.#language);
  }

  #kind(kind: string): string {
    return this.#name(this.#regulation.kinds[kind] ?? kind);
  }

  #amountOf(amount: Units, measure: string): string {
    return sayAmount(amount, measure, this.#regulation, this.#language);
  }

  /** Each amount once; what is spread over days or years with the days, and where pieces were cut, with each of these. */
  lines(counted: readonly CountedEntry[], about: AboutPerson): string[] {
    const amounts = new Map<string, [CountedEntry, ...CountedEntry[]]>();
    for (const one of counted) {
      const { source, line, measure } = one.entry;
      const key = JSON.stringify([source.kind, source.id, wholeLine(line), measure]);
      const pieces = amounts.get(key);
      if (pieces) pieces.push(one);
      else amounts.set(key, [one]);
    }
    const rulesUnder = new Map<string, Set<string>>();
    for (const [one] of amounts.values()) {
      const rules = rulesUnder.get(headingOf(one));
      if (rules) rules.add(one.entry.rule);
      else rulesUnder.set(headingOf(one), new Set([one.entry.rule]));
    }
    return [...amounts.values()].flatMap((pieces) =>
      this.#amount(pieces, about, rulesUnder.get(headingOf(pieces[0]))?.size === 1),
    );
  }

  /** The facts by which limits, totals and requirements tell it apart. */
  #about({ about }: CreditEntry): string[] {
    const said = Object.entries(about).map(
      ([fact, value]) =>
        `${factName(fact, this.#regulation, this.#language)} ${this.#name(sayValue(value, this.#language))}`,
    );
    return said.length === 0 ? [] : [`    ${said.join(this.#words.comma)}`];
  }

  /** One amount; by its rule where another rule gives one under the same heading. */
  #amount(
    pieces: readonly [CountedEntry, ...CountedEntry[]],
    { called, evaluation, explanations, gates }: AboutPerson,
    isAlone: boolean,
  ): string[] {
    const [first] = pieces;
    const last = pieces.at(-1) ?? first;
    const { entry } = first;
    const counted = pieces.reduce((sum, piece) => sum + piece.counted, 0);
    const words = this.#words;
    const days = pieces.length === 1 ? entry.occurredOn : words.span(entry.occurredOn, last.entry.occurredOn);
    const part =
      entry.part === ''
        ? ''
        : `${words.comma}${this.#name(this.#regulation.parts?.[entry.part] ?? entry.part)}`;
    const kind = entry.kind === '' ? words.opening : this.#kind(entry.kind);
    const found = explanations.get(amountKey({ measure: entry.measure, line: wholeLine(entry.line) }));
    const name = called(found?.activity ?? entry.source.id);
    return [
      `  ${days} ${kind} ${name}${words.colon}${this.#amountOf(counted, entry.measure)}${part}${isAlone ? '' : this.#rule(entry.rule)}${this.#by(entry.clause)}`,
      ...this.#about(entry),
      ...saySteps(found?.steps ?? [], this.#regulation, this.#language)
        .filter(({ step, sentence }) => step.kind !== 'gate' || isNews(gateKey(step, sentence, name), gates))
        .map(({ sentence }) => `    ${sentence}`),
      ...this.#sharesByYear(pieces),
      ...cutsTogether(pieces, this.#regulation).map(({ from, to, cut }) => {
        const on = pieces.length === 1 ? '' : `${from === to ? from : words.span(from, to)} `;
        return `    ${on}${sayCut(cut, entry.measure, this.#regulation, this.#language)}${this.#by(cut.clause)}`;
      }),
      ...this.#outside(pieces, evaluation),
    ];
  }

  #rule(id: string): string {
    const name = this.#regulation.earn.find((rule) => rule.id === id)?.name;
    return this.#words.rule(name === undefined ? id : this.#name(name));
  }

  /** Which pieces of an amount no target looks at: the days together for the same reason. */
  #outside(pieces: readonly CountedEntry[], evaluation: Evaluation): string[] {
    const words = this.#words;
    const days = (isMeant: (entry: CreditEntry) => boolean): string[] =>
      pieces.filter(({ entry }) => isMeant(entry)).map(({ entry }) => entry.occurredOn);
    const isNowhere = (entry: CreditEntry): boolean => isOutsideCycles(entry, evaluation);
    return [
      [days(isNowhere), words.outsideCycles] as const,
      [
        days((entry) => !isNowhere(entry) && isOutsideTargets(entry, evaluation)),
        words.outsideTargets,
      ] as const,
    ].flatMap(([on, say]) => (on.length === 0 ? [] : [`    ${say(on.join(words.list))}`]));
  }

  /** What of an amount lies in which year, where it lies in several. */
  #sharesByYear(pieces: readonly CountedEntry[]): string[] {
    const years = new Map<string, number>();
    for (const { entry } of pieces) {
      const year = entry.occurredOn.slice(0, 4);
      years.set(year, (years.get(year) ?? 0) + entry.amount);
    }
    if (years.size < 2) return [];
    return [
      `    ${this.#words.ofWhich([...years].map(([year, amount]) => [year, formatAmount(amount)] as const))}`,
    ];
  }
}

export interface AboutPerson {
  /** An activity by its number in the file, and by its title where it has one. */
  readonly called: (id: string) => string;
  readonly evaluation: Evaluation;
  readonly explanations: ReadonlyMap<string, Explanation>;
  /** What gates have been said to be passed. */
  readonly gates: Set<string>;
}

/** A gate is said once of each activity, and once of them all where it is passed for want of a record. */
const gateKey = ({ tests }: Extract<Step, { kind: 'gate' }>, sentence: string, activity: string): string =>
  tests.every(({ actual }) => actual === undefined) ? sentence : `${activity} ${sentence}`;

function isNews(one: string, said: Set<string>): boolean {
  const before = said.size;
  return said.add(one).size > before;
}

/** What an explanation shares with the entries that it is about. */
export const amountKey = ({ measure, line }: Pick<Explanation, 'measure' | 'line'>): string =>
  JSON.stringify([measure, line]);

/** What the heading of an amount says beside the number. */
const headingOf = ({ entry }: CountedEntry): string =>
  JSON.stringify([entry.source, entry.occurredOn, entry.measure, entry.part, entry.clause]);
