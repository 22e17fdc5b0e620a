import type { Doc, Value } from '../bson';

/** Where fields stood that computed fields have removed, by document. */
const slots = new WeakMap<Doc, Map<string, number>>();

/** A copy to change that still knows where removed fields stood. */
export function copyWithSlots(doc: Doc): Doc {
  const copy = doc.clone();
  const known = slots.get(doc);
  if (known !== undefined) slots.set(copy, new Map(known));
  return copy;
}

/** Removes a field but keeps its place, as long as the document goes from stage to stage. */
export function removeField(doc: Doc, name: string): void {
  const at = doc.indexOf(name);
  if (at < 0) return;
  doc.delete(name);
  const known = slots.get(doc) ?? new Map<string, number>();
  for (const [other, place] of known) if (place > at) known.set(other, place - 1);
  known.set(name, at);
  slots.set(doc, known);
}

/** Sets a field; one that was removed before comes back to its place, a new one goes to the end. */
export function placeField(doc: Doc, name: string, value: Value): void {
  const known = slots.get(doc);
  const at = known?.get(name);
  if (known === undefined || at === undefined || doc.has(name)) {
    doc.set(name, value);
    return;
  }
  doc.insertAt(at, name, value);
  known.delete(name);
  for (const [other, place] of known) if (place >= at) known.set(other, place + 1);
}
