import { connectDatabase, connectionFaultOf, type ConnectionFault, type Database } from '@cadre/db/core';
import { StartError } from './env';

/** One line for somebody who has to put it right. The hosts are named, user and password never. */
const LINES: Readonly<Record<ConnectionFault, (hosts: string, reason: string) => string>> = {
  address: () =>
    'MONGODB_URI 不是有效的地址，应形如 mongodb://主机:27017/cadre?replicaSet=rs0 / MONGODB_URI is not an address; it looks like mongodb://host:27017/cadre?replicaSet=rs0',
  unreachable: (hosts) =>
    `连不上数据库：${hosts} 没有应答 / cannot reach the database: no answer from ${hosts}`,
  'stands-alone': (hosts) =>
    `${hosts} 是单机 MongoDB，需要副本集（一台也行：以 --replSet rs0 启动，再执行 rs.initiate()） / ${hosts} stands alone, a replica set is needed (one member will do: start it with --replSet rs0, then rs.initiate())`,
  'no-primary': (hosts) =>
    `${hosts} 没有主节点，或副本集名称与 replicaSet= 不符 / ${hosts} has no primary, or the replica set is not called what replicaSet= says`,
  'sign-in': (hosts) =>
    `数据库 ${hosts} 拒绝登录：用户名、密码或 authSource 不对 / the database ${hosts} refuses the sign-in: user, password or authSource is wrong`,
  rights: (hosts) =>
    `数据库用户在 ${hosts} 上权限不够，需要 readWrite 和 dbAdmin / the database user may do too little on ${hosts}: readWrite and dbAdmin are needed`,
  other: (hosts, reason) => `数据库 ${hosts} 不能用 / the database ${hosts} cannot be used: ${reason}`,
};

/** The hosts of an address, without user and password. */
export const hostsOf = (uri: string): string =>
  /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1] ?? 'MONGODB_URI';
const firstLineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** Makes one line of what a database refuses. */
export const databaseRefusal = (uri: string, error: unknown): StartError =>
  new StartError(LINES[connectionFaultOf(error)](hostsOf(uri), firstLineOf(error)));

/** Connects to a database that can be used; a StartError says why it cannot. */
export const connect = (server: { uri: string; name: string }): Promise<Database> =>
  connectDatabase(server).catch((error: unknown) => {
    throw databaseRefusal(server.uri, error);
  });
