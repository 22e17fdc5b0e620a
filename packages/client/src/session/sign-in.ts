import type { PersonActor } from '@cadre/domain/access';
import type { AccountSettings, Me } from '@cadre/domain/identity';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useApi, useAppClient, type AppClient } from '../api';

/** Who is signed in. Refused with NOT_SIGNED_IN when nobody is. */
export function meQuery({ api }: Pick<AppClient, 'api'>) {
  return api.identity.me.queryOptions(undefined, { staleTime: 5 * 60_000 });
}

/** The person who is signed in; only below a route that asked for it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery(useAppClient())).data;
}

/** The signed-in person as the policies of the domain know an actor: `canOpenArea(useActor(), 'credit')`. */
export function useActor(): PersonActor {
  return actorOf(useMe());
}

export function actorOf({ person, accountId, grants }: Me): PersonActor {
  return { kind: 'person', personId: person.id, accountId, grants };
}

/** Signs in and reads who it is. */
export function useSignIn() {
  const client = useAppClient();
  return useMutation({
    mutationFn: async (input: { readonly loginName: string; readonly password: string }): Promise<Me> => {
      await client.calls.identity.signIn.mutate(input);
      return client.queries.fetchQuery({ ...meQuery(client), staleTime: 0 });
    },
  });
}

/**
 * Signs out, here or on every device, and forgets everything that was read.
 * The app then loads its sign-in page afresh, so that nothing of the person stays in memory.
 */
export function useSignOut(onSignedOut: () => void) {
  const { calls, queries } = useAppClient();
  return useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      where === 'here' ? calls.identity.signOut.mutate() : calls.identity.signOutEverywhere.mutate(),
    onSuccess: () => {
      queries.clear();
      onSignedOut();
    },
  });
}

/** Changes the own password; the account owes no change afterwards. */
export function useChangePassword() {
  const api = useApi();
  const client = useAppClient();
  return useMutation(
    api.identity.changePassword.mutationOptions({
      onSuccess: () => client.queries.fetchQuery({ ...meQuery(client), staleTime: 0 }),
    }),
  );
}

/** Changes settings of the account; they show at once and go back when the server refuses. */
export function useUpdateSettings() {
  const client = useAppClient();
  const { queryKey } = meQuery(client);
  return useMutation({
    mutationFn: (settings: AccountSettings) => client.calls.identity.updateSettings.mutate(settings),
    onMutate: async (settings) => {
      await client.queries.cancelQueries({ queryKey });
      const before = client.queries.getQueryData(queryKey);
      client.queries.setQueryData(queryKey, (me) => me && { ...me, settings });
      return { before };
    },
    onError: (_error, _settings, context) => {
      client.queries.setQueryData(queryKey, context?.before);
    },
  });
}
