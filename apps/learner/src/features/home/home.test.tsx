import { refuse } from '@cadre/client/testing';
import type { Standings } from '@cadre/domain/ledger';
import type { ClassCard, ScheduleItem } from '@cadre/domain/training';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';
import { classCard, inShanghai as at, sampleId as idOf, scheduleItem } from '../../testing/samples';

const nothing: Standings = {
  personId: me.person.id,
  asOf: '2026-11-22',
  servedUntil: null,
  chain: { seq: 0, hash: '' },
  standings: [],
};

const session = (changes: Partial<ScheduleItem> = {}): ScheduleItem =>
  scheduleItem({
    status: 'live',
    startsAt: at('2026-11-22T13:00'),
    endsAt: at('2026-11-22T15:30'),
    ...changes,
  });

const card = (index: number, changes: Partial<ClassCard> = {}): ClassCard =>
  classCard({ id: idOf(index), title: `第 ${index} 班`, ...changes });

const cards = (items: ClassCard[]) => ({ items, total: items.length, page: 1, pageSize: 20 });

it('leads from today into the room, and suggests only what can be enrolled in now and fits', async () => {
  renderApp('/', {
    'credit.myStandings': () => nothing,
    'training.mySchedule': () => [
      session(),
      session({
        id: idOf(3),
        title: '明天的课',
        startsAt: at('2026-11-23T09:00'),
        endsAt: at('2026-11-23T11:00'),
      }),
      session({ id: idOf(4), title: '取消的课', status: 'cancelled', cancelledReason: '台风停航' }),
    ],
    'training.openClasses': () =>
      cards([
        card(10),
        card(11, { window: { opensAt: at('2026-11-01T09:00'), closesAt: at('2026-11-22T13:59') } }),
        card(12, { window: { opensAt: at('2026-11-25T09:00'), closesAt: at('2026-12-01T09:00') } }),
        card(13, { mode: 'nominated' }),
        card(14, { mine: { enrollmentId: idOf(50), state: 'enrolled', position: null } }),
        card(15, {
          clashes: [
            {
              sessionId: idOf(1),
              title: '冲突',
              startsAt: at('2026-12-03T14:00'),
              endsAt: at('2026-12-03T15:00'),
            },
          ],
        }),
      ]),
  });
  const today = await screen.findByRole('list', { name: '今天' });
  const links = within(today).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    `/rooms/${idOf(1)}`,
    `/classes/${session().classId}`,
  ]);
  expect(within(today).getByText('已取消：台风停航')).toBeDefined();
  expect(links[0]?.textContent).toContain('13:00–15:30');
  expect(within(today).getByText('进行中，去签到')).toBeDefined();
  const fitting = await screen.findByRole('list', { name: '适合您' });
  expect(within(fitting).getByText('第 10 班')).toBeDefined();
  expect(within(fitting).getAllByRole('link')).toHaveLength(2);
});

it('says what will appear where there is nothing', async () => {
  renderApp('/', {
    'credit.myStandings': () => nothing,
    'training.mySchedule': () => [],
    'training.openClasses': () => cards([]),
  });
  await screen.findByText('今天没有课');
  expect(await screen.findByText('眼下没有合您日程的班，看看全部培训班')).toBeDefined();
  expect(await screen.findByText(/没有生效的学时学分办法/)).toBeDefined();
});

it('gives no advice to whoever is retired: the record, and no class is recommended', async () => {
  renderApp('/', {
    'credit.myStandings': () => ({ ...nothing, servedUntil: '2026-11-21' }),
    'training.mySchedule': () => [],
    'training.openClasses': () => cards([classCard({ title: '第 10 班' })]),
  });
  await screen.findByRole('heading', { name: '学习记录' });
  await screen.findByText('今天没有课');
  expect(screen.getByText('您已退休，自2026年11月22日起没有任务。')).toBeDefined();
  expect(screen.queryByRole('heading', { name: '适合您' })).toBeNull();
  expect(screen.queryByText('第 10 班')).toBeNull();
  expect(screen.queryByText(/没有生效的学时学分办法/)).toBeNull();
});

it('keeps the rest of the page when one part cannot be read', async () => {
  renderApp('/', {
    'credit.myStandings': () => refuse('NOT_ALLOWED'),
    'training.mySchedule': () => [session()],
    'training.openClasses': () => cards([]),
  });
  await screen.findByText('这里不对您开放');
  expect(await screen.findByText('垦荒精神现场课')).toBeDefined();
});

it('says today of a session that was planned for today and moved to another day', async () => {
  renderApp('/', {
    'credit.myStandings': () => nothing,
    'training.openClasses': () => cards([]),
    'training.mySchedule': () => [
      session({
        status: 'scheduled',
        startsAt: at('2026-11-24T13:00'),
        endsAt: at('2026-11-24T15:30'),
        movedFrom: {
          startsAt: at('2026-11-22T13:00'),
          endsAt: at('2026-11-22T15:30'),
          baseName: { zh: '大陈岛干部学院', en: '' },
          venueName: { zh: '垦荒馆', en: '' },
        },
      }),
    ],
  });
  const row = await screen.findByRole('link', { name: /已改到 11月24日 周二 13:00–15:30/ });
  expect(row.getAttribute('href')).toBe(`/classes/${idOf(2)}`);
});
