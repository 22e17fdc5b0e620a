import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './identity.zh';

export const en: SameShape<typeof zh> = {
  signIn: {
    title: 'Sign in',
    loginName: 'Account',
    password: 'Password',
    submit: 'Sign in',
    forgot: 'Forgot the password? Ask the training officer of your unit or the system administrator.',
    again: 'Please sign in again',
    againLead: 'Your sign-in has ended. What you typed is still here.',
  },
  password: {
    title: 'Choose a password of your own',
    lead: 'The present one was set by somebody else; change it to go on.',
    plainTitle: 'Change password',
    current: 'Present password',
    next: 'New password',
    rule: 'At least 10 characters, with three of: capitals, small letters, digits, signs.',
    submit: 'Use this password',
    done: 'The password is changed',
    cancel: 'Keep the present one',
  },
  menu: {
    open: 'display and account',
    language: 'Language',
    theme: 'Light or dark',
    themeSystem: 'As the system',
    themeLight: 'Light',
    themeDark: 'Dark',
    largeType: 'Large type',
    learner: 'Open the learner app',
    changePassword: 'Change password',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out on all devices',
    signOutEverywhereAsk: 'Phones, computers and everything else will be signed out, this one too.',
    signOutEverywhereDo: 'Sign out everywhere',
    cancel: 'Not now',
  },
};
