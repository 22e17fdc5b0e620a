import type { SameShape } from '@cadre/ui/i18n';
import type { zh } from './system.zh';

export const en: SameShape<typeof zh> = { title: 'System', empty: 'No units and people yet' };
