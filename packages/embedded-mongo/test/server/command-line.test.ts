import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { spawnEmbeddedMongo, startEmbeddedMongo } from '../../src/index';
import { temporaryFolder } from '../support';

const COMMAND = path.join(import.meta.dirname, '..', '..', 'bin', 'embedded-mongo.mjs');

/** Runs the command, which is expected to refuse; what it says. */
function refused(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, EMBEDDED_MONGO_FROM_SOURCE: '1' },
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  return stderr;
}

describe('the command line', () => {
  const folder = temporaryFolder();

  it.each([
    [['--foo'], "Unknown option '--foo' (--help shows what there is)\n"],
    [['--port'], "Option '--port <value>' argument missing (--help shows what there is)\n"],
    [['--port', '70000'], '--port is a number from 0 to 65535, not 70000\n'],
    [['--durability', 'none'], '--durability is full or relaxed, not none\n'],
    [
      ['--port', '0', '--socket', '/tmp/never-made'],
      '--port and --socket exclude each other: a server listens on one of them\n',
    ],
  ])('answers %j with one line', (args, line) => {
    const dbPath = path.join(folder(), 'never-made');
    expect(refused('--dbpath', dbPath, ...args)).toBe(line);
    expect(existsSync(dbPath)).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a socket path', () => {
  const folder = temporaryFolder();
  const start = (name: string, socketPath: string) =>
    startEmbeddedMongo({ dbPath: path.join(folder(), name), socketPath, durability: 'relaxed' });

  it('on which a server answers is refused, and that server goes on', async () => {
    const socketPath = path.join(folder(), 'used.sock');
    const first = await start('first', socketPath);
    await expect(start('second', socketPath)).rejects.toThrow(
      `${socketPath} is in use by another server, which still runs`,
    );
    const client = await new MongoClient(first.uri).connect();
    expect(await client.db('a').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await first.stop();
    expect(existsSync(socketPath)).toBe(false);
  });

  it('that a killed server has left is taken over', async () => {
    const socketPath = path.join(folder(), 'left.sock');
    const killed = await spawnEmbeddedMongo({ dbPath: path.join(folder(), 'killed'), socketPath });
    process.kill(killed.pid, 'SIGKILL');
    await killed.exited;
    expect(existsSync(socketPath)).toBe(true);
    const next = await start('next', socketPath);
    const client = await new MongoClient(next.uri).connect();
    expect(await client.db('a').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await next.stop();
  });

  it('of another kind of file is left alone', async () => {
    const file = path.join(folder(), 'notes.txt');
    writeFileSync(file, 'mine');
    await expect(start('beside-notes', file)).rejects.toThrow(`${file} exists and is not a socket`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('that is too long makes no socket at a shorter one', async () => {
    const socketPath = path.join(folder(), `${'x'.repeat(120)}.sock`);
    await expect(start('long', socketPath)).rejects.toThrow('the socket path is too long');
    const longest = path.join(folder(), 'y'.repeat(103 - folder().length - 1));
    const server = await start('longest', longest);
    expect(existsSync(longest)).toBe(true);
    await server.stop();
  });

  it('and a port exclude each other', async () => {
    const socketPath = path.join(folder(), 'both.sock');
    await expect(startEmbeddedMongo({ socketPath, port: 0 })).rejects.toThrow('not on both');
  });
});
