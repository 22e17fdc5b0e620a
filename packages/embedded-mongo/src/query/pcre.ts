import { inClass, invalid, PatternReader, VERTICAL_SPACE } from './pcre-reader';

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
  /** How many choices had been met before it. */
  readonly choices: number;
}

interface Translation {
  readonly source: string;
  readonly flags: string;
  /** The JS group that holds each group of the original pattern. */
  readonly captures: readonly number[];
  readonly risk: Risk;
}

/** How long a search could take on some texts. */
export interface Risk {
  /** How many repetitions there are: each multiplies the steps by the length of the text. */
  readonly repetitions: number;
  /** Repetitions of what leaves choices itself, or very many choices: each character may multiply the steps. */
  readonly explosive: boolean;
}

/** The end of the text; JS has no escape for it. */
const END = '(?![^])';
/** So many things that may be there or not can be taken in too many ways. */
const MOST_OPTIONAL = 10;
/** A repetition up to a smaller number is none. */
const FEW = 4;
/** What may follow an opening bracket: comments, names, look-around, atomic groups, flags. */
const GROUP_KINDS =
  /^\?(?:#[^)]*\)|P?<(\w+)>|'(\w+)'|P=(\w+)\)|P>(\w+)\)|(<=|<!|=|!|:|>|\|)|([imsx]*)(?:-([imsx]+))?([:)]))/;

/**
 * Translates a pattern of PCRE, which MongoDB speaks, into JavaScript's: inline flags, comments, `\A \z \Z \Q…\E \h \R`,
 * POSIX classes, atomic groups and possessive quantifiers, `$` before a last newline. Always for the flag `u`, as PCRE works on characters.
 */
class Translator extends PatternReader {
  readonly out: string[] = [];
  readonly groups: Group[] = [];
  readonly captures: number[] = [];
  readonly globalIgnoreCase: boolean;
  flags: Flags;
  jsGroups = 0;
  /** Index in `out` where the last quantifiable piece begins; -1: nothing to repeat. */
  atom = -1;
  /** Unbounded repetitions so far. */
  repetitions = 0;
  /** Alternatives and repetitions so far. */
  choices = 0;
  /** Whether the group that was closed last leaves a choice. */
  groupHasChoice = false;
  /** What may be there or not, and repetitions of few. */
  optional = 0;
  explosive = false;

  constructor(pattern: string, options: string) {
    const inline = /^\(\?([imsx]+)\)/.exec(pattern);
    super(inline === null ? pattern : pattern.slice(inline[0].length));
    const all = options + (inline?.[1] ?? '');
    this.flags = {
      ignoreCase: all.includes('i'),
      multiline: all.includes('m'),
      dotAll: all.includes('s'),
      extended: all.includes('x'),
    };
    // Ignoring case, JS takes two letters beyond ASCII (long s, Kelvin sign) for word characters; PCRE does not.
    // And JS cannot stop ignoring it halfway.
    this.globalIgnoreCase = this.flags.ignoreCase && !/\\[wWbB]|\(\?[imsx]*-/.test(pattern);
  }

  translate(): Translation {
    while (this.at < this.chars.length) this.next();
    if (this.groups.length > 0) invalid('missing )');
    return {
      source: this.out.join(''),
      flags: this.globalIgnoreCase ? 'iu' : 'u',
      captures: this.captures,
      risk: { repetitions: this.repetitions, explosive: this.explosive || this.optional > MOST_OPTIONAL },
    };
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

  next(): void {
    const char = this.chars[this.at++]!;
    if (this.flags.extended && this.skipExtended(char)) return;
    switch (char) {
      case '\\':
        return this.escape();
      case '[':
        return this.charClass();
      case '(':
        return this.open();
      case ')':
        return this.close();
      case '|':
        this.choices++;
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

  charClass(): void {
    const { set, negated } = this.classBody();
    const other = this.flags.ignoreCase && !this.globalIgnoreCase ? otherCase(set) : '';
    this.emit(`[${negated ? '^' : ''}${set}${other}]`);
  }

  /** A literal character; where only a part of the pattern ignores case, both cases are spelt out. */
  char(char: string): string {
    if (this.flags.ignoreCase && !this.globalIgnoreCase) {
      const cases = [char, char.toLowerCase(), char.toUpperCase()].filter((one) => [...one].length === 1);
      const variants = new Set(cases);
      if (variants.size > 1) return `[${[...variants].map(inClass).join('')}]`;
    }
    return literal(char);
  }

  escape(): void {
    const char = this.chars[this.at++];
    switch (char) {
      case undefined:
        return invalid('\\ at end of pattern');
      case 'A':
      case 'G':
        return this.emitAssertion('^');
      case 'z':
        return this.emitAssertion(END);
      case 'Z':
        return this.emitAssertion(`(?=\\n?${END})`);
      case 'b':
      case 'B':
        return this.emitAssertion(`\\${char}`);
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
      default: {
        if (/[1-9]/.test(char)) return this.numberedReference(char);
        const set = this.setEscape(char);
        this.emit(set === undefined ? this.char(this.charEscape(char)) : `[${set}]`);
      }
    }
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
    const form = kind === 'k' ? /^(?:<(\w+)>|'(\w+)'|\{(\w+)\})/ : /^(?:\{(-?\w+)\}|(-?\d+))/;
    const match = form.exec(this.rest());
    if (match === null) return invalid(`\\${kind} is not followed by a name`);
    this.at += match[0].length;
    const name = match[1] ?? match[2] ?? match[3]!;
    if (!/^-?\d+$/.test(name)) return this.emit(`\\k<${name}>`);
    const number = Number(name);
    this.emit(this.reference(number < 0 ? this.captures.length + 1 + number : number));
  }

  numberedReference(first: string): void {
    let digits = first;
    for (let next = this.chars[this.at]; next !== undefined && /\d/.test(next); next = this.chars[this.at]) {
      if (Number(digits + next) > this.captures.length) break;
      digits += next;
      this.at++;
    }
    this.emit(this.reference(Number(digits)));
  }

  reference(group: number): string {
    const jsGroup = this.captures[group - 1];
    return jsGroup === undefined ? invalid('reference to non-existent subpattern') : `(?:\\${jsGroup})`;
  }

  open(): void {
    const start = this.out.length;
    const match = GROUP_KINDS.exec(this.rest());
    if (match === null) {
      if (this.chars[this.at] === '?') return invalid('unrecognized character after (? or (?-');
      return this.enterCapture('(', start);
    }
    this.at += [...match[0]].length;
    const [, angled, quoted, referenced, called, kind, on, off, end] = match;
    const name = angled ?? quoted;
    if (name !== undefined) return this.enterCapture(`(?<${name}>`, start);
    if (referenced !== undefined) return this.emit(`\\k<${referenced}>`);
    if (called !== undefined) return invalid('recursion is not supported');
    if (kind === '>') return this.enterAtomic(start);
    if (kind === '|') return invalid('branch reset is not supported');
    if (kind !== undefined) return this.enter(`(?${kind}`, ')', start);
    if (end !== undefined) this.setFlags(on!, off ?? '', end, start);
  }

  setFlags(on: string, off: string, end: string, start: number): void {
    const flag = (letter: string, value: boolean): boolean =>
      on.includes(letter) || (value && !off.includes(letter));
    const { ignoreCase, multiline, dotAll, extended } = this.flags;
    if (end === ':') this.enter('(?:', ')', start);
    this.flags = {
      ignoreCase: flag('i', ignoreCase),
      multiline: flag('m', multiline),
      dotAll: flag('s', dotAll),
      extended: flag('x', extended),
    };
  }

  enter(open: string, close: string, start: number): void {
    this.groups.push({ flags: this.flags, close, start, choices: this.choices });
    this.out.push(open);
    this.atom = -1;
  }

  enterCapture(open: string, start: number): void {
    this.captures.push(++this.jsGroups);
    this.enter(open, ')', start);
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
    this.groupHasChoice = this.choices > group.choices;
  }

  brace(): void {
    const match = /^(\d+)(,(\d*))?\}/.exec(this.rest());
    if (match === null) return this.emit('\\{');
    this.at += match[0].length;
    this.quantifier(`{${match[0]}`);
  }

  quantifier(text: string): void {
    if (this.atom < 0) return invalid('nothing to repeat');
    this.countRepetition(text);
    const suffix = this.chars[this.at];
    if (suffix === '+' || suffix === '?') this.at++;
    if (suffix === '+') this.possessive(text);
    else this.out.push(suffix === '?' ? `${text}?` : text);
    this.atom = -1;
  }

  /** A repeated group that leaves choices inside can be matched in very many ways. */
  countRepetition(text: string): void {
    this.choices++;
    const [, least = '0', most] = /^\{(\d+)(?:,(\d*))?\}$/.exec(text) ?? [];
    if (text === '?') this.optional++;
    else if (text.startsWith('{') && most === undefined) return this.countExact(Number(least));
    else if (most !== undefined && most !== '' && Number(most) < FEW) this.optional += Number(most);
    else this.repetitions++;
    if (text !== '?' && this.repeatsChoices()) this.explosive = true;
  }

  /** Exactly so many times is no choice, but so many times what is one. */
  countExact(times: number): void {
    this.choices--;
    if (times > 1 && this.repeatsChoices()) this.explosive = true;
  }

  repeatsChoices(): boolean {
    const isGroup = this.out.at(-1)?.startsWith(')') === true;
    return isGroup && this.groupHasChoice;
  }

  /** A possessive quantifier makes what it repeats an atomic group. */
  possessive(text: string): void {
    const repeated = this.out.splice(this.atom).join('');
    if (/\((?!\?)|\(\?</.test(repeated))
      return invalid('a possessive quantifier on a group is not supported');
    this.jsGroups++;
    this.out.push(`(?:(?=(${repeated}${text}))\\${this.jsGroups})`);
  }
}

/** A character as it may stand in a JS pattern with the `u` flag. */
function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
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
