import {
  sayReliefs,
  type CreditEntry,
  type LeafResult,
  type Refusal,
  type Regulation,
  type TargetResult,
  type Units,
} from '../credit';
import type { ChangeKind, ChangeReason } from './preview';
import {
  groupOf,
  placeOf,
  sayAbsence,
  sayAlternatives,
  sayCapMoved,
  sayCycle,
  sayGroup,
  sayLeaf,
  sayMoved,
  sayMovedItems,
  sayRated,
  sayRefused,
  sayRequirements,
  sayTaken,
  type ReasonDraft,
} from './preview-words';
import {
  isAmong,
  type Contribution,
  type CutSum,
  type Judged,
  type Pair,
  type Reckoning,
  type Reckonings,
} from './reckoning';

/** A reason with what it moves: above 0 brings the target nearer, below 0 takes it farther, 0 is neither. */
interface Weighed extends ChangeReason {
  readonly effect: Units;
}

/**
 * Why a target stands otherwise: what differs between the two results and the two reckonings behind them, never more.
 * For one amount the effects of its reasons add up to how it moved. Of a flip, whatever of an amount pulls in its
 * direction is told, of what turned first; an amount that only moves the other way is told as it is.
 */
export function reasonsOf(change: ChangeKind, pair: Pair, reckonings: Reckonings): ChangeReason[] {
  if (!pair.before || !pair.after) return [absence(pair, reckonings)];
  const [{ result: before, by: was }, { result: after, by: is }] = [pair.before, pair.after];
  const both = { before, after, was, is };
  const whole = wholeReasons(both);
  const found = [...whole, ...leafReasons(both, change)];
  const told = found.length > 0 ? found : [structure(both)];
  return told.map(({ kind, clause, of, says }) => ({
    kind,
    clause,
    of: textOf(of === 'before' ? was : is, reckonings),
    says,
  }));
}

/** In which text the rules of a reckoning stand; those that judge what is to be made up may be older than either. */
function textOf({ rules }: Reckoning, { before, after }: Reckonings): ChangeReason['of'] {
  if (rules === after.rules) return 'after';
  return rules.version === before?.rules.version ? 'before' : 'earlier';
}

interface Both {
  readonly before: TargetResult;
  readonly after: TargetResult;
  readonly was: Reckoning;
  readonly is: Reckoning;
}

/** Why a target begins or ceases to apply. */
function absence({ before, after }: Pair, reckonings: Reckonings): ChangeReason {
  const { result, by } = (after ?? before) as Judged;
  const missing = after ? reckonings.before : reckonings.after;
  const isKnown = missing?.targetOf(result.target) !== undefined;
  const because = missing?.results.notCovered.find(({ target }) => target === result.target)?.because;
  const isOfPeople = because === 'group' || because === 'not-in-service';
  const kind = isKnown && isOfPeople ? 'group' : isKnown && because === 'no-cycle' ? 'cycle' : 'target';
  return {
    kind,
    clause: result.clause,
    of: textOf(by, reckonings),
    says: sayAbsence(after ? 'starts' : 'ends', isKnown ? because : undefined, groupOf(result, by.rules)),
  };
}

/** What concerns the target as a whole: the group it applies by, its cycle, relief. */
function wholeReasons({ before, after, was, is }: Both): Weighed[] {
  const about = { clause: after.clause, of: 'after', effect: 0 } as const;
  const groups = [groupOf(before, was.rules), groupOf(after, is.rules)] as const;
  const cycles = [before.cycle, after.cycle] as const;
  const reliefs = [sayReliefs(before.reliefs), sayReliefs(after.reliefs)] as const;
  const relief = after.reliefs[0] ?? before.reliefs[0];
  return [
    ...(groups[0]?.zh === groups[1]?.zh
      ? []
      : [{ ...about, kind: 'group' as const, says: sayGroup(groups[0], groups[1]) }]),
    ...(cycles[0].from === cycles[1].from && cycles[0].to === cycles[1].to
      ? []
      : [{ ...about, kind: 'cycle' as const, says: sayCycle(cycles[0], cycles[1]) }]),
    ...(reliefs[0].zh === reliefs[1].zh
      ? []
      : [
          {
            kind: 'relief' as const,
            clause: relief?.clause ?? after.clause,
            of: after.reliefs.length > 0 ? ('after' as const) : ('before' as const),
            effect: 0,
            says: {
              zh: `减免由“${reliefs[0].zh}”改为“${reliefs[1].zh}”`,
              en: `relief is “${reliefs[1].en}” instead of “${reliefs[0].en}”`,
            },
          },
        ]),
  ];
}

