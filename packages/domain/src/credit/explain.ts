import { LIMIT_SIGNS } from '../core';
import { lastDayOf } from './activity';
import { isInCycle, type CycleRef } from './cycles';
import { isOutsideCycles, isOutsideTargets, type Evaluation } from './evaluate';
import { laterActivities, recordedOn, type FactsFile, type FactsResult, type PersonFile } from './facts';
import type { CountedEntry } from './limits';
import { formatAmount } from './measure';
import type { Regulation } from './regulation-schema';
import type { LeafResult, Missing } from './requirement';
import { wholeLine, type CreditEntry } from './settle';
import type { Explanation } from './steps';
import type { TargetResult } from './target-result';
import type { NotCovered } from './targets';
import {
  factName,
  sayAmount,
  sayCut,
  sayNotRecorded,
  sayRefusal,
  sayStep,
  sayValue,
  targetNotes,
} from './words';
import { sayWorkings } from './working-words';

const STATES: Record<TargetResult['state'], string> = {
  met: '已完成',
  open: '未完成，周期未结束',
  missed: '没有完成',
  exempt: '免除',
};

const NOT_COVERED: Readonly<Record<Exclude<NotCovered['because'], 'not-in-force'>, string>> = {
  'not-in-service': '评定那天不在岗（履历没有包括那天）',
  group: '评定那天不属于适用的人',
  'no-cycle': '评价日不在任何一期之内',
};

/**
 * The result of a facts file as readable Chinese text: every target, every amount that counted, every one that did not,
 * and why. A clause is named where it decides, and stands once, at the end, in its own words.
 */
export function explainFacts(facts: FactsFile, result: FactsResult, regulation: Regulation): string[] {
  return new Account(facts, result, regulation).lines();
}

type Settlements = FactsResult['settlements'];

class Account {
  readonly #facts: FactsFile;
  readonly #result: FactsResult;
  readonly #regulation: Regulation;
  readonly #settled: ReadonlyMap<string, Settlements>;
  readonly #cited = new Set<string>();

  constructor(facts: FactsFile, result: FactsResult, regulation: Regulation) {
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
  }

  lines(): string[] {
    const { title, version, clauses } = this.#regulation;
    const files = 'people' in this.#facts ? this.#facts.people : [this.#facts];
    const members = new Map(
      this.#result.group?.members.map(({ person, evaluation }) => [person, evaluation]),
    );
    const told = [
      ...(this.#result.group?.teams ?? []).flatMap((team) => [
        `${team.name}：${formatAmount(team.amount)}，${team.cycle.label}${untilNow(team)}，${team.members} 人${this.#by(team.clause)}`,
        ...team.flags.map((flag) => `  ${flag.says}${this.#by(flag.clause)}`),
      ]),
      ...files.flatMap((file) => {
        const evaluation = members.get(file.person.id) ?? this.#result.evaluation;
        return evaluation ? ['', `【${file.person.id}】`, ...this.#person(file, evaluation)] : [];
      }),
    ];
    const cited = Object.entries(clauses).filter(([clause]) => this.#cited.has(clause));
    return [
      `${title}（第 ${version} 版），截至 ${this.#facts.asOf}`,
      ...Object.values(this.#regulation.settings ?? {}).map(
        ({ question, options, chosen }) => `待定：${question}按“${options[chosen] ?? chosen}”`,
      ),
      ...told,
      '',
      ...section(
        '条文：',
        cited.map(([clause, text]) => `  ${clause}：${text}`),
      ),
    ];
  }

  /** `（第四条）` */
  #by(clause: string | undefined): string {
    if (clause === undefined || clause === '') return '';
    this.#cited.add(clause);
    return `（${clause}）`;
  }

