import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';
import { inShanghai as at, sampleId as idOf, scheduleItem as item } from '../../testing/samples';

it('shows own sessions by day with time, place and way, and offers each to the calendar', async () => {
  renderApp('/schedule', {
    'training.mySchedule': () => [
      // Kept from yesterday: not shown again.
      item({
        id: idOf(9),
        title: '昨天的课',
        startsAt: at('2026-11-21T14:00'),
        endsAt: at('2026-11-21T16:00'),
      }),
      item(),
      item({
        id: idOf(5),
        title: '海洋牧场',
        startsAt: at('2026-11-23T09:00'),
        endsAt: at('2026-11-23T11:00'),
        standing: 'waiting',
      }),
      item({
        id: idOf(6),
        title: '枫桥经验',
        startsAt: at('2026-11-25T09:00'),
        endsAt: at('2026-11-25T11:00'),
        status: 'cancelled',
        cancelledReason: '大雾停航',
      }),
    ],
  });
  const today = (await screen.findByRole('heading', { name: '今天 · 11月22日 周日' })).closest('section')!;
  const link = within(today).getByRole('link', { name: /垦荒精神现场课.*垦荒馆/ });
  expect(link.textContent).toContain('14:00');
  expect(link.textContent).toContain('12:30 从椒江码头乘船');
  expect(link.getAttribute('href')).toBe(`/rooms/${idOf(1)}`);
  expect(within(today).getByRole('link', { name: '把「垦荒精神现场课」加到日历' }).getAttribute('href')).toBe(
    `/api/v1/sessions/${idOf(1)}.ics`,
  );
  expect(screen.getByRole('heading', { name: '明天 · 11月23日 周一' })).toBeDefined();
  expect(screen.queryByText('昨天的课')).toBeNull();
  expect(screen.getByText('候补中')).toBeDefined();
  expect(screen.getByText('取消原因：大雾停航')).toBeDefined();
  expect(screen.queryByRole('link', { name: '把「枫桥经验」加到日历' })).toBeNull();
  expect(screen.getByRole('link', { name: /海洋牧场/ }).getAttribute('href')).toBe(`/classes/${idOf(2)}`);
});

it('shows past days backwards', async () => {
  renderApp('/schedule', {
    'training.mySchedule': (range) =>
      range?.to === '2026-11-21'
        ? [
            item({ startsAt: at('2026-11-01T09:00'), endsAt: at('2026-11-01T11:00'), status: 'settled' }),
            item({
              id: idOf(7),
              startsAt: at('2026-11-10T09:00'),
              endsAt: at('2026-11-10T11:00'),
              status: 'settled',
            }),
          ]
        : [],
  });
  await screen.findByText('报名后，您的课会出现在这里');
  expect(screen.getAllByRole('link', { name: '找一个培训班' }).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole('radio', { name: '以前' }));
  await screen.findAllByText('已结束');
  expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent)).toEqual([
    '11月10日 周二',
    '11月1日 周日',
  ]);
});

it('shows a moved session on its new day and, struck out, on the one it was planned for', async () => {
  renderApp('/schedule', {
    'training.mySchedule': () => [
      item({
        startsAt: at('2026-11-24T09:00'),
        endsAt: at('2026-11-24T11:30'),
        movedFrom: {
          startsAt: at('2026-11-22T14:00'),
          endsAt: at('2026-11-22T16:30'),
          baseName: { zh: '大陈岛干部学院', en: '' },
          venueName: { zh: '青年宫', en: '' },
        },
      }),
    ],
  });
  const note = '原定 11月22日 周日 14:00–16:30 · 青年宫，已改到 11月24日 周二 09:00–11:30 · 垦荒馆';
  expect(await screen.findAllByText(note)).toHaveLength(2);
  const today = screen.getByRole('heading', { name: '今天 · 11月22日 周日' }).closest('section')!;
  const former = within(today).getByRole('link', { name: /垦荒精神现场课/ });
  expect(former.getAttribute('href')).toBe(`/classes/${idOf(2)}`);
  expect(within(today).queryByRole('link', { name: /加到日历/ })).toBeNull();
  const newDay = screen.getByRole('heading', { name: '11月24日 周二' }).closest('section')!;
  expect(within(newDay).getByRole('link', { name: /加到日历/ })).toBeDefined();
});

it('gives the English name of the course on an English page, and marks what is written in Chinese', async () => {
  renderApp('/schedule', {
    'identity.me': () => ({ ...me, settings: { ...me.settings, language: 'en' } }),
    'training.mySchedule': () => [item()],
  });
  expect(await screen.findByText('The reclaimers of Dachen Island')).toBeDefined();
  expect(screen.getByText('垦荒精神现场课').getAttribute('lang')).toBe('zh-CN');
});
