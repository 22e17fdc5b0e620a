import type { Bounds, Condition } from '../regulation/condition';
import { factName } from '../regulation/condition-words';
import { FACT_NAMES, type FactName } from '../regulation/fact-names';
import type { Regulation } from '../regulation/regulation-schema';
import type { Path } from '../source/json-source';
import type { Fault } from '../source/schema-errors';
import { isExactNumber, constant } from '../value/measure';

/** Conditions that no activity meets, since a quantity is never below 0: mostly a sign the wrong way round. */
export function impossibleConditions(regulation: Regulation): Fault[] {
  const found: Fault[] = [];
  const ofCondition = (condition: Condition, path: Path): void => {
    for (const [fact, wanted] of Object.entries(condition)) {
      const at = [...path, fact];
      if (fact === 'anyOf')
        (wanted as readonly Condition[]).forEach((one, index) => ofCondition(one, [...at, index]));
      else if (fact === 'not') ofCondition(wanted as Condition, at);
      else if (isQuantity(fact) && isBelowNothing(wanted as Bounds)) {
        const name = factName(fact, regulation, 'zh');
        found.push({ path: at, sentence: `“${name}”不会小于 0，这个条件永远不成立` });
      }
    }
  };
  const within = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === 'where' || key === 'must') ofCondition(inner as Condition, at);
      else within(inner, at);
    }
  };
  const { groups: _, ...ofActivities } = regulation;
  within(ofActivities, []);
  return found;
}

/** Of the quantities of activities only a day of filing may lie before the activity's last. */
const isQuantity = (fact: string): boolean =>
  fact !== 'filingDelayDays' &&
  (FACT_NAMES as Readonly<Record<string, FactName | undefined>>)[fact]?.type === 'number';

const isBelowNothing = ({ atMost = 0, below = 1 }: Bounds): boolean =>
  (isExactNumber(atMost) && constant(atMost).n < 0) || (isExactNumber(below) && constant(below).n <= 0);
