/** A fault in a text that an author wrote: where in the document, on which line of the file, and what is wrong. */
export interface AuthorError {
  /** "targets[0].needs.atLeast"; "" is the document itself. */
  readonly path: string;
  /** Line of the author's file, from 1. */
  readonly line: number;
  readonly sentence: string;
}

export type Path = readonly (string | number)[];

export interface JsonSource {
  readonly value: unknown;
  readonly errors: readonly AuthorError[];
  /** The line on which the value at a path (or the nearest one around it) begins. */
  lineOf(path: Path): number;
}

/** Reads JSON and remembers the line of every value. A name given twice in one object is an error, not the last one's win. */
export function readJson(text: string): JsonSource {
  // What no character was found for when the bytes were read: a file in another encoding, such as GBK.
  const unread = text.indexOf('\uFFFD');
  if (unread >= 0) {
    const line = text.slice(0, unread).split('\n').length;
    const sentence = '文件不是 UTF-8 编码，有读不出的文字；请另存为 UTF-8';
    return { value: undefined, errors: [{ path: '', line, sentence }], lineOf: () => line };
  }
  const reader = new JsonReader(text.replace(/^\uFEFF/, ''));
  return reader.read();
}

/** The value at a path of a document; undefined where there is none. */
export const valueAt = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    document,
  );

export const sayPath = (path: Path): string =>
  path.reduce<string>(
    (said, step) => (typeof step === 'number' ? `${said}[${step}]` : said === '' ? step : `${said}.${step}`),
    '',
  );

class SyntaxFault extends Error {}

class JsonReader {
  readonly #text: string;
  #at = 0;
  /** Where the reading is, or has just been. */
  #place: Path = [];
  #counted = 0;
  #newLines = 0;
  readonly #lines = new Map<string, number>();
  readonly #errors: AuthorError[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonSource {
    let value: unknown;
    try {
      value = this.#value([]);
      this.#space();
      if (this.#at < this.#text.length) this.#fail('JSON 在此之后应当结束');
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.#errors.push({ path: sayPath(this.#place), line: this.#line(), sentence: error.message });
    }
    return { value, errors: this.#errors, lineOf: (path) => this.#lineOf(path) };
  }

  #lineOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const line = this.#lines.get(JSON.stringify(path.slice(0, length).map(String)));
      if (line !== undefined) return line;
    }
    return 1;
  }

  /** The line of the place that is being read; reading only moves forward. */
  #line(): number {
    while (this.#counted < this.#at) {
      if (this.#text[this.#counted] === '\n') this.#newLines += 1;
      this.#counted += 1;
    }
    return this.#newLines + 1;
  }

  #fail(sentence: string): never {
    throw new SyntaxFault(sentence);
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #value(path: Path): unknown {
    this.#space();
    this.#lines.set(JSON.stringify(path.map(String)), this.#line());
    this.#place = path;
    const value = this.#any(path);
    this.#place = path;
    return value;
  }

  #any(path: Path): unknown {
    const next = this.#text[this.#at];
    if (next === '{') return this.#object(path);
    if (next === '[') return this.#array(path);
    if (next === '"') return this.#string();
    return this.#literal();
  }

  #object(path: Path): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    this.#list('}', () => {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail(this.#strange() ?? '此处应为加双引号的名称');
      const line = this.#line();
      const key = this.#string();
      this.#place = [...path, key];
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail(this.#strange() ?? `名称“${key}”后缺少冒号`);
      this.#at += 1;
      const value = this.#value([...path, key]);
      if (entries.has(key)) {
        this.#errors.push({ path: sayPath([...path, key]), line, sentence: `名称“${key}”重复出现` });
      }
      entries.set(key, value);
    });
    return Object.fromEntries(entries);
  }

  #array(path: Path): unknown[] {
    const items: unknown[] = [];
    this.#list(']', () => {
      items.push(this.#value([...path, items.length]));
    });
    return items;
  }

  #list(close: string, readItem: () => void): void {
    const begun = this.#line();
    const open = this.#text[this.#at] ?? '';
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      if (this.#text[this.#at] === ',') this.#fail('这里多了一个逗号');
      readItem();
      this.#space();
      const next = this.#text[this.#at];
      if (next === ':' && close === ']')
        this.#fail('列表 [ ] 里不能写名称和冒号；多半是前面多了一个“}”或“]”，或这里应是对象 { }');
      if (next === '}' || next === ']') {
        if (next !== close)
          this.#fail(
            `第 ${begun} 行的“${open}”应以“${close}”结束，这里却是“${next}”；多半是那里或这里写错了括号`,
          );
      } else if (next !== ',') this.#fail(this.#strange() ?? `此处应为逗号或“${close}”`);
      this.#at += 1;
      if (next === close) return;
      this.#space();
      if (this.#text[this.#at] === close) this.#fail('最后一项后面不能有逗号');
    }
  }

  /** What people write that JSON has not: comments, other quotation marks, Chinese punctuation. */
  #strange(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (/^(\/[/*]|#)/.test(rest)) return 'JSON 中不能写注释';
    if (/^['‘’]/.test(rest)) return '文字应加双引号，不能用单引号';
    return strangeMark(rest.slice(0, 1));
  }

  #string(): string {
    const match = /"(?:[^"\\\n\r\t]|\\.)*"/y;
    match.lastIndex = this.#at;
    const raw = match.exec(this.#text)?.[0];
    if (raw === undefined) this.#fail('文字缺少结尾的双引号，或含有未转义的换行');
    const parsed = this.#parsed(raw);
    this.#at += raw.length;
    return parsed as string;
  }

  #literal(): unknown {
    const match = /[^\s,\]}]+/y;
    match.lastIndex = this.#at;
    const raw = match.exec(this.#text)?.[0];
    const strange = this.#strange();
    if (strange !== undefined) this.#fail(strange);
    if (raw === undefined) this.#fail('此处缺少值');
    const parsed = this.#parsed(raw);
    this.#at += raw.length;
    return parsed;
  }

  #parsed(raw: string): unknown {
    try {
      return JSON.parse(raw);
    } catch {
      return this.#fail(strangeMark(raw) ?? misreading(raw));
    }
  }
}

/** Names the first Chinese punctuation mark of a text outside quotation marks. */
function strangeMark(text: string): string | undefined {
  const [mark] = (text.startsWith('"') ? null : /[“”：，｛｝【】、；]/.exec(text)) ?? [];
  return mark === undefined ? undefined : `这里的 ${mark} 是中文标点，应使用英文标点`;
}

/** What is wrong with a value that JSON does not know, as far as it can be told. */
function misreading(raw: string): string {
  if (/^-?\d+\/\d+$/.test(raw)) return `分数要加引号："${raw}"`;
  const what = /^[+-]?[\d.]*[０-９．－][\d.０-９．－]*$/.test(raw)
    ? '数字应使用半角：'
    : /^[+-]?\.?\d/.test(raw)
      ? '数字不能以 0、小数点或加号开头，也不带单位（文字要加双引号）：'
      : '无法识别';
  return `${what}“${raw.slice(0, 40)}”`;
}
