import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './catalog.zh';

export const en: SameShape<typeof zh> = { title: 'Catalog', empty: 'No courses yet' };
