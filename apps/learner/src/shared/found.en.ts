import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './found.zh';

export const en: SameShape<typeof zh> = {
  show: { label: 'What to show', courses: 'Courses', lessons: 'Micro-lessons', bases: 'Bases' },
  more: 'Show {{count}} more',
  narrow: 'There are more. A more exact word finds it faster.',
};
