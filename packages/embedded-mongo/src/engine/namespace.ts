import { ErrorCode, fail } from '../errors';

/** Where a collection is found. */
export interface Namespace {
  database: string;
  collection: string;
}

const LONGEST_NAMESPACE_BYTES = 255;
const LONGEST_DATABASE_BYTES = 63;

/** Refuses what cannot be the name of a database, whatever is asked of it. */
export function checkAddressed(database: string): void {
  if (database === '' || Buffer.byteLength(database) > LONGEST_DATABASE_BYTES || /[/\\. "\0]/.test(database))
    fail(ErrorCode.InvalidNamespace, `Invalid database name: '${database}'`);
}

/** Databases of the server itself. */
const SYSTEM_DATABASES = new Set(['admin', 'config', 'local']);

export const isSystemDatabase = (database: string): boolean => SYSTEM_DATABASES.has(database);

/** Refuses databases that no transaction may look into. */
export function checkInTransaction(database: string): void {
  if (!isSystemDatabase(database)) return;
  fail(
    ErrorCode.OperationNotSupportedInTransaction,
    `Cannot run command against the '${database}' database in a transaction.`,
  );
}

/** Refuses names that MongoDB refuses, with its code 73. */
export function checkDatabaseName(database: string): void {
  if (
    database === '' ||
    Buffer.byteLength(database) > LONGEST_DATABASE_BYTES ||
    /[/\\. "$*<>:|?\0]/.test(database)
  ) {
    fail(ErrorCode.InvalidNamespace, `Invalid database name: '${database}'`);
  }
}

export function checkNamespace(database: string, collection: string): void {
  checkDatabaseName(database);
  const namespace = `${database}.${collection}`;
  const refuse = (message: string): never => fail(ErrorCode.InvalidNamespace, message);
  if (collection === '' || collection.startsWith('.') || collection.endsWith('.')) {
    refuse(`Invalid namespace specified '${namespace}'`);
  }
  if (collection.startsWith('system.')) refuse(`Invalid system namespace: ${namespace}`);
  if (collection.includes('$')) refuse(`Invalid collection name: ${collection}`);
  if (collection.includes('\0')) refuse('namespaces cannot have embedded null characters');
  if (Buffer.byteLength(namespace) > LONGEST_NAMESPACE_BYTES) {
    refuse(`Fully qualified namespace is too long. Namespace: ${namespace} Max: ${LONGEST_NAMESPACE_BYTES}`);
  }
}

/** `database.collection` at its first dot. */
export function splitNamespace(namespace: string): Namespace {
  const dot = namespace.indexOf('.');
  if (dot < 0) fail(ErrorCode.InvalidNamespace, `Invalid namespace specified '${namespace}'`);
  return { database: namespace.slice(0, dot), collection: namespace.slice(dot + 1) };
}
