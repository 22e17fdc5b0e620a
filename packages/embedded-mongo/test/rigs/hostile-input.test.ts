import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Doc, encode, type Value } from '../../src/bson';
import { Framing, LARGEST_MESSAGE } from '../../src/wire/framing';
import { randomSource, testServer } from '../support';
import { setting } from './child';

const MESSAGES = setting('HOSTILE_MESSAGES', 4000);
const BATCH = 50;
/** After so many messages what they have stored is removed, so that reading it does not become the work. */
const CLEARED_AFTER = 5000;

const LAST_OF_BATCH = 0x7ead;

type Random = ReturnType<typeof randomSource>;

function message(body: Buffer, o: { flags?: number; opcode?: number; sections?: Buffer[] } = {}): Buffer {
  const parts = [Buffer.from([0]), body, ...(o.sections ?? [])];
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(20);
  head.writeInt32LE(20 + content.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(o.opcode ?? 2013, 12);
  head.writeUInt32LE(o.flags ?? 0, 16);
  return Buffer.concat([head, content]);
}

function sequence(name: string, documents: Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  return Buffer.concat([Buffer.from([1]), size, content]);
}

/** Well-formed commands of many kinds, as material. */
function material(): Buffer[] {
  const command = (fields: Record<string, Value>): Buffer => encode(Doc.of({ ...fields, $db: 'hostile' }));
  const some = encode(Doc.of({ a: 1, b: ['x', Doc.of({ c: 2.5 })], d: null }));
  return [
    message(command({ ping: 1 })),
    message(command({ hello: 1, client: Doc.of({ application: Doc.of({ name: 'x' }) }) })),
    message(
      command({
        find: 'c',
        filter: Doc.of({ a: Doc.of({ $gt: 1, $in: [1, 2, 'x'] }) }),
        sort: Doc.of({ a: 1 }),
      }),
    ),
    message(command({ insert: 'c' }), { sections: [sequence('documents', [some, some])] }),
    message(
      command({
        update: 'c',
        updates: [Doc.of({ q: new Doc(), u: Doc.of({ $set: Doc.of({ 'a.b': 1 }) }), multi: true })],
      }),
    ),
    message(command({ delete: 'c', deletes: [Doc.of({ q: Doc.of({ a: 5 }), limit: 1 })] })),
    message(
      command({
        aggregate: 'c',
        pipeline: [Doc.of({ $group: Doc.of({ _id: '$a', n: Doc.of({ $sum: 1 }) }) })],
        cursor: new Doc(),
      }),
    ),
    message(command({ createIndexes: 'c', indexes: [Doc.of({ key: Doc.of({ a: 1 }), name: 'a_1' })] })),
    message(command({ getMore: 123456789n, collection: 'c' })),
    message(
      command({
        findAndModify: 'c',
        query: Doc.of({ a: 1 }),
        update: Doc.of({ $inc: Doc.of({ n: 1 }) }),
        upsert: true,
      }),
    ),
  ];
}

/** The same message with some bytes turned, cut, doubled or set to values that lengths do not like. */
function mutated(random: Random, original: Buffer): Buffer {
  let bytes = Buffer.from(original);
  for (let n = 1 + random.below(4); n > 0; n--) {
    const at = random.below(bytes.length);
    switch (random.below(6)) {
      case 0:
        bytes[at] = random.below(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 2:
        if (at + 4 <= bytes.length)
          bytes.writeInt32LE(random.pick([0, -1, 0x7fffffff, 5, 1 << 24, -0x80000000]), at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(8))]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 8))]);
        break;
      default:
        bytes = bytes.subarray(0, Math.max(1, at));
    }
    if (bytes.length === 0) bytes = Buffer.from([0]);
  }
  // Mostly the length is right again, so that what is inside is reached.
  if (bytes.length >= 16 && random.next() < 0.9) bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

const hasItsLength = (bytes: Buffer): boolean => bytes.length >= 16 && bytes.readInt32LE(0) === bytes.length;

