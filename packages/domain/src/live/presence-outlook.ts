/**
 * How a presence stands to the minutes it takes to be counted: it has them (`enough`), it lacks them and can still
 * reach them by staying (`open`), or cannot any more (`missed`). Null where it is not known what it takes.
 */
export type PresenceOutlook = 'enough' | 'open' | 'missed';

export function presenceOutlook(
  minutes: number,
  neededMinutes: number | null,
  /** Minutes that are still to come for somebody who stays; 0 for somebody who has left. */
  minutesLeft: number,
): PresenceOutlook | null {
  if (neededMinutes === null) return null;
  if (minutes >= neededMinutes) return 'enough';
  return minutes + minutesLeft >= neededMinutes ? 'open' : 'missed';
}
