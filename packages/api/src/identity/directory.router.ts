import { id } from '@cadre/domain/core';
import {
  addApiClientInput,
  addGrantInput,
  addPersonInput,
  addUnitInput,
  apiClientRow,
  findScopeTargetsInput,
  listPeopleInput,
  newApiClient,
  oneTimePassword,
  openAccountInput,
  personFile,
  personInput,
  personPage,
  recordChangeInput,
  scopeTarget,
  setAccountDisabledInput,
  unitRow,
  withdrawChangesInput,
} from '@cadre/domain/identity';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

const nothing = z.void();

export const directoryRouter = router({
  units: signedInProcedure
    .output(z.array(unitRow))
    .query(({ ctx }) => ctx.services.directory.units(ctx.actor)),
  addUnit: signedInProcedure
    .input(addUnitInput)
    .output(unitRow)
    .mutation(({ ctx, input }) => ctx.services.directory.addUnit(ctx.actor, input)),
  people: signedInProcedure
    .input(listPeopleInput)
    .output(personPage)
    .query(({ ctx, input }) => ctx.services.directory.people(ctx.actor, input)),
  person: signedInProcedure
    .input(personInput)
    .output(personFile)
    .query(({ ctx, input }) => ctx.services.directory.person(ctx.actor, input.personId)),
  addPerson: signedInProcedure
    .input(addPersonInput)
    .output(personInput)
    .mutation(({ ctx, input }) => ctx.services.directory.addPerson(ctx.actor, input)),
  changeHistory: signedInProcedure
    .input(recordChangeInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.directory.changeHistory(ctx.actor, input)),
  withdrawChanges: signedInProcedure
    .input(withdrawChangesInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.directory.withdrawChanges(ctx.actor, input)),
  openAccount: signedInProcedure
    .input(openAccountInput)
    .output(oneTimePassword)
    .mutation(({ ctx, input }) =>
      ctx.services.directory.openAccount(ctx.actor, input.personId, input.loginName),
    ),
  issuePassword: signedInProcedure
    .input(personInput)
    .output(oneTimePassword)
    .mutation(({ ctx, input }) => ctx.services.directory.issuePassword(ctx.actor, input.personId)),
  setAccountDisabled: signedInProcedure
    .input(setAccountDisabledInput)
    .output(nothing)
    .mutation(({ ctx, input }) =>
      ctx.services.directory.setAccountDisabled(ctx.actor, input.personId, input.disabled),
    ),
  scopeTargets: signedInProcedure
    .input(findScopeTargetsInput)
    .output(z.array(scopeTarget))
    .query(({ ctx, input }) => ctx.services.directory.scopeTargets(ctx.actor, input)),
  addGrant: signedInProcedure
    .input(addGrantInput)
    .output(z.object({ grantId: id }))
    .mutation(({ ctx, input }) => ctx.services.directory.addGrant(ctx.actor, input)),
  revokeGrant: signedInProcedure
    .input(z.object({ grantId: id }))
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.directory.revokeGrant(ctx.actor, input.grantId)),
  apiClients: signedInProcedure
    .output(z.array(apiClientRow))
    .query(({ ctx }) => ctx.services.apiClient.list(ctx.actor)),
  addApiClient: signedInProcedure
    .input(addApiClientInput)
    .output(newApiClient)
    .mutation(({ ctx, input }) => ctx.services.apiClient.add(ctx.actor, input)),
  revokeApiClient: signedInProcedure
    .input(z.object({ clientId: id }))
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.apiClient.revoke(ctx.actor, input.clientId)),
});