describe('hostile input', () => {
  const shared = testServer();
  const open = async (): Promise<Socket> => {
    const { port } = new URL(shared.server.uri.replace('mongodb:', 'http:'));
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const closed = (socket: Socket): Promise<unknown> =>
    new Promise((resolve) => socket.once('close', resolve));
  /** Takes all replies, and resolves with the one to this request. */
  const answerTo = (socket: Socket, request: number): Promise<void> =>
    new Promise((resolve) => {
      const framing = new Framing();
      socket.on('data', (chunk) => {
        for (const reply of framing.push(chunk)) if (reply.readInt32LE(8) === request) resolve();
      });
    });
  const clear = async (): Promise<void> => {
    const { databases } = await shared.client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) await shared.client.db(name).dropDatabase();
  };
  const alive = async (): Promise<void> => {
    expect(await shared.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  };

  it(
    `of ${MESSAGES} mutated messages leaves the server alive and others served`,
    { timeout: 60_000 + MESSAGES * 4 },
    async () => {
      const random = randomSource(11);
      const originals = material();
      const ping = message(encode(Doc.of({ ping: 1, $db: 'admin', comment: 'the last of its batch' })));
      ping.writeInt32LE(LAST_OF_BATCH, 4);
      let cleared = 0;
      for (let sent = 0; sent < MESSAGES;) {
        const socket = await open();
        const ended = closed(socket);
        const answered = answerTo(socket, LAST_OF_BATCH);
        let broken: Buffer | undefined;
        for (let i = 0; i < BATCH && !broken; i++, sent++) {
          const bytes = mutated(random, random.pick(originals));
          if (hasItsLength(bytes)) socket.write(bytes);
          else broken = bytes;
        }
        // A connection's messages are carried out in order: with the last one answered all of them have been.
        socket.write(ping);
        await Promise.race([ended, answered]);
        // What has another length than it says ends the stream.
        socket.end(broken ?? Buffer.alloc(0));
        await ended;
        if (sent - cleared < CLEARED_AFTER) continue;
        cleared = sent;
        await clear();
      }
      await alive();
    },
  );

  it('closes connections that announce impossible lengths, and keeps nothing of what they send', async () => {
    for (const length of [0, 15, -1, LARGEST_MESSAGE + 1, 0x7fffffff]) {
      const socket = await open();
      const head = Buffer.alloc(16);
      head.writeInt32LE(length, 0);
      socket.write(head);
      await closed(socket);
    }
    await alive();
  });

  it('answers what is no BSON with an error and keeps the connection', async () => {
    const socket = await open();
    const replies: Buffer[] = [];
    socket.on('data', (chunk) => replies.push(chunk));
    const broken = encode(Doc.of({ ping: 1, $db: 'x', text: 'abc' }));
    broken[broken.length - 1] = 7;
    socket.write(message(broken));
    socket.write(message(encode(Doc.of({ ping: 1, $db: 'x' }))));
    await new Promise<void>((resolve) => {
      socket.on('data', () => {
        if (
          Buffer.concat(replies).includes('InvalidBSON') &&
          Buffer.concat(replies).includes('operationTime')
        )
          resolve();
      });
    });
    socket.destroy();
  });

  it('refuses bombs of nesting, ranges and repetition', async () => {
    const c = shared.db.collection('bombs');
    await c.insertOne({ a: 'x'.repeat(1000) });
    let nested: Record<string, unknown> = { a: 1 };
    for (let i = 0; i < 150; i++) nested = { $and: [nested] };
    await expect(c.find(nested).toArray()).rejects.toMatchObject({ ok: 0 });
    const expressions = [
      { $range: [0, 2 ** 31 - 1] },
      {
        $reduce: { input: { $range: [0, 40] }, initialValue: '$a', in: { $concat: ['$$value', '$$value'] } },
      },
    ];
    for (const bomb of expressions) {
      await expect(c.aggregate([{ $set: { bomb } }], { maxTimeMS: 5000 }).toArray()).rejects.toMatchObject({
        ok: 0,
      });
    }
    await alive();
  });
});
