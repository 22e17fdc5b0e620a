import { describe, expect, it } from 'vitest';
import { databaseNameIn, withDatabaseName } from './address';

describe('the address of a database server', () => {
  it.each([
    ['mongodb://a:27017/cadre', 'cadre'],
    ['mongodb://a:27017,b:27017,c:27017/cadre?replicaSet=rs0', 'cadre'],
    ['mongodb+srv://u:p%40w@cluster.example/%E5%9F%B9%E8%AE%AD?w=majority', '培训'],
    ['mongodb://a:27017,b:27017/?replicaSet=rs0', null],
    ['mongodb://a:27017,b:27017?replicaSet=rs0', null],
    ['mongodb://a', null],
    ['http://a/cadre', null],
  ])('%s names the database %s', (uri, name) => {
    expect(databaseNameIn(uri)).toBe(name);
  });

  it.each([
    ['mongodb://a:1,b:2/?replicaSet=rs0', 'mongodb://a:1,b:2/test?replicaSet=rs0'],
    ['mongodb://a:1', 'mongodb://a:1/test'],
    ['mongodb://u:p@a:1/?replicaSet=rs0', 'mongodb://u:p@a:1/test?replicaSet=rs0&authSource=admin'],
    ['mongodb://u:p@a:1/users', 'mongodb://u:p@a:1/test?authSource=users'],
    ['mongodb://u:p@a:1/users?authSource=all', 'mongodb://u:p@a:1/test?authSource=all'],
  ])('%s with another database signs in where it did', (uri, changed) => {
    expect(withDatabaseName(uri, 'test')).toBe(changed);
  });
});
