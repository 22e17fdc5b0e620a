import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './app.zh';

export const en: SameShape<typeof zh> = {
  shortName: 'Alliance Training',
  areas: {
    label: 'Areas',
    workbench: 'Workbench',
    network: 'Network',
    catalog: 'Catalog',
    training: 'Timetable',
    enrollment: 'Enrolment',
    live: 'Live',
    credit: 'Credits',
    assessment: 'Assessment',
    insight: 'Insight',
    system: 'System',
  },
  find: {
    open: 'Find',
    key: 'Ctrl K',
    hint: 'Find pages, people, bases, courses, classes',
    results: 'Results',
    pages: 'Pages',
    people: 'People',
    bases: 'Bases',
    courses: 'Courses',
    classes: 'Classes',
    asking: 'Looking…',
    none: 'Nothing found. Try a name, pinyin initials or a number.',
    count: { one: '{{count}} result', other: '{{count}} results' },
  },
  noArea: {
    title: 'Your account has no administrative grant yet',
    text: 'For enrolment, sessions and credits use the learner app. For a grant ask the system administrator.',
    learner: 'Open the learner app',
  },
  clock: {
    lead: 'Move time forward for everybody. It cannot go back.',
    nextSession: 'To 15 minutes before the next session ({{time}} {{title}})',
    noSession: 'No further session today',
    quarterHour: '15 minutes on',
    hour: '1 hour on',
    morning: 'To the next morning at 8',
    pick: 'To a moment of your choice',
    go: 'Move to this moment',
    moved: 'The demo clock now says {{time}}',
  },
};
