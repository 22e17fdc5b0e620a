import type { RosterEntry } from '@cadre/domain/live';

/** Where somebody on the roster is at this moment. */
export const rosterStates = ['absent', 'inHall', 'online', 'away', 'left'] as const;
export type RosterState = (typeof rosterStates)[number];

/** `away`: takes part online, and the line is lost at the moment. */
export function rosterStateOf({
  receipt,
  connected,
}: Pick<RosterEntry, 'receipt' | 'connected'>): RosterState {
  if (!receipt) return 'absent';
  if (receipt.checkedOutAt) return 'left';
  if (receipt.mode === 'hall') return 'inHall';
  return connected ? 'online' : 'away';
}

export function countStates(roster: readonly RosterEntry[]): Record<RosterState, number> {
  const counts: Record<RosterState, number> = { absent: 0, inHall: 0, online: 0, away: 0, left: 0 };
  for (const entry of roster) counts[rosterStateOf(entry)] += 1;
  return counts;
}

/** Does the entry match what was typed: part of the name, the number or the unit? */
export function matchesSearch({ name, personNo, unit }: RosterEntry, search: string): boolean {
  const text = search.trim().toLowerCase();
  return [name, personNo, unit.zh, unit.en].some((value) => value.toLowerCase().includes(text));
}
