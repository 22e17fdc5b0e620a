import { addDays, type CivilDate } from '@cadre/domain/core';
import type { Governing, Regulation } from '@cadre/domain/credit';

/** The regulations that govern on a day. */
type Governs = (day: CivilDate) => Promise<Regulation[]>;

/** Regulations in force, each with the versions that governed before it. */
export const withVersionsBefore = (inForce: readonly Regulation[], governs: Governs): Promise<Governing[]> =>
  Promise.all(inForce.map(async (rules) => ({ rules, before: await versionsBefore(rules, governs) })));

/** The versions of a regulation that governed before it, the newest first: each the one in force on the eve of the next. */
export async function versionsBefore(
  { id, effective }: Pick<Regulation, 'id' | 'effective'>,
  governs: Governs,
): Promise<Regulation[]> {
  const last = (await governs(addDays(effective.from, -1))).find((rules) => rules.id === id);
  return last ? [last, ...(await versionsBefore(last, governs))] : [];
}
