import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../refusal';
import { fetchScreen } from './index';

afterEach(() => vi.unstubAllGlobals());

const lost = new TypeError('Failed to fetch dynamically imported module: /assets/page.js');
const serverThat = (fetch: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(fetch));
const failing = () => fetchScreen(() => Promise.reject(lost)).catch((error: unknown) => error);

describe('the code of a screen', () => {
  it('comes without asking anything else', async () => {
    serverThat(() => Promise.reject(new TypeError('offline')));
    expect(await fetchScreen(() => Promise.resolve({ Page: 1 }))).toEqual({ Page: 1 });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('that a newer release has replaced is left to the router', async () => {
    serverThat(() => Promise.resolve(new Response()));
    expect(await failing()).toBe(lost);
  });

  it.each([
    ['does not answer', () => Promise.reject(new TypeError('offline'))],
    ['cannot serve', () => Promise.resolve(new Response(null, { status: 502 }))],
  ])('cannot be had while the server %s, which is no reason to leave the app', async (_, fetch) => {
    serverThat(fetch);
    const error = await failing();
    expect(error).not.toBe(lost);
    expect(refusalOf(error).kind).toBe('unreachable');
  });
});
