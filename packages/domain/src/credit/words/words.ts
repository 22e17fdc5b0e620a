import { Exact } from '../value/exact';
import type { Bilingual, Language } from '../../core';
import type { Activity } from '../person/activity';
import { EITHER, NOT, spell, type FactTest } from '../regulation/condition';
import { inBoth, nameIn } from '../regulation/english';
import type { Cut } from '../evaluation/draft';
import { itemLimitOf } from '../evaluation/limit-rules';
import { formatAmount, type Units } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import type { Refusal } from '../settlement/settle';
import type { Step } from '../settlement/steps';
import { factName } from '../regulation/condition-words';

/** An amount with the name of its measure: "4 学时". */
export const sayAmount = (
  amount: Units,
  measure: string,
  regulation: Pick<Regulation, 'measures' | 'english'>,
  language: Language = 'zh',
): string =>
  `${formatAmount(amount)} ${nameIn(regulation.measures[measure] ?? measure, regulation, language)}`;

/** What a measure is called, in both languages. */
export const measureName = (
  measure: string,
  regulation: Pick<Regulation, 'measures' | 'english'>,
): Bilingual => inBoth(regulation.measures[measure] ?? measure, regulation);

/** What every measure of a regulation is called, by its id. */
export const measureNames = (
  regulation: Pick<Regulation, 'measures' | 'english'>,
): Record<string, Bilingual> =>
  Object.fromEntries(
    Object.keys(regulation.measures).map((measure) => [measure, measureName(measure, regulation)]),
  );

/**
 * One comparison: what it was, and what was wanted. With the activity that it is about, a share is said by the two
 * quantities it is made of, as one would say it to somebody: 在场 96 分钟，开课 150 分钟，占 64%，不足 80%.
 */
export function sayTest(
  test: FactTest,
  regulation: Regulation,
  language: Language,
  about?: Activity,
): string {
  const told = about && tellShare(test, regulation, language, about);
  if (told !== undefined) return told;
  const name = factName(test.fact, regulation, language);
  const own = regulation.facts?.[test.fact];
  const say = (value: string): string =>
    own && 'share' in own ? sayShare(value, language) : sayValue(value, language);
  const actual =
    test.actual === undefined ? (language === 'zh' ? '没有记录' : 'not recorded') : say(test.actual);
  if (test.wanted === undefined) return language === 'zh' ? `缺少“${name}”` : `“${name}” is missing`;
  const isDenied = test.wanted.startsWith(NOT);
  const meant = isDenied ? test.wanted.slice(NOT.length) : test.wanted;
  const values = meant.split(EITHER).map((value) => spell(say(value), language));
  const wanted = sayEither(values, language);
  if (isDenied)
    return language === 'zh'
      ? `${name} ${actual}，要求不是“${wanted}”`
      : `${name} ${actual}, needed anything but “${wanted}”`;
  return language === 'zh' ? `${name} ${actual}，要求 ${wanted}` : `${name} ${actual}, needed ${wanted}`;
}

/** Values of which one is wanted: "省、国家之一". */
function sayEither(values: readonly string[], language: Language): string {
  if (language === 'en') return values.join(' or ');
  return values.length > 1 ? `${values.join('、')}之一` : values.join('');
}

function tellShare(
  test: FactTest,
  regulation: Regulation,
  language: Language,
  about: Activity,
): string | undefined {
  const own = regulation.facts?.[test.fact];
  const [sign = '', limit] = (test.wanted ?? '').split(' ');
  const words = BOUND_WORDS[sign]?.[language][test.met ? 0 : 1];
  if (!own || !('share' in own) || test.actual === undefined || limit === undefined || !words)
    return undefined;
  const quantities = [own.share, own.of].flatMap((fact) => {
    const value = about[fact as keyof Activity];
    return typeof value === 'number' || typeof value === 'string'
      ? [tellQuantity(fact, String(value), regulation, language)]
      : [];
  });
  if (quantities.length < 2) return undefined;
  const [share, wanted] = percentsOf(test.actual, limit);
  return language === 'zh'
    ? `${quantities.join('，')}，占 ${share}，${words} ${wanted}`
    : `${quantities.join(' of ')}: ${share}, ${words} ${wanted}`;
}

