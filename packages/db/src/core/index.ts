export { databaseNameIn, withDatabaseName } from './address';
export { AppendOnlyError } from './append-only';
export { readsById } from './by-id';
export { connectionFaultOf, type ConnectionFault } from './connection-fault';
export {
  bulkOf,
  connectDatabase,
  isDuplicateKey,
  sessionOf,
  type ConnectOptions,
  type Database,
  type Tx,
} from './database';
export { fromStored, projectionOf, toStored, type Filter, type Stored } from './document';
export { readBulk } from './read-bulk';
export { readPage } from './read-page';
export { personSearchKeysOf, searchHeadsOf, searchKeysOf } from './search-keys';
export { matchesTerms, searchPage, SEARCH_FIELDS, type Searchable } from './search-page';
export { schemaFromZod } from './schema-from-zod';
export { insertCoded, writeRevised } from './writes';
