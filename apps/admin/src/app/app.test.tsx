import { refuse } from '@cadre/client/testing';
import type { Role, Scope } from '@cadre/domain/access';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { me, renderApp } from '../testing/render-app';

const id = '01890000-0000-7000-8000-000000000002';

/** 王敏 with other grants. */
function holding(...grants: readonly (readonly [Role, Scope])[]) {
  return { 'identity.me': () => ({ ...me, grants: grants.map(([role, scope]) => ({ id, role, scope })) }) };
}

async function areasOnScreen(): Promise<(string | null)[]> {
  const bar = await screen.findByRole('navigation', { name: '功能' });
  return within(bar)
    .getAllByRole('link')
    .map((link) => link.textContent);
}

it('shows a unit training officer the areas of that role and opens the first', async () => {
  const { path } = renderApp('/admin', holding(['unit-training-officer', { kind: 'unit', unitId: id }]));
  expect(await areasOnScreen()).toEqual(['工作台', '报名与调训', '学分', '统计']);
  await waitFor(() => expect(path()).toBe('/admin/workbench'));
});

it('shows an auditor all ten areas', async () => {
  renderApp('/admin', holding(['auditor', { kind: 'network' }]));
  expect(await areasOnScreen()).toHaveLength(10);
});

it('keeps an area closed to whom no grant opens it, also by its address', async () => {
  renderApp('/admin/system', holding(['unit-training-officer', { kind: 'unit', unitId: id }]));
  const errors = vi.spyOn(console, 'error');
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('这里不对您开放');
  await waitFor(() => expect(document.title).toBe('这里不对您开放'));
  expect(errors).not.toHaveBeenCalled();
});

it('never shows the date of the device, not even before the first page is there', async () => {
  // With its code at hand the page opens as soon as it may.
  await import('../features/workbench/workbench-page');
  const shown = new Set<string>();
  const watch = new MutationObserver(() => {
    for (const text of document.body.textContent.match(/\d{1,2}月\d{1,2}日/g) ?? []) shown.add(text);
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  renderApp('/admin/workbench', {
    'clock.now': async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { now: new Date('2031-05-06T06:00:00Z'), demonstration: true };
    },
  });
  await screen.findAllByText(/5月6日/);
  watch.disconnect();
  expect([...shown]).toEqual(['5月6日']);
});

it('says that it looks for the next session while it does, and only then that there is none', async () => {
  let answer: (rooms: []) => void = () => undefined;
  const rooms = new Promise<[]>((resolve) => {
    answer = resolve;
  });
  renderApp('/admin/system', {
    'clock.now': () => ({ now: new Date('2026-11-22T06:00:00Z'), demonstration: true }),
    'live.rooms': () => rooms,
  });
  fireEvent.click(await screen.findByRole('button', { name: /演示时钟/ }));
  await screen.findByText('正在找下一节课');
  expect(screen.queryByText('今天没有下一节课了')).toBeNull();
  answer([]);
  await screen.findByText('今天没有下一节课了');
});

it('says why the next session could not be found, and tries again', async () => {
  const { server } = renderApp('/admin/system', {
    'clock.now': () => ({ now: new Date('2026-11-22T06:00:00Z'), demonstration: true }),
    'live.rooms': () => refuse('NOT_ALLOWED'),
  });
  fireEvent.click(await screen.findByRole('button', { name: /演示时钟/ }));
  const again = await screen.findByRole('button', { name: '再试一次' });
  expect(screen.queryByText('今天没有下一节课了')).toBeNull();
  server.answer({ 'live.rooms': () => [] });
  fireEvent.click(again);
  await screen.findByText('今天没有下一节课了');
});

it('leads somebody without any administrative grant to the learner app', async () => {
  renderApp('/admin', holding());
  await screen.findByText('您的账号还没有管理授权');
  expect(screen.getByRole('link', { name: '打开学员端' }).getAttribute('href')).toBe('/');
  expect(screen.queryByRole('navigation')).toBeNull();
});

it('leads through the sign-in back to the wanted page', async () => {
  let signedIn = false;
  const { path } = renderApp('/admin/network', {
    'identity.me': () => (signedIn ? me : refuse('NOT_SIGNED_IN')),
    'identity.signIn': () => {
      signedIn = true;
    },
  });
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'wangmin' } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
  await screen.findByRole('heading', { level: 1, name: '联盟网络' });
  expect(path()).toBe('/admin/network');
});

it('keeps what was typed when the account is locked, and says for how long', async () => {
  renderApp('/admin', {
    'identity.me': () => refuse('NOT_SIGNED_IN'),
    'identity.signIn': () => refuse('ACCOUNT_LOCKED', { minutes: 15 }),
  });
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'wangmin' } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'guess' } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
  await screen.findByText(/15 分钟后再试/);
  expect(screen.getByLabelText<HTMLInputElement>('账号').value).toBe('wangmin');
});

it.each(['/admin/live/abc', '/admin/live/abc/hall', '/admin/network/abc', '/admin/credit/people/1'])(
  'takes %s, whose id cannot be one, for an address that leads nowhere',
  async (address) => {
    renderApp(address);
    await screen.findByText('没有这一页');
    expect(screen.queryByRole('alert')).toBeNull();
  },
);

it('changes language and theme from the account menu', async () => {
  const { server } = renderApp('/admin', { 'identity.updateSettings': () => undefined });
  fireEvent.click(await screen.findByRole('button', { name: /显示与账号/ }));
  fireEvent.click(await screen.findByRole('radio', { name: 'English' }));
  await screen.findByRole('heading', { level: 1, name: 'Workbench' });
  expect(server.calls.findLast(({ procedure }) => procedure === 'identity.updateSettings')).toMatchObject({
    input: { language: 'en', largeType: false, theme: 'system' },
  });
});
