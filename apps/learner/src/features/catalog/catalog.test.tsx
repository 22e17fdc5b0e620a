import { refuse, type FakeAnswers } from '@cadre/client/testing';
import type {
  Course,
  CourseFile,
  CourseHit,
  MicroLesson,
  MicroLessonHit,
  Theme,
} from '@cadre/domain/catalog';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { classCard, sampleId } from '../../testing/samples';

const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const theme: Theme = {
  id: idOf(1),
  code: 'T06',
  name: { zh: '基层治理', en: 'Governance' },
  forms: ['drill'],
  order: 6,
  demo: false,
};
const course: Course = {
  id: idOf(2),
  code: 'T06-C01',
  title: { zh: '新时代“枫桥经验”与矛盾化解', en: '' },
  themeId: theme.id,
  alsoTouches: [],
  forms: ['drill', 'case'],
  summary: '从一次邻里纠纷说起。',
  audience: '乡科级及以下干部',
  abilities: ['群众工作'],
  classHours: 40_000,
  status: 'published',
  version: 1,
  reviewBy: '2027-12-31',
  baseIds: [],
  revision: 0,
  demo: false,
};
const lesson: MicroLesson = {
  id: idOf(3),
  code: 'T06-C01-M09',
  courseId: course.id,
  title: '情景:加装电梯',
  order: 9,
  lengthMinutes: 12,
  reviewBy: '2027-12-31',
  baseId: null,
  revision: 0,
  demo: false,
};
const page = <Item,>(items: Item[], total = items.length) => ({ items, total, page: 1, pageSize: 20 });
const hitOf = (tail: number, zh: string): CourseHit => ({ ...course, id: idOf(tail), title: { zh, en: '' } });

const answers: FakeAnswers = {
  'catalog.themes': () => [theme],
  'catalog.searchCourses': ({ text }) => page(text === '无此课' ? [] : [course as CourseHit]),
  'catalog.searchMicroLessons': () =>
    page<MicroLessonHit>([{ ...lesson, courseTitle: course.title, themeId: theme.id }]),
  'network.map': () => [],
};
const questions = (server: { calls: readonly { procedure: string; input: unknown }[] }, procedure: string) =>
  server.calls.filter((call) => call.procedure === procedure).map((call) => call.input);

it('lists the courses with what one chooses by, and opens one', async () => {
  const file: CourseFile = { course, theme, alsoTouches: [], microLessons: [lesson], bases: [] };
  const { path } = renderApp('/courses', {
    ...answers,
    'catalog.course': () => file,
    'training.openClasses': () => page([]),
  });
  const row = await screen.findByRole('link', { name: /枫桥经验/ });
  expect(within(row).getByText('演练 / 案例 · 4 学时')).toBeDefined();
  expect(screen.getByText('共 1 门课程')).toBeDefined();
  fireEvent.click(row);
  await screen.findByText('从一次邻里纠纷说起。');
  expect(path()).toBe(`/courses/${course.id}`);
  expect(screen.getByText('情景:加装电梯')).toBeDefined();
  expect(screen.getByText('1 节 · 共 12 分钟')).toBeDefined();
  expect(await screen.findByText('还没有排这门课的班。排好后会出现在这里。')).toBeDefined();
});

it('says of each class of a course whether there are seats, or where one stands with it', async () => {
  const file: CourseFile = { course, theme, alsoTouches: [], microLessons: [], bases: [] };
  const mine = { enrollmentId: sampleId(9), state: 'enrolled', position: null } as const;
  renderApp(`/courses/${course.id}`, {
    ...answers,
    'catalog.course': () => file,
    'training.openClasses': () =>
      page([
        classCard({ id: sampleId(1), title: '甲班', seatsTaken: 16, mine: null }),
        classCard({ id: sampleId(2), title: '乙班', seatsTaken: 20, mine: null }),
        classCard({ id: sampleId(3), title: '丙班', seatsTaken: 16, mine }),
      ]),
  });
  for (const text of [/甲班.*还有 4 席/, /乙班.*可候补/, /丙班.*已报名/])
    expect(await screen.findByRole('link', { name: text })).toBeDefined();
  expect(screen.queryByRole('link', { name: /丙班.*还有/ })).toBeNull();
});

