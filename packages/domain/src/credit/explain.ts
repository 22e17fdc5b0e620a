import { LIMIT_SIGNS } from '../core';
import { lastDayOf, type Activity } from './activity';
import type { Evaluation } from './evaluate';
import { laterActivities, recordedOn, type FactsFile, type FactsResult } from './facts';
import type { CycleRef } from './cycles';
import type { CountedEntry } from './limits';
import { formatAmount } from './measure';
import type { Regulation } from './regulation-schema';
import type { LeafResult, Missing } from './requirement';
import { wholeLine } from './settle';
import type { TargetResult } from './target-result';
import type { NotCovered } from './targets';
import { sayAmount, sayCut, sayRefusal, sayStep, sayUsedToMakeUp, sayUsedUp } from './words';
import { sayWorkings } from './working-words';

const STATES: Record<TargetResult['state'], string> = {
  met: '已完成',
  open: '未完成，周期未结束',
  missed: '没有完成',
  exempt: '免除',
};

/** The result of a facts file as readable Chinese text: every target, every amount that counted, every one that did not, and why. */
export function explainFacts(facts: FactsFile, result: FactsResult, regulation: Regulation): string[] {
  const files = 'people' in facts ? facts.people : [facts];
  const members = new Map(result.group?.members.map(({ person, evaluation }) => [person, evaluation]));
  return [
    `${regulation.title}（第 ${regulation.version} 版），截至 ${facts.asOf}`,
    ...(result.group?.teams ?? []).flatMap((team) => [
      `${team.name}：${formatAmount(team.amount)}（${team.cycle.label}${untilNow(team)}，${team.members} 人，${clauseOf(team.clause, regulation)}）`,
      ...team.flags.map((flag) => `  ${flag.says}（${flag.clause}）`),
    ]),
    ...files.flatMap((file) => {
      const person = file.person.id;
      const evaluation = members.get(person) ?? result.evaluation;
      const settlements = result.settlements.filter((settlement) => settlement.person === person);
      const later = laterActivities(file, facts.asOf);
      return evaluation
        ? [
            '',
            `【${person}】`,
            ...explainPerson(evaluation, settlements, regulation),
            ...sayLater(later, regulation),
          ]
        : [];
    }),
  ];
}

const NOT_COVERED: Readonly<Record<NotCovered['because'], string>> = {
  group: '评定那天不在岗，或不属于适用的人',
  'not-in-force': '这条规定当时没有生效',
  'no-cycle': '评价日不在任何一期之内',
};

function explainPerson(
  evaluation: Evaluation,
  settlements: FactsResult['settlements'],
  regulation: Regulation,
): string[] {
  const said = new Set<string>();
  return [
    ...[...evaluation.targets, ...evaluation.earlier].flatMap((target) =>
      explainTarget(target, said, regulation),
    ),
    ...evaluation.notCovered.map(
      (target) => `${target.name}：不适用，${NOT_COVERED[target.because]}（${target.clause}）`,
    ),
    ...evaluation.totals.flatMap((total) => [
      `${total.name}（${total.cycle.label}）：${sayAmount(total.amount, total.measure, regulation)}`,
      ...workingLines(total, said, regulation),
    ]),
    ...evaluation.ratings.flatMap((rating) => [
      `${rating.name}（${rating.cycle.label}${untilNow(rating)}）：${formatAmount(rating.amount)}，${rating.is ?? '无等次'}`,
      ...workingLines(rating, said, regulation),
    ]),
    ...evaluation.carries
      .filter((carry) => carry.amount > 0)
      .map(
        (carry) =>
          `结转（${carry.cycle.label}）：${sayAmount(carry.amount, carry.measure, regulation)}（${clauseOf(carry.clause, regulation)}）`,
      ),
    ...evaluation.flags.map(
      (flag) => `提示（${flag.cycle.label}）：${flag.says}（${clauseOf(flag.clause, regulation)}）`,
    ),
    '',
    ...section(
      '计入：',
      explainEntries(
        evaluation.counted.filter(({ entry }) => entry.occurredOn <= evaluation.asOf),
        settlements,
        regulation,
      ),
    ),
    ...section(
      '以后才计入：',
      explainEntries(
        evaluation.counted.filter(({ entry }) => entry.occurredOn > evaluation.asOf),
        settlements,
        regulation,
      ),
    ),
    ...section(
      '不计入：',
      settlements.flatMap((settlement) =>
        settlement.refusals.map(
          (refusal) =>
            `  ${refusal.occurredOn} ${regulation.kinds[refusal.kind] ?? refusal.kind} ${refusal.activity}：${sayRefusal(refusal, regulation, 'zh')}${refusal.clause === undefined ? '' : `（${clauseOf(refusal.clause, regulation)}）`}`,
        ),
      ),
    ),
  ];
}

const untilNow = ({ final }: { readonly final: boolean }): string => (final ? '' : '，周期未结束');

/** Said for who mistyped a year; no part of the result, which is the same whatever comes later. */
const sayLater = (later: readonly Activity[], regulation: Regulation): string[] =>
  section(
    '评价日之后才记录，没有看：',
    later.map((one) => {
      const [day, known] = [lastDayOf(one), recordedOn([one])];
      return `  ${day} ${regulation.kinds[one.kind] ?? one.kind} ${one.id}${known === day ? '' : `（${known} 记录）`}`;
    }),
  );

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines];

