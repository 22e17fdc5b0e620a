/**
 * “，是不是“x”？” for the known name nearest to what an author wrote, or nothing where none is near. Of names equally near
 * one that only lacks or adds something comes before one that differs: of 第九条, 第九 and not 第八条.
 */
export function suggestion(written: string, known: Iterable<string>): string {
  const allowed = written.length < 2 ? 0 : Math.max(1, Math.floor(written.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const isPart = name !== written && (name.includes(written) || written.includes(name));
    const distance = distanceBetween(written.toLowerCase(), name.toLowerCase()) - (isPart ? 0.5 : 0);
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best === undefined || best.name === written ? '' : `，是不是“${best.name}”？`;
}

/** How many letters must be added, removed, changed or swapped with their neighbour. */
function distanceBetween(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before?.[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(change, swap, (last?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last?.[b.length] ?? Infinity;
}

/** Every name of a field in a JSON Schema. */
export function fieldNames(schema: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    fieldNames(value, names);
  }
  return names;
}
