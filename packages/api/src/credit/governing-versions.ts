import { addDays, type CivilDate } from '@cadre/domain/core';
import type { Regulation } from '@cadre/domain/credit';

/** A regulation in force, and the versions of it that governed before, the newest first. */
export interface Governing {
  readonly rules: Regulation;
  readonly before: readonly Regulation[];
}

/** The regulations that govern on a day. */
type Governs = (day: CivilDate) => Promise<Regulation[]>;

/** Regulations in force, each with the versions that governed before it. */
export const withVersionsBefore = (inForce: readonly Regulation[], governs: Governs): Promise<Governing[]> =>
  Promise.all(inForce.map(async (rules) => ({ rules, before: await versionsBefore(rules, governs) })));

/** The versions of a regulation that governed before it, the newest first: each the one in force on the eve of the next. */
async function versionsBefore({ id, effective }: Regulation, governs: Governs): Promise<Regulation[]> {
  const last = (await governs(addDays(effective.from, -1))).find((rules) => rules.id === id);
  return last ? [last, ...(await versionsBefore(last, governs))] : [];
}
