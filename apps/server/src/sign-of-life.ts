const PAUSE_MILLIS = 10_000;

/** While work lasts that shows nothing by itself, says every ten seconds what is being done and for how long. */
export async function withSignOfLife<Result>(
  what: string,
  say: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  let seconds = 0;
  const signs = setInterval(() => {
    seconds += PAUSE_MILLIS / 1_000;
    say(`  … ${what} · ${seconds} s`);
  }, PAUSE_MILLIS);
  return work().finally(() => clearInterval(signs));
}
