import { decode, Doc, encode, type Value } from '../bson';

/**
 * Which statements of a retryable write have been carried out, and what came of them. A client that has lost the reply
 * sends the same command again under the same number; statements found here are answered, not repeated.
 */
export class RetryLog {
  readonly number: bigint;
  readonly #results: Map<number, Doc | undefined>;
  readonly #save: (record: Buffer) => void;
  #dirty = false;

  /** `save` stores the record in the batch that is open now. */
  constructor(number: bigint, results: Map<number, Doc | undefined>, save: (record: Buffer) => void) {
    this.number = number;
    this.#results = results;
    this.#save = save;
  }

  has(statement: number): boolean {
    return this.#results.has(statement);
  }

  /** What was recorded; undefined for a statement that had nothing to say but success. */
  result(statement: number): Doc | undefined {
    return this.#results.get(statement);
  }

  record(statement: number, result?: Doc): void {
    this.#results.set(statement, result);
    this.#dirty = true;
  }

  /** Must be called in the same turn as the writes, before anything is awaited. */
  save(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#save(encodeResults(this.#results));
  }
}

/** Statements without a result are stored as ranges: a bulk insert is one pair of numbers. */
function encodeResults(results: ReadonlyMap<number, Doc | undefined>): Buffer {
  const plain: number[] = [];
  const details: Value[] = [];
  for (const [statement, result] of results) {
    if (result) details.push(Doc.of({ i: statement, r: result }));
    else if (plain.length > 0 && plain[plain.length - 1] === statement - 1)
      plain[plain.length - 1] = statement;
    else plain.push(statement, statement);
  }
  return encode(Doc.of({ plain, details }));
}

export function decodeResults(record: Buffer): Map<number, Doc | undefined> {
  const doc = decode(record);
  const results = new Map<number, Doc | undefined>();
  const plain = (doc.get('plain') ?? []) as number[];
  for (let i = 0; i + 1 < plain.length; i += 2) {
    for (let statement = plain[i] as number; statement <= (plain[i + 1] as number); statement++) {
      results.set(statement, undefined);
    }
  }
  for (const detail of (doc.get('details') ?? []) as Doc[]) {
    results.set(detail.get('i') as number, detail.get('r') as Doc);
  }
  return results;
}

/** The record of a committed transaction: a commit sent again succeeds, also after a restart. */
export function committedRecord(): Buffer {
  return encode(Doc.of({ committed: true }));
}

export function isCommitted(record: Buffer): boolean {
  return decode(record).get('committed') === true;
}
