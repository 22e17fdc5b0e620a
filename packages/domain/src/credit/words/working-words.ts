import type { Language } from '../../core';
import { sayBounds } from '../regulation/condition';
import { nameIn } from '../regulation/english';
import type { Regulation } from '../regulation/regulation-schema';
import { isWholeMeasure, leafName, measureLabel, measureOf } from '../evaluation/requirement';
import { quantityOf } from '../settlement/selection';
import type { Quantity, Total } from '../regulation/target-schema';
import type { TargetResult } from '../evaluation/target-result';
import type { PartWorking, TermWorking, TotalStep, TotalWorking } from '../evaluation/total-working';
import { factName } from '../regulation/condition-words';
import { isName } from './phrases';
import type { TargetNote } from './target-notes';
import { ROUNDING_WORDS } from './words';

/**
 * How totals came about, one sentence each: «净学时：考试 40 + 培训 24 + 扣学时 (-10) = 54», with every factor, floor and
 * limit that changed something. What belongs to a day, a week, … is said with its total; what is 0 of nothing only where
 * it is all there is.
 */
export function sayWorkings(
  workings: readonly TotalWorking[],
  regulation: Regulation,
  language: Language,
): string[] {
  const words = new WorkingWords(workings, regulation, language);
  return saidAlone(workings).map((working) => words.say(working));
}

/** The same as notes to a target, each by the clause of its total, or that of the target. */
export function workingNotes(
  { clause, workings = [] }: Pick<TargetResult, 'clause' | 'workings'>,
  regulation: Regulation,
): TargetNote[] {
  const [zh, en] = [sayWorkings(workings, regulation, 'zh'), sayWorkings(workings, regulation, 'en')];
  return saidAlone(workings).map(({ total }, index) => ({
    sentence: { zh: zh[index] ?? '', en: en[index] ?? '' },
    clause: regulation.totals?.[total]?.clause ?? clause,
  }));
}

/** Without the days, weeks, … of a total, and without what is nothing beside something else. */
const saidAlone = (workings: readonly TotalWorking[]): TotalWorking[] =>
  workings.filter((working, index) => {
    const isOwn = workings.some(({ total, periods }) => total === working.total && periods);
    return (working.period === undefined || !isOwn) && (index === 0 || !isNothing(working));
  });

/** Nothing goes into it, and nothing comes out. */
const isNothing = ({ start, terms, periods, result }: TotalWorking): boolean =>
  result === '0' &&
  (start === undefined || start === '0') &&
  (periods ?? terms).every((one) => one.result === '0') &&
  terms.every(({ amount }) => amount === '0');

/** Words for the workings of one amount, which refer to each other. */
class WorkingWords {
  readonly #workings: readonly TotalWorking[];
  readonly #regulation: Regulation;
  readonly #language: Language;

  constructor(workings: readonly TotalWorking[], regulation: Regulation, language: Language) {
    this.#workings = workings;
    this.#regulation = regulation;
    this.#language = language;
  }

  say(working: TotalWorking): string {
    const zh = this.#language === 'zh';
    const { total, period, periods, result } = working;
    const name = nameIn(this.#totalOf(total)?.name ?? total, this.#regulation, this.#language);
    const on = period === undefined ? '' : zh ? `（${period}）` : ` (${period})`;
    const ofPeriods = this.#workings.filter(
      (other) =>
        other.total === total && !isNothing(other) && periods?.some((one) => one.period === other.period),
    );
    const said = periods
      ? [
          ...ofPeriods.map((one) => `${one.period ?? ''} ${this.#reckoning(one)}`),
          zh ? `合计 ${result}` : `${result} in all`,
        ].join(zh ? '；' : '; ')
      : this.#reckoning(working);
    return `${name}${on}${zh ? '：' : ': '}${said}`;
  }

