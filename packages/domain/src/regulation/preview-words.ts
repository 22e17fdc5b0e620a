import { LIMIT_SIGNS, type Bilingual, type Language } from '../core';
import {
  nameIn,
  sayAmount,
  sayRefusal,
  type CreditEntry,
  type CycleRef,
  type LeafResult,
  type NotCovered,
  type Refusal,
  type Regulation,
  type TargetResult,
  type Units,
} from '../credit';
import type { ChangeReason } from './preview';
import type { CutSum, SettledActivity } from './reckoning';

/** A cause that several activities share; worded when their number and the sum of what they move are known. */
export interface ReasonDraft extends Pick<ChangeReason, 'kind' | 'clause' | 'of'> {
  /** Tells causes under one clause apart. */
  readonly key: string;
  readonly say: (count: number, delta: Units) => Bilingual;
}

/** An amount with the name of its measure, and a name of a regulation, each in both languages. */
const amountOf = (amount: Units, measure: string, rules: Regulation): Bilingual => ({
  zh: sayAmount(amount, measure, rules, 'zh'),
  en: sayAmount(amount, measure, rules, 'en'),
});
const named = (zh: string, rules: Regulation): Bilingual => ({ zh, en: nameIn(zh, rules, 'en') });

const isMany = (count: number): boolean => count > 1;

/** What is asked of an amount, without its limit: `12 天`, or of a share `专业科目 ≥ 2/3`. */
function asked({ name, measure, required, share }: LeafResult, rules: Regulation): Bilingual {
  if (!share) return amountOf(required, measure, rules);
  const { zh, en } = named(name, rules);
  return { zh: `${zh} ≥ ${share.needed}`, en: `${en} ≥ ${share.needed}` };
}

/** `天 ≥ 12 天` is said once: an amount that has no name of its own is named by its measure. */
export function sayLeaf(leaf: LeafResult, rules: Regulation): Bilingual {
  const { zh, en } = asked(leaf, rules);
  if (leaf.share) return { zh, en };
  const sign = LIMIT_SIGNS[leaf.limit];
  if (leaf.name === rules.measures[leaf.measure]) return { zh: `${sign} ${zh}`, en: `${sign} ${en}` };
  const name = named(leaf.name, rules);
  return { zh: `${name.zh} ${sign} ${zh}`, en: `${name.en} ${sign} ${en}` };
}

export function sayRequirements(
  before: LeafResult,
  after: LeafResult,
  was: Regulation,
  is: Regulation,
): Bilingual {
  const [from, to] = [asked(before, was), asked(after, is)];
  if (after.share || after.name === is.measures[after.measure])
    return { zh: `要求由 ${from.zh} 改为 ${to.zh}`, en: `${to.en} asked for instead of ${from.en}` };
  const name = named(after.name, is);
  return {
    zh: `“${name.zh}”的要求由 ${from.zh} 改为 ${to.zh}`,
    en: `${to.en} of “${name.en}” asked for instead of ${from.en}`,
  };
}

export function sayAbsence(
  change: 'starts' | 'ends',
  because: NotCovered['because'] | undefined,
  group: Bilingual | undefined,
): Bilingual {
  const starts = change === 'starts';
  if (because === 'group' || because === 'not-in-service')
    return starts
      ? {
          zh: `现在属于适用人员${group ? `“${group.zh}”` : ''}`,
          en: `now among those it applies to${group ? ` (${group.en})` : ''}`,
        }
      : {
          zh: `不再属于适用人员${group ? `“${group.zh}”` : ''}`,
          en: `no longer among those it applies to${group ? ` (${group.en})` : ''}`,
        };
  if (because === 'no-cycle')
    return starts
      ? { zh: '原来当时没有这个周期', en: 'there was no such cycle at the time' }
      : { zh: '新办法当时没有这个周期', en: 'the new version has no such cycle at the time' };
  if (because === 'not-in-force')
    return starts
      ? { zh: '原来这条规定当时不适用', en: 'the rule did not apply at the time' }
      : { zh: '新办法的这条规定当时还不适用', en: 'the rule of the new version does not apply at the time' };
  return starts
    ? { zh: '新增这项任务', en: 'a new target' }
    : { zh: '新办法没有这项任务', en: 'the new version has no such target' };
}

