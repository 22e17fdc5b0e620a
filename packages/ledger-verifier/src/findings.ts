import type { Fault } from './report';
import type { Said } from './said';

/** Where in a person's chains something was found. */
export type At = Pick<Fault, 'seq' | 'settlement' | 'to'>;

/** The person of whom something is found. */
export interface Whose {
  readonly no: string;
  /** The line that begins them. */
  readonly line: number;
  /** All their lines have been read: what is found now is found of the person as a whole. */
  isRead: boolean;
  /** Something of theirs was found; what only follows from it is not said again. */
  faulty: boolean;
}

/** What was found so far, each with the line and the person that were being read. */
export class Findings {
  readonly faults: Fault[] = [];
  /** The line that is being read. */
  line = 0;
  whose: Whose | null = null;

  add(
    kind: Fault['kind'],
    { zh, en }: Said,
    at: At = {},
    line = this.whose?.isRead ? this.whose.line : this.line,
  ): Fault {
    const { whose } = this;
    if (whose) whose.faulty = true;
    const fault = {
      kind,
      says: zh,
      english: en,
      line,
      ...(whose === null ? {} : { person: whose.no }),
      ...at,
    };
    this.faults.push(fault);
    return fault;
  }

  /** Of what is missing, or follows from the whole file. */
  ofFile(kind: Fault['kind'], { zh, en }: Said, also: Partial<Fault> = {}): void {
    this.faults.push({ kind, says: zh, english: en, ...also });
  }
}

const FIRST: readonly Fault['kind'][] = ['truncated', 'kept', 'key', 'root'];

/** What explains most comes first, then what was done to people, then lists, and last what only follows from the rest. */
function rankOf({ kind, person, seq, settlement, follows }: Fault): number {
  if (follows) return 4;
  const isOfRecord = kind === 'seal' && (seq ?? settlement) === undefined;
  if (person !== undefined) return kind === 'rederived' || isOfRecord ? 3 : 2;
  return FIRST.includes(kind) ? FIRST.indexOf(kind) / 10 : 3;
}

/** In the order in which they are worth reading; alike ones as the file has them. */
export const ranked = (faults: readonly Fault[]): Fault[] => faults.toSorted((a, b) => rankOf(a) - rankOf(b));
