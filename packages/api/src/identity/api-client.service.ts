import type { AssessmentYearRepository } from '@cadre/db/assessment';
import type { Database } from '@cadre/db/core';
import type { ApiClient, ApiClientRepository } from '@cadre/db/identity';
import type { ClientActor, PersonActor } from '@cadre/domain/access';
import { AppError, type Id } from '@cadre/domain/core';
import { canKeepDirectory, canSeeAccounts, type AddApiClientInput } from '@cadre/domain/identity';
import { allow, createAuditTrail, hashSecret, toToken, type AuditTrailDeps, type Ports } from '../core';

const KEY_BYTES = 32;
/** So that a key is recognised when it turns up where it should not. */
const KEY_PREFIX = 'cadre_';

export interface ApiClientDeps extends AuditTrailDeps, Pick<Ports, 'random'> {
  database: Pick<Database, 'transaction'>;
  apiClients: ApiClientRepository;
  assessmentYears: Pick<AssessmentYearRepository, 'findById'>;
}

export type ApiClientService = ReturnType<typeof createApiClientService>;

/** Machines that read the feed, and their keys. */
export function createApiClientService(deps: ApiClientDeps) {
  const { database, apiClients, assessmentYears, clock, newId, random } = deps;
  const trail = createAuditTrail(deps);
  const withoutHash = ({ keyHash: _hash, ...client }: ApiClient) => client;

  return {
    /** The client a key belongs to; null for an unknown or revoked key. */
    async resolve(key: string): Promise<ClientActor | null> {
      const client = await apiClients.findByKeyHash(hashSecret(key));
      return (
        client && {
          kind: 'client',
          clientId: client.id,
          permissions: client.permissions,
          assessmentYearIds: client.assessmentYearIds,
        }
      );
    },

    async list(actor: PersonActor) {
      allow(canSeeAccounts(actor));
      return (await apiClients.list()).map(withoutHash);
    },

    /** Makes a client and its key. The key is in the answer and nowhere else. */
    async add(actor: PersonActor, input: AddApiClientInput) {
      allow(canKeepDirectory(actor));
      for (const yearId of input.assessmentYearIds ?? [])
        if (!(await assessmentYears.findById(yearId))) throw new AppError('NOT_FOUND');
      const key = KEY_PREFIX + toToken(random.bytes(KEY_BYTES));
      const client: ApiClient = {
        ...input,
        id: newId(),
        keyHash: hashSecret(key),
        createdAt: clock.now(),
        revokedAt: null,
      };
      await database.transaction(async (tx) => {
        await apiClients.insert(client, tx);
        await trail.created(actor, 'identity:api-client-added', 'api-client', withoutHash(client), tx);
      });
      return { client: withoutHash(client), key };
    },

    async revoke(actor: PersonActor, clientId: Id): Promise<void> {
      allow(canKeepDirectory(actor));
      const revokedAt = clock.now();
      await database.transaction(async (tx) => {
        if (!(await apiClients.tryRevoke(clientId, revokedAt, tx))) throw new AppError('NOT_FOUND');
        await trail.changed(
          actor,
          'identity:api-client-revoked',
          { kind: 'api-client', id: clientId },
          { revokedAt: null },
          { revokedAt },
          tx,
        );
      });
    },
  };
}
