import { noExport } from './beginning';

const NEWLINE = 10;
const RETURN = 13;
/** No line of an export comes near: what goes on for longer is something else, and is not kept. */
const LONGEST = 1 << 27;

/** Cuts bytes that come in pieces into lines, without the ends of lines, which some editors and mail programs write as CR LF. */
export class LineSplitter {
  readonly #take: (line: Uint8Array) => void;
  /** Is every line so far followed by LF alone? */
  isPlain = true;
  #rest: Uint8Array[] = [];
  #restLength = 0;

  constructor(take: (line: Uint8Array) => void) {
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#emit(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) return;
    this.#restLength += chunk.length - start;
    if (this.#restLength > LONGEST) throw noExport();
    this.#rest.push(chunk.slice(start));
  }

  /** What stands after the last end of line, if anything. */
  finish(): void {
    if (this.#rest.length === 0) return;
    this.isPlain = false;
    this.#emit(new Uint8Array());
  }

  #emit(end: Uint8Array): void {
    if (this.#rest.length === 0) return this.#takeLine(end);
    const parts = [...this.#rest, end];
    this.#rest = [];
    this.#restLength = 0;
    const line = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      line.set(part, at);
      at += part.length;
    }
    this.#takeLine(line);
  }

  #takeLine(line: Uint8Array): void {
    if (line.at(-1) !== RETURN) return this.#take(line);
    this.isPlain = false;
    this.#take(line.subarray(0, -1));
  }
}
