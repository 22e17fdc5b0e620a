import { existsSync, rmSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { verify } from '../../src/maintenance';
import { temporaryFolder } from '../support';
import { freePort, startOnSmallDisk, startProcess } from './child';
import { Workload } from './workload';

const WRITERS = 12;
const KILOBYTES = 3000;

/** A folder on a small file system of its own, for the real thing: see the package's README. */
const SMALL_DISK = process.env['SMALL_DISK'];

describe.skipIf(process.platform === 'win32')('a server whose disk is full', () => {
  const folder = temporaryFolder();

  it('says so, goes on reading, and keeps exactly what it has acknowledged', async () => {
    const dbPath = path.join(SMALL_DISK ?? folder(), 'data');
    const args = ['--dbpath', dbPath, '--port', String(await freePort())];
    let server = await (SMALL_DISK ? startProcess(...args) : startOnSmallDisk(KILOBYTES, ...args));
    const client = await new MongoClient(server.uri, { serverSelectionTimeoutMS: 60_000 }).connect();
    const workload = await Workload.start(client, WRITERS, 20_000);
    await vi.waitFor(() => expect(workload.codes).toContain(14031), { timeout: 60_000, interval: 50 });
    expect(await client.db('workload').collection('accounts').countDocuments()).toBe(10);
    await workload.stop();
    expect([...workload.codes]).toEqual([14031]);
    await workload.expectKept(client);
    await server.kill();
    if (SMALL_DISK) rmSync(path.join(SMALL_DISK, 'filler'));
    server = await startProcess(...args);
    await workload.expectKept(client);
    await client.db('workload').collection('entries').insertOne({ key: 'there is room again' });
    await client.close();
    await server.kill();
    expect(existsSync(dbPath)).toBe(true);
    expect(verify(dbPath).problems).toEqual([]);
  });
});