const byLeaf = ({ alternatives }: TargetResult): Map<string, LeafResult> =>
  new Map(alternatives.flat().map((leaf) => [leaf.leaf, leaf]));

/** Of each amount that moved why it did: those that turned a flip first, and of several reasons the one that weighs most. */
function leafReasons(both: Both, change: ChangeKind): Weighed[] {
  const direction = change === 'loses' ? -1 : change === 'gains' ? 1 : 0;
  const [was, is] = [byLeaf(both.before), byLeaf(both.after)];
  const byWeight = (reasons: readonly Weighed[]) =>
    reasons.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const found = [...new Set([...is.keys(), ...was.keys()])].map((id) => {
    const [before, after] = [was.get(id), is.get(id)];
    const pulls = ({ effect }: Weighed) => direction === 0 || Math.sign(effect) === direction;
    if (!before || !after)
      return { isDecisive: true, reasons: [missingLeaf(before, after, both)].filter(pulls) };
    const reasons = leafMoved(before, after, both);
    const pulling = reasons.filter(pulls);
    const isDecisive = direction === 0 || (before.met !== after.met && pulling.length > 0);
    return { isDecisive, reasons: pulling.length > 0 ? pulling : reasons };
  });
  const toldOf = (isDecisive: boolean) =>
    byWeight(found.filter((one) => one.isDecisive === isDecisive).flatMap(({ reasons }) => reasons));
  return [...toldOf(true), ...toldOf(false)];
}

/** An amount that only one of the regulations asks for. */
function missingLeaf(before: LeafResult | undefined, after: LeafResult | undefined, both: Both): Weighed {
  const { was, is } = both;
  const leaf = (after ?? before) as LeafResult;
  const isChoice = (after ? both.after : both.before).alternatives.length > 1;
  const [from, result] = after ? [is, both.after] : [was, both.before];
  const said = sayLeaf(leaf, from.rules);
  // One way more, or one demand less, brings the target nearer.
  const isNearer = (after !== undefined) === isChoice;
  const words = after
    ? isChoice
      ? { zh: `也可以按“${said.zh}”完成`, en: `“${said.en}” is one more way to meet it` }
      : { zh: `新增要求“${said.zh}”`, en: `“${said.en}” is asked for as well` }
    : isChoice
      ? { zh: `不能再按“${said.zh}”完成`, en: `“${said.en}” no longer meets it` }
      : { zh: `不再要求“${said.zh}”`, en: `“${said.en}” is no longer asked for` };
  return {
    kind: 'requirement',
    clause: leaf.clause ?? result.clause,
    of: after ? 'after' : 'before',
    says: words,
    effect: isNearer ? 1 : -1,
  };
}

