import type { Bilingual } from '@cadre/domain/core';
import type {
  BaseDay,
  BaseStatus,
  BaseTier,
  Designation,
  InstructorKind,
  VenueKind,
} from '@cadre/domain/network';

export const tierNames: Readonly<Record<BaseTier, Bilingual>> = {
  central: { zh: '中央基地', en: 'Central base' },
  regional: { zh: '省市基地', en: 'Regional base' },
  case: { zh: '案例教学基地', en: 'Case-teaching site' },
};

export const baseStatusNames: Readonly<Record<BaseStatus, Bilingual>> = {
  applied: { zh: '已申报', en: 'Applied' },
  'formal-check': { zh: '形式审查', en: 'Formal check' },
  'site-review': { zh: '实地评审', en: 'Site review' },
  notice: { zh: '公示中', en: 'Public notice' },
  listed: { zh: '已挂牌', en: 'Listed' },
  're-review': { zh: '复评中', en: 'Re-review' },
  rectification: { zh: '整改中', en: 'Rectification' },
  delisted: { zh: '已摘牌', en: 'Delisted' },
};

export const baseDayNames: Readonly<Record<BaseDay, Bilingual>> = {
  open: { zh: '今天开放', en: 'Open today' },
  closed: { zh: '今天不开放', en: 'Closed today' },
  blackout: { zh: '今天停止接待', en: 'No visitors today' },
};

export const venueKindNames: Readonly<Record<VenueKind, Bilingual>> = {
  hall: { zh: '展馆 / 礼堂', en: 'Hall' },
  classroom: { zh: '教室', en: 'Classroom' },
  outdoor: { zh: '室外', en: 'Outdoors' },
  route: { zh: '教学线路', en: 'Route' },
};

export const instructorKindNames: Readonly<Record<InstructorKind, Bilingual>> = {
  lecturer: { zh: '授课教师', en: 'Lecturer' },
  narrator: { zh: '讲解员', en: 'Narrator' },
  witness: { zh: '亲历者', en: 'Witness' },
};

export const designationLevelNames: Readonly<Record<Designation['level'], Bilingual>> = {
  national: { zh: '国家级', en: 'National' },
  provincial: { zh: '省级', en: 'Provincial' },
  municipal: { zh: '市级', en: 'Municipal' },
  county: { zh: '县级', en: 'County' },
};

/** By ISO weekday, 1 = Monday. */
export const weekdayNames: Readonly<Record<number, Bilingual>> = {
  1: { zh: '周一', en: 'Mon' },
  2: { zh: '周二', en: 'Tue' },
  3: { zh: '周三', en: 'Wed' },
  4: { zh: '周四', en: 'Thu' },
  5: { zh: '周五', en: 'Fri' },
  6: { zh: '周六', en: 'Sat' },
  7: { zh: '周日', en: 'Sun' },
};
