/** `mongodb://`, then user and hosts (a replica set has several), then perhaps a database and options. */
const ADDRESS = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/** The database that an address names; null when it names none, or is not an address. */
export const databaseNameIn = (uri: string): string | null => {
  const name = ADDRESS.exec(uri)?.[2];
  return name === undefined || name === '' ? null : decodeURIComponent(name);
};

/**
 * The same server, another database. Where somebody signs in does not change with it: without `authSource` a server looks
 * for the user in the database that the address names.
 */
export function withDatabaseName(uri: string, name: string): string {
  const [, server = uri, before = '', options = ''] = ADDRESS.exec(uri) ?? [];
  const parts = options === '' ? [] : options.split('&');
  const hasUser = server.includes('@');
  const isToldWhere = parts.some((part) => /^auth(Source|Mechanism)=/i.test(part));
  if (hasUser && !isToldWhere) parts.push(`authSource=${before === '' ? 'admin' : before}`);
  return `${server}/${encodeURIComponent(name)}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}
