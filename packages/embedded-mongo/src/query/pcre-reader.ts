import { fail } from '../errors';

const INVALID_PATTERN = 51091;
const HORIZONTAL_SPACE = '\\t \\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const NO_HORIZONTAL_SPACE =
  '\\x00-\\x08\\x0a-\\x1f\\x21-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}';
const NO_VERTICAL_SPACE = '\\x00-\\x09\\x0e-\\x84\\x86-\\u2027\\u202a-\\u{10ffff}';
const SPACE = '\\t\\n\\v\\f\\r ';
const NO_SPACE = '\\x00-\\x08\\x0e-\\x1f\\x21-\\u{10ffff}';
export const VERTICAL_SPACE = '\\n\\v\\f\\r\\u0085\\u2028\\u2029';

const POSIX_CLASSES: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a-zA-Z'],
  ['digit', '0-9'],
  ['alnum', 'a-zA-Z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', SPACE],
  ['blank', ' \\t'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['xdigit', '0-9a-fA-F'],
  ['word', '\\w'],
  ['graph', '!-~'],
  ['print', ' -~'],
  ['ascii', '\\x00-\\x7f'],
]);

/** Escapes that mean any of several characters, as the content of a JS class. */
const SETS: ReadonlyMap<string, string> = new Map([
  ['d', '\\d'],
  ['D', '\\D'],
  ['w', '\\w'],
  ['W', '\\W'],
  ['s', SPACE],
  ['S', NO_SPACE],
  ['h', HORIZONTAL_SPACE],
  ['H', NO_HORIZONTAL_SPACE],
  ['v', VERTICAL_SPACE],
  ['V', NO_VERTICAL_SPACE],
]);

const CONTROL_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['a', '\x07'],
  ['e', '\x1b'],
]);

export const invalid = (reason: string): never =>
  fail(INVALID_PATTERN, `Regular expression is invalid: ${reason}`);

/** A character as it may stand in a class of JS. */
export function inClass(char: string): string {
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
}

/** Reads a pattern of PCRE character by character: escapes and classes, which mean the same wherever they stand. */
export class PatternReader {
  readonly chars: string[];
  at = 0;

  constructor(pattern: string) {
    this.chars = [...pattern];
  }

  rest(): string {
    return this.chars.slice(this.at).join('');
  }

  /** The content of a class for `\d`, `\h`, `\p{…}`; undefined for an escape that means one character. */
  setEscape(char: string): string | undefined {
    return char === 'p' || char === 'P' ? this.property(char) : SETS.get(char);
  }

  property(kind: string): string {
    const match = /^(?:\{(\^?)([A-Za-z_&]+)\}|([A-Z]))/.exec(this.rest());
    if (match === null) return invalid('malformed \\P or \\p sequence');
    this.at += match[0].length;
    const name = match[2] ?? match[3]!;
    const negated = (kind === 'P') !== (match[1] === '^');
    const known = /^(?:[CLMNPSZ][a-z]?)$/.test(name) ? name : `Script=${name}`;
    return `\\${negated ? 'P' : 'p'}{${known}}`;
  }

  /** The character an escape stands for. */
  charEscape(char: string): string {
    const control = CONTROL_ESCAPES.get(char);
    if (control !== undefined) return control;
    if (char === 'x') return this.hexEscape();
    if (char === 'o' || char === '0') return this.octalEscape(char);
    if (char === 'c') {
      const letter = this.chars[this.at++] ?? invalid('\\c at end of pattern');
      return String.fromCharCode(letter.toUpperCase().charCodeAt(0) ^ 64);
    }
    if (/[LlUu]/.test(char)) return invalid('PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u');
    return /[a-zA-Z0-9]/.test(char) ? invalid('unrecognized character follows \\') : char;
  }

  hexEscape(): string {
    const match = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))/.exec(this.rest())!;
    this.at += match[0].length;
    const code = parseInt(match[1] ?? (match[2] || '0'), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : invalid('character value in \\x{} is too large');
  }

  octalEscape(kind: string): string {
    const match = (kind === 'o' ? /^\{([0-7]{1,7})\}/ : /^([0-7]{0,2})/).exec(this.rest());
    if (match === null) return invalid('missing opening brace after \\o');
    this.at += match[0].length;
    const code = parseInt(match[1] || '0', 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : invalid('character value in \\o{} is too large');
  }

  /** The content of a class behind its bracket, and whether it is negated. */
  classBody(): { set: string; negated: boolean } {
    const negated = this.chars[this.at] === '^';
    if (negated) this.at++;
    let set = '';
    for (let first = true; ; first = false) {
      const char = this.chars[this.at++];
      if (char === undefined) return invalid('missing terminating ] for character class');
      if (char === ']' && !first) return { set, negated };
      set += this.classItem(char);
    }
  }

  classItem(char: string): string {
    if (char === '[') return this.posixClass() ?? '\\[';
    if (char === '-') return this.isRangeDash() ? '-' : '\\-';
    if (char !== '\\') return inClass(char);
    const escaped = this.chars[this.at++] ?? invalid('\\ at end of pattern');
    if (escaped === 'b') return '\\x08';
    if (/[1-7]/.test(escaped)) {
      this.at--;
      return inClass(this.octalEscape('0'));
    }
    return this.setEscape(escaped) ?? inClass(this.charEscape(escaped));
  }

  posixClass(): string | undefined {
    const match = /^:(\^?)(\w+):\]/.exec(this.rest());
    if (match === null) return undefined;
    this.at += match[0].length;
    const known = POSIX_CLASSES.get(match[2]!) ?? invalid('unknown POSIX class name');
    return match[1] === '' ? known : invalid('negated POSIX classes are not supported');
  }

  /** Whether the dash just read stands between two characters. */
  isRangeDash(): boolean {
    const before = this.chars[this.at - 2];
    const after = this.chars[this.at];
    return before !== '[' && before !== '^' && after !== ']' && after !== undefined;
  }
}
