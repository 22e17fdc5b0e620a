import { z } from 'zod';

/** On which side of the required amount a person must stand, with its sign. */
export const LIMIT_SIGNS = { 'at-least': '≥', above: '>', 'at-most': '≤', below: '<' } as const;
export type RequirementLimit = keyof typeof LIMIT_SIGNS;
export const requirementLimit = z.enum(['at-least', 'above', 'at-most', 'below']);

/** How a required amount is read beside an earned one: `7 / 12` asks for at least as much, so only the others have a sign. */
export const limitSign = (limit: RequirementLimit): string =>
  limit === 'at-least' ? '' : `${LIMIT_SIGNS[limit]} `;

/** Nothing is asked for, as of whoever is exempt: then what is earned stands alone, not beside a nought. */
export const asksNothing = ({
  limit,
  required,
}: {
  readonly limit: RequirementLimit;
  readonly required: number;
}): boolean => limit === 'at-least' && required <= 0;
