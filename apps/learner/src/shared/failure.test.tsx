import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { FailedToRead } from './failure';

afterEach(() => {
  vi.restoreAllMocks();
});

it('says without a network that the page is not on the phone yet, and with one that the server is out of reach', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  render(<FailedToRead error={new TypeError('Failed to fetch')} onRetry={() => undefined} />);
  await screen.findByText('没有网络，这一页还没有存到手机上');
  expect(screen.queryByRole('button')).toBeNull();
  online.mockReturnValue(true);
  window.dispatchEvent(new Event('online'));
  await screen.findByText('连不上服务器');
  expect(screen.getByRole('button', { name: '再试一次' })).toBeDefined();
});
