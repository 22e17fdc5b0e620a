import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './issue-password.zh';

export const en: SameShape<typeof zh> = {
  issue: 'Reset password',
  ask: 'Reset the password of {{name}}?',
  effect:
    'The person is signed out everywhere, signs in with the one-time password and must then choose another. It is noted in the audit trail.',
  once: 'One-time password, shown only now:',
};
