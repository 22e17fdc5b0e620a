import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './app.zh';

export const en: SameShape<typeof zh> = {
  places: {
    label: 'Main pages',
    home: 'Home',
    courses: 'Courses',
    schedule: 'Calendar',
    credits: 'Credits',
    me: 'Me',
  },
  update: { ready: 'A new version is ready', reload: 'Reload' },
  clock: {
    title: 'Demo clock',
    lead: 'Move time forward for everybody. It cannot go back.',
    halfHour: '30 minutes on',
    twoHours: '2 hours on',
    morning: 'To the next morning at 8',
    pick: 'To which day',
    time: 'At what time',
    go: 'Move to this moment',
    moved: 'The demo clock now says {{time}}',
  },
};