  #person(file: PersonFile, evaluation: Evaluation): string[] {
    const settlements = this.#settled.get(file.person.id) ?? [];
    const titles = new Map(file.activities.map(({ id, title }) => [id, title]));
    const called = (id: string): string => {
      const title = titles.get(id);
      return title === undefined ? id : `${id}《${title}》`;
    };
    const explanations = new Map(
      settlements.flatMap((settlement) => settlement.explanations.map((one) => [amountKey(one), one])),
    );
    const entries = (isMeant: (day: string) => boolean): string[] =>
      this.#entries(
        evaluation.counted.filter(({ entry }) => isMeant(entry.occurredOn)),
        { called, evaluation, explanations },
      );
    const said = new Set<string>();
    const amounts = [
      ...section(
        '计入：',
        entries((day) => day <= evaluation.asOf),
      ),
      ...section(
        '以后才计入：',
        entries((day) => day > evaluation.asOf),
      ),
      ...section(
        '不计入：',
        settlements.flatMap(({ refusals }) =>
          refusals.map(
            (refusal) =>
              `  ${refusal.occurredOn} ${this.#kind(refusal.kind)} ${called(refusal.activity)}：${sayRefusal(refusal, this.#regulation, 'zh')}${this.#by(refusal.clause)}`,
          ),
        ),
      ),
      ...section(
        '评价日之后才记录，没有看：',
        // Said for who mistyped a year; no part of the result, which is the same whatever comes later.
        laterActivities(file, evaluation.asOf).map((one) => {
          const [day, known] = [lastDayOf(one), recordedOn([one])];
          return `  ${day} ${this.#kind(one.kind)} ${called(one.id)}${known === day ? '' : `（${known} 记录）`}`;
        }),
      ),
    ];
    return [
      ...[...evaluation.earlier, ...evaluation.targets].flatMap((target) =>
        this.#target(target, said, evaluation),
      ),
      ...evaluation.notCovered.map(({ target, name, because, clause, notRecorded }) => {
        const why = notRecorded
          ? sayNotRecorded(notRecorded).zh
          : because === 'not-in-force'
            ? this.#outOfForce(target)
            : NOT_COVERED[because];
        const isOver = evaluation.earlier.some((result) => result.target === target);
        return `${name}：${isOver ? '以前各期见上，现在' : ''}不适用，${why}${this.#by(clause)}`;
      }),
      ...evaluation.totals.flatMap((total) => [
        `${total.name}（${total.cycle.label}）：${sayAmount(total.amount, total.measure, this.#regulation)}`,
        ...this.#workings(total, said),
      ]),
      ...evaluation.ratings.flatMap((rating) => [
        `${rating.name}（${rating.cycle.label}${untilNow(rating)}）：${formatAmount(rating.amount)}，${rating.is ?? '无等次'}${this.#by(rating.clause)}`,
        ...this.#workings(rating, said),
      ]),
      ...evaluation.carries
        .filter((carry) => carry.amount > 0)
        .map(
          (carry) =>
            `结转（${carry.cycle.label}）：${sayAmount(carry.amount, carry.measure, this.#regulation)}${this.#by(carry.clause)}`,
        ),
      ...evaluation.flags.map((flag) => `提示（${flag.cycle.label}）：${flag.says}${this.#by(flag.clause)}`),
      ...(amounts.length === 0 ? [] : ['', ...amounts]),
    ];
  }

  /** From or until when a target is in force that is not so on the day that decides. */
  #outOfForce(id: string): string {
    const { from, to } = this.#regulation.targets?.find((target) => target.id === id)?.inForce ?? {};
    const days = [from && `自 ${from} 起`, to && `到 ${to} 为止`].filter((one) => one !== undefined);
    return `这条规定${days.join('、')}有效`;
  }

  #kind(kind: string): string {
    return this.#regulation.kinds[kind] ?? kind;
  }

  /** How totals came about, of each cycle only what was not said before. */
  #workings({ cycle, workings = [] }: Pick<TargetResult, 'cycle' | 'workings'>, said: Set<string>): string[] {
    const of = ({ from, to }: CycleRef, sentence: string): string => `${from} ${to} ${sentence}`;
    const lines = sayWorkings(workings, this.#regulation, 'zh').filter((line) => !said.has(of(cycle, line)));
    for (const line of lines) said.add(of(cycle, line));
    return lines.map((line) => `    ${line}`);
  }

  #target(target: TargetResult, said: Set<string>, { counted }: Evaluation): string[] {
    const made = target.makesUp ? `（补 ${target.makesUp.cycle.label}）` : '';
    const { from, to } = target.cycle;
    const label = target.cycle.label === `${from}–${to}` ? '' : ` ${target.cycle.label}`;
    const isBlank = !counted.some(({ entry }) => isInCycle(entry.occurredOn, target.cycle));
    const blank = target.state === 'missed' && isBlank ? '，这一期没有录入活动' : '';
    return [
      `${target.name}${made}${label}（${from} 至 ${to}）：${STATES[target.state]}${blank}${this.#by(target.clause)}`,
      ...(target.state === 'exempt' ? [] : target.alternatives).map(
        (leaves, index) =>
          `  ${index === 0 ? '' : '或者 '}${asked(leaves, target)
            .map((leaf) => sayLeaf(leaf, target, this.#regulation))
            .join('；')}`,
      ),
      ...this.#workings(target, said),
      ...targetNotes(target, this.#regulation).map(
        ({ sentence, clause }) => `  ${sentence.zh}${this.#by(clause)}`,
      ),
      ...target.least.map(
        (missing, index) =>
          `  ${index === 0 ? '' : '或者'}${missing.length === 0 ? '再学也达不到' : `至少还需 ${missing.map((item) => sayMissing(item, target, this.#regulation)).join('、')}`}`,
      ),
    ];
  }

  /** Each amount once; what is spread over days or years with the days, and where pieces were cut, with each of these. */
  #entries(counted: readonly CountedEntry[], about: AboutPerson): string[] {
    const amounts = new Map<string, CountedEntry[]>();
    for (const one of counted) {
      const { source, line, measure } = one.entry;
      const key = JSON.stringify([source.kind, source.id, wholeLine(line), measure]);
      const pieces = amounts.get(key);
      if (pieces) pieces.push(one);
      else amounts.set(key, [one]);
    }
    return [...amounts.values()].flatMap((pieces) => this.#amount(pieces, about));
  }

  /** The facts by which limits, totals and requirements tell it apart. */
  #about({ about }: CreditEntry): string[] {
    const said = Object.entries(about).map(
      ([fact, value]) => `${factName(fact, this.#regulation, 'zh')} ${sayValue(value, 'zh')}`,
    );
    return said.length === 0 ? [] : [`    ${said.join('，')}`];
  }

  #amount(pieces: readonly CountedEntry[], { called, evaluation, explanations }: AboutPerson): string[] {
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (!first || !last) return [];
    const { entry } = first;
    const counted = pieces.reduce((sum, piece) => sum + piece.counted, 0);
    const days = pieces.length === 1 ? entry.occurredOn : `${entry.occurredOn} 至 ${last.entry.occurredOn}`;
    const part = entry.part === '' ? '' : `，${this.#regulation.parts?.[entry.part] ?? entry.part}`;
    const kind = entry.kind === '' ? '期初结存' : this.#kind(entry.kind);
    const found = explanations.get(amountKey({ measure: entry.measure, line: wholeLine(entry.line) }));
    const name = called(found?.activity ?? entry.source.id);
    return [
      `  ${days} ${kind} ${name}：${sayAmount(counted, entry.measure, this.#regulation)}${part}${this.#by(entry.clause)}`,
      ...this.#about(entry),
      ...(found?.steps ?? []).map((step) => `    ${sayStep(step, this.#regulation, 'zh')}`),
      ...sharesByYear(pieces),
      ...pieces.flatMap((piece) =>
        [...piece.cuts, ...(piece.cutsInCycle ?? [])].map((cut) => {
          const on = pieces.length === 1 ? '' : `${piece.entry.occurredOn} `;
          return `    ${on}${sayCut(cut, entry.measure, this.#regulation, 'zh')}${this.#by(cut.clause)}`;
        }),
      ),
      ...outside(pieces, evaluation),
    ];
  }
}

