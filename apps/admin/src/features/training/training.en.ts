import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './training.zh';

export const en: SameShape<typeof zh> = { title: 'Classes and timetable', empty: 'No classes yet' };
