import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './enrollment.zh';

export const en: SameShape<typeof zh> = {
  title: 'Enrolment',
  tabs: { label: 'Classes or people', classes: 'By class', people: 'People of my unit' },
  classes: {
    label: 'Seats of classes',
    deadline: 'Enrol until',
    empty: 'Once there are classes, seats and rosters appear here',
    none: 'No class matches',
  },
  roster: {
    title: 'Roster',
    back: 'Enrolment',
    lead: '{{taken}} of {{capacity}} taken, {{waiting}} waiting',
    label: 'Roster',
    person: 'Name',
    personNo: 'No.',
    unit: 'Unit',
    state: 'State',
    waiting: 'Waitlist no. {{position}}',
    origin: 'Origin',
    requestedAt: 'Asked at',
    order: 'Order',
    anyState: 'Any state',
    empty: 'Nobody has enrolled yet',
    none: 'Nobody matches',
    class: 'Open the class',
    print: 'Print',
  },
  origin: { 'self-selected': 'Own choice', nominated: 'Nominated', 'walk-in': 'Added at the door' },
  people: {
    label: 'Enrolments of my unit',
    class: 'Class',
    dates: 'Dates',
    empty: 'Enrolments of the people of your unit appear here',
    none: 'No enrolment matches',
  },
  withdraw: {
    go: 'Withdraw for them',
    title: 'Withdraw {{name}} from “{{title}}”?',
    text: 'The seat goes to the next in line at once and cannot be had back.',
    keep: 'Keep it',
    done: '{{name}} is withdrawn',
  },
};
