import { Doc } from '../bson';
import { conjunction, type MatchNode } from '../query/ast';
import { filterOf, type Filter } from '../query/filter';
import type { Scope } from '../query/scope';
import type { Budget } from './budget';
import type { Stage } from './stage';
import { matchStage } from './stages/match';

/**
 * Rearranges stages without changing what comes out: conditions move towards the source, where an index may serve them and
 * fewer documents are worked on; a sort that another one follows is dropped; a sort learns how many documents are wanted.
 */
export function optimize(stages: readonly Stage[], scope: Scope, budget: Budget): Stage[] {
  return limitSorts(dropSorts(moveMatches(moveLimits(stages), { scope, budget })));
}

/** Puts `$skip` and `$limit` before stages that give a document for each document. */
function moveLimits(stages: readonly Stage[]): Stage[] {
  const out: Stage[] = [];
  for (const stage of stages) {
    let at = out.length;
    if (stage.skip !== undefined || stage.limit !== undefined)
      while (at > 0 && out[at - 1]!.oneToOne === true) at--;
    out.splice(at, 0, stage);
  }
  return out;
}

interface Surroundings {
  readonly scope: Scope;
  readonly budget: Budget;
}

function moveMatches(stages: readonly Stage[], around: Surroundings): Stage[] {
  const out: Stage[] = [];
  for (const stage of stages) {
    if (stage.match === undefined) out.push(stage);
    else placeMatch(out, stage, around);
  }
  return out;
}

/** Puts a `$match` as far forward as each of its clauses may go. */
function placeMatch(out: Stage[], stage: Stage, around: Surroundings): void {
  const before = out.at(-1);
  if (before?.keeps === undefined) {
    out.push(stage);
    return;
  }
  const clauses = clausesOf(stage.match!.node);
  const movable = clauses.filter((clause) => dependsOnly(clause, (path) => before.keeps!(path)));
  if (movable.length === 0) {
    out.push(stage);
    return;
  }
  const staying = clauses.filter((clause) => !movable.includes(clause));
  out.pop();
  placeMatch(out, part(stage, movable, around), around);
  out.push(before);
  if (staying.length > 0) out.push(part(stage, staying, around));
}

function part(stage: Stage, clauses: MatchNode[], { scope, budget }: Surroundings): Stage {
  const moved = matchStage(filterOf(stage.match!.source, conjunction(clauses), scope), budget);
  return stage.spec === undefined ? moved : { ...moved, spec: stage.spec };
}

/** What must all hold; `$nor` is a conjunction of negations. */
function clausesOf(node: MatchNode): MatchNode[] {
  if (node.kind === 'and') return node.children.flatMap(clausesOf);
  return node.kind === 'nor' ? node.children.map((child): MatchNode => ({ kind: 'not', child })) : [node];
}

/**
 * Whether every path of a condition is kept; conditions on whole documents depend on all of them.
 * Conditions on arrays as such stay where they are, as in MongoDB.
 */
function dependsOnly(node: MatchNode, keeps: (path: string) => boolean): boolean {
  if (node.kind === 'size' || node.kind === 'elemMatchObject' || node.kind === 'elemMatchValue') return false;
  if ('path' in node) return keeps(node.path);
  if ('children' in node) return node.children.every((child) => dependsOnly(child, keeps));
  if (node.kind === 'not') return dependsOnly(node.child, keeps);
  return node.kind === 'always' || keeps('');
}

function dropSorts(stages: readonly Stage[]): Stage[] {
  return stages.filter((stage, i) => stage.sort === undefined || stages[i + 1]?.sort === undefined);
}

/** `$sort` with `$limit` behind it, perhaps after `$skip`, keeps only the documents that can come through. */
function limitSorts(stages: readonly Stage[]): Stage[] {
  return stages.map((stage, i) => {
    if (stage.withLimit === undefined) return stage;
    let skipped = 0;
    let at = i + 1;
    for (; stages[at]?.skip !== undefined; at++) skipped += stages[at]!.skip!;
    const limit = stages[at]?.limit;
    if (limit === undefined) return stage;
    const limited = stage.withLimit(skipped + limit);
    return stage.spec === undefined ? limited : { ...limited, spec: stage.spec };
  });
}

/** One filter for several that must all match. */
export function combineFilters(filters: readonly Filter[], scope: Scope): Filter {
  if (filters.length === 1) return filters[0]!;
  const source = filters.length === 0 ? new Doc() : Doc.of({ $and: filters.map((filter) => filter.source) });
  return filterOf(source, conjunction(filters.map((filter) => filter.node)), scope);
}
