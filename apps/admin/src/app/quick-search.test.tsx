import { refuse } from '@cadre/client/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../testing/render-app';
import { holding, idOf, pageOf } from '../testing/scene';

const officer = {
  ...holding('unit-training-officer', { kind: 'unit', unitId: idOf(1) }),
  'credit.progress': () => ({
    ...pageOf([]),
    asOf: '2026-11-22',
    targets: [],
    counts: { all: 0, missed: 0, behind: 0, 'on-track': 0, met: 0 },
  }),
};
const person = {
  id: idOf(2),
  personNo: 'TZ00001',
  name: '林海燕',
  unitId: idOf(1),
  status: 'active' as const,
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  rank: null,
  loginName: null,
};

it('opens with Ctrl K, finds within the grants alone, and goes there with Enter', async () => {
  const { server, path } = renderApp('/admin/workbench', {
    ...officer,
    'directory.people': () => pageOf([person]),
  });
  await screen.findByText('没有人落后或未达标');
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  const box = await screen.findByRole('combobox', { name: '查找' });
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
    '工作台',
    '报名与调训',
    '学分',
    '统计',
  ]);
  fireEvent.change(box, { target: { value: 'lhy' } });
  const option = await screen.findByRole('option', { name: /林海燕/ });
  expect(option.getAttribute('aria-selected')).toBe('true');
  fireEvent.keyDown(box, { key: 'Enter' });
  await waitFor(() => expect(path()).toBe(`/admin/credit/people/${person.id}`));
  const asked = new Set(server.calls.map(({ procedure }) => procedure));
  expect(asked.has('network.list') || asked.has('catalog.searchCourses')).toBe(false);
});

it('does not ask for people who may not be looked up', async () => {
  const { server } = renderApp('/admin/network', {
    ...holding('base-admin', { kind: 'bases', baseIds: [idOf(7)] }),
    'network.list': () => pageOf([]),
    'catalog.searchCourses': () => pageOf([]),
    'training.listClasses': () => pageOf([]),
    'directory.people': () => refuse('NOT_ALLOWED'),
  });
  fireEvent.keyDown(await screen.findByRole('button', { name: /查找/ }), { key: 'k', ctrlKey: true });
  fireEvent.change(await screen.findByRole('combobox', { name: '查找' }), { target: { value: '没有的' } });
  expect(await screen.findByText('没有找到。可以输入名称、拼音首字母或编号。')).toBeDefined();
  const dialog = screen.getByRole('dialog', { name: '查找', hidden: true });
  expect(dialog.textContent).not.toContain('这里不对您开放');
  expect(server.calls.some(({ procedure }) => procedure === 'directory.people')).toBe(false);
});

it('walks with the arrows and says when nothing is found', async () => {
  renderApp('/admin/workbench', { ...officer, 'directory.people': () => pageOf([]) });
  await screen.findByText('没有人落后或未达标');
  fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
  const box = await screen.findByRole('combobox', { name: '查找' });
  fireEvent.keyDown(box, { key: 'ArrowUp' });
  expect(screen.getByRole('option', { name: '统计' }).getAttribute('aria-selected')).toBe('true');
  fireEvent.change(box, { target: { value: '没有的' } });
  expect(await screen.findByText('没有找到。可以输入名称、拼音首字母或编号。')).toBeDefined();
});

it('says why the server did not answer', async () => {
  renderApp('/admin/workbench', { ...officer, 'directory.people': () => refuse('NOT_ALLOWED') });
  await screen.findByText('没有人落后或未达标');
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  fireEvent.change(await screen.findByRole('combobox', { name: '查找' }), { target: { value: 'lhy' } });
  expect(await screen.findByText('这里不对您开放')).toBeDefined();
});