/** Why one amount stands otherwise: another requirement, other contributions, other carried amounts, another total. */
function leafMoved(before: LeafResult, after: LeafResult, both: Both): Weighed[] {
  const { was, is } = both;
  const clause = after.clause ?? both.after.clause;
  const towards = after.limit === 'at-most' || after.limit === 'below' ? -1 : 1;
  const reasons: Weighed[] = [];
  const needed = (leaf: LeafResult): Units | string | undefined => leaf.share?.needed ?? leaf.required;
  // Of whoever is exempt nothing is asked: what is to be said of that is the relief.
  const isExempt = [both.before, both.after].some(({ state }) => state === 'exempt');
  if (needed(before) !== needed(after) && !isExempt)
    reasons.push({
      kind: 'requirement',
      clause,
      of: 'after',
      says: sayRequirements(before, after, was.rules, is.rules),
      effect: after.share ? shareEffect(before, after) : -towards * (after.required - before.required),
    });
  const moved = contributionReasons(before, after, both, towards);
  reasons.push(...moved);
  const carried = after.carried - before.carried;
  if (carried !== 0)
    reasons.push({
      kind: 'carry',
      clause: carryClause(is.rules) ?? carryClause(was.rules) ?? clause,
      of: carryClause(is.rules) === undefined ? 'before' : 'after',
      says: sayMoved('carry', before.carried, after.carried, after, was.rules, is.rules),
      effect: towards * carried,
    });
  const told = moved.reduce((sum, { effect }) => sum + effect, 0) + towards * carried;
  const rest = towards * (after.earned - before.earned) - told;
  if (rest !== 0)
    reasons.push({
      kind: 'total',
      clause,
      of: 'after',
      says: sayMoved('sum', before.earned, after.earned, after, was.rules, is.rules),
      effect: rest,
    });
  return reasons;
}

const shareEffect = (before: LeafResult, after: LeafResult): number =>
  before.met === after.met ? 0 : after.met ? 1 : -1;

const carryClause = (rules: Regulation): string | undefined => rules.carryOver?.[0]?.clause;

interface Gathered {
  readonly draft: ReasonDraft;
  count: number;
  delta: Units;
}

/** What single activities bring otherwise, gathered by cause and clause. */
function contributionReasons(before: LeafResult, after: LeafResult, both: Both, towards: 1 | -1): Weighed[] {
  const { was, is } = both;
  const [own, other] = [both.before, both.after];
  const brought = was.contributions(own.target, before.leaf, own.cycle);
  const brings = is.contributions(other.target, after.leaf, other.cycle);
  const gathered = new Map<string, Gathered>();
  const add = (key: string, delta: Units, draft: () => ReasonDraft): void => {
    const known = gathered.get(key);
    if (!known) gathered.set(key, { draft: draft(), count: 1, delta });
    else {
      known.count += 1;
      known.delta += delta;
    }
  };
  brought.forEach((one, index) => {
    const two = brings[index] as Contribution;
    if (one.counted === two.counted) return;
    if (one.raw !== two.raw) {
      const cause = causeOf(index, one, two, { ...both, leaf: [before.leaf, after.leaf] });
      add(`${cause.kind} ${cause.clause} ${cause.key}`, two.raw - one.raw, () => cause);
    }
    for (const key of new Set([...one.cuts.keys(), ...two.cuts.keys()])) {
      const [cut, cuts] = [one.cuts.get(key), two.cuts.get(key)];
      const delta = (cut?.cut ?? 0) - (cuts?.cut ?? 0);
      if (delta === 0) continue;
      const of = delta < 0 ? 'after' : 'before';
      const named = ((of === 'after' ? cuts : cut) ?? cuts ?? cut) as CutSum;
      const rules = of === 'after' ? is.rules : was.rules;
      add(`cap ${key}`, delta, () => ({
        kind: 'cap',
        clause: named.clause,
        of,
        key,
        say: (_count, sum) => sayCapMoved(named, sum, after.measure, rules),
      }));
    }
  });
  return [...gathered.values()]
    .filter(({ delta }) => delta !== 0)
    .map(({ draft: { kind, clause, of, say }, count, delta }) => ({
      kind,
      clause,
      of,
      says: say(count, delta),
      effect: towards * delta,
    }));
}

