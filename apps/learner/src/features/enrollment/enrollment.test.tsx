import { refuse } from '@cadre/client/testing';
import type { MyEnrollment } from '@cadre/domain/enrollment';
import type { ClassDetail } from '@cadre/domain/training';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';
import { classCard as card, inShanghai as at, sampleId as idOf } from '../../testing/samples';

const CLASS = idOf(10);
const ENROLLMENT = idOf(11);

const detail = (changes: Partial<ClassDetail> = {}): ClassDetail => ({
  ...card(),
  description: '两天一夜，带好身份证。',
  base: {
    id: idOf(2),
    code: 'C00',
    name: { zh: '大陈岛干部学院', en: 'Dachen Island Cadre Academy' },
    access: '12:30 从椒江码头乘船',
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
  sessions: [
    {
      id: idOf(20),
      classId: CLASS,
      courseId: idOf(21),
      baseId: idOf(2),
      venueId: idOf(22),
      instructorIds: [idOf(23)],
      title: '垦荒精神现场课',
      startsAt: at('2026-12-03T14:00'),
      endsAt: at('2026-12-03T16:30'),
      mode: 'on-site',
      worth: { halfDays: [{ date: '2026-12-03', part: 'afternoon' }], classHours: 40_000 },
      status: 'scheduled',
      expectedPeople: 20,
      cancelledReason: null,
      classTitle: '乡村治理专题班',
      courseTitle: { zh: '大陈岛垦荒精神', en: 'The reclaimers of Dachen Island' },
      movedFrom: null,
      revision: 0,
      demo: false,
      baseName: { zh: '大陈岛干部学院', en: '' },
      venueName: { zh: '垦荒馆', en: '' },
      instructors: [{ id: idOf(23), name: '金老师', title: '讲师', kind: 'lecturer' }],
    },
  ],
  ...changes,
});
const pageOf = <Item,>(items: Item[]) => ({ items, total: items.length, page: 1, pageSize: 20 });
const mine = (changes: Partial<MyEnrollment> = {}): MyEnrollment => ({
  id: ENROLLMENT,
  classId: CLASS,
  state: 'waiting',
  origin: 'self-selected',
  requestedAt: at('2026-11-20T09:00'),
  decidedAt: at('2026-11-20T09:00'),
  demo: false,
  position: 3,
  class: card(),
  notes: [
    { at: at('2026-11-20T09:00'), kind: 'waitlisted', reason: 'class-full' },
    { at: at('2026-11-21T09:00'), kind: 'passed-over', reason: 'seat-reserved' },
  ],
  ...changes,
});

it('lists classes with when, where, what they bring, whether they fit, and the seats left', async () => {
  const { server } = renderApp('/classes?text=zhili', {
    'training.openClasses': () =>
      pageOf([
        card(),
        card({
          id: idOf(12),
          title: '海岛振兴班',
          seatsTaken: 20,
          waiting: 2,
          clashes: [
            {
              sessionId: idOf(30),
              title: '别的课',
              startsAt: at('2026-12-03T15:00'),
              endsAt: at('2026-12-03T17:00'),
            },
          ],
        }),
      ]),
  });
  const first = await screen.findByRole('link', { name: /乡村治理专题班/ });
  expect(first.textContent).toContain('12月3日 · 大陈岛干部学院');
  expect(first.textContent).toContain('可得 0.5 天 · 4 学时');
  expect(first.textContent).toContain('还有 4 席');
  const second = screen.getByRole('link', { name: /海岛振兴班/ });
  expect(second.textContent).toContain('与您的日程冲突');
  expect(second.textContent).toContain('已满，可候补');
  expect(server.calls.find(({ procedure }) => procedure === 'training.openClasses')?.input).toMatchObject({
    search: 'zhili',
  });
});

it('says what will appear when there is no class, and what to try when nothing was found', async () => {
  renderApp('/classes', { 'training.openClasses': () => pageOf([]) });
  await screen.findByText(/现在没有可以报名的班/);
});

it('shows own enrolments with the place on the waitlist, and offers to find a class when there are none', async () => {
  const { server } = renderApp('/classes?show=mine', {
    'enrollment.mine': ({ which }) => pageOf(which === 'current' ? [mine()] : []),
    'training.openClasses': () => pageOf([]),
  });
  expect((await screen.findByRole('link', { name: /乡村治理专题班/ })).textContent).toContain('候补第 3 位');
  server.answer({ 'enrollment.mine': () => pageOf([]) });
  fireEvent.click(screen.getByRole('radio', { name: '可以报名' }));
  await screen.findByText(/现在没有可以报名的班/);
});

it('names the course of an own enrolment in English on an English page', async () => {
  const title = { zh: '乡村治理', en: 'Governing the countryside' };
  renderApp('/classes?show=mine', {
    'identity.me': () => ({ ...me, settings: { ...me.settings, language: 'en' } }),
    'enrollment.mine': ({ which }) =>
      pageOf(which === 'current' ? [mine({ class: { ...card(), courseTitle: title } })] : []),
  });
  const link = await screen.findByRole('link', { name: /乡村治理专题班/ });
  expect(link.textContent).toContain('Governing the countryside');
});

it('has everything that decides on the class page, and enrols with one tap', async () => {
  let enrolled = false;
  const { server } = renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      detail(
        enrolled
          ? { seatsTaken: 17, mine: { enrollmentId: ENROLLMENT, state: 'enrolled', position: null } }
          : {},
      ),
    'enrollment.mine': () => pageOf([]),
    'enrollment.enroll': () => {
      enrolled = true;
      return { enrollmentId: ENROLLMENT, classId: CLASS, state: 'enrolled', position: null };
    },
  });
  await screen.findByRole('heading', { level: 1, name: '乡村治理专题班' });
  for (const text of [
    '12月3日 周四 14:00–16:30',
    '大陈岛干部学院 · 椒江区',
    '12:30 从椒江码头乘船',
    '0.5 天 · 4 学时',
    '与您的日程不冲突',
    '还有 4 席，共 20 席',
    '12月1日 周二 09:00',
  ])
    expect(screen.getAllByText(text).length).toBeGreaterThan(0);
  const enroll = screen.getByRole('button', { name: '报名这个班' });
  enroll.focus();
  fireEvent.click(enroll);
  const withdraw = await screen.findByRole('button', { name: '退出这个班' });
  // The keyboard goes on from here, though the button it pressed is gone.
  expect(document.activeElement).not.toBe(document.body);
  expect(document.activeElement?.contains(withdraw)).toBe(true);
  expect(server.calls.find(({ procedure }) => procedure === 'enrollment.enroll')?.input).toEqual({
    classId: CLASS,
  });
  expect(screen.getByRole('button', { name: '撤销' })).toBeDefined();
  const calendar = screen.getByRole('link', { name: '把「垦荒精神现场课」加到日历' });
  expect(calendar.getAttribute('href')).toBe(`/api/v1/sessions/${idOf(20)}.ics`);
});

