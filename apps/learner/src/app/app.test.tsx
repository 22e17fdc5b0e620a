import { refuse } from '@cadre/client/testing';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { me, renderApp } from '../testing/render-app';

it('leads somebody who is not signed in to the sign-in page and back to where they wanted to go', async () => {
  let signedIn = false;
  const { path, server } = renderApp('/credits', {
    'identity.me': () => (signedIn ? me : refuse('NOT_SIGNED_IN')),
    'identity.signIn': () => {
      signedIn = true;
    },
  });
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: ' linhaiyan ' } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
  await screen.findByRole('heading', { level: 1, name: '我的学分' });
  expect(path()).toBe('/credits');
  expect(server.calls.find(({ procedure }) => procedure === 'identity.signIn')?.input).toEqual({
    loginName: 'linhaiyan',
    password: 'secret',
  });
});

it('keeps what was typed when the password is wrong, and says why and what next', async () => {
  renderApp('/', {
    'identity.me': () => refuse('NOT_SIGNED_IN'),
    'identity.signIn': () => refuse('CREDENTIALS_WRONG'),
  });
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'linhaiyan' } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'wrong' } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
  const refusal = await screen.findByRole('alert');
  expect(within(refusal).getByText('账号或密码不对')).toBeDefined();
  fireEvent.click(within(refusal).getByRole('button', { name: '查看依据' }));
  expect(within(refusal).getByText(/连续输错 5 次/)).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>('账号').value).toBe('linhaiyan');
  expect(screen.getByLabelText<HTMLInputElement>('密码').value).toBe('wrong');
});

it('asks for an own password before anything else when one is owed', async () => {
  const { path } = renderApp('/courses', { 'identity.me': () => ({ ...me, mustChangePassword: true }) });
  await screen.findByRole('heading', { level: 1, name: '换一个自己的密码' });
  expect(path()).toBe('/password');
  expect(screen.queryByRole('navigation')).toBeNull();
});

it('never leads to another site after signing in', async () => {
  const { path } = renderApp('/sign-in?back=//evil.example/', { 'identity.signIn': () => undefined });
  fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'linhaiyan' } });
  fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: '登录' }));
  await screen.findByText('下午好，林海燕');
  expect(path()).toBe('/');
});

it('marks the place of the five that is open', async () => {
  renderApp('/schedule');
  const bar = await screen.findByRole('navigation', { name: '主要页面' });
  await waitFor(() => expect(within(bar).getByRole('link', { current: 'page' }).textContent).toBe('日程'));
  expect(
    within(bar)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['首页', '课程', '日程', '学分', '我的']);
});

it('says so when the server cannot be reached, and opens the page when it can', async () => {
  // React reports the failure on the console too; printing it there would read every getter of the page.
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let down = true;
  renderApp('/', {
    'identity.me': () => {
      if (down) throw new Error('the server is down');
      return me;
    },
  });
  await screen.findByText('没能打开');
  expect(screen.getByText('编号 req-0001')).toBeDefined();
  expect(reported).toHaveBeenCalled();
  down = false;
  fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
  await screen.findByText('下午好，林海燕');
});

it('shows large type and the dark theme at once when they are chosen', async () => {
  const { server } = renderApp('/me', { 'identity.updateSettings': () => undefined });
  fireEvent.click(await screen.findByRole('switch', { name: /大字版/ }));
  await waitFor(() => expect(document.documentElement.dataset['type']).toBe('large'));
  fireEvent.click(screen.getByRole('radio', { name: '暗' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  expect(server.calls.findLast(({ procedure }) => procedure === 'identity.updateSettings')).toMatchObject({
    input: { language: 'zh', largeType: true, theme: 'dark' },
  });
});

async function signInAgain(): Promise<void> {
  const sheet = await screen.findByRole('dialog', { name: '请重新登录' });
  fireEvent.change(within(sheet).getByLabelText('账号'), { target: { value: 'linhaiyan' } });
  fireEvent.change(within(sheet).getByLabelText('密码'), { target: { value: 'secret' } });
  fireEvent.click(within(sheet).getByRole('button', { name: '登录' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

it('lets somebody whose sign-in ended sign in over the open page', async () => {
  let ended = true;
  renderApp('/me', {
    'identity.updateSettings': () => {
      if (ended) refuse('NOT_SIGNED_IN');
    },
    'identity.signIn': () => {
      ended = false;
    },
  });
  fireEvent.click(await screen.findByRole('switch', { name: /大字版/ }));
  await signInAgain();
  expect(screen.getByRole('heading', { level: 1, name: '林海燕' })).toBeDefined();
});

it('reads again by itself, after the sign-in over the open page, what could not be read', async () => {
  let ended = true;
  renderApp('/schedule', {
    'training.mySchedule': () => (ended ? refuse('NOT_SIGNED_IN') : []),
    'identity.signIn': () => {
      ended = false;
    },
  });
  await screen.findByText('登录已过期');
  await signInAgain();
  await screen.findByText('报名后，您的课会出现在这里');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('names an address that leads nowhere, with the way home', async () => {
  renderApp('/nowhere');
  await screen.findByText('没有这一页');
  expect(screen.getByRole('link', { name: '回首页' }).getAttribute('href')).toBe('/');
});

it.each([
  '/courses/xyz',
  '/courses/bases/abc',
  '/classes/1',
  '/rooms/abc',
  '/credits/abc',
  '/check-in/abc',
  '/check-in/abc/def',
])('takes %s, whose id cannot be one, for an address that leads nowhere', async (address) => {
  const { server } = renderApp(address);
  await screen.findByText('没有这一页');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(server.calls.filter(({ procedure }) => !/^(clock|identity)\./.test(procedure))).toEqual([]);
});

it('moves the demonstration clock forward, and offers it only in a demonstration', async () => {
  let now = new Date('2026-11-22T06:00:00Z');
  const { server } = renderApp('/', {
    'clock.now': () => ({ now, demonstration: true }),
    'clock.advance': ({ to }) => {
      now = to;
      return { now, demonstration: true };
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: /演示时钟/ }));
  fireEvent.click(await screen.findByRole('button', { name: '到下一个早上 8 点' }));
  await screen.findByText('演示时钟已拨到 11月23日 周一 08:00');
  expect(server.calls.find(({ procedure }) => procedure === 'clock.advance')?.input).toEqual({
    to: new Date('2026-11-23T00:00:00Z'),
  });
  cleanup();
  renderApp('/');
  await screen.findByText('下午好，林海燕');
  expect(screen.queryByText('演示时钟')).toBeNull();
});
