export { setSignInEnded, useSignInEnded } from './sign-in-end';
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
} from './sign-in';
