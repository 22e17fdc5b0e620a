import { refuse, type FakeAnswers } from '@cadre/client/testing';
import type { Role, Scope } from '@cadre/domain/access';
import {
  COUNTING_RULES,
  type Course,
  type CourseFile,
  type PlanBoard,
  type Theme,
  type TierProgress,
} from '@cadre/domain/catalog';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';

const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const theme: Theme = {
  id: idOf(1),
  code: 'T06',
  name: { zh: '基层治理', en: '' },
  forms: ['drill'],
  order: 6,
  demo: false,
};
const course: Course = {
  id: idOf(2),
  code: 'T06-C01',
  title: { zh: '枫桥经验', en: '' },
  themeId: theme.id,
  alsoTouches: [],
  forms: ['drill'],
  summary: '从一次邻里纠纷说起。',
  audience: '',
  abilities: [],
  classHours: 40_000,
  status: 'in-review',
  version: 1,
  reviewBy: '2027-12-31',
  baseIds: [],
  revision: 3,
  demo: false,
};
const tier: TierProgress = {
  label: '百',
  unit: 'course',
  target: 100,
  rule: COUNTING_RULES.course,
  planned: 1,
  running: 2,
  done: 7,
  gap: 93,
  byTheme: [{ themeId: theme.id, planned: 1, running: 2, done: 7 }],
};
const board: PlanBoard = {
  plan: {
    id: idOf(3),
    code: 'SBQ-2026',
    version: 2,
    name: { zh: '十百千计划', en: '' },
    from: '2026-01-01',
    to: '2028-12-31',
    tiers: [{ label: '百', unit: 'course', target: 100, rule: COUNTING_RULES.course }],
    demo: false,
  },
  tiers: [tier],
};
const file: CourseFile = { course, theme, alsoTouches: [], microLessons: [], bases: [] };
const answers: FakeAnswers = {
  'catalog.themes': () => [theme],
  'catalog.planBoard': () => board,
  'catalog.planRecords': () => ({
    items: [{ kind: 'course', id: course.id, code: course.code, title: course.title, count: 1 }],
    total: 2,
    page: 1,
    pageSize: 50,
  }),
  'catalog.searchCourses': () => ({ items: [course], total: 1, page: 1, pageSize: 50 }),
  'catalog.course': () => file,
  'network.map': () => [],
};
const as = (role: Role, scope: Scope): FakeAnswers => ({
  'identity.me': () => ({ ...me, grants: [{ id: idOf(90), role, scope }] }),
});
const sent = (server: { calls: readonly { procedure: string; input: unknown }[] }, procedure: string) =>
  server.calls.filter((call) => call.procedure === procedure).map((call) => call.input);

it('shows each tier against its target with the rule, each theme as dots, and opens a number', async () => {
  const { server } = renderApp('/admin/catalog', answers);
  await screen.findByText('7 / 100');
  expect(screen.getByText('还差 93')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /怎么数/ }));
  await screen.findByText(COUNTING_RULES.course.zh);
  const row = await screen.findByRole('row', { name: /基层治理/ });
  expect(
    within(row).getByRole('img', { name: '完成 7，进行 2，计划 1' }).querySelectorAll('circle'),
  ).toHaveLength(10);
  fireEvent.click(within(row).getByRole('button', { name: '进行 2，看是哪些' }));
  await screen.findByText('基层治理 · 百 · 课程 · 进行');
  expect((await screen.findByRole('link', { name: '枫桥经验' })).getAttribute('href')).toBe(
    `/admin/catalog/courses/${course.id}`,
  );
  expect(sent(server, 'catalog.planRecords')).toEqual([
    { unit: 'course', state: 'running', themeId: theme.id, pageSize: 50 },
  ]);
});

it('offers to make a plan where none holds, to those who may', async () => {
  renderApp('/admin/catalog', { ...answers, 'catalog.planBoard': () => null });
  await screen.findByText('还没有管到今天的计划');
  expect(screen.getByRole('button', { name: '制定计划' })).toBeDefined();
});