interface AboutPerson {
  /** An activity by its number in the file, and by its title where it has one. */
  readonly called: (id: string) => string;
  readonly evaluation: Evaluation;
  readonly explanations: ReadonlyMap<string, Explanation>;
}

/** What an explanation shares with the entries that it is about. */
const amountKey = ({ measure, line }: Pick<Explanation, 'measure' | 'line'>): string =>
  JSON.stringify([measure, line]);

/** Which pieces of an amount no target looks at: the days together for the same reason. */
function outside(pieces: readonly CountedEntry[], evaluation: Evaluation): string[] {
  const days = (isMeant: (entry: CreditEntry) => boolean): string[] =>
    pieces.filter(({ entry }) => isMeant(entry)).map(({ entry }) => entry.occurredOn);
  const isNowhere = (entry: CreditEntry): boolean => isOutsideCycles(entry, evaluation);
  return [
    [days(isNowhere), '不在任何一期之内，不计入任何任务'] as const,
    [
      days((entry) => !isNowhere(entry) && isOutsideTargets(entry, evaluation)),
      '不在任何适用的任务的周期内',
    ] as const,
  ].flatMap(([on, why]) => (on.length === 0 ? [] : [`    ${on.join('、')} ${why}`]));
}

/** What of an amount lies in which year, where it lies in several. */
function sharesByYear(pieces: readonly CountedEntry[]): string[] {
  const years = new Map<string, number>();
  for (const { entry } of pieces) {
    const year = entry.occurredOn.slice(0, 4);
    years.set(year, (years.get(year) ?? 0) + entry.amount);
  }
  if (years.size < 2) return [];
  return [`    其中 ${[...years].map(([year, amount]) => `${year} 年 ${formatAmount(amount)}`).join('、')}`];
}

