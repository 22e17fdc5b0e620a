import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { settle } from './settle';

/**
 * The fewest whole minutes of presence with which a session earns anything under one of the regulations, found by
 * settling it; more presence is taken never to earn less. Null where not even full presence earns anything.
 */
export function neededPresence(
  session: Activity & { readonly heldMinutes: number },
  regulations: readonly Regulation[],
  person: CreditPerson,
): number | null {
  const earnsWith = (presentMinutes: number): boolean =>
    regulations.some(
      (regulation) => settle([{ ...session, presentMinutes }], regulation, person).entries.length > 0,
    );
  if (!earnsWith(session.heldMinutes)) return null;
  let least = 0;
  let enough = session.heldMinutes;
  while (least < enough) {
    const middle = Math.floor((least + enough) / 2);
    if (earnsWith(middle)) enough = middle;
    else least = middle + 1;
  }
  return enough;
}
