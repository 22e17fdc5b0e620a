import { statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../src/index';
import { temporaryFolder } from '../support';

describe('access', () => {
  const folder = temporaryFolder();

  it('needs the credential of the folder', async () => {
    const server = await startEmbeddedMongo({ dbPath: path.join(folder(), 'tcp'), durability: 'relaxed' });
    const uri = new URL(server.uri);
    const address = `${uri.hostname}:${uri.port}`;
    const options = { serverSelectionTimeoutMS: 2000 };
    const good = await new MongoClient(server.uri, options).connect();
    expect(await good.db('a').collection('c').insertOne({ n: 1 })).toMatchObject({ acknowledged: true });
    await good.close();
    const stranger = await new MongoClient(`mongodb://${address}/?directConnection=true`, options).connect();
    await expect(stranger.db('a').collection('c').findOne()).rejects.toMatchObject({ code: 13 });
    await stranger.close();
    for (const user of [`${uri.username}:wrong`, `nobody:${uri.password}`]) {
      const wrong = new MongoClient(
        `mongodb://${user}@${address}/?authSource=admin&authMechanism=SCRAM-SHA-256`,
        options,
      );
      await expect(wrong.connect()).rejects.toMatchObject({ code: 18 });
      await wrong.close();
    }
    await server.stop();
  });

  it('needs a credential also where the folder is a temporary one', async () => {
    const server = await startEmbeddedMongo();
    const uri = new URL(server.uri);
    const stranger = await new MongoClient(`mongodb://${uri.host}/?directConnection=true`).connect();
    await expect(stranger.db('a').collection('c').findOne()).rejects.toMatchObject({ code: 13 });
    await stranger.close();
    await server.stop();
  });

  it.skipIf(process.platform !== 'linux')('is possible from this machine alone', async () => {
    const server = await startEmbeddedMongo();
    const { port } = new URL(server.uri);
    // A server on all interfaces would answer under every address of the machine; 127.0.0.2 is one that Linux always has.
    const refused = await new Promise<string | undefined>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: Number(port) }, () => resolve(undefined));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(refused).toBe('ECONNREFUSED');
    await server.stop();
  });

  it.skipIf(process.platform === 'win32')('is given by the rights of a unix socket', async () => {
    const socketPath = path.join(folder(), 'run', 'db.sock');
    const server = await startEmbeddedMongo({
      dbPath: path.join(folder(), 'socket'),
      socketPath,
      durability: 'relaxed',
    });
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(socketPath)).mode & 0o777).toBe(0o700);
    const client = await new MongoClient(server.uri).connect();
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await client.db('a').collection('c').insertOne({ n: 1 }, { session });
      }),
    );
    expect(await client.db('a').collection('c').countDocuments()).toBe(1);
    await client.close();
    await server.stop();
  });
});
