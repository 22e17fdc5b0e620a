import type {
  CountersignatureDocument,
  HeadLine,
  KeyDocument,
  PersonLine,
  RegulationLine,
  RootDocument,
  SealRow,
  StandingLine,
} from './format';

/** Is a value of JSON what the format says, as far as it is read without looking? */
type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === 'string';
const count: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const either =
  (...shapes: Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));
const is =
  (wanted: unknown): Shape =>
  (value) =>
    value === wanted;
const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);
const fields =
  (shapes: Record<string, Shape>): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shapes).every(([name, shape]) => shape((value as Record<string, unknown>)[name]));
const row =
  (least: number, ...shapes: Shape[]): Shape =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every((item, at) => shapes[at]?.(item) ?? false);

const end = fields({ seq: count, hash: text });
const optionalText = either(text, is(undefined));
const rows = list(
  fields({
    from: text,
    to: either(text, is(null)),
    recordedOn: optionalText,
    endRecordedOn: optionalText,
    endBefore: optionalText,
  }),
);
const leaf = fields({ measure: text, required: Number.isFinite, earned: Number.isFinite });

const SHAPES = {
  key: fields({ number: count, keyId: text, x: text, fromRoot: count, announcedBy: text, signature: text }),
  root: fields({
    number: count,
    day: text,
    size: count,
    root: text,
    histories: either(is(undefined), fields({ day: text, root: text })),
    // Of a root that lists none it is said what it lacks.
    regulations: either(is(undefined), list(fields({ id: text, version: count, sha256: text }))),
    countersigned: list(fields({ rootNumber: count, keyId: text, sha256: text })),
    previousRootHash: text,
    keyId: text,
    signature: text,
  }),
  countersignature: fields({
    rootNumber: count,
    rootHash: text,
    role: text,
    baseId: either(text, is(null)),
    keyId: text,
    x: text,
    signature: text,
  }),
  regulation: fields({ code: text, version: count, text }),
  person: fields({
    id: text,
    no: text,
    record: either(is(undefined), fields({ affiliations: rows, posts: rows, grades: rows })),
    history: either(is(undefined), list(fields({ from: optionalText, to: optionalText }))),
  }),
  seals: list(row(3, count, count, count, text, text, text)),
  head: fields({ seq: count, hash: text, settled: end }),
  standing: fields({
    asOf: text,
    regulation: fields({ id: text, version: count }),
    targets: list(
      fields({ target: text, from: text, to: text, state: text, alternatives: list(list(leaf)) }),
    ),
  }),
  /** Of a kept root. */
  heads: list(row(5, text, count, text, count, text, text, text)),
};

interface Shaped {
  key: KeyDocument;
  root: RootDocument;
  countersignature: CountersignatureDocument;
  regulation: RegulationLine;
  person: PersonLine;
  seals: SealRow[];
  head: HeadLine;
  standing: StandingLine;
}

export const hasShape = (name: keyof typeof SHAPES, value: unknown): boolean => SHAPES[name](value);

/** What a line holds; a TypeError where it is not what the format says. */
export function shaped<Name extends keyof Shaped>(name: Name, line: Record<string, unknown>): Shaped[Name] {
  const value = line[name];
  if (!hasShape(name, value)) throw new TypeError(`no ${name}`);
  return value as Shaped[Name];
}

/** Who a person's line is about, when the rest of it cannot be read: enough for theirs to follow. */
export function personIn(line: string): PersonLine | null {
  const [, id, no] = /^\{"person":\{"id":"([^"\\]+)","no":"([^"\\]+)"/.exec(line) ?? [];
  return id === undefined || no === undefined ? null : { id, no, isDamaged: true };
}
