export { setSignInEnded, useSignInEnded } from './sign-in-end';
export {
  actorOf,
  meQuery,
  useActor,
  useChangePassword,
  useMe,
  useSignIn,
  useSignOut,
  useUpdateSettings,
  whoIsSignedIn,
} from './sign-in';
