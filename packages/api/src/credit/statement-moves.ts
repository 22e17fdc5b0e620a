import type { UnitRepository } from '@cadre/db/identity';
import { addDays, type Bilingual, type CivilDate } from '@cadre/domain/core';
import { evaluate, inBoth, type CreditPerson, type Governing } from '@cadre/domain/credit';
import {
  begunHomeUnitOn,
  historyAsRecorded,
  homeUnitOn,
  movesOf,
  rankOn,
  sayMove,
  servedUntilOn,
  unitsOfMove,
  type Person,
} from '@cadre/domain/identity';
import { englishNames, previewFlips, tellMoves } from '@cadre/domain/regulation';
import { sayVersionMove, type Statement, type StatementMove } from '@cadre/domain/ledger';
import { toCreditPerson } from './credit-person';
import { withVersionsBefore } from './governing-versions';
import type { RegulationService } from './regulation.service';

interface StatementMovesDeps {
  units: Pick<UnitRepository, 'listByIds'>;
  regulation: Pick<RegulationService, 'open'>;
}

/** Who a person of a statement is, and what moved the person's targets. */
export function createStatementMoves({ units, regulation: regulations }: StatementMovesDeps) {
  /** Whether what is asked of a person is other on a day than on its eve, by the history known at the end of `asOf`. */
  const movesTargets = async (person: Person, on: CivilDate, asOf: CivilDate): Promise<boolean> => {
    const askedOn = async (day: CivilDate): Promise<string> => {
      const [[unit], opened] = await Promise.all([
        units.listByIds([homeUnitOn(person, day)]),
        regulations.open(),
      ]);
      const governs = (then: CivilDate) => opened.governing(unit?.path ?? person.unitPath, then, asOf);
      const inForce = await withVersionsBefore(await governs(day), governs);
      return askedBy(inForce, toCreditPerson(person, asOf), day);
    };
    const [before, after] = await Promise.all([askedOn(addDays(on, -1)), askedOn(on)]);
    return before !== after;
  };

  return {
    /** Who the person was on a day, and what moved the targets since a day, both as recorded by the end of the first. */
    async personOf(
      { person, inForce }: { readonly person: Person; readonly inForce: readonly Governing[] },
      asOf: CivilDate,
      since: CivilDate,
    ): Promise<Pick<Statement, 'person' | 'moves'>> {
      const unitId = begunHomeUnitOn(person, asOf);
      const moves = movesOf(person, asOf).filter((move) => move.on >= since);
      const unitIds = [...(unitId === null ? [] : [unitId]), ...moves.flatMap(unitsOfMove)];
      const [known, movedTargets] = await Promise.all([
        units.listByIds([...new Set(unitIds)]),
        Promise.all(moves.map((move) => movesTargets(person, move.on, asOf))),
      ]);
      const names = new Map(known.map((unit): [string, Bilingual] => [unit.id, unit.name]));
      const { personNo, name } = person;
      const own = moves.map((move, index) => sayMove(move, names, movedTargets[index] ?? true));
      return {
        person: {
          personNo,
          name,
          unit: unitId === null ? null : (names.get(unitId) ?? { zh: unitId, en: unitId }),
          rank: rankOn(historyAsRecorded(person, asOf), servedUntilOn(person, asOf) ?? asOf)?.name ?? null,
        },
        moves: [...own, ...versionMoves(inForce, toCreditPerson(person, asOf), since, asOf)].sort(
          (one, other) => one.on.localeCompare(other.on),
        ),
      };
    },
  };
}

/** What is asked of a person on a day, whatever there is of it: the same text where it is the same. */
function askedBy(inForce: readonly Governing[], person: CreditPerson, day: CivilDate): string {
  const asked = inForce.flatMap(({ rules, before }) => {
    const { targets, owed } = evaluate([], rules, person, day, day, before);
    return [...targets, ...owed.map(({ result }) => result)].map(
      ({ target, state, makesUp, alternatives }) => [
        rules.id,
        target,
        state === 'exempt',
        makesUp?.clause ?? null,
        alternatives.map((leaves) => leaves.map(({ leaf, required }) => [leaf, required])),
      ],
    );
  });
  return JSON.stringify(asked.map((one) => JSON.stringify(one)).sort());
}

/** The new versions since a day that ask for something else than the version before would on the day they took its place. */
const versionMoves = (
  inForce: readonly Governing[],
  person: CreditPerson,
  since: CivilDate,
  asOf: CivilDate,
): StatementMove[] =>
  inForce.flatMap(({ rules: last, before: versions }) =>
    versions.flatMap((replaced, index) => {
      const rules = index === 0 ? last : versions[index - 1]!;
      const { from } = rules.effective;
      if (from < since || from > asOf) return [];
      const older = versions.slice(index + 1);
      const goingOn = { ...replaced, effective: { from: replaced.effective.from } };
      const moved = previewFlips({
        person,
        sources: [],
        before: { rules: goingOn, before: older },
        after: { rules, before: [replaced, ...older] },
        cycle: { from, to: from },
      });
      if (moved.length === 0) return [];
      const told = tellMoves(moved, englishNames(replaced, rules));
      return [sayVersionMove(from, inBoth(rules.title, rules), rules.version, replaced.version, told)];
    }),
  );
