import type { Requirement } from './target-schema';

/** The amounts that a requirement compares, in whatever lists. */
export const leavesOf = (needs: Requirement): readonly Requirement[] =>
  (needs.allOf ?? needs.anyOf)?.flatMap(leavesOf) ?? [needs];
