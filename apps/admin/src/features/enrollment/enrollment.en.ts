import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './enrollment.zh';

export const en: SameShape<typeof zh> = { title: 'Enrolment', empty: 'No enrolments yet' };
