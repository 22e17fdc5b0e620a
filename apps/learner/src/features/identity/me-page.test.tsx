import { refuse } from '@cadre/client/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';

it('shows who is signed in, with unit and number, and the way to another password', async () => {
  renderApp('/me');
  await screen.findByRole('heading', { level: 1, name: '林海燕' });
  expect(screen.getByText('垦荒镇')).toBeDefined();
  expect(screen.getByText('人员编号 P0001')).toBeDefined();
  expect(screen.getByRole('link', { name: '修改密码' }).getAttribute('href')).toBe(
    '/password?back=%2Fme&own=true',
  );
});

it('speaks English at once when it is chosen', async () => {
  renderApp('/me', { 'identity.updateSettings': () => undefined });
  fireEvent.click(await screen.findByRole('radio', { name: 'English' }));
  await screen.findByText('Person number P0001');
  await waitFor(() => expect(document.documentElement.lang).toBe('en'));
});

it('goes back to what was set when it cannot be kept, and says why', async () => {
  renderApp('/me', { 'identity.updateSettings': () => refuse('TOO_MANY_REQUESTS') });
  fireEvent.click(await screen.findByRole('switch', { name: /大字版/ }));
  await screen.findByRole('alert');
  await waitFor(() => expect(document.documentElement.dataset['type']).toBeUndefined());
});

it('asks once before signing out everywhere', async () => {
  const { server } = renderApp('/me', { 'identity.signOutEverywhere': () => undefined });
  fireEvent.click(await screen.findByRole('button', { name: '在所有设备上退出' }));
  const sheet = await screen.findByRole('dialog', { name: '在所有设备上退出？' });
  const sent = () => server.calls.some(({ procedure }) => procedure === 'identity.signOutEverywhere');
  expect(sent()).toBe(false);
  fireEvent.click(within(sheet).getByRole('button', { name: '先不' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent()).toBe(false);
});
