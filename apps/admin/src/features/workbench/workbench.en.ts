import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './workbench.zh';

export const en: SameShape<typeof zh> = { title: 'Workbench', empty: 'Nothing waits for you today' };
