import { refusalOf, type Refusal } from '../refusal';
import { useSignInEnded } from './sign-in-end';

/**
 * Why something did not happen, as a screen shows it now. What was refused because the sign-in had ended is only to
 * be done once more when somebody has signed in again.
 */
export function useRefusal(error: unknown): Refusal {
  const refusal = refusalOf(error);
  const signedInAgain = !useSignInEnded() && refusal.code === 'NOT_SIGNED_IN';
  return signedInAgain ? { ...refusal, code: 'SIGNED_IN_AGAIN', kind: 'signed-in-again' } : refusal;
}
