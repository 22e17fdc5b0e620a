import { LIMIT_SIGNS, type Bilingual } from '../core';
import {
  sayAmount,
  sayRefusal,
  type CycleRef,
  type LeafResult,
  type NotCovered,
  type Refusal,
  type Regulation,
  type Units,
} from '../credit';
import type { ChangeReason } from './preview';
import type { CutSum } from './reckoning';

/** A cause that several activities share; worded when their number and the sum of what they move are known. */
export interface ReasonDraft extends Pick<ChangeReason, 'kind' | 'clause' | 'of'> {
  /** Tells causes under one clause apart. */
  readonly key: string;
  readonly say: (count: number, delta: Units) => Bilingual;
}

const isMany = (count: number): boolean => count > 1;

/** `天 ≥ 12 天` is said once: an amount that has no name of its own is named by its measure. */
export function sayLeaf(leaf: LeafResult, rules: Regulation): string {
  if (leaf.share) return `${leaf.name} ≥ ${leaf.share.needed}`;
  const sign = LIMIT_SIGNS[leaf.limit];
  const amount = sayAmount(leaf.required, leaf.measure, rules);
  return leaf.name === rules.measures[leaf.measure] ? `${sign} ${amount}` : `${leaf.name} ${sign} ${amount}`;
}

export function sayRequirements(
  before: LeafResult,
  after: LeafResult,
  was: Regulation,
  is: Regulation,
): Bilingual {
  const amount = (leaf: LeafResult, rules: Regulation): string =>
    leaf.share ? `${leaf.name} ≥ ${leaf.share.needed}` : sayAmount(leaf.required, leaf.measure, rules);
  const [from, to] = [amount(before, was), amount(after, is)];
  return after.name === is.measures[after.measure] || after.share
    ? { zh: `要求由 ${from} 改为 ${to}`, en: `${to} asked for instead of ${from}` }
    : {
        zh: `“${after.name}”的要求由 ${from} 改为 ${to}`,
        en: `${to} of “${after.name}” asked for instead of ${from}`,
      };
}

export function sayAbsence(
  change: 'starts' | 'ends',
  because: NotCovered['because'] | undefined,
  group: string | undefined,
): Bilingual {
  const starts = change === 'starts';
  if (because === 'group' || because === 'not-in-service')
    return starts
      ? { zh: `现在属于适用人员${quoted(group)}`, en: `now among those it applies to${quotedEn(group)}` }
      : {
          zh: `不再属于适用人员${quoted(group)}`,
          en: `no longer among those it applies to${quotedEn(group)}`,
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

const quoted = (name: string | undefined): string => (name === undefined ? '' : `“${name}”`);
const quotedEn = (name: string | undefined): string => (name === undefined ? '' : ` (${name})`);

export const sayGroup = (before: string, after: string): Bilingual => ({
  zh: `适用的人员组由“${before || '全体'}”改为“${after || '全体'}”`,
  en: `it applies by the group “${after || 'everybody'}” instead of “${before || 'everybody'}”`,
});

export const sayCycle = (before: CycleRef, after: CycleRef): Bilingual => ({
  zh: `周期由 ${before.from} 至 ${before.to} 改为 ${after.from} 至 ${after.to}`,
  en: `the cycle is ${after.from} to ${after.to} instead of ${before.from} to ${before.to}`,
});

export function sayRefused(
  title: string,
  refusal: Refusal,
  rules: Regulation,
  count: number,
  lost: Units,
  measure: string,
): Bilingual {
  const amount = sayAmount(lost, measure, rules);
  const [zh, en] = [sayRefusal(refusal, rules, 'zh'), sayRefusal(refusal, rules, 'en')];
  return isMany(count)
    ? {
        zh: `${count} 项不再计入，共少 ${amount}；如“${title}”${zh}`,
        en: `${count} items no longer count, ${amount} less in all; such as “${title}”: ${en}`,
      }
    : {
        zh: `“${title}”不再计入，少 ${amount}：${zh}`,
        en: `“${title}” no longer counts, ${amount} less: ${en}`,
      };
}

export function sayTaken(
  title: string,
  refusal: Refusal,
  was: Regulation,
  is: Regulation,
  count: number,
  gained: Units,
  measure: string,
): Bilingual {
  const amount = sayAmount(gained, measure, is);
  const [zh, en] = [sayRefusal(refusal, was, 'zh'), sayRefusal(refusal, was, 'en')];
  return isMany(count)
    ? {
        zh: `${count} 项现在计入，共多 ${amount}；如“${title}”原来${zh}`,
        en: `${count} items count now, ${amount} more in all; such as “${title}”, before: ${en}`,
      }
    : {
        zh: `“${title}”现在计入，多 ${amount}；原来${zh}`,
        en: `“${title}” counts now, ${amount} more; before: ${en}`,
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
  const [from, to] = [sayAmount(before, measure, was), sayAmount(after, measure, is)];
  if (!isMany(count))
    return { zh: `“${title}”由 ${from} 改计 ${to}`, en: `“${title}” earns ${to} instead of ${from}` };
  const amount = sayAmount(Math.abs(delta), measure, is);
  return {
    zh: `${count} 项折算不同，共${delta < 0 ? '少' : '多'} ${amount}；如“${title}”由 ${from} 改计 ${to}`,
    en: `${count} items earn otherwise, ${amount} ${delta < 0 ? 'less' : 'more'} in all; such as “${title}”: ${to} instead of ${from}`,
  };
}

/** What a limit takes more, or leaves. */
export function sayCapMoved(cap: CutSum, delta: Units, measure: string, rules: Regulation): Bilingual {
  const limit =
    cap.items === undefined
      ? { zh: sayAmount(cap.limit, measure, rules), en: sayAmount(cap.limit, measure, rules) }
      : { zh: `${cap.items} 项`, en: `${cap.items} items` };
  const amount = sayAmount(Math.abs(delta), measure, rules);
  return {
    zh: `${cap.name === '' ? '上限' : `“${cap.name}”`}（${limit.zh}）${delta < 0 ? '多扣' : '少扣'} ${amount}`,
    en: `${cap.name === '' ? 'a limit' : `“${cap.name}”`} (${limit.en}) takes ${amount} ${delta < 0 ? 'more' : 'less'}`,
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
  const [from, to] = [sayAmount(before, measure, was), sayAmount(after, measure, is)];
  return what === 'carry'
    ? { zh: `结转由 ${from} 改为 ${to}`, en: `${to} carried over instead of ${from}` }
    : { zh: `“${name}”合计由 ${from} 变为 ${to}`, en: `“${name}” adds up to ${to} instead of ${from}` };
}
