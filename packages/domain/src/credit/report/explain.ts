import { LIMIT_SIGNS, type Bilingual, type CivilDate, type Language } from '../../core';
import { lastDayOf } from '../person/activity';
import { isInCycle, type CycleRef } from '../person/cycles';
import type { FlagResult } from '../evaluation/consequences';
import type { Evaluation } from '../evaluation/evaluate';
import {
  laterActivities,
  recordedOn,
  type FactsFile,
  type FactsResult,
  type PersonFile,
} from '../reading/facts';
import { waysOf } from '../evaluation/earning-ways';
import { nameIn } from '../regulation/english';
import { EXPLAIN_WORDS, type ExplainWords } from './explain-words';
import { formatAmount, type Units } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import {
  countedBy,
  isWholeMeasure,
  leafId,
  leafName,
  mayCountFor,
  type LeafResult,
  type Missing,
} from '../evaluation/requirement';
import { leavesOf } from '../regulation/leaves';
import type { Requirement } from '../regulation/target-schema';
import type { Refusal } from '../settlement/settle';
import { amountKey, EntryAccount } from './explain-entries';
import { flagsTogether } from './explain-flags';
import type { TargetResult } from '../evaluation/target-result';
import { sayNotRecorded } from '../words/relief-words';
import { sayOneActivity, targetNotes } from '../words/target-notes';
import { sayAmount, sayRefusal } from '../words/words';
import { sayWorkings } from '../words/working-words';

/**
 * The result of a facts file as readable text: every target, every amount that counted, every one that did not, and why.
 * A clause is named where it decides, and stands once, at the end, in its own words. In English names are those of the
 * regulation's `english` map, and what the author wrote where it has none.
 */
export function explainFacts(
  facts: FactsFile,
  result: FactsResult,
  regulation: Regulation,
  language: Language = 'zh',
): string[] {
  return new Account(facts, result, regulation, language).lines();
}

type Settlements = FactsResult['settlements'];

class Account {
  readonly #facts: FactsFile;
  readonly #result: FactsResult;
  readonly #regulation: Regulation;
  readonly #settled: ReadonlyMap<string, Settlements>;
  readonly #language: Language;
  readonly #words: ExplainWords;
  readonly #cited = new Set<string>();
  readonly #entryAccount: EntryAccount;

  constructor(facts: FactsFile, result: FactsResult, regulation: Regulation, language: Language) {
    this.#facts = facts;
    this.#result = result;
    this.#regulation = regulation;
    const settled = new Map<string, FactsResult['settlements'][number][]>();
    for (const settlement of result.settlements) {
      const known = settled.get(settlement.person);
      if (known) known.push(settlement);
      else settled.set(settlement.person, [settlement]);
    }
    this.#settled = settled;
    this.#language = language;
    this.#words = EXPLAIN_WORDS[language];
    this.#entryAccount = new EntryAccount(regulation, language, (clause) => this.#by(clause));
  }

