import { testServerUri } from '@cadre/db/testing';
import { describe, expect, it } from 'vitest';
import { connect, databaseRefusal, hostsOf } from './connect';
import { readEnv, StartError } from './env';
import { openDatabaseServer } from './embedded-database';

const SECRET = 'Geheim-9';
const lineOf = async (uri: string): Promise<string> => {
  const refusal: unknown = await connect({ uri, name: 'cadre_test_connect' }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(StartError);
  const { message } = refusal as StartError;
  expect(message.split('\n')).toHaveLength(1);
  expect(message).not.toContain(SECRET);
  return message;
};

describe('a database that cannot be used is told in one line, without its password', () => {
  it('where nobody answers', async () => {
    const hosts = '127.0.0.1:1,127.0.0.1:2';
    expect(
      await lineOf(`mongodb://cadre:${SECRET}@${hosts}/?replicaSet=rs0&serverSelectionTimeoutMS=500`),
    ).toContain(`连不上数据库：${hosts} 没有应答`);
  });

  it('where the address is none', async () => {
    expect(await lineOf(`mongodb://cadre:${SECRET}@a:b:c/`)).toContain('MONGODB_URI 不是有效的地址');
  });

  it('where the replica set has another name', async () => {
    const [, server = ''] = /^(mongodb:\/\/[^/?]+)/.exec(await testServerUri()) ?? [];
    expect(await lineOf(`${server}/?replicaSet=another&serverSelectionTimeoutMS=1500`)).toContain(
      '没有主节点',
    );
  });

  it('where something else is wrong', () => {
    const uri = `mongodb://cadre:${SECRET}@a:1/cadre`;
    expect(databaseRefusal(uri, new Error('one\ntwo')).message).toBe(
      '数据库 a:1 不能用 / the database a:1 cannot be used: one',
    );
    expect(hostsOf(uri)).toBe('a:1');
  });
});

it('an address of several hosts names its database, or leaves the usual one', async () => {
  const nameOf = async (MONGODB_URI: string) =>
    (await openDatabaseServer(readEnv({ MONGODB_URI }, 'live', '/nonexistent'))).name;
  expect(await nameOf('mongodb://a:1,b:2,c:3/training?replicaSet=rs0')).toBe('training');
  expect(await nameOf('mongodb://a:1,b:2,c:3/?replicaSet=rs0')).toBe('cadre');
});
