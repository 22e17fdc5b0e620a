import type { CivilDate } from '../core';
import { cyclesBetween, type CreditPerson, type Regulation } from '../credit';

/**
 * Does a day lie in a cycle of the regulation that was over before `today`? What is entered there moves figures that
 * people have relied on, so it carries a correction's number. Rolling spans close never: each day has its own.
 */
export const isInClosedCycle = (
  day: CivilDate,
  regulation: Regulation,
  person: CreditPerson,
  today: CivilDate,
): boolean =>
  Object.entries(regulation.cycles ?? {}).some(
    ([id, rule]) =>
      !('lastMonths' in rule) &&
      cyclesBetween(id, regulation, person, day, day).some((cycle) => cycle.to < today),
  );