  lines(): string[] {
    const { title, version, clauses } = this.#regulation;
    const files = 'people' in this.#facts ? this.#facts.people : [this.#facts];
    const { group } = this.#result;
    const members = new Map(group?.members.map(({ person, evaluation }) => [person, evaluation]));
    const words = this.#words;
    const told = [
      ...(group ? [...group.earlierTeams, ...group.teams] : []).flatMap((team) => [
        `${words.team(this.#name(team.name), formatAmount(team.amount), this.#cycle(team), team.members)}${this.#by(team.clause)}`,
        ...team.flags.map((flag) => `  ${this.#name(flag.says)}${this.#by(flag.clause)}`),
      ]),
      ...this.#flags(group?.flags ?? [], group?.asOf ?? ''),
      ...files.flatMap((file) => {
        const evaluation = members.get(file.person.id) ?? this.#result.evaluation;
        return evaluation ? ['', `【${file.person.id}】`, ...this.#person(file, evaluation)] : [];
      }),
    ];
    const cited = Object.entries(clauses).filter(([clause]) => this.#cited.has(clause));
    return [
      words.title(this.#name(title), version, this.#facts.asOf),
      ...Object.values(this.#regulation.settings ?? {}).map(({ question, options, chosen }) =>
        words.reading(question, options[chosen] ?? chosen),
      ),
      ...told,
      '',
      ...section(
        words.clauses,
        cited.map(([clause, text]) => `  ${words.clause(clause, text)}`),
      ),
    ];
  }

  #name(zh: string): string {
    return nameIn(zh, this.#regulation, this.#language);
  }

  #say(sentence: Bilingual): string {
    return sentence[this.#language];
  }

  #amountOf(amount: Units, measure: string): string {
    return sayAmount(amount, measure, this.#regulation, this.#language);
  }

  /** `2026，周期未结束` */
  #cycle({ cycle, final }: { readonly cycle: CycleRef; readonly final: boolean }): string {
    return `${cycle.label}${final ? '' : this.#words.running}`;
  }

  /** `（第四条）` */
  #by(clause: string | undefined): string {
    if (clause === undefined || clause === '') return '';
    this.#cited.add(clause);
    return this.#words.by(clause);
  }

  #person(file: PersonFile, evaluation: Evaluation): string[] {
    const settlements = this.#settled.get(file.person.id) ?? [];
    const titles = new Map(file.activities.map(({ id, title }) => [id, title]));
    const called = (id: string): string => {
      const title = titles.get(id);
      return title === undefined ? id : this.#words.titled(id, title);
    };
    const explanations = new Map(
      settlements.flatMap((settlement) => settlement.explanations.map((one) => [amountKey(one), one])),
    );
    const gates = new Set<string>();
    const entries = (isMeant: (day: string) => boolean): string[] =>
      this.#entryAccount.lines(
        evaluation.counted.filter(({ entry }) => isMeant(entry.occurredOn)),
        { called, evaluation, explanations, gates },
      );
    const said = new Set<string>();
    const words = this.#words;
    const amounts = [
      ...section(
        words.sections.counts,
        entries((day) => day <= evaluation.asOf),
      ),
      ...section(
        words.sections.later,
        entries((day) => day > evaluation.asOf),
      ),
      ...section(
        words.sections.refused,
        settlements.flatMap(({ refusals }) =>
          refusals.map(
            (refusal) =>
              `  ${refusal.occurredOn} ${this.#kind(refusal.kind)} ${called(refusal.activity)}${words.colon}${sayRefusal(refusal, this.#regulation, this.#language)}${this.#by(refusal.clause)}`,
          ),
        ),
      ),
      ...section(
        words.sections.unseen,
        // Said for who mistyped a year; no part of the result, which is the same whatever comes later.
        laterActivities(file, evaluation.asOf).map((one) => {
          const [day, known] = [lastDayOf(one), recordedOn([one])];
          return `  ${day} ${this.#kind(one.kind)} ${called(one.id)}${known === day ? '' : words.recorded(known)}`;
        }),
      ),
    ];
    return [
      ...[...evaluation.earlier, ...evaluation.targets].flatMap((target) =>
        this.#target(target, said, evaluation, settlements),
      ),
      ...evaluation.notCovered.map(({ target, name, because, clause, notRecorded }) => {
        const why = notRecorded
          ? this.#say(sayNotRecorded(notRecorded))
          : because === 'not-in-force'
            ? this.#outOfForce(target)
            : words.because[because];
        const isOver = evaluation.earlier.some((result) => result.target === target);
        return `${words.notApplied(this.#name(name), why, isOver)}${this.#by(clause)}`;
      }),
      ...evaluation.totals.flatMap((total) => [
        `${words.total(this.#name(total.name), total.cycle.label)}${this.#amountOf(total.amount, total.measure)}`,
        ...this.#workings(total, said),
      ]),
      ...evaluation.ratings.flatMap((rating) => [
        `${words.rating(this.#name(rating.name), this.#cycle(rating), formatAmount(rating.amount), rating.is && this.#name(rating.is))}${this.#by(rating.clause)}`,
        ...this.#workings(rating, said),
      ]),
      ...evaluation.carries
        .filter((carry) => carry.amount > 0)
        .map(
          (carry) =>
            `${words.carried(carry.cycle.label, this.#amountOf(carry.amount, carry.measure))}${this.#by(carry.clause)}`,
        ),
      ...this.#flags(evaluation.flags, evaluation.asOf),
      ...(amounts.length === 0 ? [] : ['', ...amounts]),
    ];
  }

  /** `提示（2024，年度任务）：……（第八条）` */
  #flags(flags: readonly FlagResult[], asOf: CivilDate): string[] {
    return flagsTogether(flags, asOf, this.#regulation).map(({ on, of, says: { zh, en }, clause }) => {
      const said = this.#language === 'en' && en !== '' ? en : zh;
      const about = [on, of.map((name) => this.#name(name)).join(this.#words.list)].filter(Boolean);
      return `${this.#words.flag(about.join(this.#words.comma), said)}${this.#by(clause)}`;
    });
  }

  /** From or until when a target is in force that is not so on the day that decides. */
  #outOfForce(id: string): string {
    const { from, to } = this.#regulation.targets?.find((target) => target.id === id)?.inForce ?? {};
    return this.#words.inForce(from, to);
  }

  #kind(kind: string): string {
    return this.#name(this.#regulation.kinds[kind] ?? kind);
  }

  /** How totals came about, of each cycle only what was not said before. */
  #workings({ cycle, workings = [] }: Pick<TargetResult, 'cycle' | 'workings'>, said: Set<string>): string[] {
    const of = ({ from, to }: CycleRef, sentence: string): string => `${from} ${to} ${sentence}`;
    const lines = sayWorkings(workings, this.#regulation, this.#language).filter(
      (line) => !said.has(of(cycle, line)),
    );
    for (const line of lines) said.add(of(cycle, line));
    return lines.map((line) => `    ${line}`);
  }

  /** Why a missed cycle has nothing: nothing was recorded in it, or what might have counted for the target does not, and why. */
  #blank({ state, cycle, target }: TargetResult, { counted }: Evaluation, settlements: Settlements): string {
    const isIn = ({ occurredOn }: { readonly occurredOn: string }): boolean => isInCycle(occurredOn, cycle);
    if (state !== 'missed' || counted.some(({ entry }) => isIn(entry))) return '';
    const words = this.#words;
    const refused = settlements.flatMap(({ refusals }) => refusals.filter(isIn));
    if (refused.length === 0) return words.blank;
    if (!refused.some((one) => this.#mightCount(one, target))) return '';
    const reasons = new Set(refused.map((one) => this.#whyRefused(one)));
    const [only] = reasons;
    return words.allRefused(reasons.size === 1 && only !== undefined ? only : words.refusedBelow);
  }

  /** Whether a refused activity is of a kind, and by a rule, that earn what a target asks for. */
  #mightCount({ kind, rule }: Refusal, id: string): boolean {
    const target = this.#regulation.targets?.find((one) => one.id === id);
    const ways = waysOf({}, this.#regulation).filter(
      (way) => way.kind === kind && (rule === undefined || way.rule === rule),
    );
    return (target ? leavesOf(target.needs) : []).some((quantity) =>
      ways.some((way) => mayCountFor(way, quantity, this.#regulation)),
    );
  }

  /** Before or after the dates of the whole regulation these say more than that a rule was not in force. */
  #whyRefused(refusal: Refusal): string {
    const { from, to } = this.#regulation.effective;
    const isOutside = refusal.occurredOn < from || (to !== undefined && refusal.occurredOn > to);
    return refusal.reason === 'not-in-force' && isOutside
      ? this.#words.effective(from, to)
      : sayRefusal(refusal, this.#regulation, this.#language);
  }

  #target(
    target: TargetResult,
    said: Set<string>,
    evaluation: Evaluation,
    settlements: Settlements,
  ): string[] {
    const words = this.#words;
    const { from, to } = target.cycle;
    const label = target.cycle.label === `${from}–${to}` ? '' : target.cycle.label;
    const heading = words.target({
      name: this.#name(target.name),
      ...(target.makesUp && { makesUp: target.makesUp.cycle.label }),
      label,
      from,
      to,
    });
    const blank = this.#blank(target, evaluation, settlements);
    return [
      `${heading}${words.states[target.state]}${blank}${this.#by(target.clause)}`,
      ...(target.state === 'exempt' ? [] : target.alternatives).map(
        (leaves, index) =>
          `  ${index === 0 ? '' : `${words.or.trimEnd()} `}${asked(leaves, target)
            .map((leaf) => this.#leaf(leaf, target))
            .join(words.semicolon)}`,
      ),
      ...this.#workings(target, said),
      ...targetNotes(target, this.#regulation).map(
        ({ sentence, clause }) => `  ${this.#say(sentence)}${this.#by(clause)}`,
      ),
      ...target.least.map(
        (missing, index) =>
          `  ${index === 0 ? '' : words.or}${
            missing.length === 0 ? words.outOfReach : words.least(this.#allMissing(missing, target))
          }`,
      ),
    ];
  }

  #requirementOf({ leaf, name }: LeafResult, { target: id }: TargetResult): Requirement | undefined {
    const target = this.#regulation.targets?.find((one) => one.id === id);
    return (target ? leavesOf(target.needs) : []).find(
      (one) => leafId(one) === leaf && leafName(one, this.#regulation) === name,
    );
  }

  /** What an amount is called, its condition in the language of the reader. */
  #leafName(leaf: LeafResult, target: TargetResult): string {
    const requirement = this.#requirementOf(leaf, target);
    if (!requirement) return this.#name(leaf.name);
    const counted = target.makesUp ? countedBy(requirement) : requirement;
    return leafName(counted, this.#regulation, this.#language);
  }

  #leaf(leaf: LeafResult, target: TargetResult): string {
    const { makesUp } = target;
    const sign = leaf.met ? '✓' : '✗';
    const name = this.#leafName(leaf, target);
    if (leaf.share) {
      const { of, whole, needed } = leaf.share;
      const parts = `${formatAmount(leaf.earned)}/${whole}`;
      const share = whole === '0' || parts === of ? of : `${parts} = ${of}`;
      return `${this.#words.share(name, share, needed)} ${sign}`;
    }
    const said = this.#words.amount({
      name,
      earned: formatAmount(leaf.earned),
      isMadeUp: makesUp !== undefined && (leaf.limit === 'at-least' || leaf.limit === 'above'),
      carried: leaf.carried > 0 ? formatAmount(leaf.carried) : undefined,
      required: `${LIMIT_SIGNS[leaf.limit]} ${this.#amountOf(leaf.required, leaf.measure)}`,
    });
    return `${said} ${sign}`;
  }

  /** What is missing together: what any activity may add beside the rest stands last, and says so. */
  #allMissing(list: readonly Missing[], target: TargetResult): string {
    const any = list.find((item) => this.#mayBeAny(item, list, target));
    const said = list.filter((item) => item !== any).map((item) => this.#missing(item, target));
    const rest = any ? [this.#words.anyOther(this.#amountOf(any.amount, any.measure))] : [];
    return [said.join(this.#words.list), ...rest].join(this.#words.comma);
  }

  #mayBeAny(item: Missing, list: readonly Missing[], target: TargetResult): boolean {
    const leaf = target.alternatives.flat().find((one) => one.leaf === item.leaf);
    const requirement = leaf && this.#requirementOf(leaf, target);
    return (
      requirement !== undefined &&
      isWholeMeasure(requirement) &&
      requirement.largest === undefined &&
      item.one === undefined &&
      (item.with ?? []).length === 0 &&
      list.some((other) => other !== item && other.measure === item.measure)
    );
  }

  #missing(missing: Missing, target: TargetResult): string {
    const leafOf = (id: string): LeafResult | undefined =>
      target.alternatives.flat().find((leaf) => leaf.leaf === id);
    const nameOf = (id: string): string => {
      const leaf = leafOf(id);
      const requirement = leaf && this.#requirementOf(leaf, target);
      if (requirement) return leafName(countedBy(requirement), this.#regulation, this.#language);
      return this.#name(leaf?.name ?? id);
    };
    const amount = missing.one
      ? this.#say(sayOneActivity(missing.one, this.#regulation))
      : this.#amountOf(missing.amount, missing.measure);
    const leaf = missing.one && leafOf(missing.leaf);
    const one = leaf && this.#requirementOf(leaf, target);
    // What one activity must meet was said with it.
    const name = one
      ? leafName({ ...one, where: undefined }, this.#regulation, this.#language)
      : nameOf(missing.leaf);
    const also = (missing.with ?? []).map(nameOf);
    return name === this.#name(this.#regulation.measures[missing.measure] ?? missing.measure) &&
      also.length === 0
      ? amount
      : this.#words.missing(amount, name, also);
  }
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines];

/** Of what is made up only what was missing, unless nothing was. */
function asked(leaves: readonly LeafResult[], { makesUp }: TargetResult): readonly LeafResult[] {
  const missed = leaves.filter(
    ({ required, limit }) => required > 0 || limit === 'at-most' || limit === 'below',
  );
  return makesUp && missed.length > 0 ? missed : leaves;
}
