import type { SameShape } from '../i18n';
import type { zh } from './ui.zh';

export const en: SameShape<typeof zh> = {
  loading: 'Opening…',
  retry: 'Try again',
  undo: 'Undo',
  close: 'Close',
  back: 'Back',
  clear: 'Clear',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  optional: 'optional',
  chooseDay: 'Choose a day',
  error: {
    title: 'This did not open',
    text: 'It is not your fault. Try again; if it stays so, give your administrator the number below.',
    requestId: 'Number {{requestId}}',
  },
  unreachable: 'Check the network and try again.',
  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page has moved.',
    home: 'Go home',
  },
  noPermission: {
    title: 'This is not open to you',
    text: 'This page is outside the grants of your account. Grants are kept by the system administrator.',
  },
  refusal: { why: 'See the rule', hide: 'Hide the rule' },
  offline: {
    line: 'Offline',
    restarting: 'The server is restarting; the connection comes back by itself',
    since: 'Offline · showing what was there on {{time}}',
    unreached: 'No connection · showing what was there on {{time}}',
  },
  moved: 'Planned for {{before}}, moved to {{now}}',
  demoClock: 'Demo clock',
  countdown: { days: '{{days}} days left', hours: '{{hours}} h {{minutes}} min left', over: 'Time is up' },
  ring: {
    or: 'or',
    met: 'met',
    share: '{{value}} / {{target}} {{unit}}',
    spoken: '{{label}}: {{shares}}',
    spokenMet: '{{label}}: {{shares}}, met',
  },
  table: {
    search: 'Search',
    searchHint: 'Search (press /)',
    columns: 'Columns',
    export: 'Export what you see',
    exporting: 'Exporting…',
    total: '{{total}} in all',
    range: '{{from}}–{{to}} of {{total}}',
    sum: 'Total',
    keys: '↑ ↓ to move, Enter to open',
    resetColumns: 'Default columns',
  },
};