it('tells the place on the waitlist, its promise and every passing-over with its reason', async () => {
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      detail({
        seatsTaken: 20,
        waiting: 5,
        mine: { enrollmentId: ENROLLMENT, state: 'waiting', position: 3 },
      }),
    'enrollment.mine': () => pageOf([mine()]),
  });
  await screen.findByText('候补第 3 位');
  expect(screen.getByText('有人退出时，按顺序自动补上，最晚到 12月2日 周三 09:00。')).toBeDefined();
  expect(screen.getByText('20 席已满，5 人候补')).toBeDefined();
  await screen.findByText('这次没轮到您');
  expect(screen.getByText('剩下的名额留给其他单位')).toBeDefined();
});

it('keeps what happened to a seat readable once it was given back, and after coming back', async () => {
  const withdrawn = mine({
    id: idOf(12),
    state: 'withdrawn',
    position: null,
    notes: [
      { at: at('2026-11-18T09:00'), kind: 'enrolled', reason: 'seat-free' },
      { at: at('2026-11-19T10:30'), kind: 'withdrawn', reason: 'withdrawn-by-learner' },
    ],
  });
  const { server, client } = renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () => detail({ mine: null }),
    'enrollment.mine': () => pageOf([withdrawn]),
  });
  const rowsOf = async (): Promise<(string | null)[]> =>
    within(await screen.findByRole('list', { name: '报名经过' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  const before = await rowsOf();
  expect(before).toHaveLength(2);
  expect(before[1]).toMatch(/退出.*自己退出.*11月19日.*10:30/);
  expect(server.calls.find(({ procedure }) => procedure === 'enrollment.mine')?.input).toMatchObject({
    classId: CLASS,
  });
  server.answer({ 'enrollment.mine': () => pageOf([mine(), withdrawn]) });
  await client.queries.invalidateQueries();
  await waitFor(async () => expect(await rowsOf()).toHaveLength(4));
  expect((await rowsOf()).map((row) => row?.slice(0, 2))).toEqual(['报名', '退出', '进入', '这次']);
});

it('keeps the page and says why when enrolling is refused', async () => {
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () => detail(),
    'enrollment.enroll': () => refuse('ENROLLMENT_CLOSED', { closedAt: '2026-12-01T01:00:00Z' }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '报名这个班' }));
  expect(within(await screen.findByRole('alert')).getByText('报名已经截止')).toBeDefined();
  expect(screen.getByRole('button', { name: '报名这个班' })).toBeDefined();
});

