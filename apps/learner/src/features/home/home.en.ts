import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './home.zh';

export const en: SameShape<typeof zh> = {
  greeting: {
    morning: 'Good morning, {{name}}',
    afternoon: 'Good afternoon, {{name}}',
    evening: 'Good evening, {{name}}',
  },
  today: 'Today',
  empty: 'No session today',
  emptyText: 'Once you enrol, your sessions appear here.',
};
