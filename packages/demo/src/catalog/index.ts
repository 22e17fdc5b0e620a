import { addDays, AMOUNT_UNIT, type CivilDate, type Id, type IdGenerator } from '@cadre/domain/core';
import {
  COUNTING_RULES,
  type Course,
  type CourseForm,
  type MicroLesson,
  type Plan,
  type Theme,
} from '@cadre/domain/catalog';
import type { Base } from '@cadre/domain/network';
import data from '../../data/catalog.json';
import type { Chance } from '../chance';

export interface DemoCatalog {
  themes: Theme[];
  courses: Course[];
  microLessons: MicroLesson[];
  plan: Plan;
}

/** Courses that belong to a place, by codes (`catalog.json`, `network.json`). */
const TAUGHT_AT: Readonly<Record<string, readonly string[]>> = {
  'T02-C01': ['C00'],
  'T02-C02': ['C00', 'P01', 'P09'],
  'T05-C02': ['X08', 'X02'],
  'T05-C03': ['P03'],
  'T05-C08': ['C00', 'P06'],
  'T05-C10': ['P02'],
  'T06-C01': ['X04'],
  'T06-C04': ['X05'],
  'T09-C01': ['X02'],
  'T09-C03': ['P08'],
  'T08-C04': ['X10'],
};

/** Series whose lessons have titles of their own instead of the names of the ten slots (`catalog.md` § 4). */
const SERIES: Readonly<Record<string, readonly string[]>> = {
  'T06-C01': [
    '一次邻里纠纷为何越调越大',
    '矛盾、纠纷、信访的区别',
    '相关法律与文件在哪里找',
    '本市调解室的一天',
    '外地做法比较',
    '五步调解流程',
    '调解记录单怎么填',
    '三种常见的“好心办坏事”',
    '情景：加装电梯',
    '本周走访清单',
  ],
};

const ALSO_TOUCHES: Readonly<Record<string, readonly string[]>> = { 'T05-C08': ['T09'], 'T04-C07': ['T03'] };

const ABILITIES = [
  '政治判断',
  '改革攻坚',
  '应急处突',
  '群众工作',
  '依法行政',
  '数字素养',
  '调查研究',
  '沟通表达',
];
const CLASS_HOURS = 4 * AMOUNT_UNIT;

/** Version 2 of the demonstration's plan: ten themes, a hundred courses, a thousand micro-lessons (`catalog.md`, variant V5). */
export function createCatalog(
  chance: Chance,
  newId: IdGenerator,
  bases: readonly Base[],
  today: CivilDate,
): DemoCatalog {
  const baseId = (code: string): Id => bases.find((base) => base.code === code)!.id;
  const themes = data.themes.map((row, index): Theme => ({
    id: newId(),
    code: row.code,
    name: row.name,
    forms: row.forms as CourseForm[],
    order: index + 1,
    demo: true,
  }));
  const themeId = (code: string): Id => themes.find((theme) => theme.code === code)!.id;
  const courses = data.themes.flatMap((theme) =>
    theme.courses.map((row, index): Course => {
      // A few courses wait for their review, so that progress is not simply complete.
      const waits = index === 9 && ['T03', 'T07', 'T08', 'T10'].includes(theme.code);
      return {
        id: newId(),
        code: row.code,
        title: row.title,
        themeId: themeId(theme.code),
        alsoTouches: (ALSO_TOUCHES[row.code] ?? []).map(themeId),
        forms: theme.forms as CourseForm[],
        summary: `围绕“${row.title.zh}”，从一个真问题出发，讲清依据、方法和常见误区，最后落到回到岗位能做的一件事。（演示）`,
        audience: '乡科级及以下干部；县处级干部可选',
        abilities: chance.sample(ABILITIES, 2),
        classHours: CLASS_HOURS,
        status: waits ? 'in-review' : 'published',
        version: 1,
        reviewBy: addDays(today, chance.between(60, 700)),
        baseIds: (TAUGHT_AT[row.code] ?? []).map(baseId),
        revision: 0,
        demo: true,
      };
    }),
  );
  const microLessons = courses.flatMap((course) =>
    data.slots.map((slot, index): MicroLesson => {
      const number = String(index + 1).padStart(2, '0');
      return {
        id: newId(),
        code: `${course.code}-M${number}`,
        courseId: course.id,
        title: SERIES[course.code]?.[index] ?? slot,
        order: index + 1,
        lengthMinutes: chance.between(5, 12),
        reviewBy: course.reviewBy,
        baseId: index === 3 ? (course.baseIds[0] ?? null) : null,
        revision: 0,
        demo: true,
      };
    }),
  );
  const plan: Plan = {
    id: newId(),
    code: 'SBQ-2026',
    version: 2,
    name: { zh: '“十百千”专业知识培训计划（演示）', en: 'Ten-Hundred-Thousand plan (demonstration)' },
    from: '2026-01-01',
    to: '2028-12-31',
    tiers: [
      { label: '十', unit: 'theme', target: 10, rule: COUNTING_RULES.theme },
      { label: '百', unit: 'course', target: 100, rule: COUNTING_RULES.course },
      { label: '千', unit: 'micro-lesson', target: 1000, rule: COUNTING_RULES['micro-lesson'] },
    ],
    demo: true,
  };
  return { themes, courses, microLessons, plan };
}
