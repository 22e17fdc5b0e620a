import { fail } from '../errors';

/** Flags that may change inside a pattern. */
interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

interface Group {
  readonly flags: Flags;
  /** What closes the group in the translation. */
  readonly close: string;
  /** Where the group began in the output, for quantifiers behind it. */
  readonly start: number;
}

export interface Translation {
  readonly source: string;
  readonly flags: string;
  /** The JS group that holds each group of the original pattern. */
  readonly captures: readonly number[];
}

const INVALID_PATTERN = 51091;
const HORIZONTAL_SPACE = '\\t \\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const VERTICAL_SPACE = '\\n\\v\\f\\r\\u0085\\u2028\\u2029';
const SPACE = '\\t\\n\\v\\f\\r ';
const END = '(?![^])';
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: SPACE,
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  graph: '!-~',
  print: ' -~',
  ascii: '\\x00-\\x7f',
};

const invalid = (reason: string): never => fail(INVALID_PATTERN, `Regular expression is invalid: ${reason}`);

/** A character as it may stand in a JS pattern with the `u` flag. */
function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) && char !== '-' ? `\\${char}` : char;
}

function inClass(char: string): string {
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
}

/**
 * Translates a pattern of PCRE, which MongoDB speaks, into JavaScript's: inline flags, comments, `\A \z \Z \Q…\E \h \R`,
 * POSIX classes, atomic groups and possessive quantifiers, `$` before a last newline. Always for the flag `u`, as PCRE works on characters.
 */
class Translator {
  readonly chars: string[];
  at = 0;
  out: string[] = [];
  groups: Group[] = [];
  captures: number[] = [];
  jsGroups = 0;
  flags: Flags;
  readonly globalIgnoreCase: boolean;
  /** Index in `out` where the last quantifiable piece begins; -1: nothing to repeat. */
  atom = -1;

  constructor(pattern: string, options: string) {
    const inline = /^\(\?([imsx]+)\)/.exec(pattern);
    const all = options + (inline?.[1] ?? '');
    this.chars = [...(inline === null ? pattern : pattern.slice(inline[0].length))];
    this.flags = {
      ignoreCase: all.includes('i'),
      multiline: all.includes('m'),
      dotAll: all.includes('s'),
      extended: all.includes('x'),
    };
    // Ignoring case, JS takes two letters beyond ASCII (long s, Kelvin sign) for word characters; PCRE does not.
    this.globalIgnoreCase = this.flags.ignoreCase && !/\\[wWbB]/.test(pattern);
  }

  translate(): Translation {
    while (this.at < this.chars.length) this.next();
    if (this.groups.length > 0) invalid('missing )');
    return { source: this.out.join(''), flags: this.globalIgnoreCase ? 'iu' : 'u', captures: this.captures };
  }

  emit(text: string): void {
    this.atom = this.out.length;
    this.out.push(text);
  }

  /** Something that stands between characters and cannot be repeated. */
  emitAssertion(text: string): void {
    this.out.push(text);
    this.atom = -1;
  }

  rest(): string {
    return this.chars.slice(this.at).join('');
  }

