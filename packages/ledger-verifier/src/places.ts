import type { Fault } from './report';

/** The places of a fault: "3", or "3—5" of several. */
export function placesOf({ seq, settlement, to }: Fault): { places: string; isRange: boolean } {
  const from = seq ?? settlement;
  const isRange = from !== undefined && to !== undefined && to > from;
  return { places: isRange ? `${from}—${to}` : `${from}`, isRange };
}
