import type { CivilDate } from '../../core';
import { teamFlags, type FlagResult } from './consequences';
import { isInCycle } from '../person/cycles';
import { resultsOf, type Evaluation } from './evaluate';
import type { CreditPerson } from '../person/person';
import { PersonEvaluation } from './person-evaluation';
import type { Regulation } from '../regulation/regulation-schema';
import type { LedgerView } from './standing';
import { teamResults, type TeamResult } from './teams';

export interface GroupMember {
  readonly person: CreditPerson;
  readonly entries: readonly LedgerView[];
}

export interface GroupEvaluation {
  readonly asOf: CivilDate;
  readonly regulation: { readonly id: string; readonly version: number };
  /** Those of cycles that hold the day. */
  readonly teams: readonly TeamResult[];
  /** Those of cycles that were over before. */
  readonly earlierTeams: readonly TeamResult[];
  /** What follows from the results about the group as a whole, in order of time. */
  readonly flags: readonly FlagResult[];
  readonly members: readonly { readonly person: string; readonly evaluation: Evaluation }[];
}

/** Evaluates each person of a group, and the results that a regulation draws about the group as a whole. */
export function evaluateGroup(
  members: readonly GroupMember[],
  regulation: Regulation,
  asOf: CivilDate,
): GroupEvaluation {
  const people = [...members]
    .sort((a, b) => (a.person.id < b.person.id ? -1 : 1))
    .map(({ person, entries }) => {
      const basis = PersonEvaluation.of(entries, regulation, person, asOf);
      return { person: person.id, basis, evaluation: resultsOf(basis) };
    });
  const teams = teamResults(regulation, people);
  const isNow = ({ cycle }: TeamResult): boolean => isInCycle(asOf, cycle);
  return {
    asOf,
    regulation: { id: regulation.id, version: regulation.version },
    teams: teams.filter(isNow),
    earlierTeams: teams.filter((result) => !isNow(result)),
    flags: teamFlags(regulation, teams),
    members: people.map(({ person, evaluation }) => ({ person, evaluation })),
  };
}
