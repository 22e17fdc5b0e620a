import { refuse, type FakeAnswers } from '@cadre/client/testing';
import type { Base, BaseFile, BaseRow } from '@cadre/domain/network';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';

const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const base: Base = {
  id: idOf(1),
  code: 'C00',
  name: { zh: '大陈岛干部学院', en: 'Dachen Island' },
  tier: 'central',
  parentId: null,
  status: 'listed',
  designations: [
    { authority: '省委组织部', level: 'provincial', title: '现场教学基地', from: '2020-01-01', to: null },
  ],
  location: {
    province: '浙江',
    city: '台州',
    county: '椒江区',
    latitude: 28.46,
    longitude: 121.89,
    datum: 'WGS-84',
    accuracyKm: 3,
  },
  theme: { zh: '垦荒精神与海岛振兴', en: '' },
  description: '海岛课堂。',
  access: '椒江海门码头乘船。',
  capacityPerHalfDay: 120,
  openingHours: [
    ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 480, to: 1020 })),
    { weekday: 6, from: 480, to: 720 },
  ],
  blackouts: [
    { from: '2026-11-25', to: '2026-11-26', reason: '设备检修' },
    { from: '2026-10-01', to: '2026-10-07', reason: '国庆' },
  ],
  revision: 0,
  demo: true,
};
const row: BaseRow = { ...base, county: '椒江区', city: '台州', province: '浙江', today: 'blackout' };
const file: BaseFile = {
  base,
  today: 'open',
  parent: null,
  caseSites: [{ ...base, id: idOf(9), code: 'X01', name: { zh: '下姜村', en: '' }, tier: 'case' }],
  venues: [
    {
      id: idOf(2),
      baseId: base.id,
      code: 'V1',
      name: { zh: '垦荒馆', en: '' },
      kind: 'hall',
      capacity: 60,
      active: true,
      revision: 0,
      demo: true,
    },
  ],
  instructors: [],
  courses: [{ id: idOf(3), code: 'T02-C01', title: { zh: '大陈岛垦荒精神', en: '' } }],
  upcomingSessions: 3,
};
const page = (items: BaseRow[]) => ({ items, total: items.length, page: 1, pageSize: 20 });
const answers: FakeAnswers = {
  'network.list': ({ text, tier }) => page(text === '无' || tier === 'case' ? [] : [row]),
  'network.get': () => file,
};

it('lists the bases, found by text and tier, and opens one', async () => {
  const { path, server } = renderApp('/courses/bases', answers);
  const link = await screen.findByRole('link', { name: /大陈岛干部学院/ });
  expect(within(link).getByText('台州 椒江区 · 今天停止接待')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '案例教学基地' }));
  await screen.findByText('这一层级还没有基地');
  fireEvent.click(screen.getByRole('button', { name: '清除条件' }));
  const box = screen.getByRole('searchbox');
  fireEvent.change(box, { target: { value: 'dcd' } });
  fireEvent.submit(box);
  await waitFor(() =>
    expect(server.calls.filter(({ procedure }) => procedure === 'network.list').at(-1)?.input).toEqual({
      text: 'dcd',
      pageSize: 20,
    }),
  );
  fireEvent.click(await screen.findByRole('link', { name: /大陈岛干部学院/ }));
  await screen.findByText('海岛课堂。');
  expect(path()).toBe(`/courses/bases/${base.id}`);
});

it('shows when a base is open, what it closes for, and what happens there', async () => {
  renderApp(`/courses/bases/${base.id}`, answers);
  await screen.findByText('周一–周五');
  expect(screen.getByText('08:00–17:00')).toBeDefined();
  expect(screen.getByText('08:00–12:00')).toBeDefined();
  expect(screen.getByText('不开放')).toBeDefined();
  expect(screen.getByText('11月25–26日 · 设备检修')).toBeDefined();
  expect(screen.queryByText(/国庆/)).toBeNull();
  expect(screen.getByText('近期有 3 次课')).toBeDefined();
  expect(screen.getByText('60 座')).toBeDefined();
  expect(screen.getByText('省级 现场教学基地')).toBeDefined();
  expect(screen.getByText('演示数据')).toBeDefined();
  expect(screen.getByText('还没有登记师资。')).toBeDefined();
  expect(screen.getByRole('link', { name: '下姜村' })).toBeDefined();
  expect(screen.getByRole('link', { name: '大陈岛垦荒精神' }).getAttribute('href')).toBe(
    `/courses/${idOf(3)}`,
  );
});

it('says what was not found and how to search', async () => {
  renderApp('/courses/bases?text=无', answers);
  await screen.findByText('没有找到「无」');
});

it('answers a base out of sight like one that does not exist', async () => {
  renderApp(`/courses/bases/${base.id}`, { 'network.get': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
});
