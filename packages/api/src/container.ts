import { createAuditRepository } from '@cadre/db/audit';
import type { Database } from '@cadre/db/core';
import {
  createAccountRepository,
  createApiClientRepository,
  createGrantRepository,
  createPersonRepository,
  createSignInRepository,
  createUnitRepository,
} from '@cadre/db/identity';
import { createJobRepository } from '@cadre/db/job';
import { createClockService } from './clock';
import type { Ports } from './core';
import { createApiClientService, createSignInService } from './identity';

/** Every repository on one database. Making them defines the models, so `ensureIndexes` comes after. */
export function createRepositories(database: Database) {
  return {
    accounts: createAccountRepository(database),
    apiClients: createApiClientRepository(database),
    audit: createAuditRepository(database),
    grants: createGrantRepository(database),
    jobs: createJobRepository(database),
    people: createPersonRepository(database),
    signIns: createSignInRepository(database),
    units: createUnitRepository(database),
  };
}
export type Repositories = ReturnType<typeof createRepositories>;

/** Every service, wired by hand: the one composition of the product. */
export function createServices(database: Database, repositories: Repositories, ports: Ports) {
  const deps = { ...ports, ...repositories, database };
  return {
    apiClient: createApiClientService(deps),
    clock: createClockService(deps),
    signIn: createSignInService(deps),
  };
}
export type Services = ReturnType<typeof createServices>;
