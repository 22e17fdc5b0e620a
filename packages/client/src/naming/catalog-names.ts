import type { CountUnit, CourseForm, CourseStatus, ProgressState } from '@cadre/domain/catalog';
import type { Bilingual } from '@cadre/domain/core';

export const courseFormNames: Readonly<Record<CourseForm, Bilingual>> = {
  lecture: { zh: '讲授', en: 'Lecture' },
  seminar: { zh: '研讨', en: 'Seminar' },
  'on-site': { zh: '现场', en: 'On site' },
  scenario: { zh: '情景', en: 'Scenario' },
  case: { zh: '案例', en: 'Case study' },
  visit: { zh: '走访', en: 'Visit' },
  drill: { zh: '演练', en: 'Drill' },
  simulation: { zh: '模拟', en: 'Simulation' },
  'hands-on': { zh: '实操', en: 'Hands-on' },
  tabletop: { zh: '桌面推演', en: 'Tabletop exercise' },
  training: { zh: '训练', en: 'Training' },
};

export const courseStatusNames: Readonly<Record<CourseStatus, Bilingual>> = {
  draft: { zh: '草稿', en: 'Draft' },
  'in-review': { zh: '审核中', en: 'In review' },
  published: { zh: '已发布', en: 'Published' },
  expired: { zh: '已到期', en: 'Expired' },
  withdrawn: { zh: '已撤下', en: 'Withdrawn' },
};

export const countUnitNames: Readonly<Record<CountUnit, Bilingual>> = {
  theme: { zh: '专题', en: 'themes' },
  class: { zh: '培训班', en: 'classes' },
  course: { zh: '课程', en: 'courses' },
  base: { zh: '基地', en: 'bases' },
  teacher: { zh: '师资', en: 'teachers' },
  person: { zh: '人', en: 'people' },
  attendance: { zh: '人次', en: 'attendances' },
  'micro-lesson': { zh: '微课', en: 'micro-lessons' },
};

export const progressStateNames: Readonly<Record<ProgressState, Bilingual>> = {
  planned: { zh: '计划', en: 'Planned' },
  running: { zh: '进行', en: 'Running' },
  done: { zh: '完成', en: 'Done' },
};
