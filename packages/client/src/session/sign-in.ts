import type { PersonActor } from '@cadre/domain/access';
import type { AccountSettings, Me } from '@cadre/domain/identity';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useApi, useAppClient, type AppClient } from '../api';
import { clockQuery } from '../clock';
import { refusalOf } from '../refusal';
import { setSignInEnded } from './sign-in-end';

/** Who is signed in. Refused with NOT_SIGNED_IN when nobody is. */
export function meQuery({ api }: Pick<AppClient, 'api'>) {
  return {
    ...api.identity.me.queryOptions(undefined, { staleTime: 5 * 60_000 }),
    meta: { keep: true, behind: true, live: ['account:signed-out'] },
  } as const;
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

/** Clients whose sign-in the server has confirmed since the page was loaded. */
const confirmed = new WeakSet<AppClient>();

/**
 * Who is signed in. The server is asked once per page; when it cannot be
 * reached, the person this device remembers may read on without a network. Throws the server's refusal otherwise.
 * The server's clock is read by the same request, so that no screen opens with the date of the device.
 */
async function whoIsSignedIn(client: AppClient): Promise<Me> {
  const { queries } = client;
  if (confirmed.has(client)) return queries.ensureQueryData(meQuery(client));
  const remembered = queries.getQueryData(meQuery(client).queryKey);
  try {
    const [me] = await Promise.all([
      queries.fetchQuery({ ...meQuery(client), staleTime: 0 }),
      queries.fetchQuery({ ...clockQuery(client), staleTime: 0, retry: false }).catch(() => undefined),
    ]);
    confirmed.add(client);
    return me;
  } catch (error) {
    if (remembered && refusalOf(error).kind === 'unreachable') return remembered;
    if (refusalOf(error).code === 'NOT_SIGNED_IN') client.forget();
    throw error;
  }
}

/** Somebody may enter, or must first go elsewhere. */
export type Entrance = { readonly me: Me } | { readonly goTo: '/sign-in' | '/password' };

/**
 * Whom a route behind the sign-in lets in: who is signed in and owes no change of password. Who is not signed in
 * goes to the sign-in page, who owes a change makes it first; any other refusal is thrown.
 */
export async function enter(client: AppClient): Promise<Entrance> {
  try {
    const me = await whoIsSignedIn(client);
    return me.mustChangePassword ? { goTo: '/password' } : { me };
  } catch (error) {
    if (refusalOf(error).code !== 'NOT_SIGNED_IN') throw error;
    return { goTo: '/sign-in' };
  }
}

/** Who has signed in: the person the page was open for, or another. */
export interface SignedIn {
  readonly isAnother: boolean;
}

/**
 * Signs in and reads who it is. Nothing that another person read on this page stays. `onSignedIn` is called also
 * where the form goes away with the sign-in.
 */
export function useSignIn(onSignedIn: (signedIn: SignedIn) => void) {
  const client = useAppClient();
  return useMutation({
    mutationFn: async (input: {
      readonly loginName: string;
      readonly password: string;
    }): Promise<SignedIn> => {
      const before = client.queries.getQueryData(meQuery(client).queryKey);
      await client.calls.identity.signIn.mutate(input);
      const me = await client.queries.fetchQuery({ ...meQuery(client), staleTime: 0 });
      const isAnother = before !== undefined && before.person.id !== me.person.id;
      if (isAnother) {
        client.forget();
        client.queries.setQueryData(meQuery(client).queryKey, me);
      }
      return { isAnother };
    },
    onSuccess: (signedIn) => {
      setSignInEnded(false);
      onSignedIn(signedIn);
    },
  });
}

/**
 * Signs out, here or on every device, and forgets everything that was read.
 * The app then loads its sign-in page afresh, so that nothing of the person stays in memory.
 */
export function useSignOut(onSignedOut: () => void) {
  const { calls, forget } = useAppClient();
  return useMutation({
    mutationFn: (where: 'here' | 'everywhere') =>
      where === 'here' ? calls.identity.signOut.mutate() : calls.identity.signOutEverywhere.mutate(),
    onSuccess: () => {
      forget();
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
