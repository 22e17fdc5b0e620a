/** Words as they are told apart: a number and a Latin word are one, and so is every other sign. */
const WORD = /\d+(?:[./]\d+)*%?|[A-Za-z]+|[\s\S]/gu;

/** A text with what it does not share with the other marked: what stands between their common beginning and end. */
export function DifferingText({
  text,
  other,
}: {
  readonly text: string;
  /** Without one nothing is marked. */
  readonly other: string | undefined;
}) {
  if (other === undefined || other === text) return text;
  const [own, others] = [text.match(WORD) ?? [], other.match(WORD) ?? []];
  const shortest = Math.min(own.length, others.length);
  let from = 0;
  while (from < shortest && own[from] === others[from]) from += 1;
  let after = 0;
  while (after < shortest - from && own.at(-1 - after) === others.at(-1 - after)) after += 1;
  const to = own.length - after;
  return (
    <>
      {own.slice(0, from).join('')}
      {to > from && (
        <mark className="rounded-sm bg-wait-soft font-semibold text-wait">
          {own.slice(from, to).join('')}
        </mark>
      )}
      {own.slice(to).join('')}
    </>
  );
}
