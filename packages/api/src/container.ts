import { createAuditRepository } from '@cadre/db/audit';
import type { Database } from '@cadre/db/core';
import {
  createCreditLedgerRepository,
  createRecordedActivityRepository,
  createRegulationRepository,
} from '@cadre/db/credit';
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
import {
  createProgressService,
  createRegulationService,
  createSettlementService,
  createStatementService,
} from './credit';
import { createApiClientService, createSignInService } from './identity';

/** Every repository on one database. Making them defines the models, so `ensureIndexes` comes after. */
export function createRepositories(database: Database) {
  return {
    accounts: createAccountRepository(database),
    apiClients: createApiClientRepository(database),
    audit: createAuditRepository(database),
    grants: createGrantRepository(database),
    jobs: createJobRepository(database),
    ledger: createCreditLedgerRepository(database),
    people: createPersonRepository(database),
    recordedActivities: createRecordedActivityRepository(database),
    regulations: createRegulationRepository(database),
    signIns: createSignInRepository(database),
    units: createUnitRepository(database),
  };
}
export type Repositories = ReturnType<typeof createRepositories>;

/** Every service, wired by hand: the one composition of the product. */
export function createServices(database: Database, repositories: Repositories, ports: Ports) {
  const deps = { ...ports, ...repositories, database };
  const regulation = createRegulationService(deps);
  const statement = createStatementService({ ...deps, regulation });
  return {
    apiClient: createApiClientService(deps),
    clock: createClockService(deps),
    progress: createProgressService({ ...deps, statement }),
    regulation,
    settlement: createSettlementService({ ...deps, regulation }),
    signIn: createSignInService(deps),
    statement,
  };
}
export type Services = ReturnType<typeof createServices>;
