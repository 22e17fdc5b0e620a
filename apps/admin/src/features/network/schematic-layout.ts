/** A place on the schematic. */
export interface Spot {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

interface Place {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Kept free at every edge. */
  readonly margin: number;
  /** No two dots come closer than this, from centre to centre. */
  readonly gap: number;
}

/** How much a position follows the order of the places rather than their distance, so that a dense county unfolds. */
const orderWeight = 0.7;
const rounds = 200;

/** Each value between 0 and 1: partly where it lies between the ends, partly its place in the order. */
function spread(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const rank = new Map(order.map((index, place) => [index, place]));
  return values.map((value, index) => {
    const linear = most === least ? 0.5 : (value - least) / (most - least);
    const ordinal = values.length === 1 ? 0.5 : (rank.get(index) ?? 0) / (values.length - 1);
    return orderWeight * ordinal + (1 - orderWeight) * linear;
  });
}

/**
 * Lays places out by their relative latitude and longitude: north above south, west left of east, with dense regions
 * unfolded until no two dots touch. The same places always come out the same.
 */
export function layOut(places: readonly Place[], { width, height, margin, gap }: Frame): Spot[] {
  const [inner, tall] = [width - 2 * margin, height - 2 * margin];
  const xs = spread(places.map((place) => place.longitude)).map((share) => margin + share * inner);
  const ys = spread(places.map((place) => place.latitude)).map((share) => height - margin - share * tall);
  const inside = (value: number, length: number): number =>
    Math.min(length - margin, Math.max(margin, value));
  for (let round = 0; round < rounds; round += 1) {
    let moved = false;
    for (let one = 0; one < places.length; one += 1) {
      for (let other = one + 1; other < places.length; other += 1) {
        const [dx, dy] = [(xs[other] ?? 0) - (xs[one] ?? 0), (ys[other] ?? 0) - (ys[one] ?? 0)];
        const distance = Math.hypot(dx, dy);
        if (distance >= gap) continue;
        moved = true;
        const push = (gap - distance) / 2 + 0.01;
        // Two places at the very same spot part sideways.
        const [ux, uy] = distance === 0 ? [1, 0] : [dx / distance, dy / distance];
        xs[one] = inside((xs[one] ?? 0) - ux * push, width);
        ys[one] = inside((ys[one] ?? 0) - uy * push, height);
        xs[other] = inside((xs[other] ?? 0) + ux * push, width);
        ys[other] = inside((ys[other] ?? 0) + uy * push, height);
      }
    }
    if (!moved) break;
  }
  return places.map(({ id }, index) => ({ id, x: xs[index] ?? 0, y: ys[index] ?? 0 }));
}