  next(): void {
    const char = this.chars[this.at++]!;
    if (this.flags.extended && this.skipExtended(char)) return;
    switch (char) {
      case '\\':
        return this.escape();
      case '[':
        return this.emit(this.charClass());
      case '(':
        return this.open();
      case ')':
        return this.close();
      case '|':
        return this.emitAssertion('|');
      case '^':
        return this.emitAssertion(this.flags.multiline ? '(?:^|(?<=\\n)(?=[^]))' : '^');
      case '$':
        return this.emitAssertion(this.flags.multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`);
      case '.':
        return this.emit(this.flags.dotAll ? '[^]' : '[^\\n]');
      case '*':
      case '+':
      case '?':
        return this.quantifier(char);
      case '{':
        return this.brace();
      default:
        return this.emit(this.char(char));
    }
  }

  skipExtended(char: string): boolean {
    if (/\s/.test(char)) return true;
    if (char !== '#') return false;
    while (this.at < this.chars.length && this.chars[this.at] !== '\n') this.at++;
    return true;
  }

  /** A literal character; where only a part of the pattern ignores case, both cases are spelt out. */
  char(char: string): string {
    if (this.flags.ignoreCase && !this.globalIgnoreCase) {
      const variants = new Set(
        [char, char.toLowerCase(), char.toUpperCase()].filter((c) => [...c].length === 1),
      );
      if (variants.size > 1) return `[${[...variants].map(inClass).join('')}]`;
    }
    return literal(char);
  }

  escape(): void {
    const char = this.chars[this.at++];
    if (char === undefined) return invalid('\\ at end of pattern');
    switch (char) {
      case 'A':
        return this.emitAssertion('^');
      case 'z':
        return this.emitAssertion(END);
      case 'Z':
        return this.emitAssertion(`(?=\\n?${END})`);
      case 'b':
      case 'B':
        return this.emitAssertion(`\\${char}`);
      case 'G':
        return this.emitAssertion('^');
      case 'R':
        return this.emit(`(?:\\r\\n|[${VERTICAL_SPACE}])`);
      case 'N':
        return this.emit('[^\\n]');
      case 'X':
        return this.emit('(?:\\P{M}\\p{M}*)');
      case 'Q':
        return this.quoted();
      case 'E':
        return;
      case 'k':
      case 'g':
        return this.namedReference(char);
      default:
        break;
    }
    if (/[1-9]/.test(char)) return this.numberedReference(char);
    const set = this.setEscape(char);
    this.emit(set === undefined ? this.char(this.charEscape(char)) : `[${set}]`);
  }

  quoted(): void {
    while (this.at < this.chars.length) {
      if (this.chars[this.at] === '\\' && this.chars[this.at + 1] === 'E') {
        this.at += 2;
        return;
      }
      this.emit(this.char(this.chars[this.at++]!));
    }
  }

  namedReference(kind: string): void {
    const match = (kind === 'k' ? /^(?:<(\w+)>|'(\w+)'|\{(\w+)\})/ : /^(?:\{(-?\w+)\}|(-?\d+))/).exec(
      this.rest(),
    );
    if (match === null) return invalid(`\\${kind} is not followed by a name`);
    this.at += match[0].length;
    const name = match[1] ?? match[2] ?? match[3]!;
    if (!/^-?\d+$/.test(name)) return this.emit(`\\k<${name}>`);
    const number = Number(name);
    this.emit(this.reference(number < 0 ? this.captures.length + 1 + number : number));
  }

  numberedReference(first: string): void {
    let digits = first;
    while (
      /\d/.test(this.chars[this.at] ?? '') &&
      Number(digits + this.chars[this.at]!) <= this.captures.length
    )
      digits += this.chars[this.at++]!;
    this.emit(this.reference(Number(digits)));
  }

  reference(group: number): string {
    const jsGroup = this.captures[group - 1];
    return jsGroup === undefined ? invalid('reference to non-existent subpattern') : `(?:\\${jsGroup})`;
  }

  /** The content of a class for `\d`, `\h`, `\p{…}`; undefined for an escape that means one character. */
  setEscape(char: string): string | undefined {
    switch (char) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
        return `\\${char}`;
      case 's':
        return SPACE;
      case 'S':
        return '\\x00-\\x08\\x0e-\\x1f\\x21-\\u{10ffff}';
      case 'h':
        return HORIZONTAL_SPACE;
      case 'v':
        return VERTICAL_SPACE;
      case 'H':
        return '\\x00-\\x08\\x0a-\\x1f\\x21-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}';
      case 'V':
        return '\\x00-\\x09\\x0e-\\x84\\x86-\\u2027\\u202a-\\u{10ffff}';
      case 'p':
      case 'P':
        return this.property(char);
      default:
        return undefined;
    }
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
    const simple: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f', a: '\x07', e: '\x1b' };
    if (simple[char] !== undefined) return simple[char];
    if (char === 'x') return this.hexEscape();
    if (char === 'o' || char === '0') return this.octalEscape(char);
    if (char === 'c')
      return String.fromCharCode(
        (this.chars[this.at++] ?? invalid('\\c at end of pattern')).toUpperCase().charCodeAt(0) ^ 64,
      );
    if (/[LlUu]/.test(char)) return invalid('PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u');
    if (/[a-zA-Z0-9]/.test(char)) return invalid('unrecognized character follows \\');
    return char;
  }

  hexEscape(): string {
    const match = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))/.exec(this.rest())!;
    this.at += match[0].length;
    const code = parseInt(match[1] ?? (match[2] || '0'), 16);
    return code <= 0x10ffff
      ? String.fromCodePoint(code)
      : invalid('character value in \\x{} or \\o{} is too large');
  }

  octalEscape(kind: string): string {
    const match = (kind === 'o' ? /^\{([0-7]+)\}/ : /^([0-7]{0,2})/).exec(this.rest());
    if (match === null) return invalid('missing opening brace after \\o');
    this.at += match[0].length;
    return String.fromCodePoint(parseInt(match[1] || '0', 8));
  }

  charClass(): string {
    let set = '';
    let negated = false;
    if (this.chars[this.at] === '^') {
      negated = true;
      this.at++;
    }
    let first = true;
    for (;;) {
      const char = this.chars[this.at++];
      if (char === undefined) return invalid('missing terminating ] for character class');
      if (char === ']' && !first) break;
      first = false;
      set += this.classItem(char);
    }
    if (this.flags.ignoreCase && !this.globalIgnoreCase) set += otherCase(set);
    return `[${negated ? '^' : ''}${set}]`;
  }

  classItem(char: string): string {
    if (char === '[') {
      const posix = /^:(\^?)(\w+):\]/.exec(this.rest());
      if (posix !== null) {
        this.at += posix[0].length;
        const known = POSIX_CLASSES[posix[2]!] ?? invalid('unknown POSIX class name');
        return posix[1] === '' ? known : invalid('negated POSIX classes are not supported');
      }
      return '\\[';
    }
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

  /** Whether the dash just read stands between two characters. */
  isRangeDash(): boolean {
    const before = this.chars[this.at - 2];
    const after = this.chars[this.at];
    return before !== '[' && before !== '^' && after !== ']' && after !== undefined;
  }

  open(): void {
    const start = this.out.length;
    const match =
      /^\?(?:#[^)]*\)|P?<(\w+)>|'(\w+)'|P=(\w+)\)|P>(\w+)\)|(<=|<!|=|!|:|>|\|)|([imsx]*)(?:-([imsx]+))?([:)]))/.exec(
        this.rest(),
      );
    if (match === null) {
      if (this.chars[this.at] === '?') return invalid('unrecognized character after (? or (?-');
      this.jsGroups++;
      this.captures.push(this.jsGroups);
      return this.enter('(', ')', start);
    }
    this.at += [...match[0]].length;
    const name = match[1] ?? match[2];
    if (name !== undefined) {
      this.jsGroups++;
      this.captures.push(this.jsGroups);
      return this.enter(`(?<${name}>`, ')', start);
    }
    if (match[3] !== undefined) return this.emit(`\\k<${match[3]}>`);
    if (match[4] !== undefined) return invalid('recursion is not supported');
    if (match[5] === '>') return this.enterAtomic(start);
    if (match[5] === '|') return invalid('branch reset is not supported');
    if (match[5] !== undefined) return this.enter(`(?${match[5]}`, ')', start);
    if (match[8] !== undefined) return this.setFlags(match[6]!, match[7] ?? '', match[8], start);
  }

  setFlags(on: string, off: string, end: string, start: number): void {
    const flag = (letter: string, value: boolean): boolean =>
      on.includes(letter) ? true : off.includes(letter) ? false : value;
    const { ignoreCase, multiline, dotAll, extended } = this.flags;
    const next: Flags = {
      ignoreCase: flag('i', ignoreCase),
      multiline: flag('m', multiline),
      dotAll: flag('s', dotAll),
      extended: flag('x', extended),
    };
    if (this.globalIgnoreCase && !next.ignoreCase)
      invalid('switching case sensitivity on inside a pattern is not supported');
    if (end === ':') this.enter('(?:', ')', start);
    this.flags = next;
  }

  enter(open: string, close: string, start: number): void {
    this.groups.push({ flags: this.flags, close, start });
    this.out.push(open);
    this.atom = -1;
  }

  /** An atomic group is a look-ahead whose match is then consumed by a reference to it. */
  enterAtomic(start: number): void {
    this.jsGroups++;
    this.enter('(?:(?=(', `))\\${this.jsGroups})`, start);
  }

  close(): void {
    const group = this.groups.pop();
    if (group === undefined) return invalid('unmatched parentheses');
    this.flags = group.flags;
    this.out.push(group.close);
    this.atom = group.start;
  }

  brace(): void {
    const match = /^(\d+)(,(\d*))?\}/.exec(this.rest());
    if (match === null) return this.emit('\\{');
    this.at += match[0].length;
    this.quantifier(`{${match[0]}`);
  }

  quantifier(text: string): void {
    if (this.atom < 0) return invalid('nothing to repeat');
    const suffix = this.chars[this.at];
    const start = this.atom;
    if (suffix === '+') {
      this.at++;
      const repeated = this.out.splice(start).join('');
      if (/\((?!\?)|\(\?</.test(repeated))
        return invalid('a possessive quantifier on a capturing group is not supported');
      this.jsGroups++;
      this.out.push(`(?:(?=(${repeated}${text}))\\${this.jsGroups})`);
    } else {
      if (suffix === '?') this.at++;
      this.out.push(suffix === '?' ? `${text}?` : text);
    }
    this.atom = -1;
  }
}

/** Letters and letter ranges of a class in the other case. */
function otherCase(set: string): string {
  const swap = (char: string): string =>
    char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
  return [...set.matchAll(/(?<!\\)([a-zA-Z])(?:-([a-zA-Z]))?/g)]
    .map(([, from, to]) => (to === undefined ? swap(from!) : `${swap(from!)}-${swap(to)}`))
    .join('');
}

export function translatePattern(pattern: string, options: string): Translation {
  return new Translator(pattern, options).translate();
}
