/** The languages of the product, the default first. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** An English sentence whose wording depends on `{{count}}`. Chinese needs no such thing. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** The Chinese words of one feature: sentences, grouped as deep as the feature likes. `{{name}}` is filled in. */
export interface WordTree {
  readonly [key: string]: string | WordTree;
}

/** The shape the English words must have: every key of the Chinese ones, no more, no less. */
export type SameShape<Zh> = {
  readonly [K in keyof Zh]: Zh[K] extends string ? string | Plural : SameShape<Zh[K]>;
};

/** Dotted paths to every sentence of `Zh`. */
export type WordKey<Zh> = {
  [K in keyof Zh & string]: Zh[K] extends string ? K : `${K}.${WordKey<Zh[K]>}`;
}[keyof Zh & string];

type SentenceAt<Zh, Key extends string> = Key extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Zh
    ? SentenceAt<Zh[Head], Rest>
    : never
  : Key extends keyof Zh
    ? Zh[Key]
    : never;

type NamesIn<Sentence> = Sentence extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What must be handed over to fill the sentence at `Key`. */
export type WordValues<Zh, Key extends string> = Readonly<
  Record<NamesIn<SentenceAt<Zh, Key>>, string | number>
>;

/** Says the sentence at `key`; a wrong key, a missing or an unknown value does not compile. */
export type Say<Zh> = <Key extends WordKey<Zh>>(
  key: Key,
  ...values: [NamesIn<SentenceAt<Zh, Key>>] extends [never] ? [] : [WordValues<Zh, Key>]
) => string;

function isPlural(value: unknown): value is Plural {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    'one' in value &&
    'other' in value &&
    typeof value.one === 'string' &&
    typeof value.other === 'string'
  );
}

/** A text that comes from the data in both languages; English may be empty. */
export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** The text in the reader's language, Chinese where English is missing. */
export function textIn(text: BilingualText, language: Language): string {
  return language === 'en' && text.en !== '' ? text.en : text.zh;
}

type FlatWords = Record<string, string | Plural>;

function flatten(tree: object, prefix = ''): FlatWords {
  const flat: FlatWords = {};
  for (const [key, value] of Object.entries(tree) as [string, string | Plural | object][]) {
    const path = `${prefix}${key}`;
    if (typeof value === 'string' || isPlural(value)) flat[path] = value;
    else Object.assign(flat, flatten(value, `${path}.`));
  }
  return flat;
}

function placeholders(sentence: string): string {
  return [...sentence.matchAll(/\{\{(\w+)\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join(',');
}

/** Western punctuation beside a Chinese character: a sentence typed in a hurry. */
const westernInChinese = /\p{Script=Han}[,:;?!()]|[,:;?!()]\p{Script=Han}/u;

/**
 * What is wrong with a pair of word trees, one line per defect, for the word tests of the apps: an empty sentence,
 * a `{{name}}` that one language fills in and the other leaves out, Western punctuation in Chinese. Missing keys do
 * not get here: they do not compile.
 */
export function wordDefects<Zh extends WordTree>(zh: Zh, en: SameShape<Zh>): string[] {
  const english = flatten(en);
  return Object.entries(flatten(zh)).flatMap(([key, sentence]) => {
    const other = english[key];
    if (typeof sentence !== 'string' || other === undefined)
      return [`${key}: not a sentence in both languages`];
    const forms = typeof other === 'string' ? [other] : [other.one, other.other];
    return [
      ...(westernInChinese.test(sentence) ? [`${key}: Western punctuation in Chinese`] : []),
      ...[sentence, ...forms].filter((form) => form.trim() === '').map(() => `${key}: empty`),
      // A plural form for one may leave out the count ("one seat left").
      ...forms
        .filter(
          (form, index) =>
            (forms.length === 1 || index === 1) && placeholders(form) !== placeholders(sentence),
        )
        .map(
          (form) =>
            `${key}: fills {${placeholders(sentence)}} in Chinese, {${placeholders(form)}} in English`,
        ),
    ];
  });
}

/** The sentence at a dotted path, its values filled in; English chooses its form by `count`. */
export function sentenceAt(
  tree: object,
  path: string,
  values: Readonly<Record<string, string | number>>,
): string {
  const found = path
    .split('.')
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], tree);
  const form = isPlural(found) ? found[values['count'] === 1 ? 'one' : 'other'] : found;
  if (typeof form !== 'string') throw new RangeError(`no sentence at ${path}`);
  return form.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => String(values[name] ?? gap));
}
