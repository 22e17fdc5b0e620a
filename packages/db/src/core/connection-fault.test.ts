import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import mongoose from 'mongoose';
import { afterEach, expect, it } from 'vitest';
import { testServerUri } from '../testing';
import { connectionFaultOf, type ConnectionFault } from './connection-fault';
import { connectDatabase } from './database';

const SOON = 'serverSelectionTimeoutMS=1500';

const faultOf = (uri: string): Promise<ConnectionFault | null> =>
  connectDatabase({ uri, name: 'cadre_test_faults' }).then(async (database) => {
    await database.close();
    return null;
  }, connectionFaultOf);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Somebody who answers every message as a server that stands alone would: writable, and of no set. */
async function startStandsAlone(): Promise<string> {
  const says = { ok: 1, isWritablePrimary: true, ismaster: true, helloOk: true };
  const body = mongoose.mongo.BSON.serialize({ ...says, minWireVersion: 0, maxWireVersion: 21 });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    let heard = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk]);
      for (; heard.length >= 16 && heard.length >= heard.readInt32LE(0);) {
        const message = heard.subarray(0, heard.readInt32LE(0));
        heard = heard.subarray(message.length);
        // 2004 is the old query of a first greeting, answered by 1; everything later is 2013.
        const isGreeting = message.readInt32LE(12) === 2004;
        const middle = isGreeting
          ? Buffer.from([...new Array<number>(16).fill(0), 1, 0, 0, 0])
          : Buffer.alloc(5);
        const head = Buffer.alloc(16);
        head.writeInt32LE(16 + middle.length + body.length, 0);
        head.writeInt32LE(message.readInt32LE(4), 8);
        head.writeInt32LE(isGreeting ? 1 : 2013, 12);
        socket.write(Buffer.concat([head, middle, body]));
      }
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `127.0.0.1:${String((server.address() as { port: number }).port)}`;
}

it('is none where the tests run', async () => {
  expect(await faultOf(await testServerUri())).toBeNull();
});

it('is the address where it cannot be read', async () => {
  expect(await faultOf('mongodb://')).toBe('address');
  expect(await faultOf('mongodb://a:b:c/?replicaSet=rs0')).toBe('address');
  expect(await faultOf('mongodb://127.0.0.1:1/?retryWrites=perhaps')).toBe('address');
});

it('is that nobody answers', async () => {
  expect(await faultOf(`mongodb://127.0.0.1:1/?${SOON}`)).toBe('unreachable');
  expect(await faultOf(`mongodb://127.0.0.1:1,127.0.0.1:2/?replicaSet=rs0&${SOON}`)).toBe('unreachable');
});

it('is that the server stands alone: without transactions nothing is booked', async () => {
  const host = await startStandsAlone();
  expect(await faultOf(`mongodb://${host}/?${SOON}`)).toBe('stands-alone');
  expect(await faultOf(`mongodb://${host}/?replicaSet=rs0&${SOON}`)).toBe('no-primary');
});

it('is the replica set’s name', async () => {
  const uri = (await testServerUri()).replace(/replicaSet=[^&]+/, 'replicaSet=another');
  expect(await faultOf(`${uri}${uri.includes('?') ? '&' : '/?replicaSet=another&'}${SOON}`)).toBe(
    'no-primary',
  );
});