/** What somebody would say of a bound that is kept, or not. */
const BOUND_WORDS: Readonly<Record<string, Readonly<Record<Language, readonly [string, string]>>>> = {
  '≥': { zh: ['达到', '不足'], en: ['at least', 'less than'] },
  '>': { zh: ['超过', '没有超过'], en: ['more than', 'not more than'] },
  '≤': { zh: ['没有超过', '超过'], en: ['no more than', 'more than'] },
  '<': { zh: ['低于', '没有低于'], en: ['less than', 'not less than'] },
};

/** 在场 96 分钟, 96 minutes present, a length of 45 minutes: what is counted in minutes says so once. */
function tellQuantity(fact: string, value: string, regulation: Regulation, language: Language): string {
  const name = factName(fact, regulation, language);
  if (language === 'en') {
    const length = /^(.+) in minutes$/.exec(name)?.[1];
    return length === undefined ? `${value} ${name}` : `a ${length} of ${value} minutes`;
  }
  const minutes = /^(.+?)(?:分钟|（分钟）)$/.exec(name)?.[1];
  return minutes === undefined ? `${name} ${value}` : `${minutes} ${value} 分钟`;
}

/** Tenths of a per cent, half up. */
const perMilleOf = (share: Exact): number => share.mul(Exact.of(1000)).add(Exact.ratio(1, 2)).floor().n;

/**
 * A share and the one that is wanted as percentages with one decimal, half up; but what lies below or above the wanted one
 * never looks equal to it.
 */
function percentsOf(actual: string, limit: string): readonly [string, string] {
  const [share, wanted] = [Exact.of(actual), Exact.of(limit)];
  const [near, edge] = [perMilleOf(share), perMilleOf(wanted)];
  const apart = near === edge ? near + Math.sign(share.compare(wanted)) : near;
  return [`${apart / 10}%`, `${edge / 10}%`];
}

/** Values that are codes, as one says them. */
const VALUE_WORDS: Readonly<Record<string, Bilingual>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
  hall: { zh: '现场', en: 'in the hall' },
  online: { zh: '线上', en: 'online' },
};

/** A fact's value in words: codes by their name, everything else as it is. */
export const sayValue = (value: string, language: Language): string =>
  VALUE_WORDS[value]?.[language] ?? value;

/** Shares as a percentage: alone where it is exact, otherwise beside the fraction and said to be near it. */
function sayShare(value: string, language: Language): string {
  return value.replaceAll(/\d+(?:\.\d+|\/\d+)?/g, (text) => {
    const share = Exact.of(text);
    const percent = `${perMilleOf(share) / 10}%`;
    if (share.mul(Exact.of(1000)).isWhole) return percent;
    return language === 'zh' ? `${text}（约 ${percent}）` : `${text} (about ${percent})`;
  });
}

export const ROUNDING_WORDS = {
  zh: { down: '舍去', up: '进上', 'half-up': '四舍五入' },
  en: { down: 'down', up: 'up', 'half-up': 'to the nearest, halves up' },
} as const;

