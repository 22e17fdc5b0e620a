import type { ToldDifference } from './tell-differences';

/** What a difference says, whatever cycles it is in. */
const keyOf = ({ about, was, is }: ToldDifference): string =>
  JSON.stringify([about.map(({ zh }) => zh), was.zh, is.zh]);

/**
 * What several examples differ in alike, such as what a target asks for, which each of them states: said once for all of
 * them, and `own` is what each differs in besides. Of one example nothing is shared.
 */
export function sharedDifferences(examples: readonly (readonly ToldDifference[])[]): {
  readonly shared: readonly ToldDifference[];
  readonly own: readonly (readonly ToldDifference[])[];
} {
  const differing = examples.filter((differences) => differences.length > 0);
  const [first = [], ...others] = differing;
  const isShared = (one: ToldDifference): boolean =>
    others.length > 0 &&
    others.every((differences) => differences.some((other) => keyOf(other) === keyOf(one)));
  const shared = first.filter(isShared);
  const keys = new Set(shared.map(keyOf));
  return {
    shared,
    own: examples.map((differences) => differences.filter((one) => !keys.has(keyOf(one)))),
  };
}