it('offers an auditor nothing to change', async () => {
  renderApp('/admin/catalog', { ...answers, ...as('auditor', { kind: 'network' }) });
  await screen.findByText('7 / 100');
  expect(screen.queryByRole('button', { name: '修改目标' })).toBeNull();
  expect(screen.queryByRole('button', { name: '新建课程' })).toBeNull();
});

it('saves changed targets as the next version of the plan', async () => {
  const { server } = renderApp('/admin/catalog', {
    ...answers,
    'catalog.savePlan': () => ({ ...board.plan, version: 3 }),
  });
  fireEvent.click(await screen.findByText('修改目标'));
  fireEvent.change(await screen.findByLabelText('目标'), { target: { value: '120' } });
  fireEvent.click(screen.getByText('存为第 3 版'));
  await screen.findByText('计划已存为第 3 版');
  expect(sent(server, 'catalog.savePlan')).toEqual([
    {
      code: 'SBQ-2026',
      basedOn: 2,
      name: board.plan.name,
      from: '2026-01-01',
      to: '2028-12-31',
      tiers: [{ ...board.plan.tiers[0], target: 120 }],
    },
  ]);
});

it('keeps what was typed when somebody else was faster', async () => {
  renderApp('/admin/catalog', { ...answers, 'catalog.savePlan': () => refuse('CHANGED_MEANWHILE') });
  fireEvent.click(await screen.findByText('修改目标'));
  fireEvent.change(await screen.findByLabelText('目标'), { target: { value: '120' } });
  fireEvent.click(screen.getByText('存为第 3 版'));
  await screen.findByRole('alert');
  expect(screen.getByLabelText<HTMLInputElement>('目标').value).toBe('120');
});

it('lists courses by the address and opens one', async () => {
  const { path, server } = renderApp('/admin/catalog?tab=courses&text=fqjy&status=in-review', answers);
  fireEvent.click(await screen.findByText('枫桥经验'));
  await screen.findByText('从一次邻里纠纷说起。');
  expect(path()).toBe(`/admin/catalog/courses/${course.id}`);
  expect(sent(server, 'catalog.searchCourses')[0]).toEqual({
    text: 'fqjy',
    status: 'in-review',
    page: 1,
    pageSize: 50,
  });
});

it('publishes a reviewed course against the revision that was read', async () => {
  const { server } = renderApp(`/admin/catalog/courses/${course.id}`, {
    ...answers,
    'catalog.moveCourse': () => ({ ...course, status: 'published' }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '发布' }));
  await screen.findByText('「枫桥经验」现在是：已发布');
  expect(sent(server, 'catalog.moveCourse')).toEqual([{ courseId: course.id, revision: 3, to: 'published' }]);
});

it('edits class hours as people say them and sends ten-thousandths', async () => {
  const { server } = renderApp(`/admin/catalog/courses/${course.id}`, {
    ...answers,
    'catalog.updateCourse': () => course,
  });
  fireEvent.click(await screen.findByRole('button', { name: '修改课程' }));
  fireEvent.change(await screen.findByLabelText('现场讲一次的学时'), { target: { value: '1.5' } });
  fireEvent.click(screen.getByRole('button', { name: '保存这门课程' }));
  await waitFor(() => expect(sent(server, 'catalog.updateCourse')).toHaveLength(1));
  expect(sent(server, 'catalog.updateCourse')[0]).toMatchObject({
    courseId: course.id,
    revision: 3,
    fields: { classHours: 15_000, title: course.title },
  });
});

it('shows a base admin the course without anything to change', async () => {
  renderApp(`/admin/catalog/courses/${course.id}`, {
    ...answers,
    ...as('base-admin', { kind: 'bases', baseIds: [idOf(50)] }),
  });
  await screen.findByText('从一次邻里纠纷说起。');
  expect(screen.queryByRole('button', { name: '发布' })).toBeNull();
  expect(screen.queryByRole('button', { name: '修改课程' })).toBeNull();
});
