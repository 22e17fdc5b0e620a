import { silentSocket } from '@cadre/client/testing';
import { applyAppearance } from '@cadre/ui/appearance';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A busy machine may need longer than a second to draw a lazy screen; a screen that never comes still fails.
configure({ asyncUtilTimeout: 30_000 });

// The socket's code would look for a network; what facts do to screens is tested in the client.
vi.mock('socket.io-client', async () => {
  const socket = await silentSocket();
  return { io: () => socket };
});

afterEach(() => {
  cleanup();
  applyAppearance({ language: 'zh', largeType: false, theme: 'system' });
  localStorage.clear();
});
