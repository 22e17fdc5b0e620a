import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './network.zh';

export const en: SameShape<typeof zh> = { title: 'Network', empty: 'No bases yet' };