/** The group a target applies to somebody by; undefined where it applies to everybody. */
export const groupOf = ({ group }: TargetResult, rules: Regulation): Bilingual | undefined =>
  group === undefined ? undefined : named(rules.groups?.[group]?.name ?? group, rules);

export const sayGroup = (before: Bilingual | undefined, after: Bilingual | undefined): Bilingual => ({
  zh: `适用的人员组由“${before?.zh ?? '全体'}”改为“${after?.zh ?? '全体'}”`,
  en: `it applies by the group “${after?.en ?? 'everybody'}” instead of “${before?.en ?? 'everybody'}”`,
});

export const sayCycle = (before: CycleRef, after: CycleRef): Bilingual => ({
  zh: `周期由 ${before.from} 至 ${before.to} 改为 ${after.from} 至 ${after.to}`,
  en: `the cycle is ${after.from} to ${after.to} instead of ${before.from} to ${before.to}`,
});

/** Something that no longer counts, and why; `by` is the clause by which it counted, where that is another one. */
export function sayRefused(
  { title, activity }: SettledActivity,
  refusal: Refusal,
  by: string | undefined,
  rules: Regulation,
  count: number,
  lost: Units,
  measure: string,
): Bilingual {
  const amount = amountOf(lost, measure, rules);
  const [zh, en] = [sayRefusal(refusal, rules, 'zh', activity), sayRefusal(refusal, rules, 'en', activity)];
  const counts =
    by === undefined ? { zh: '不再计入', en: '' } : { zh: `不再按${by}计入`, en: ` under ${by}` };
  return isMany(count)
    ? {
        zh: `${count} 项${counts.zh}，共少 ${amount.zh}；如“${title}”${zh}`,
        en: `${count} items no longer count${counts.en}, ${amount.en} less in all; such as “${title}”: ${en}`,
      }
    : {
        zh: `“${title}”${counts.zh}，少 ${amount.zh}：${zh}`,
        en: `“${title}” no longer counts${counts.en}, ${amount.en} less: ${en}`,
      };
}

/** Something that counts now, and why it did not; `by` is the clause by which it counts, where that is another one. */
export function sayTaken(
  { title, activity }: SettledActivity,
  refusal: Refusal,
  by: string | undefined,
  was: Regulation,
  is: Regulation,
  count: number,
  gained: Units,
  measure: string,
): Bilingual {
  const amount = amountOf(gained, measure, is);
  const [zh, en] = [sayRefusal(refusal, was, 'zh', activity), sayRefusal(refusal, was, 'en', activity)];
  const counts =
    by === undefined ? { zh: '现在计入', en: '' } : { zh: `现在按${by}计入`, en: ` under ${by}` };
  return isMany(count)
    ? {
        zh: `${count} 项${counts.zh}，共多 ${amount.zh}；如“${title}”原来${zh}`,
        en: `${count} items count now${counts.en}, ${amount.en} more in all; such as “${title}”, before: ${en}`,
      }
    : {
        zh: `“${title}”${counts.zh}，多 ${amount.zh}；原来${zh}`,
        en: `“${title}” counts now${counts.en}, ${amount.en} more; before: ${en}`,
      };
}

