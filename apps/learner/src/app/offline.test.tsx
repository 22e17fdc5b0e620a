import { cleanup, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../testing/render-app';
import { classCard } from '../testing/samples';

const pageOf = <Item,>(items: Item[]) => ({ items, total: items.length, page: 1, pageSize: 20 });

const phone = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

it.each(['/', '/classes'])(
  'shows the classes of %s without a network, where it was opened with one',
  async (path) => {
    const storage = phone();
    const online = renderApp(path, { 'training.openClasses': () => pageOf([classCard()]) }, storage);
    await screen.findByRole('link', { name: /乡村治理专题班/ });
    globalThis.dispatchEvent(new Event('pagehide'));
    cleanup();
    online.client.queries.clear();

    const offline = renderApp(path, {}, storage);
    await screen.findByRole('link', { name: /乡村治理专题班/ });
    expect(offline.server.calls.map(({ procedure }) => procedure)).toContain('training.openClasses');
  },
);
