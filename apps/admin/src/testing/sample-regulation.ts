import type { RegulationRow } from '@cadre/domain/regulation';
import { idOf } from './scene';

/** A version that waits for a second person, written by somebody else. */
export const sampleRegulation: RegulationRow = {
  code: 'demo',
  version: 2,
  title: { zh: '学时管理办法', en: 'Rules on class hours' },
  issuer: { zh: '某市', en: '' },
  number: null,
  unitId: idOf(1),
  unit: { zh: '台州市', en: 'Taizhou' },
  state: 'waiting',
  effectiveFrom: '2027-01-01',
  effectiveTo: null,
  author: '徐伟',
  approver: null,
  approvedAt: null,
  isAuthor: false,
  returned: null,
};
