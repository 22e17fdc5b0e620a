import { z } from 'zod';
import { id, language } from '../core';

export const accountSettings = z.object({
  language,
  /** 大字版: every size × 1.25 in both apps. */
  largeType: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});
export type AccountSettings = z.infer<typeof accountSettings>;

export const DEFAULT_SETTINGS: AccountSettings = { language: 'zh', largeType: false, theme: 'system' };

export const account = z.object({
  id,
  personId: id,
  loginName: z.string().min(1).max(64),
  mustChangePassword: z.boolean(),
  failedAttempts: z.number().int().min(0),
  lockedUntil: z.date().nullable(),
  disabledAt: z.date().nullable(),
  settings: accountSettings,
});
export type Account = z.infer<typeof account>;

/** Wrong passwords in a row after which the account is locked, and for how long. */
export const LOCKOUT = { attempts: 5, minutes: 15 } as const;

export const signInInput = z.object({
  loginName: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(200),
});
export const PASSWORD_MIN_LENGTH = 10;
export const changePasswordInput = z.object({
  currentPassword: z.string().min(1).max(200),
  newPassword: z.string().min(1).max(200),
});

/** A password is accepted from ten characters on, with at least three of: lower case, upper case, digit, other. */
export function isPasswordStrong(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((pattern) => pattern.test(password));
  return password.length >= PASSWORD_MIN_LENGTH && classes.length >= 3;
}

/** What locks, and until when, after one more wrong password. */
export function afterWrongPassword(
  failedAttempts: number,
  now: Date,
): { failedAttempts: number; lockedUntil: Date | null } {
  const failed = failedAttempts + 1;
  return failed >= LOCKOUT.attempts
    ? { failedAttempts: 0, lockedUntil: new Date(now.getTime() + LOCKOUT.minutes * 60_000) }
    : { failedAttempts: failed, lockedUntil: null };
}
