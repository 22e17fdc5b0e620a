import { z } from 'zod';

/** A code on the hall screen is shown for so long … */
export const CODE_STEP_SECONDS = 10;
/** … and accepted for so many steps more (`decisions.md`, check-in QR). */
export const CODE_GRACE_STEPS = 2;
/** Codes of so many earlier steps are told apart from forged ones, so that the answer can say "look at the new one". */
export const CODE_KNOWN_STEPS = 30;
/** A scan made before signing in is kept so long for the browser that made it. */
export const TICKET_MINUTES = 5;

/** Bytes of the HMAC that the link carries, and after them those the six digits are made of. */
export const TOKEN_BYTES = 16;
const DIGIT_BYTES = 6;

/** The text in the QR link: 16 bytes as base64url. */
export const checkInToken = z.string().regex(/^[\w-]{22}$/);
export const checkInDigits = z.string().regex(/^\d{6}$/);

/** The step an instant falls into; a step begins at a whole multiple of ten seconds. */
export const codeStepOf = (instant: Date): number =>
  Math.floor(instant.getTime() / (CODE_STEP_SECONDS * 1000));

/** When the code of this step gives way to the next. */
export const codeChangesAt = (step: number): Date => new Date((step + 1) * CODE_STEP_SECONDS * 1000);

/** What is signed: bound to one session and one step. */
export const codeMessage = (sessionId: string, step: number): string => `check-in/${sessionId}/${step}`;

/** Six digits out of the HMAC bytes that the link does not show; 48 bits over a million leave no useful bias. */
export function digitsOf(mac: Uint8Array): string {
  let value = 0n;
  for (const byte of mac.subarray(TOKEN_BYTES, TOKEN_BYTES + DIGIT_BYTES))
    value = (value << 8n) | BigInt(byte);
  return (value % 1_000_000n).toString().padStart(6, '0');
}

/**
 * Wrong attempts that are answered, per account over all sessions, and per session for typed codes alone. Beyond them
 * even the right code waits for the next window; scanning goes on, since its 128 bits cannot be guessed.
 */
export const ATTEMPT_LIMITS = { account: 10, sessionDigits: 60, windowMinutes: 10 } as const;
