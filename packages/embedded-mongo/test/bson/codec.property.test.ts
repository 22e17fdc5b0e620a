import { deserialize, serialize } from 'bson';
import { expect, test } from 'vitest';
import { decode, Doc, encode, identicalValues, RawDoc } from '../../src/bson';
import { MongoError } from '../../src/errors';
import { randomSource } from '../support';
import { randomDoc } from '../random-values';

const random = randomSource(7);
const docs = Array.from({ length: 1000 }, () => randomDoc(random));

test('what is encoded is read again byte for byte, names in their order', () => {
  for (const doc of docs) {
    const bytes = encode(doc);
    const read = decode(bytes);
    expect(read.keys).toEqual(doc.keys);
    expect(identicalValues(read, doc)).toBe(true);
    expect(encode(read).equals(bytes)).toBe(true);
  }
});

test('the official library reads what is encoded and writes what is decoded', () => {
  const options = {
    promoteValues: false,
    promoteLongs: false,
    promoteBuffers: false,
    bsonRegExp: true,
  } as const;
  for (const doc of docs) {
    // Its documents are objects, which do not keep integer-like names in order, nor some old types.
    const plain = Doc.from(doc.entries().filter(([, value]) => typeof value !== 'object' || value === null));
    if (plain.keys.some((key) => /^\d+$/.test(key) || key === '__proto__')) continue;
    const bytes = encode(plain);
    expect(Buffer.from(serialize(deserialize(bytes, options))).equals(bytes)).toBe(true);
  }
});

test('a document found encoded is copied as it is', () => {
  const inner = encode(Doc.of({ x: 1 }));
  expect(decode(encode(Doc.of({ inner: new RawDoc(inner) }))).get('inner')).toEqual(Doc.of({ x: 1 }));
});

test('mutated bytes are either a document or invalid BSON, never anything else', () => {
  let refused = 0;
  for (let round = 0; round < 20_000; round++) {
    const bytes = encode(random.pick(docs));
    const mutated = Buffer.from(bytes);
    for (let i = 1 + random.below(3); i > 0; i--) mutated[random.below(mutated.length)] = random.below(256);
    try {
      decode(random.next() < 0.2 ? mutated.subarray(0, random.below(mutated.length)) : mutated);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      expect([22, 15]).toContain(error.code);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(5_000);
});

test('nesting beyond 200 levels is refused in both directions', () => {
  const nested = (levels: number): Doc => {
    let doc = new Doc();
    for (let i = 0; i < levels; i++) doc = Doc.of({ a: doc });
    return doc;
  };
  expect(decode(encode(nested(200))).size).toBe(1);
  expect(() => encode(nested(201))).toThrow(/nested deeper/);
});