/** A full class with somebody's own seat, after which so many wait; `after` is what it is once the seat is given back. */
const withdrawing = async (waiting: number, after: Partial<ClassDetail>) => {
  let left = false;
  const app = renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      left
        ? detail({ mine: null, ...after })
        : detail({
            seatsTaken: 20,
            waiting,
            mine: { enrollmentId: ENROLLMENT, state: 'enrolled', position: null },
          }),
    'enrollment.mine': () => pageOf([]),
    'enrollment.withdraw': () => {
      left = true;
      return { enrollmentId: ENROLLMENT, classId: CLASS, state: 'withdrawn', position: null };
    },
    'enrollment.enroll': () => ({
      enrollmentId: idOf(12),
      classId: CLASS,
      state: 'enrolled',
      position: null,
    }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '退出这个班' }));
  return app;
};

it('asks before a seat is given away for good, and offers no 撤销 once somebody else has it', async () => {
  const { server } = await withdrawing(2, { seatsTaken: 20, waiting: 1 });
  const sheet = await screen.findByRole('dialog', { name: '退出「乡村治理专题班」？' });
  expect(within(sheet).getByText(/马上给候补的第一位/)).toBeDefined();
  expect(server.calls.some(({ procedure }) => procedure === 'enrollment.withdraw')).toBe(false);
  fireEvent.click(within(sheet).getByRole('button', { name: '退出' }));
  await screen.findByText('已退出这个班');
  expect(screen.queryByRole('button', { name: '撤销' })).toBeNull();
  expect(screen.getByRole('button', { name: '排候补' })).toBeDefined();
});

it('gives a seat back at once where nobody waits, and 撤销 takes it again', async () => {
  const { server } = await withdrawing(0, { seatsTaken: 19, waiting: 0 });
  fireEvent.click(await screen.findByRole('button', { name: '撤销' }));
  await waitFor(() =>
    expect(server.calls.some(({ procedure }) => procedure === 'enrollment.enroll')).toBe(true),
  );
});

it.each([
  { position: 3, waiting: 3, offered: true },
  { position: 1, waiting: 3, offered: false },
])(
  '撤销 after leaving place $position of $waiting on the waitlist: $offered',
  async ({ position, waiting, offered }) => {
    let left = false;
    renderApp(`/classes/${CLASS}`, {
      'training.classDetail': () =>
        left
          ? detail({ seatsTaken: 20, waiting: waiting - 1, mine: null })
          : detail({
              seatsTaken: 20,
              waiting,
              mine: { enrollmentId: ENROLLMENT, state: 'waiting', position },
            }),
      'enrollment.mine': () => pageOf([]),
      'enrollment.withdraw': () => {
        left = true;
        return { enrollmentId: ENROLLMENT, classId: CLASS, state: 'withdrawn', position: null };
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: '退出候补' }));
    const sheet = await screen.findByRole('dialog');
    fireEvent.click(within(sheet).getByRole('button', { name: /^退出/ }));
    await screen.findByText('已退出候补');
    expect(screen.queryByRole('button', { name: '撤销' }) !== null).toBe(offered);
  },
);

