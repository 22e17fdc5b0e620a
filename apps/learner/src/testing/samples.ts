import type { ClassCard, ScheduleItem } from '@cadre/domain/training';

/** Ids of samples: the same number is the same thing. */
export const sampleId = (index: number): string =>
  `01890000-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`;

/** `2026-11-22T14:00` on the clocks of Shanghai; in tests of screens it is 14:00 of 22 November 2026. */
export const inShanghai = (time: string): Date => new Date(`${time}:00+08:00`);

/** A class that can be enrolled in. */
export const classCard = (changes: Partial<ClassCard> = {}): ClassCard => ({
  id: sampleId(10),
  classNo: '2026-031',
  runNo: 1,
  title: '乡村治理专题班',
  themeId: sampleId(1),
  kind: 'on-site',
  mode: 'self-selected',
  status: 'open',
  baseId: sampleId(2),
  baseName: { zh: '大陈岛干部学院', en: 'Dachen Island Cadre Academy' },
  courseTitle: { zh: '大陈岛垦荒精神', en: 'The reclaimers of Dachen Island' },
  capacity: 20,
  window: { opensAt: inShanghai('2026-11-01T00:00'), closesAt: inShanghai('2026-12-01T09:00') },
  promotionCutOff: inShanghai('2026-12-02T09:00'),
  withdrawalDeadline: inShanghai('2026-12-01T09:00'),
  startsAt: inShanghai('2026-12-03T14:00'),
  endsAt: inShanghai('2026-12-03T16:30'),
  seatsTaken: 16,
  waiting: 0,
  revision: 0,
  demo: false,
  sessionCount: 1,
  earns: { days: 5_000, classHours: 40_000 },
  mine: null,
  clashes: [],
  ...changes,
});

/** A session of one's own on the afternoon of the day that it is in tests. */
export const scheduleItem = (changes: Partial<ScheduleItem> = {}): ScheduleItem => ({
  id: sampleId(1),
  classId: sampleId(2),
  courseId: sampleId(3),
  baseId: sampleId(4),
  baseName: { zh: '大陈岛干部学院', en: '' },
  venueName: { zh: '垦荒馆', en: '' },
  title: '垦荒精神现场课',
  courseTitle: { zh: '大陈岛垦荒精神', en: 'The reclaimers of Dachen Island' },
  movedFrom: null,
  startsAt: inShanghai('2026-11-22T14:00'),
  endsAt: inShanghai('2026-11-22T16:30'),
  mode: 'on-site',
  status: 'scheduled',
  worth: { halfDays: [], classHours: 0 },
  cancelledReason: null,
  demo: false,
  classTitle: '乡村治理专题班',
  as: 'learner',
  standing: 'enrolled',
  access: '12:30 从椒江码头乘船',
  ...changes,
});
