import { refuse, type FakeAnswers } from '@cadre/client/testing';
import type { ClassDetail, PlacementVerdict, SessionView, WeekGrid } from '@cadre/domain/training';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';

const idOf = (tail: number) => `01890000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const [BASE, HALL, ROOM, TEACHER, SESSION, CLASS, COURSE] = [1, 2, 3, 4, 5, 6, 7].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const at = (text: string) => new Date(`${text}+08:00`);
const text = (zh: string) => ({ zh, en: zh });

const session = (changes: Partial<SessionView> = {}): SessionView => ({
  id: SESSION,
  classId: CLASS,
  courseId: COURSE,
  baseId: BASE,
  venueId: HALL,
  instructorIds: [TEACHER],
  title: '垦荒精神现场课',
  startsAt: at('2026-11-24T14:00'),
  endsAt: at('2026-11-24T16:00'),
  mode: 'on-site',
  worth: { halfDays: [{ date: '2026-11-24', part: 'afternoon' }], classHours: 40_000 },
  status: 'scheduled',
  expectedPeople: 40,
  cancelledReason: null,
  classTitle: '海岛振兴专题班',
  courseTitle: { zh: '垦荒精神', en: 'The reclaimers' },
  movedFrom: null,
  revision: 3,
  demo: false,
  baseName: text('大陈岛干部学院'),
  venueName: text('垦荒馆'),
  instructors: [{ id: TEACHER, name: '金老师', title: '讲师', kind: 'lecturer' }],
  ...changes,
});
const week = (changes: Partial<WeekGrid> = {}): WeekGrid => ({
  from: '2026-11-23',
  to: '2026-11-29',
  rows: [
    { id: HALL, name: text('垦荒馆'), capacity: 60 },
    { id: ROOM, name: text('海景教室'), capacity: 40 },
  ],
  sessions: [session()],
  busy: [],
  base: {
    id: BASE,
    code: 'C00',
    name: text('大陈岛干部学院'),
    openingHours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: 480, to: 1260 })),
    blackouts: [{ from: '2026-11-27', to: '2026-11-27', reason: '庙会' }],
    capacityPerHalfDay: 120,
  },
  ...changes,
});
const verdict = (changes: Partial<PlacementVerdict> = {}): PlacementVerdict => ({
  verdict: 'free',
  refusals: [],
  clashes: [],
  warnings: [],
  alternatives: { times: [], venues: [] },
  suggestedWorth: { halfDays: [], classHours: 0 },
  ...changes,
});
const BLOCKED = verdict({
  verdict: 'blocked',
  clashes: [
    {
      kind: 'venue',
      resourceId: ROOM,
      rival: {
        sessionId: idOf(20),
        title: '海洋牧场',
        startsAt: at('2026-11-24T13:30'),
        endsAt: at('2026-11-24T15:00'),
      },
      halfDay: null,
    },
  ],
  alternatives: {
    times: [{ startsAt: at('2026-11-24T15:00'), endsAt: at('2026-11-24T17:00') }],
    venues: [{ id: HALL, name: text('垦荒馆'), capacity: 60 }],
  },
});
const course = {
  id: COURSE,
  code: 'T02-C01',
  title: text('大陈岛垦荒精神'),
  themeId: idOf(8),
  forms: ['on-site' as const],
  classHours: 40_000,
  status: 'published' as const,
  reviewBy: '2027-12-31',
  baseIds: [BASE],
  demo: false,
};
const classDetail: ClassDetail = {
  id: CLASS,
  classNo: '2026-031',
  runNo: 1,
  title: '垦荒精神班',
  description: '',
  themeId: idOf(8),
  kind: 'on-site',
  mode: 'self-selected',
  status: 'open',
  baseId: BASE,
  base: {
    id: BASE,
    code: 'C00',
    name: text('大陈岛干部学院'),
    access: '',
    location: {
      province: '浙江省',
      city: '台州市',
      county: '椒江区',
      latitude: 28.45,
      longitude: 121.9,
      datum: 'WGS-84',
      accuracyKm: 1,
    },
  },
  baseName: text('大陈岛干部学院'),
  startsAt: at('2026-11-24T14:00'),
  endsAt: at('2026-11-24T16:00'),
  window: { opensAt: at('2026-11-01T09:00'), closesAt: at('2026-11-24T13:00') },
  promotionCutOff: at('2026-11-24T13:30'),
  withdrawalDeadline: at('2026-11-24T13:00'),
  capacity: 40,
  seatsTaken: 12,
  waiting: 0,
  revision: 1,
  demo: false,
  courseTitle: text('大陈岛垦荒精神'),
  sessionCount: 1,
  earns: { days: 5_000, classHours: 40_000 },
  mine: null,
  clashes: [],
  sessions: [session()],
};
const moved = (input: { startsAt: Date; endsAt: Date; venueId: string }) => ({
  classId: CLASS,
  classNo: '2026-031',
  session: session({ ...input, revision: 4 }),
});
const answers = (changes: FakeAnswers = {}): FakeAnswers => ({
  'training.bases': () => [{ id: BASE, code: 'C00', name: text('大陈岛干部学院'), canSchedule: true }],
  'training.weekGrid': () => week(),
  'training.resources': () => ({
    venues: [
      { id: HALL, name: text('垦荒馆'), kind: 'hall', capacity: 60 },
      { id: ROOM, name: text('海景教室'), kind: 'classroom', capacity: 40 },
    ],
    instructors: [{ id: TEACHER, name: '金老师', title: '讲师', kind: 'lecturer' }],
  }),
  'training.assessPlacement': () => verdict(),
  'catalog.searchCourses': () => ({ items: [course], total: 1, page: 1, pageSize: 30 }),
  ...changes,
});
const cell = (name: string) => screen.getByLabelText(name);
/** A cell with a session in it, which is named by what it holds. */
const taken = (card: HTMLElement) => card.closest<HTMLElement>('[role=gridcell]')!;
const cardOf = async () => (await screen.findByText('垦荒精神现场课')).closest('button')!;
const sent = (server: ReturnType<typeof renderApp>['server'], procedure: string) =>
  server.calls.findLast((call) => call.procedure === procedure)?.input;

it('shows a week of a base by venue: sessions, free cells, closed days with the reason', async () => {
  renderApp('/admin/training?date=2026-11-24', answers());
  const card = await cardOf();
  expect(card.textContent).toContain('14:00–16:00');
  expect(within(taken(card)).getByText('垦荒馆，11月24日 周二下午')).toBeDefined();
  expect(cell('海景教室，11月24日 周二下午，空')).toBeDefined();
  expect(cell('垦荒馆，11月27日 周五上午，停止接待：庙会')).toBeDefined();
  expect(cell('垦荒馆，11月29日 周日上午，不开放')).toBeDefined();
});

it('schedules from a cell with one form, and says under which number', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.scheduleSession': (input) => moved(input) }),
  );
  await cardOf();
  const free = cell('海景教室，11月25日 周三上午，空');
  fireEvent.pointerDown(free, { button: 0 });
  fireEvent.pointerUp(free);
  const panel = await screen.findByRole('dialog');
  const select = within(panel).getByLabelText('课程');
  fireEvent.mouseDown(select);
  fireEvent.click(await screen.findByTitle('大陈岛垦荒精神 · 4 学时'));
  await within(panel).findByText('可以');
  const teachers = within(panel).getByLabelText('老师');
  fireEvent.mouseDown(teachers);
  const option = (await screen.findByTitle('金老师 · 讲师')).closest('.ant-select-item-option')!;
  fireEvent.mouseMove(option);
  fireEvent.click(option);
  expect(teachers.getAttribute('aria-expanded')).toBe('false');
  fireEvent.keyDown(teachers, { key: 'Tab', keyCode: 9, which: 9 });
  fireEvent.blur(teachers);
  const day = within(panel).getByLabelText('日期');
  fireEvent.keyDown(day, { key: 'Enter' });
  fireEvent.submit(day.closest('form')!);
  expect(sent(server, 'training.scheduleSession')).toBeUndefined();
  expect(panel.querySelector('[type=submit]')).toBeNull();
  expect(within(panel).getByText('报名截止').nextSibling?.textContent).toBe('11月24日 周二 08:30');
  fireEvent.click(within(panel).getByText('排好这节课'));
  await screen.findByText('已排好「大陈岛垦荒精神」，班号 2026-031');
  expect(sent(server, 'training.scheduleSession')).toMatchObject({
    baseId: BASE,
    venueId: ROOM,
    instructorIds: [TEACHER],
    courseId: COURSE,
    title: '大陈岛垦荒精神',
    startsAt: at('2026-11-25T08:30'),
    endsAt: at('2026-11-25T11:30'),
    worth: { halfDays: [{ date: '2026-11-25', part: 'morning' }], classHours: 40_000 },
    in: { kind: 'new-class', class: { title: '大陈岛垦荒精神', capacity: 40, mode: 'self-selected' } },
  });
});

it('keeps what was typed where it does not fit, says so at the field, and sends nothing', async () => {
  const { server } = renderApp('/admin/training?date=2026-11-24', answers());
  await cardOf();
  const free = cell('海景教室，11月25日 周三上午，空');
  fireEvent.pointerDown(free, { button: 0 });
  fireEvent.pointerUp(free);
  const panel = await screen.findByRole('dialog');
  fireEvent.mouseDown(within(panel).getByLabelText('课程'));
  fireEvent.click(await screen.findByTitle('大陈岛垦荒精神 · 4 学时'));
  const go = within(panel).getByRole('button', { name: '排好这节课' });
  const seats = within(panel).getByLabelText<HTMLInputElement>('名额');
  fireEvent.change(seats, { target: { value: '0' } });
  fireEvent.blur(seats);
  expect(await within(panel).findByText('请填 1 到 5000 之间的整数')).toBeDefined();
  expect(seats.value).toBe('0');
  expect(go).toHaveProperty('disabled', true);
  fireEvent.change(seats, { target: { value: '30' } });
  const name = within(panel).getByLabelText<HTMLInputElement>('班名');
  fireEvent.change(name, { target: { value: '班'.repeat(81) } });
  expect(await within(panel).findByText('最多 80 个字，现在有 81 个')).toBeDefined();
  expect(name.value).toHaveLength(81);
  fireEvent.click(go);
  expect(sent(server, 'training.scheduleSession')).toBeUndefined();
  fireEvent.change(name, { target: { value: '垦荒班' } });
  await waitFor(() => expect(go).toHaveProperty('disabled', false));
});

it('moves a session by dragging, shows the verdict on the way, and offers to undo', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.moveSession': (input) => moved(input) }),
  );
  const card = await cardOf();
  const dataTransfer = { setData: () => undefined, effectAllowed: '' };
  const to = cell('海景教室，11月25日 周三下午，空');
  fireEvent.dragStart(card, { dataTransfer });
  fireEvent.dragOver(to);
  await within(to).findByText('可以');
  fireEvent.drop(to);
  await screen.findByText('已移到 11月25日 周三 14:00–16:00');
  expect(sent(server, 'training.moveSession')).toMatchObject({
    sessionId: SESSION,
    revision: 3,
    venueId: ROOM,
    startsAt: at('2026-11-25T14:00'),
  });
  fireEvent.click(screen.getByText('撤销'));
  await waitFor(() =>
    expect(sent(server, 'training.moveSession')).toMatchObject({
      revision: 4,
      venueId: HALL,
      startsAt: at('2026-11-24T14:00'),
    }),
  );
});

it('moves a session with the keyboard alone, and Escape leaves it where it was', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.moveSession': (input) => moved(input) }),
  );
  const card = await cardOf();
  fireEvent.keyDown(card, { key: 'm' });
  await screen.findByText('正在移动「垦荒精神现场课」');
  fireEvent.keyDown(taken(card), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByText('正在移动「垦荒精神现场课」')).toBeNull());
  fireEvent.keyDown(card, { key: 'm' });
  fireEvent.keyDown(taken(card), { key: 'ArrowRight' });
  const next = cell('垦荒馆，11月25日 周三下午，空');
  await within(next).findByText('可以');
  expect(sent(server, 'training.moveSession')).toBeUndefined();
  fireEvent.keyDown(next, { key: 'Enter' });
  await waitFor(() =>
    expect(sent(server, 'training.moveSession')).toMatchObject({ startsAt: at('2026-11-25T14:00') }),
  );
});

it('names the rival on the cell, and explains a refused drop with times and venues that are free', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.assessPlacement': () => BLOCKED,
      'training.moveSession': () => refuse('VENUE_CLASH', { title: '海洋牧场' }),
    }),
  );
  const card = await cardOf();
  const to = cell('海景教室，11月24日 周二下午，空');
  fireEvent.dragStart(card, { dataTransfer: { setData: () => undefined, effectAllowed: '' } });
  fireEvent.dragOver(to);
  await within(to).findByText('海洋牧场');
  fireEvent.drop(to);
  const panel = await screen.findByRole('dialog');
  await within(panel).findByText('场地已被占用：「海洋牧场」 11月24日 周二 13:30–15:00');
  expect(within(panel).getByRole('button', { name: '换到 垦荒馆（60 座）' })).toBeDefined();
  fireEvent.click(within(panel).getByRole('button', { name: '改到 11月24日 周二 15:00–17:00' }));
  await waitFor(() =>
    expect(sent(server, 'training.assessPlacement')).toMatchObject({ startsAt: at('2026-11-24T15:00') }),
  );
});

it('says before it moves a session what becomes of the class, and how many have enrolled', async () => {
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.assessPlacement': () => BLOCKED,
      'training.classDetail': () => classDetail,
    }),
  );
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('改时间或地点'));
  const panel = await screen.findByRole('dialog');
  const later = await within(panel).findByRole('button', { name: '改到 11月24日 周二 15:00–17:00' });
  expect(within(panel).queryByText(/这些时间跟着一起改/)).toBeNull();
  fireEvent.click(later);
  const said = (await within(panel).findByText(/这些时间跟着一起改/)).parentElement!;
  expect(within(said).getByText('报名截止').nextSibling?.textContent).toBe('11月24日 周二 14:00');
  expect(within(said).getByText('候补截止').nextSibling?.textContent).toBe('11月24日 周二 14:30');
  expect(said.textContent).toContain('已报 12 / 40');
});

it('names the new deadlines while a session is carried, by the keyboard as by the mouse', async () => {
  renderApp('/admin/training?date=2026-11-24', answers({ 'training.classDetail': () => classDetail }));
  const card = await cardOf();
  fireEvent.keyDown(card, { key: 'm' });
  fireEvent.keyDown(taken(card), { key: 'ArrowRight' });
  const said = (await screen.findByText(/这些时间跟着一起改/)).parentElement!;
  expect(within(said).getByText('报名截止').nextSibling?.textContent).toBe('11月25日 周三 13:00');
  fireEvent.keyDown(cell('垦荒馆，11月25日 周三下午，空'), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByText(/这些时间跟着一起改/)).toBeNull());
});

it('takes a refusal back once something else is asked for', async () => {
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.assessPlacement': () => BLOCKED,
      'training.moveSession': () => refuse('CHANGED_MEANWHILE'),
    }),
  );
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('改时间或地点'));
  const panel = await screen.findByRole('dialog');
  await within(panel).findByText('不行');
  fireEvent.click(within(panel).getByText('移到这里'));
  await within(panel).findByText(/刚才有人改过这一项/);
  fireEvent.click(within(panel).getByRole('button', { name: '改到 11月24日 周二 15:00–17:00' }));
  await waitFor(() => expect(within(panel).queryByText(/刚才有人改过这一项/)).toBeNull());
});

it('says a clash once, also where the session was moved there all the same', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.assessPlacement': () => BLOCKED,
      'training.moveSession': () => refuse('VENUE_CLASH', { title: '海洋牧场' }),
    }),
  );
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('改时间或地点'));
  const panel = await screen.findByRole('dialog');
  await within(panel).findByText('不行');
  fireEvent.click(within(panel).getByText('移到这里'));
  await waitFor(() => expect(sent(server, 'training.moveSession')).toBeDefined());
  await waitFor(() => expect(panel.querySelector('.ant-btn-loading')).toBeNull());
  expect(within(panel).getAllByText(/海洋牧场/)).toHaveLength(1);
  expect(within(panel).queryByRole('alert')).toBeNull();
});

it('takes a refusal back once the place is answered anew', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.moveSession': () => refuse('VENUE_CLASH', { title: '海洋牧场' }) }),
  );
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('改时间或地点'));
  const panel = await screen.findByRole('dialog');
  await within(panel).findByText('可以');
  server.answer({ 'training.assessPlacement': () => BLOCKED });
  fireEvent.click(within(panel).getByText('移到这里'));
  await within(panel).findByText('不行');
  await waitFor(() => expect(within(panel).queryAllByText(/海洋牧场/)).toHaveLength(1));
});

it('says of a session that nobody opened what it is, and can only be cancelled', async () => {
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.weekGrid': () => week({ sessions: [session({ status: 'not-held' })] }) }),
  );
  fireEvent.click(await cardOf());
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByText('没有开课')).toBeDefined();
  expect(within(panel).getByText(/学员不计学时，也不算缺课/)).toBeDefined();
  expect(within(panel).getByText('取消这节课')).toBeDefined();
  expect(within(panel).queryByText('改时间或地点')).toBeNull();
});

it.each([
  ['one of several', 'scheduled', false],
  ['the last that stands', 'cancelled', true],
] as const)(
  'says how many have enrolled, and whom cancelling concerns: %s',
  async (_name, status, isLast) => {
    const sessions = [session(), session({ id: idOf(30), status })];
    renderApp(
      '/admin/training?date=2026-11-24',
      answers({ 'training.classDetail': () => ({ ...classDetail, waiting: 2, sessions }) }),
    );
    fireEvent.click(await cardOf());
    const panel = await screen.findByRole('dialog');
    expect((await within(panel).findByText('12 / 40')).parentElement?.textContent).toBe('报名12 / 40');
    fireEvent.click(within(panel).getByText('取消这节课'));
    await screen.findByText(/12 人已报名，2 人候补/);
    expect(screen.queryByText('这是这个班的最后一节课：班和所有报名也一起取消。') !== null).toBe(isLast);
  },
);

it('shows a cancelled session struck through in a cell that is free', async () => {
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.weekGrid': () =>
        week({ sessions: [session({ status: 'cancelled', cancelledReason: '大雾停航' })] }),
    }),
  );
  const card = await cardOf();
  expect(card.textContent).toContain('已取消');
  expect(within(card).getByText('垦荒精神现场课').className).toContain('line-through');
  expect(cell('垦荒馆，11月24日 周二下午，空').contains(card)).toBe(true);
  fireEvent.click(card);
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByText('大雾停航')).toBeDefined();
  expect(within(panel).queryByRole('button', { name: '取消这节课' })).toBeNull();
});

it('keeps a form that was closed half filled, and offers to go on with it', async () => {
  renderApp('/admin/training?date=2026-11-24', answers());
  await cardOf();
  const begin = (name: string) => {
    fireEvent.pointerDown(cell(name), { button: 0 });
    fireEvent.pointerUp(cell(name));
  };
  const isShown = (field: HTMLElement) => field.closest('.ant-drawer-open') !== null;
  begin('海景教室，11月25日 周三上午，空');
  const panel = await screen.findByRole('dialog');
  fireEvent.keyDown(panel, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.queryByText('继续上次没排完的课')).toBeNull();

  begin('海景教室，11月25日 周三上午，空');
  const title = await screen.findByLabelText('班名');
  fireEvent.change(title, { target: { value: '海岛振兴班' } });
  fireEvent.keyDown(title, { key: 'Escape' });
  fireEvent.click(await screen.findByText('继续上次没排完的课'));
  const kept = await screen.findByDisplayValue('海岛振兴班');
  await waitFor(() => expect(isShown(kept)).toBe(true));
  expect(screen.queryByText('继续上次没排完的课')).toBeNull();

  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('不要了'));
  await waitFor(() => expect(screen.queryByText('继续上次没排完的课')).toBeNull());
  expect(screen.queryByDisplayValue('海岛振兴班')).toBeNull();
});

it.each([
  ['a larger one', [{ id: HALL, name: text('大礼堂'), capacity: 300 }], '换到 大礼堂（300 座）'],
  ['that there is none', [], '这个基地那时没有空着又坐得下的场地'],
])('says by how much a venue is too small, and %s, and no other time', async (_name, venues, advice) => {
  const tooSmall = verdict({
    verdict: 'blocked',
    refusals: [{ code: 'VENUE_TOO_SMALL', details: { venueId: ROOM, seats: 70, people: 100 } }],
    alternatives: { times: [], venues },
  });
  renderApp('/admin/training?date=2026-11-24', answers({ 'training.assessPlacement': () => tooSmall }));
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('改时间或地点'));
  const panel = await screen.findByRole('dialog');
  await within(panel).findByText('这个场地坐不下：场地 70 座，计划 100 人');
  expect(within(panel).getByText(advice)).toBeDefined();
  expect(within(panel).queryByText('两周内没有找到别的空时间')).toBeNull();
});

it('opens the session somebody came for', async () => {
  renderApp(`/admin/training?date=2026-11-24&session=${SESSION}`, answers());
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByText('垦荒精神现场课')).toBeDefined();
});

it('cancels a session after asking once for the reason', async () => {
  const { server } = renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.cancelSession': () => ({ sessionId: SESSION, status: 'cancelled', revision: 4 }),
    }),
  );
  fireEvent.click(await cardOf());
  fireEvent.click(await screen.findByText('取消这节课'));
  const asked = await screen.findByText('取消「垦荒精神现场课」？');
  const ask = asked.closest<HTMLElement>('[role=dialog]')!;
  fireEvent.change(within(ask).getByLabelText('原因（学员会看到）'), { target: { value: '大雾停航' } });
  fireEvent.click(within(ask).getByText('取消这节课'));
  await screen.findByText('已取消「垦荒精神现场课」');
  expect(sent(server, 'training.cancelSession')).toEqual({
    sessionId: SESSION,
    revision: 3,
    reason: '大雾停航',
  });
});

it('lets those who only look neither drag nor schedule', async () => {
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({
      'training.bases': () => [{ id: BASE, code: 'C00', name: text('大陈岛干部学院'), canSchedule: false }],
    }),
  );
  const card = await cardOf();
  expect(card.getAttribute('draggable')).toBe('false');
  const free = cell('海景教室，11月25日 周三上午，空');
  fireEvent.pointerDown(free, { button: 0 });
  fireEvent.pointerUp(free);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('says so where there is no base to look at, and when the week cannot be read', async () => {
  const { server } = renderApp('/admin/training', answers({ 'training.bases': () => [] }));
  await screen.findByText('您还没有可以看的基地');
  server.answer({ 'training.weekGrid': () => refuse('NOT_FOUND') });
});

it('lists classes with their seats, and says what will appear when there are none', async () => {
  const { server } = renderApp('/admin/training/classes', {
    'training.listClasses': () => ({ items: [], total: 0, page: 1, pageSize: 50 }),
  });
  await screen.findByText('还没有培训班。在「排课」里点一个空格就能开班。');
  expect(sent(server, 'training.listClasses')).toMatchObject({ page: 1, status: null });
});

it('names the class on the grid and in the panel, which says of a moved session what it was planned for', async () => {
  const movedFrom = {
    startsAt: at('2026-11-23T09:00'),
    endsAt: at('2026-11-23T11:00'),
    baseName: text('大陈岛干部学院'),
    venueName: text('海景教室'),
  };
  renderApp(
    '/admin/training?date=2026-11-24',
    answers({ 'training.weekGrid': () => week({ sessions: [session({ movedFrom })] }) }),
  );
  const card = await cardOf();
  expect(within(card).getByText('海岛振兴专题班')).toBeDefined();
  fireEvent.click(card);
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByRole('link', { name: '海岛振兴专题班' }).getAttribute('href')).toBe(
    `/admin/training/classes/${CLASS}`,
  );
  within(panel).getByText(
    '原定 11月23日 周一 09:00–11:00 · 海景教室，已改到 11月24日 周二 14:00–16:00 · 垦荒馆',
  );
});