it('offers 撤销 of a place on the waitlist only as long as one waits', async () => {
  let state: 'none' | 'waiting' | 'enrolled' = 'none';
  const { client, server } = renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      detail({
        seatsTaken: 20,
        mine: state === 'none' ? null : { enrollmentId: ENROLLMENT, state, position: null },
      }),
    'enrollment.mine': () => pageOf([]),
    'enrollment.enroll': () => {
      state = 'waiting';
      return { enrollmentId: ENROLLMENT, classId: CLASS, state, position: 1 };
    },
    'enrollment.withdraw': () => refuse('CHANGED_MEANWHILE'),
  });
  fireEvent.click(await screen.findByRole('button', { name: '排候补' }));
  fireEvent.click(await screen.findByRole('button', { name: '撤销' }));
  await waitFor(() =>
    expect(server.calls.find(({ procedure }) => procedure === 'enrollment.withdraw')?.input).toEqual({
      enrollmentId: ENROLLMENT,
      from: 'waiting',
    }),
  );
  state = 'none';
  await client.queries.invalidateQueries();
  fireEvent.click(await screen.findByRole('button', { name: '排候补' }));
  await screen.findByRole('button', { name: '撤销' });
  state = 'enrolled';
  await client.queries.invalidateQueries();
  await screen.findByRole('button', { name: '退出这个班' });
  expect(screen.queryByRole('button', { name: '撤销' })).toBeNull();
});

const withSessions = (
  status: ClassDetail['sessions'][number]['status'],
  cancelledReason: string | null,
): Pick<ClassDetail, 'sessions'> => ({
  sessions: detail().sessions.map((session) => ({ ...session, status, cancelledReason })),
});

it('says of a cancelled class why, and nothing of seats, deadline or clashes', async () => {
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      detail({ status: 'cancelled', sessionCount: 0, ...withSessions('cancelled', '台风停航') }),
  });
  await screen.findByText('取消原因：台风停航');
  expect(screen.getAllByText('这个班已取消').length).toBeGreaterThan(0);
  for (const gone of [/席/, /报名截止/, /不冲突/, /0 次课/]) expect(screen.queryByText(gone)).toBeNull();
});

it('says of a class that was not held that nothing is counted, and what happens next', async () => {
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () => detail({ status: 'completed', ...withSessions('not-held', null) }),
  });
  await screen.findByText(/不计学时学分，也不算您缺课/);
  for (const gone of [/席/, /0.5 天/, /报名截止/]) expect(screen.queryByText(gone)).toBeNull();
});

it('calls a class that is over that, and promises nothing of who held a seat', async () => {
  const over = { enrollmentId: ENROLLMENT, state: 'completed', position: null } as const;
  renderApp('/classes', {
    'enrollment.mine': () => pageOf([]),
    'training.openClasses': () => pageOf([{ ...detail(), status: 'completed' as const, mine: over }]),
  });
  const word = await screen.findByText('班已结束');
  expect(word.closest('.bg-met-soft')).toBeNull();
});

it('says nothing of withdrawing once every session is over', async () => {
  const mine = { enrollmentId: ENROLLMENT, state: 'enrolled', position: null } as const;
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () =>
      detail({
        mine,
        withdrawalDeadline: at('2020-01-01T18:00'),
        sessions: detail().sessions.map((session) => ({
          ...session,
          startsAt: at('2020-01-02T09:00'),
          endsAt: at('2020-01-02T11:30'),
        })),
      }),
  });
  await screen.findByText('已报名');
  expect(screen.queryByText(/退出的期限已过/)).toBeNull();
});

it('has no action where one cannot enrol, and says why', async () => {
  const { server } = renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () => detail({ mode: 'nominated' }),
  });
  await screen.findByText('组织选派');
  expect(screen.queryByRole('button', { name: '报名这个班' })).toBeNull();
  server.answer({ 'training.classDetail': () => refuse('NOT_FOUND') });
});

it('answers an unknown class like a missing one', async () => {
  renderApp(`/classes/${CLASS}`, { 'training.classDetail': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
});

it('says of a moved session what it was planned for and where it is now, as far as the two differ', async () => {
  const movedFrom = {
    startsAt: at('2026-12-02T09:00'),
    endsAt: at('2026-12-02T11:30'),
    baseName: { zh: '大陈岛干部学院', en: '' },
    venueName: { zh: '垦荒馆', en: '' },
  };
  renderApp(`/classes/${CLASS}`, {
    'training.classDetail': () => ({
      ...detail(),
      sessions: detail().sessions.map((session) => ({ ...session, movedFrom })),
    }),
  });
  const notes = await screen.findAllByText('原定 12月2日 周三 09:00–11:30，已改到 12月3日 周四 14:00–16:30');
  expect(notes).toHaveLength(2);
});