it('asks the server for what was typed and chosen, and keeps it in the address', async () => {
  const { server } = renderApp('/courses', answers);
  const box = await screen.findByRole('searchbox');
  fireEvent.change(box, { target: { value: ' fqjy ' } });
  fireEvent.submit(box);
  fireEvent.click(await screen.findByRole('button', { name: '基层治理' }));
  await waitFor(() =>
    expect(questions(server, 'catalog.searchCourses').at(-1)).toEqual({
      text: 'fqjy',
      themeId: theme.id,
      pageSize: 20,
    }),
  );
  expect(screen.getByRole('button', { name: '基层治理' }).getAttribute('aria-pressed')).toBe('true');
});

it('narrows by form and length in the sheet, each at once', async () => {
  const { server } = renderApp('/courses?show=lessons', answers);
  fireEvent.click(await screen.findByRole('button', { name: '筛选' }));
  fireEvent.change(await screen.findByLabelText('时长'), { target: { value: '8' } });
  fireEvent.change(screen.getByLabelText('教学形式'), { target: { value: 'drill' } });
  await waitFor(() =>
    expect(questions(server, 'catalog.searchMicroLessons').at(-1)).toEqual({
      form: 'drill',
      maxMinutes: 8,
      pageSize: 20,
    }),
  );
  fireEvent.click(screen.getByRole('button', { name: '看结果' }));
  expect(await screen.findByRole('button', { name: '筛选（2）' })).toBeDefined();
});

it('shows micro-lessons with their course and length', async () => {
  renderApp('/courses?show=lessons', answers);
  const row = await screen.findByRole('link', { name: /加装电梯/ });
  expect(within(row).getByText('新时代“枫桥经验”与矛盾化解')).toBeDefined();
  expect(within(row).getByText('12 分钟')).toBeDefined();
});

it('brings more on a tap', async () => {
  const many = Array.from({ length: 45 }, (_, index) => hitOf(100 + index, `课程${index}`));
  renderApp('/courses', {
    ...answers,
    'catalog.searchCourses': ({ pageSize = 20 }) => page(many.slice(0, pageSize), many.length),
  });
  fireEvent.click(await screen.findByRole('button', { name: '再看 20 个' }));
  fireEvent.click(await screen.findByRole('button', { name: '再看 5 个' }));
  await screen.findByText('课程44');
  expect(screen.queryByRole('button', { name: /再看/ })).toBeNull();
});

it('says what was not found, how to search, and leads back to everything', async () => {
  renderApp('/courses?text=无此课', answers);
  await screen.findByText('没有找到「无此课」');
  fireEvent.click(screen.getByRole('button', { name: '清除条件' }));
  await screen.findByRole('link', { name: /枫桥经验/ });
});

it('says that nothing is published yet, without offering to clear anything', async () => {
  renderApp('/courses', { ...answers, 'catalog.searchCourses': () => page<CourseHit>([]) });
  await screen.findByText('联盟发布的课程会出现在这里');
  expect(screen.queryByRole('button', { name: '清除条件' })).toBeNull();
});

it('says when the list cannot be read, and reads it again', async () => {
  const { server } = renderApp('/courses', {
    ...answers,
    'catalog.searchCourses': () => {
      throw new Error('defect');
    },
  });
  await screen.findByText('没能打开');
  server.answer({ 'catalog.searchCourses': () => page([course as CourseHit]) });
  fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
  await screen.findByRole('link', { name: /枫桥经验/ });
});

it('tells a course that is not offered any more from a failure', async () => {
  renderApp(`/courses/${course.id}`, { ...answers, 'catalog.course': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
});
