import { civilDate, id } from '@cadre/domain/core';

/** Which week of which base is shown, and how; it stands in the address. */
export interface WeekSearch {
  readonly base?: string;
  /** Any day of the week; without it the present one. */
  readonly date?: string;
  readonly by?: 'instructor';
  /** A session of that week that stands open beside the grid. */
  readonly session?: string;
}

export function weekSearch(given: Record<string, unknown>): WeekSearch {
  const { base, date, by, session } = given;
  return {
    ...(id.safeParse(base).success ? { base: base as string } : {}),
    ...(civilDate.safeParse(date).success ? { date: date as string } : {}),
    ...(by === 'instructor' ? { by } : {}),
    ...(id.safeParse(session).success ? { session: session as string } : {}),
  };
}