/** Why an activity brings another amount before limits: refused, counted, placed elsewhere, in another cycle, or at another rate. */
function causeOf(
  index: number,
  one: Contribution,
  two: Contribution,
  { was, is, before, after, leaf }: Both & { readonly leaf: readonly [string, string] },
): ReasonDraft {
  const [old, now] = [was.settled[index]!, is.settled[index]!];
  const measure = (two.entries[0] ?? one.entries[0])?.measure ?? '';
  const lost = freshRefusal(now.refusals, old.refusals);
  const freed = freshRefusal(old.refusals, now.refusals);
  const clauseOf = (entries: readonly CreditEntry[]): string | undefined => entries[0]?.clause;
  if (two.raw < one.raw && lost)
    return {
      kind: 'refused',
      clause: lost.clause ?? clauseOf(one.entries) ?? after.clause,
      of: lost.clause === undefined ? 'before' : 'after',
      key: lost.reason,
      say: (count, delta) =>
        sayRefused(now, lost, besides(clauseOf(one.entries), lost), is.rules, count, -delta, measure),
    };
  if (two.raw > one.raw && freed)
    return {
      kind: 'counted',
      clause: freed.clause ?? clauseOf(two.entries) ?? after.clause,
      of: freed.clause === undefined ? 'after' : 'before',
      key: freed.reason,
      say: (count, delta) =>
        sayTaken(
          now,
          freed,
          besides(clauseOf(two.entries), freed),
          was.rules,
          is.rules,
          count,
          delta,
          measure,
        ),
    };
  const [emptied, target, selections] =
    two.entries.length === 0
      ? [now.entries, after.target, is.selectionsOf(after.target, leaf[1])]
      : one.entries.length === 0
        ? [old.entries, before.target, was.selectionsOf(before.target, leaf[0])]
        : [[], '', []];
  if (target !== '' && emptied.length > 0) {
    const isOutside = emptied.some((entry) => isAmong(entry, selections));
    const isLost = two.entries.length === 0;
    const rules = isLost ? is.rules : was.rules;
    const where = placeOf(emptied[0], rules);
    return {
      kind: isOutside ? 'cycle' : 'placed',
      clause: clauseOf(isLost ? emptied : two.entries) ?? after.clause,
      of: 'after',
      key: `${isLost}${where.zh}`,
      say: (count, delta) =>
        sayMovedItems(isOutside, isLost, where, count, Math.abs(delta), measure, is.rules),
    };
  }
  return {
    kind: 'rate',
    clause: clauseOf(two.entries) ?? clauseOf(one.entries) ?? after.clause,
    of: two.entries.length > 0 ? 'after' : 'before',
    key: two.raw > one.raw ? 'more' : 'less',
    say: (count, delta) => sayRated(now.title, one.raw, two.raw, count, delta, measure, was.rules, is.rules),
  };
}

/** The clause by which something earns, where the one that refuses it is another. */
const besides = (clause: string | undefined, { clause: refusing }: Refusal): string | undefined =>
  refusing === undefined || clause === refusing ? undefined : clause;

/** A refusal of one settlement that the other does not have; one that names a clause first. */
function freshRefusal(refusals: readonly Refusal[], others: readonly Refusal[]): Refusal | undefined {
  const fresh = refusals.filter(
    ({ rule, reason }) => !others.some((known) => known.rule === rule && known.reason === reason),
  );
  return fresh.find(({ clause }) => clause !== undefined) ?? fresh[0];
}

/** The amounts are the same, but they are asked for otherwise: all of them instead of any, or the reverse. */
function structure({ before, after, was, is }: Both): Weighed {
  const [from, to] = [sayAlternatives(before, was.rules), sayAlternatives(after, is.rules)];
  return {
    kind: 'requirement',
    clause: after.clause,
    of: 'after',
    effect: 0,
    says: { zh: `要求由“${from.zh}”改为“${to.zh}”`, en: `“${to.en}” is asked for instead of “${from.en}”` },
  };
}
