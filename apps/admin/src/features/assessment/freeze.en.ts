import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './freeze.zh';

export const en: SameShape<typeof zh> = {
  open: 'Freeze {{name}}',
  notYet: 'Can be frozen from {{cutOff}}',
  about: 'About the snapshot',
  title: 'Freeze {{name}}',
  titleDone: '{{name}} · snapshot no. {{no}}',
  people: 'In the snapshot',
  peopleValue: '{{people}} people: those in service on {{day}}',
  met: 'Met',
  missed: 'Missed',
  running: 'Cycle goes on',
  nothingAsked: 'No target',
  count: '{{people}} people',
  number: 'Number',
  numberValue: 'No. {{no}}',
  by: 'Frozen by',
  at: 'Frozen',
  fileGet: 'Download the frozen results (Excel)',
  unsettled: {
    one: '{{count}} session before the cut-off is not settled yet. Frozen now, its credits are left out.',
    other:
      '{{count}} sessions before the cut-off are not settled yet. Frozen now, their credits are left out.',
  },
  notHeld: {
    one: 'Nobody opened {{count}} session before the cut-off or said what it was. Frozen now, it counts as not held.',
    other:
      'Nobody opened {{count}} sessions before the cut-off or said what they were. Frozen now, they count as not held.',
  },
  settled: 'Every session before the cut-off is settled.',
  what: 'Once it is frozen:',
  whatFrozen:
    'Everybody’s figures are those recorded by the cut-off ({{cutOff}}), signed as snapshot no. {{no}} for the assessment system to read.',
  whatAfter: 'It can be neither taken back nor changed. Credits recorded after the cut-off are not in it.',
  late: {
    one: 'Sessions settled after the cut-off are not in it: {{count}} so far.',
    other: 'Sessions settled after the cut-off are not in it: {{count}} so far.',
  },
  lateList: {
    one: 'Settled after the cut-off and not in it ({{count}} session)',
    other: 'Settled after the cut-off and not in it ({{count}} sessions)',
  },
  lateLine: 'held {{day}} · settled {{moment}} · {{people}}',
  underWay: 'Being frozen',
  figure: '{{written}} / {{people}} people',
  leave: 'You may leave this page: the freeze finishes by itself, and its progress is shown here.',
  resume: 'The freeze has begun. If the figure stands still, freeze again: it goes on from here.',
  whatCycle: 'No cycle of credits ends by it; the ledger goes on.',
  versions:
    'Everybody’s line has a version of its own: 1 is the first result, each change of the result adds one, and so does the freezing. The frozen line is the last of the year; a high version only says that the result has moved so often.',
  go: 'Freeze as no. {{no}}',
  cancel: 'Not now',
  close: 'Leave it running',
  done: '{{name}} is frozen as no. {{no}}',
};
