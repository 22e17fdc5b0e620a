import type { Findings } from './findings';
import type { RootDocument, SealRow } from './format';
import type { PersonReader } from './person-reader';
import type { Said } from './said';
import type { SealTrees } from './seal-trees';
import { dayIn } from './unsealed';

/** Two roots without something; a root is of the last full day before it was made. */
export interface Lacking {
  earlier: Pick<RootDocument, 'number' | 'day'>;
  later: Pick<RootDocument, 'number' | 'day'>;
}

interface Suspect {
  lacking: { earlier: RootDocument; later: RootDocument };
  person: string;
  place: 'seq' | 'settlement';
  from: number;
  to: number;
  line: number;
  days: string[];
}

/** The beginning of a root's day, in China: what says that it was recorded before was there a full day before the root. */
const beginOf = ({ day }: Pick<RootDocument, 'day'>): number => Date.parse(`${day}T00:00:00+08:00`);

/** Does it say that it was recorded before the day of the earlier of two roots, though even the later one does not have it? */
export const isBefore = (recordedAt: string, { earlier }: Lacking): boolean =>
  !(Date.parse(recordedAt) >= beginOf(earlier));

export const dayOf = (recordedAt: string): string => dayIn(recordedAt) ?? String(recordedAt);

export function sayBackdated(days: readonly string[], { earlier, later }: Lacking): Said {
  const [first, last] = [days[0], days.at(-1)];
  const on = first === last ? first : `${first}—${last}`;
  return {
    zh: `写着 ${on} 记入，第 ${earlier.number}、${later.number} 号封存（${earlier.day}、${later.day}）里却都没有：是后来补进去的，日期是假的，除非那时服务器的时钟差了一天以上`,
    en: `said to be recorded on ${on}, but seals ${earlier.number} and ${later.number} (${earlier.day}, ${later.day}) do not have it: it was put in later under a false date, unless a server's clock was off by more than a day then`,
  };
}

/**
 * Records that are older, as they say, than two roots that do not have them. One root alone would not do: what is being
 * recorded while it is made is not in it, and a clock may be put forward meanwhile; but the next one has it.
 */
export class Backdated {
  readonly #trees: SealTrees;
  readonly #suspects: Suspect[] = [];
  readonly #lacking = new Map<number, Suspect['lacking'] | null>();

  constructor(trees: SealTrees) {
    this.#trees = trees;
  }

  /** Takes somebody whose chains join. */
  take(reader: PersonReader, seals: readonly SealRow[]): void {
    const { entries, settlements } = reader;
    this.#takeChain(
      reader,
      'seq',
      entries,
      seals.map(([root, count]) => [root, count]),
    );
    this.#takeChain(
      reader,
      'settlement',
      settlements,
      seals.map(([root, , count]) => [root, count]),
    );
  }

  #takeChain(
    { no, begins }: PersonReader,
    place: Suspect['place'],
    links: readonly { recordedAt: string }[],
    rows: readonly (readonly [root: number, count: number])[],
  ): void {
    let seq = 1;
    for (const [root, count] of [...rows, [Infinity, links.length] as const]) {
      const lacking = this.#lackingBefore(root);
      let run: Suspect | null = null;
      for (; seq <= Math.min(count, links.length); seq += 1) {
        const { recordedAt } = links[seq - 1]!;
        if (!lacking || !isBefore(recordedAt, lacking)) run = null;
        else if (run) run.to = seq;
        else {
          run = { lacking, person: no, place, from: seq, to: seq, line: begins[place] + seq - 1, days: [] };
          this.#suspects.push(run);
        }
        run?.days.push(dayOf(recordedAt));
      }
    }
  }

  /** Of what a root is the first to cover: the root before, and the last before that of which the tree is built. */
  #lackingBefore(root: number): Suspect['lacking'] | null {
    const known = this.#lacking.get(root);
    if (known !== undefined) return known;
    const before = this.#trees.roots.filter(({ number }) => number < root);
    const later = before.at(-1);
    const earlier = before.findLast(({ number }) => number < later!.number && this.#trees.has(number));
    const found = later && earlier ? { earlier, later } : null;
    this.#lacking.set(root, found);
    return found;
  }

  /** Says it of those whose roots hold: what the roots cover of people is then as it was signed. */
  say(findings: Findings): void {
    const isOff = (root: RootDocument): boolean => this.#trees.shown(root) === 'nothing';
    for (const { lacking, person, place, from, to, line, days } of this.#suspects) {
      if (isOff(lacking.earlier) || isOff(lacking.later)) continue;
      findings.ofFile('inserted', sayBackdated([...new Set(days)].sort(), lacking), {
        person,
        line,
        [place]: from,
        ...(to > from ? { to } : {}),
      });
    }
  }
}