/** "第四条:在场时间不少于……" */
const clauseOf = (clause: string, regulation: Regulation): string =>
  `${clause}：${regulation.clauses[clause] ?? ''}`;

/** How totals came about, of each cycle only what was not said before. */
function workingLines(
  { cycle, workings = [] }: Pick<TargetResult, 'cycle' | 'workings'>,
  said: Set<string>,
  regulation: Regulation,
): string[] {
  const of = ({ from, to }: CycleRef, sentence: string): string => `${from} ${to} ${sentence}`;
  const lines = sayWorkings(workings, regulation, 'zh').filter((line) => !said.has(of(cycle, line)));
  for (const line of lines) said.add(of(cycle, line));
  return lines.map((line) => `    ${line}`);
}

function explainTarget(target: TargetResult, said: Set<string>, regulation: Regulation): string[] {
  const made = target.makesUp ? `（补 ${target.makesUp.cycle.label}）` : '';
  const { from, to } = target.cycle;
  const label = target.cycle.label === `${from}–${to}` ? '' : ` ${target.cycle.label}`;
  return [
    `${target.name}${made}${label}（${from} 至 ${to}）：${STATES[target.state]}`,
    `  依据 ${clauseOf(target.clause, regulation)}`,
    ...target.reliefs.map(
      (relief) =>
        `  减免：${{ exempt: '免除', times: `乘以 ${relief.by}`, less: `减少 ${relief.by}`, months: `按 ${relief.by} 个月折算`, days: `按 ${relief.by} 天折算` }[relief.effect]}（${clauseOf(relief.clause, regulation)}）`,
    ),
    ...(target.usedToMakeUp
      ? [
          `  ${sayUsedToMakeUp(target.usedToMakeUp, regulation).zh}（${clauseOf(target.usedToMakeUp.clause, regulation)}）`,
        ]
      : []),
    ...(target.state === 'exempt' ? [] : target.alternatives).map(
      (leaves, index) =>
        `  ${index === 0 ? '' : '或者 '}${leaves.map((leaf) => sayLeaf(leaf, regulation)).join('；')}`,
    ),
    ...workingLines(target, said, regulation),
    ...(target.full ?? []).map(
      (usedUp) => `  ${sayUsedUp(usedUp, regulation).zh}（${clauseOf(usedUp.clause, regulation)}）`,
    ),
    ...target.least.map(
      (missing, index) =>
        `  ${index === 0 ? '' : '或者'}${missing.length === 0 ? '再学也达不到' : `至少还需 ${missing.map((item) => sayMissing(item, target, regulation)).join('、')}`}`,
    ),
  ];
}

function sayLeaf(leaf: LeafResult, regulation: Regulation): string {
  const sign = leaf.met ? '✓' : '✗';
  if (leaf.share) {
    const { of, whole, needed } = leaf.share;
    const parts = `${formatAmount(leaf.earned)}/${whole}`;
    const share = whole === '0' || parts === of ? of : `${parts} = ${of}`;
    return `${leaf.name} 占 ${share}，要求 ≥ ${needed} ${sign}`;
  }
  const carried = leaf.carried > 0 ? `（其中结转 ${formatAmount(leaf.carried)}）` : '';
  return `${leaf.name} ${formatAmount(leaf.earned)}${carried}，要求 ${LIMIT_SIGNS[leaf.limit]} ${sayAmount(leaf.required, leaf.measure, regulation)} ${sign}`;
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

/** Each amount once; what is spread over days or years with the days, and where pieces were cut, with each of these. */
function explainEntries(
  counted: readonly CountedEntry[],
  settlements: FactsResult['settlements'],
  regulation: Regulation,
): string[] {
  const amounts = new Map<string, CountedEntry[]>();
  for (const one of counted) {
    const { source, line, measure } = one.entry;
    const key = JSON.stringify([source.kind, source.id, wholeLine(line), measure]);
    const pieces = amounts.get(key);
    if (pieces) pieces.push(one);
    else amounts.set(key, [one]);
  }
  return [...amounts.values()].flatMap((pieces) => explainAmount(pieces, settlements, regulation));
}

function explainAmount(
  pieces: readonly CountedEntry[],
  settlements: FactsResult['settlements'],
  regulation: Regulation,
): string[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return [];
  const { entry } = first;
  const counted = pieces.reduce((sum, piece) => sum + piece.counted, 0);
  const days = pieces.length === 1 ? entry.occurredOn : `${entry.occurredOn} 至 ${last.entry.occurredOn}`;
  const part = entry.part === '' ? '' : `（${regulation.parts?.[entry.part] ?? entry.part}）`;
  const kind = entry.kind === '' ? '期初结存' : (regulation.kinds[entry.kind] ?? entry.kind);
  const found = settlements
    .flatMap((settlement) => settlement.explanations)
    .find((explanation) => explanation.measure === entry.measure && entry.line.startsWith(explanation.line));
  return [
    `  ${days} ${kind} ${entry.source.id}：${sayAmount(counted, entry.measure, regulation)}${part}`,
    ...(entry.clause === '' ? [] : [`    ${clauseOf(entry.clause, regulation)}`]),
    ...(found?.steps ?? []).map((step) => `    ${sayStep(step, regulation, 'zh')}`),
    ...pieces.flatMap((piece) =>
      piece.cuts.map((cut) => {
        const on = pieces.length === 1 ? '' : `${piece.entry.occurredOn} `;
        return `    ${on}${sayCut(cut, entry.measure, regulation, 'zh')}（${cut.clause}）`;
      }),
    ),
  ];
}
