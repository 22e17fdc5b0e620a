export { setSignInEnded, useSignInEnded } from './sign-in-end';
export { useRefusal } from './use-refusal';
export {
  actorOf,
  enter,
  meQuery,
  useActor,
  useChangePassword,
  useMe,
  useSignIn,
  useSignOut,
  useUpdateSettings,
  type SignedIn,
} from './sign-in';
