import type { ApiClientRepository } from '@cadre/db/identity';
import type { ClientActor } from '@cadre/domain/access';
import { hashSecret } from '../core';

export type ApiClientService = ReturnType<typeof createApiClientService>;

export function createApiClientService({
  apiClients,
}: {
  apiClients: Pick<ApiClientRepository, 'findByKeyHash'>;
}) {
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
  };
}
