import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EJSON, type Document } from 'bson';

const FOLDER = path.join(import.meta.dirname, '../golden');

/** A command, or the begin or end of a transaction, perhaps in a named session. */
export type Step = Document & { s?: string; begin?: boolean; commit?: boolean; abort?: boolean };

/** A reply as it is compared: plain JSON. */
export type Reply = Record<string, unknown>;

export interface Case {
  readonly id: string;
  readonly family: string;
  /** The fixture it reads. */
  readonly on?: string;
  readonly docs?: Document[];
  readonly indexes?: Document[];
  readonly steps: Step[];
  /** What the real server answered. */
  readonly replies: Reply[];
  readonly loose?: 'ulp' | 'set' | 'lookupOrder' | 'parse';
  readonly unordered?: unknown;
  /** Cursors are read to their end and only the sizes of the batches compared. */
  readonly drain?: unknown;
  readonly anyId?: unknown;
  readonly upsertedId?: unknown;
}

export function familyNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.jsonl.gz'))
    .map((file) => file.slice(0, -'.jsonl.gz'.length))
    .sort();
}

export function casesOf(family: string): Case[] {
  return read(`${family}.jsonl.gz`)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { replies, ...rest } = JSON.parse(line) as { replies: Reply[] };
      return { ...(parse(JSON.stringify(rest)) as Omit<Case, 'replies' | 'family'>), family, replies };
    });
}

export function fixtures(): Record<string, Document[]> {
  return parse(read('fixtures.json.gz'));
}

function read(file: string): string {
  return gunzipSync(readFileSync(path.join(FOLDER, file))).toString('utf8');
}

const HIDDEN = '\u0001regex';

/** Canonical Extended JSON in which `$regex` is the query operator, not the old notation of a regular expression. */
function parse(text: string): Document {
  if (!text.includes('"$regex":')) return EJSON.parse(text, { relaxed: false }) as Document;
  const hidden = text.replaceAll('"$regex":', `${JSON.stringify(HIDDEN)}:`);
  return showRegex(EJSON.parse(hidden, { relaxed: false })) as Document;
}

function showRegex(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(showRegex);
  if (!isPlainDocument(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === HIDDEN ? '$regex' : key, showRegex(inner)]),
  );
}

export function isPlainDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !('_bsontype' in value) && !(value instanceof Date);
}
