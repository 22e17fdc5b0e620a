import { refuse } from '@cadre/client/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf, yearTarget } from '../../testing/scene';

const officer = {
  ...holding('unit-training-officer', { kind: 'unit', unitId: idOf(1) }),
  'directory.units': () => [],
};
const counts = { all: 4, missed: 0, behind: 1, 'on-track': 0, met: 3 };
const row = {
  personId: idOf(2),
  personNo: 'TZ00001',
  name: '林海燕',
  unitId: idOf(1),
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  targets: [
    {
      ...yearTarget,
      least: [
        [{ leaf: 'days', measure: 'days', amount: 60_000 }],
        [{ leaf: 'hours', measure: 'hours', amount: 420_000 }],
      ],
    },
  ],
  reading: 'behind' as const,
  flags: [],
};

it('shows those behind first, with each target under its name, and asks for all of them', async () => {
  const { server } = renderApp('/admin/insight', {
    ...officer,
    'credit.progress': () => ({ ...pageOf([row]), asOf: '2026-11-22', targets: [yearTarget], counts }),
  });
  expect(await screen.findByText('林海燕')).toBeDefined();
  expect(screen.getByText('年度集中培训：6 天 或 42 学时')).toBeDefined();
  fireEvent.click(screen.getByRole('columnheader', { name: /还差/ }));
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'credit.progress')?.input).toMatchObject({
      sort: { key: 'gap', descending: false },
    }),
  );
  expect(screen.getAllByText('年度集中培训').length).toBeGreaterThan(0);
  expect(screen.getByText(/6 \/ 12 天 或 48 \/ 90 学时/)).toBeDefined();
  fireEvent.click(screen.getByText('全部 4'));
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'credit.progress')?.input).toMatchObject({
      show: [],
    }),
  );
});

it('says why the file did not come, in the server’s word, and tries again', async () => {
  renderApp('/admin/insight', {
    ...officer,
    'credit.progress': () => ({ ...pageOf([row]), asOf: '2026-11-22', targets: [yearTarget], counts }),
  });
  await screen.findByText('林海燕');
  const refusal = { code: 'NOT_SIGNED_IN', kind: 'unauthenticated', details: {}, requestId: 'req-7' };
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockResolvedValueOnce(
      new Response(JSON.stringify({ message: refusal.code, data: { refusal } }), { status: 401 }),
    )
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockReturnValue(new Promise(() => undefined));
  fireEvent.click(screen.getByRole('button', { name: /导出所见/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('登录已过期');
  fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('连不上'));
  fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(fetched).toHaveBeenCalledTimes(3);
  fetched.mockRestore();
});

it('exports what is seen: the search, the unit’s people who read so, in the order of the table', async () => {
  renderApp('/admin/insight', {
    ...officer,
    'credit.progress': () => ({ ...pageOf([row]), asOf: '2026-11-22', targets: [yearTarget], counts }),
  });
  await screen.findByText('林海燕');
  fireEvent.click(screen.getByRole('columnheader', { name: /还差/ }));
  const search = screen.getByRole('searchbox');
  fireEvent.change(search, { target: { value: '林' } });
  fireEvent.keyDown(search, { key: 'Enter', keyCode: 13 });
  const fetched = vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined));
  fireEvent.click(screen.getByRole('button', { name: /导出所见/ }));
  await waitFor(() => expect(fetched).toHaveBeenCalled());
  const [asked] = fetched.mock.calls[0] as [string];
  fetched.mockRestore();
  expect(Object.fromEntries(new URL(asked, 'http://x').searchParams)).toEqual({
    search: '林',
    show: 'behind',
    sort: 'gap',
    descending: 'false',
    language: 'zh',
  });
});

it('says so when nobody is behind', async () => {
  renderApp('/admin/insight', {
    ...officer,
    'credit.progress': () => ({
      ...pageOf([]),
      asOf: '2026-11-22',
      targets: [],
      counts: { ...counts, behind: 0 },
    }),
  });
  expect(await screen.findByText('没有符合条件的人')).toBeDefined();
});

it('says that it is not open', async () => {
  renderApp('/admin/insight', { ...officer, 'credit.progress': () => refuse('NOT_ALLOWED') });
  expect(await screen.findByText('这里不对您开放')).toBeDefined();
});
