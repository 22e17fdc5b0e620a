import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './live.zh';

export const en: SameShape<typeof zh> = { title: 'Live', empty: 'No session is running now' };