  /** «起点 60 + 学习加分 7 = 67，最多计 65» */
  #reckoning(working: TotalWorking): string {
    const zh = this.#language === 'zh';
    if (isNothing(working)) return zh ? '没有计入的，0' : 'nothing counts, 0';
    const { total: id, period, start, terms, sum, steps } = working;
    const total = this.#totalOf(id);
    const isNamed = ({ term, amount }: TermWorking): boolean => {
      const inner = total?.add[term]?.total;
      return (
        amount !== '0' ||
        this.#workings.some((one) => one.total === inner && one.period === period && !isNothing(one))
      );
    };
    const named = terms.filter(isNamed);
    const said = [
      ...(start === undefined || start === '0' ? [] : [`${zh ? '起点' : 'start'} ${inSum(start)}`]),
      ...named.map((term) => sayTerm(term, total, this.#regulation, this.#language)),
    ];
    const isPlain = said.length === 1 && named[0]?.times === undefined && said[0]?.endsWith(` ${inSum(sum)}`);
    const added =
      said.length === 0
        ? zh
          ? `没有计入的，${sum}`
          : `nothing counts, ${sum}`
        : `${said.join(' + ')}${isPlain ? '' : ` = ${sum}`}`;
    return [added, ...steps.map((step) => sayTotalStep(step, this.#language))].join(zh ? '，' : ', ');
  }

  #totalOf(id: string): Total | undefined {
    return this.#regulation.totals?.[id];
  }
}

function sayTerm(
  { term, parts, amount, against, times, atMost, unmet, result }: TermWorking,
  total: Total | undefined,
  regulation: Regulation,
  language: Language,
): string {
  const zh = language === 'zh';
  const added = total?.add[term];
  const quantity = added && total ? quantityOf(added, total) : {};
  const adding = parts.filter((part) => part.amount !== '0');
  const split = adding.length > 1 ? adding : [];
  const name = nameOf(quantity, adding[0], regulation, language);
  const plain =
    split.length === 0
      ? `${name} ${inSum(amount)}`
      : split.map((part) => `${partName(part, regulation, language)} ${inSum(part.amount)}`).join(' + ');
  const isPlain = times === undefined && atMost === undefined && !unmet && !against;
  const summed = split.length === 0 || isPlain ? plain : zh ? `（${plain}）` : `(${plain})`;
  const counted = against ? sayHeld(summed, against, language) : summed;
  const unit =
    times === undefined || split.length === 0 || against?.how === 'over'
      ? ''
      : `${zh ? '' : ' '}${unitOf(quantity, regulation, language)}`;
  const weighted = times === undefined ? counted : `${counted}${unit} × ${inSum(times)}`;
  if (atMost === undefined && !unmet) return weighted;
  const why = unmet
    ? zh
      ? `没有达到条件，计 ${result}`
      : `its condition is not met, ${result} counts`
    : zh
      ? `最多 ${atMost ?? ''}，计 ${result}`
      : `at most ${atMost ?? ''}, ${result} counts`;
  return `${weighted}${zh ? `（${why}）` : ` (${why})`}`;
}

/** «学时 46 超过 40 的部分 6», «学时 30 ÷ 40 = 3/4»: what of an amount is added. */
function sayHeld(
  amount: string,
  { how, edge, result }: NonNullable<TermWorking['against']>,
  language: Language,
): string {
  const zh = language === 'zh';
  switch (how) {
    case 'above':
      return zh ? `${amount} 超过 ${edge} 的部分 ${result}` : `${amount}, above ${edge}: ${result}`;
    case 'below':
      return zh ? `${amount} 不到 ${edge} 差的 ${result}` : `${amount}, short of ${edge} by ${result}`;
    case 'over':
      if (edge === '0') return zh ? `${amount}（没有要求，按 1）` : `${amount} (nothing is asked: 1)`;
      return `${amount} ÷ ${edge} = ${result}`;
  }
}

/** What several kinds together are counted in. */
const unitOf = (quantity: Quantity, regulation: Regulation, language: Language): string =>
  nameIn(measureLabel(measureOf(quantity, regulation), regulation), regulation, language);

/** A number among others that are added: a negative one in brackets. */
const inSum = (amount: string): string => (amount.startsWith('-') ? `(${amount})` : amount);

function nameOf(
  quantity: Quantity,
  part: PartWorking | undefined,
  regulation: Regulation,
  language: Language,
): string {
  const { largest } = quantity;
  // Of several kinds the only one that adds something.
  if (largest === undefined && part?.kind && quantity.total === undefined && quantity.kind !== undefined)
    return partName(part, regulation, language);
  const measure = measureOf(quantity, regulation);
  // The author's word for a measure says more than its unit.
  const isOwnName = language === 'zh' && isName(measure) && isWholeMeasure(quantity);
  const name = isOwnName ? measure : leafName(quantity, regulation, language);
  if (largest === undefined) return name;
  const fact = factName(largest, regulation, language);
  const most = language === 'zh' ? `同一${fact}最多的${name}` : `most ${name} of one ${fact}`;
  return part?.value === undefined
    ? most
    : language === 'zh'
      ? `${most}（${part.value}）`
      : `${most} (${part.value})`;
}

function partName({ kind, carried }: PartWorking, regulation: Regulation, language: Language): string {
  const zh = language === 'zh';
  if (carried) return zh ? '结转' : 'carried over';
  if (kind === undefined || kind === '') return zh ? '期初结存' : 'opening balance';
  return nameIn(regulation.kinds[kind] ?? kind, regulation, language);
}

function sayTotalStep(step: TotalStep, language: Language): string {
  const zh = language === 'zh';
  switch (step.kind) {
    case 'band': {
      if (!step.band) return zh ? `不在任何一档内，计 ${step.result}` : `outside all bands: ${step.result}`;
      const band = sayBounds(step.band).replace(' , ', zh ? '，' : ', ');
      return zh ? `适用“${band}”一档，计 ${step.result}` : `in the band “${band}”: ${step.result}`;
    }
    case 'round':
      return zh
        ? `按 ${step.to} 的倍数${ROUNDING_WORDS.zh[step.mode]}，得 ${step.result}`
        : `rounded ${ROUNDING_WORDS.en[step.mode]} to a multiple of ${step.to}: ${step.result}`;
    case 'at-most':
      return zh ? `最多计 ${step.limit}` : `at most ${step.limit} counts`;
    case 'at-least':
      return zh ? `不低于 ${step.limit}，计 ${step.result}` : `at least ${step.limit}: ${step.result}`;
  }
}