export function sayRated(
  title: string,
  before: Units,
  after: Units,
  count: number,
  delta: Units,
  measure: string,
  was: Regulation,
  is: Regulation,
): Bilingual {
  const [from, to] = [amountOf(before, measure, was), amountOf(after, measure, is)];
  if (!isMany(count))
    return {
      zh: `“${title}”由 ${from.zh} 改计 ${to.zh}`,
      en: `“${title}” earns ${to.en} instead of ${from.en}`,
    };
  const amount = amountOf(Math.abs(delta), measure, is);
  return {
    zh: `${count} 项折算不同，共${delta < 0 ? '少' : '多'} ${amount.zh}；如“${title}”由 ${from.zh} 改计 ${to.zh}`,
    en: `${count} items earn otherwise, ${amount.en} ${delta < 0 ? 'less' : 'more'} in all; such as “${title}”: ${to.en} instead of ${from.en}`,
  };
}

/** What a limit takes more, or leaves. */
export function sayCapMoved(cap: CutSum, delta: Units, measure: string, rules: Regulation): Bilingual {
  const limit =
    cap.items === undefined
      ? amountOf(cap.limit, measure, rules)
      : { zh: `${cap.items} 项`, en: `${cap.items} items` };
  const amount = amountOf(Math.abs(delta), measure, rules);
  return {
    zh: `${cap.name === '' ? '上限' : `“${cap.name}”`}（${limit.zh}）${delta < 0 ? '多扣' : '少扣'} ${amount.zh}`,
    en: `${cap.name === '' ? 'a limit' : `“${nameIn(cap.name, rules, 'en')}”`} (${limit.en}) takes ${amount.en} ${delta < 0 ? 'more' : 'less'}`,
  };
}

/** A carried amount, or the whole of a reckoned one, that moved. */
export function sayMoved(
  what: 'carry' | 'sum',
  before: Units,
  after: Units,
  { name, measure }: LeafResult,
  was: Regulation,
  is: Regulation,
): Bilingual {
  const [from, to] = [amountOf(before, measure, was), amountOf(after, measure, is)];
  return what === 'carry'
    ? { zh: `结转由 ${from.zh} 改为 ${to.zh}`, en: `${to.en} carried over instead of ${from.en}` }
    : {
        zh: `“${name}”合计由 ${from.zh} 变为 ${to.zh}`,
        en: `“${nameIn(name, is, 'en')}” adds up to ${to.en} instead of ${from.en}`,
      };
}

/** Activities that count elsewhere, or in another cycle. */
export function sayMovedItems(
  isOutside: boolean,
  isLost: boolean,
  where: Bilingual,
  count: number,
  amount: Units,
  measure: string,
  rules: Regulation,
): Bilingual {
  const much = amountOf(amount, measure, rules);
  if (isOutside)
    return isLost
      ? {
          zh: `${count} 项落在周期之外，少 ${much.zh}`,
          en: `${count} items fall outside the cycle: ${much.en} less`,
        }
      : {
          zh: `${count} 项落进周期之内，多 ${much.zh}`,
          en: `${count} items fall inside the cycle: ${much.en} more`,
        };
  return isLost
    ? {
        zh: `${count} 项改计入“${where.zh}”，这里少 ${much.zh}`,
        en: `${count} items count as “${where.en}” now: ${much.en} less here`,
      }
    : {
        zh: `${count} 项原计入“${where.zh}”，现在计在这里，多 ${much.zh}`,
        en: `${count} items counted as “${where.en}” before: ${much.en} more here`,
      };
}

/** What each alternative of a target asks. */
export function sayAlternatives({ alternatives }: TargetResult, rules: Regulation): Bilingual {
  const all = alternatives.map((leaves) => leaves.map((leaf) => sayLeaf(leaf, rules)));
  const joined = (language: Language): string =>
    all.map((leaves) => leaves.map((said) => said[language]).join(' + ')).join(' / ');
  return { zh: joined('zh'), en: joined('en') };
}

/** The part an entry counts in, or else its measure. */
export const placeOf = (entry: CreditEntry | undefined, rules: Regulation): Bilingual =>
  named(
    entry?.part ? (rules.parts?.[entry.part] ?? entry.part) : (rules.measures[entry?.measure ?? ''] ?? ''),
    rules,
  );
