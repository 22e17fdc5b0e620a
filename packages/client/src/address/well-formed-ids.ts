/** The form of every id of the product; the same as `id` of the domain, without its schema library on the first page. */
const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether each `…Id` among the parameters of an address can be one; an address with another leads nowhere. */
export function hasWellFormedIds(params: Readonly<Record<string, string>>): boolean {
  return Object.entries(params).every(([name, value]) => !name.endsWith('Id') || form.test(value));
}