const untilNow = ({ final }: { readonly final: boolean }): string => (final ? '' : '，周期未结束');

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines];

/** Of what is made up only what was missing, unless nothing was. */
function asked(leaves: readonly LeafResult[], { makesUp }: TargetResult): readonly LeafResult[] {
  const missed = leaves.filter(
    ({ required, limit }) => required > 0 || limit === 'at-most' || limit === 'below',
  );
  return makesUp && missed.length > 0 ? missed : leaves;
}

function sayLeaf(leaf: LeafResult, { makesUp }: TargetResult, regulation: Regulation): string {
  const sign = leaf.met ? '✓' : '✗';
  if (leaf.share) {
    const { of, whole, needed } = leaf.share;
    const parts = `${formatAmount(leaf.earned)}/${whole}`;
    const share = whole === '0' || parts === of ? of : `${parts} = ${of}`;
    return `${leaf.name} 占 ${share}，要求 ≥ ${needed} ${sign}`;
  }
  const carried = leaf.carried > 0 ? `（其中结转 ${formatAmount(leaf.carried)}）` : '';
  const isMadeUp = makesUp && (leaf.limit === 'at-least' || leaf.limit === 'above');
  return `${leaf.name} ${isMadeUp ? '补足 ' : ''}${formatAmount(leaf.earned)}${carried}，要求 ${LIMIT_SIGNS[leaf.limit]} ${sayAmount(leaf.required, leaf.measure, regulation)} ${sign}`;
}

function sayMissing(missing: Missing, target: TargetResult, regulation: Regulation): string {
  const nameOf = (id: string): string =>
    target.alternatives.flat().find((leaf) => leaf.leaf === id)?.name ?? id;
  const amount = sayAmount(missing.amount, missing.measure, regulation);
  const name = nameOf(missing.leaf);
  const also = missing.with === undefined ? '' : `，同时计入${missing.with.map(nameOf).join('、')}`;
  return name === regulation.measures[missing.measure] && also === ''
    ? amount
    : `${amount}（${name}${also}）`;
}