/** One step of a reckoning. */
export function sayStep(step: Step, regulation: Regulation, language: Language, about?: Activity): string {
  const zh = language === 'zh';
  const name = (fact: string): string => factName(fact, regulation, language);
  switch (step.kind) {
    case 'gate':
      return `${step.tests.map((test) => sayTest(test, regulation, language, about)).join(zh ? '；' : '; ')} ✓`;
    case 'flat':
      return zh ? `每项计 ${step.result}` : `${step.result} for the item`;
    case 'rate':
      if (step.each === '1' && step.rate === '1' && step.quantity === step.result)
        return zh ? `按${name(step.fact)}计 ${step.result}` : `${step.result}, by the ${name(step.fact)}`;
      // Nothing was rounded, so that it is counted in proportion.
      if (step.each !== '1' && Exact.of(step.times).mul(Exact.of(step.each)).equals(Exact.of(step.quantity)))
        return `${name(step.fact)} ${step.quantity} ÷ ${step.each} × ${step.rate} = ${step.result}`;
      return step.each === '1' && step.times === step.quantity
        ? `${name(step.fact)} ${step.quantity} × ${step.rate} = ${step.result}`
        : zh
          ? `${name(step.fact)} ${step.quantity}，每 ${step.each} 计一次，共 ${step.times} 次 × ${step.rate} = ${step.result}`
          : `${name(step.fact)} ${step.quantity}, once for each ${step.each}: ${step.times} × ${step.rate} = ${step.result}`;
    case 'band':
      return zh
        ? `${name(step.fact)} ${step.quantity}，适用“${spell(step.band, language)}”一档`
        : `${name(step.fact)} ${step.quantity} falls into the band “${spell(step.band, language)}”`;
    case 'slice':
      return zh
        ? `其中“${spell(step.band, language)}”一段为 ${step.quantity}`
        : `${step.quantity} of it lie in the band “${spell(step.band, language)}”`;
    case 'slice-flat':
      return zh
        ? `到了“${spell(step.band, language)}”一段，计 ${step.result}`
        : `${step.result} for reaching the band “${spell(step.band, language)}”`;
    case 'sum':
      return zh
        ? `各段相加：${step.parts.join(' + ')} = ${step.result}`
        : `the bands together: ${step.parts.join(' + ')} = ${step.result}`;
    case 'table':
      return zh
        ? `${name(step.fact)}为“${step.key}”`
        : `${name(step.fact)} is “${nameIn(step.key, regulation, language)}”`;
    case 'factor':
      return zh ? `乘以 ${step.by}，得 ${step.result}` : `times ${step.by} makes ${step.result}`;
    case 'round':
      return zh
        ? `按 ${step.to} 的倍数${ROUNDING_WORDS.zh[step.mode]}，得 ${step.result}`
        : `rounded ${ROUNDING_WORDS.en[step.mode]} to a multiple of ${step.to}: ${step.result}`;
    case 'item-at-most':
      return zh
        ? `每项最多 ${step.limit}，减去 ${step.cut}`
        : `at most ${step.limit} for one item, ${step.cut} is cut`;
    case 'item-at-least':
      return zh ? `每项至少 ${step.limit}` : `at least ${step.limit} for one item`;
    case 'spread':
      return step.over === 'days'
        ? zh
          ? `按 ${step.shares} 天平均计入`
          : `spread evenly over ${step.shares} days`
        : zh
          ? `分 ${step.shares} 年计入`
          : `spread over ${step.shares} years`;
  }
}

/** The steps of a reckoning in sentences, each with the step it ends with; a band that is worth a fixed amount is said together with it. */
export function saySteps(
  steps: readonly Step[],
  regulation: Regulation,
  language: Language,
  about?: Activity,
): { readonly step: Step; readonly sentence: string }[] {
  return steps.flatMap((step, index) => {
    const [before, next] = [steps[index - 1], steps[index + 1]];
    if (step.kind === 'band' && next?.kind === 'flat') return [];
    const sentence =
      step.kind === 'flat' && before?.kind === 'band'
        ? sayFlatBand(before, step.result, regulation, language)
        : sayStep(step, regulation, language, about);
    return [{ step, sentence }];
  });
}

/** 时长 45 分钟，属“≥ 30”一档，计 1. */
function sayFlatBand(
  { fact, quantity, band }: Extract<Step, { kind: 'band' }>,
  result: string,
  regulation: Regulation,
  language: Language,
): string {
  const told = tellQuantity(fact, quantity, regulation, language);
  return language === 'zh'
    ? `${told}，属“${spell(band, language)}”一档，计 ${result}`
    : `${told}, in the band “${spell(band, language)}”: ${result}`;
}

const REFUSAL_WORDS: Readonly<Record<Refusal['reason'], { zh: string; en: string }>> = {
  'kind-not-covered': { zh: '本办法不计这类活动', en: 'the regulation does not cover this kind of activity' },
  'no-rule-fits': { zh: '不符合任何一条计分规定', en: 'no rule of the regulation fits' },
  'not-in-group': { zh: '该规定不适用于本人', en: 'the rule does not apply to this person' },
  'not-in-force': { zh: '当时规定没有生效', en: 'the rule was not in force on that day' },
  'condition-not-met': { zh: '没有达到条件', en: 'a condition is not met' },
  'fact-missing': { zh: '缺少记录', en: 'a record is missing' },
  'not-in-table': { zh: '规定的表中没有这一项', en: 'the table of the regulation has no such entry' },
  'outside-bands': { zh: '不在规定的任何一档内', en: 'outside all bands of the regulation' },
};

