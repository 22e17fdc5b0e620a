import { recoded } from './beginning';

/** So many signs that could not be read in one line, or so many lines with some, are no damage to a line. */
const SIGNS = 8;
const LINES = 3;

/**
 * Notices a text that was saved in another encoding, as an editor on a Chinese system does (GB18030, “ANSI”): no line with
 * Chinese in it is what was hashed, and signs in it cannot be read. One line that is whole shows that it was not.
 */
export class EncodingWatch {
  #isSound = false;
  #spoilt = 0;

  /** `isWhole`: has the line the bytes that were hashed? Throws where the file as a whole is of another encoding. */
  see(text: string, byteLength: number, isWhole: boolean): void {
    if (this.#isSound || text.length === byteLength) return;
    const signs = text.split('�').length - 1;
    if (signs === 0) {
      this.#isSound = isWhole;
      return;
    }
    if (isWhole) return;
    this.#spoilt += 1;
    if (signs >= SIGNS || this.#spoilt >= LINES) throw recoded();
  }
}
