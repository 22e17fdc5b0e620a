export { spawnEmbeddedMongo, type SpawnedMongo, type SpawnOptions } from './spawn';
export { startEmbeddedMongo, FolderInUseError, type EmbeddedMongo, type EmbeddedMongoOptions } from './start';
export {
  backup,
  holdsData,
  restore,
  verify,
  verifyFile,
  MaintenanceError,
  type Verification,
} from './maintenance';
export type { Durability } from './store/group-commit';