/** Why something does not count: the reason, the numbers, and what follows. */
export function sayRefusal(
  refusal: Refusal,
  regulation: Regulation,
  language: Language,
  about?: Activity,
): string {
  const reason = REFUSAL_WORDS[refusal.reason][language];
  const kind = nameIn(regulation.kinds[refusal.kind] ?? refusal.kind, regulation, language);
  const numbers = refusal.needs.map((test) => sayTest(test, regulation, language, about));
  const named = refusal.reason === 'kind-not-covered' ? [kind] : numbers;
  const outcome =
    refusal.outcome === undefined
      ? ''
      : language === 'zh'
        ? `，处理：${refusal.outcome}`
        : `; outcome: ${nameIn(refusal.outcome, regulation, language)}`;
  // Told about an activity, the numbers are the reason; so is what is missing, which says so itself.
  const areMissing = numbers.length > 0 && refusal.needs.every(({ wanted }) => wanted === undefined);
  if (
    (about && refusal.reason === 'condition-not-met' && numbers.length > 0) ||
    (refusal.reason === 'fact-missing' && areMissing)
  )
    return `${numbers.join(language === 'zh' ? '；' : '; ')}${outcome}`;
  const detail =
    named.length > 0
      ? `${language === 'zh' ? '：' : ': '}${named.join(language === 'zh' ? '；' : '; ')}`
      : '';
  return `${reason}${detail}${outcome}`;
}

/** What a limit took away, and why. */
export function sayCut(cut: Cut, measure: string, regulation: Regulation, language: Language): string {
  const said = sayLoss(cut, measure, regulation, language);
  if (cut.cycle === undefined) return said;
  const asked = (regulation.targets ?? []).filter(({ cycle }) => cycle === cut.cycle);
  const named = asked.map(({ name }) => nameIn(name, regulation, language));
  if (language === 'en') return `${said} (only for ${named.join(', ') || 'that cycle'})`;
  return `${said}（只在${named.length === 0 ? '那个周期' : named.map((name) => `“${name}”`).join('、')}里少计）`;
}

function sayLoss(cut: Cut, measure: string, regulation: Regulation, language: Language): string {
  const isNamed = cut.name !== '';
  const name = isNamed ? nameIn(cut.name, regulation, language) : language === 'zh' ? '上限' : 'limit';
  const said = (amount: Units): string => sayAmount(amount, measure, regulation, language);
  const limit = regulation.caps?.[cut.cap];
  const isHighest = limit !== undefined && 'highest' in (itemLimitOf(limit) ?? {});
  if (cut.items !== undefined) {
    const kept = isHighest
      ? {
          zh: `只计最高的 ${cut.items} 项（${said(cut.limit)}）`,
          en: `the highest ${cut.items} (${said(cut.limit)})`,
        }
      : { zh: `最多计 ${cut.items} 项`, en: `${cut.items} items` };
    return language === 'zh'
      ? `${name}：${kept.zh}，本项不计 ${said(cut.cut)}`
      : `${name}: ${kept.en} count, this one’s ${said(cut.cut)} does not`;
  }
  if (isHighest) {
    return language === 'zh'
      ? `${name}：只计最高的，已结束的周期里已计 ${said(cut.used)}，本次少计 ${said(cut.cut)}`
      : `${name}: only the highest counts; ${said(cut.used)} had counted in cycles that are over: ${said(cut.cut)} less`;
  }
  const [most, used, lost] = [cut.limit, cut.used, cut.cut].map(said);
  return language === 'zh'
    ? `${name}${isNamed ? '：最多' : ''} ${most}，此前已计 ${used}，本次少计 ${lost}`
    : `${name} ${most}, of which ${used} was used before: ${lost} less`;
}
