import { errorCodes } from '@cadre/domain/core';
import { describe, expect, it } from 'vitest';
import { createAppClient } from '../api';
import { fakeServer, refuse } from '../testing';
import { wordRefusal } from '../wording';
import { fileRefusal, refusalOf, type RefusalCode } from './index';

const codes = [...Object.keys(errorCodes), 'DEFECT', 'UNREACHABLE'] as RefusalCode[];

async function caught(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call was not refused');
}

describe('a refusal', () => {
  it('keeps code, facts and request id on its way from the server', async () => {
    const server = fakeServer({
      'identity.signIn': () => refuse('ACCOUNT_LOCKED', { minutes: 15 }),
    });
    const { calls } = createAppClient({
      app: 'learner',
      url: 'http://server.test/trpc',
      fetch: server.fetch,
    });
    const error = await caught(calls.identity.signIn.mutate({ loginName: 'lin', password: 'wrong' }));
    expect(refusalOf(error)).toEqual({
      code: 'ACCOUNT_LOCKED',
      kind: 'rate-limited',
      details: { minutes: 15 },
      requestId: 'req-0001',
    });
  });

  it('with a code this app cannot word reads as a defect and still names the request', async () => {
    const server = fakeServer({ 'identity.me': () => refuse('FROM_THE_FUTURE' as never) });
    const { calls } = createAppClient({ app: 'admin', url: 'http://server.test/trpc', fetch: server.fetch });
    const refusal = refusalOf(await caught(calls.identity.me.query()));
    expect(refusal.requestId).toBe('req-0001');
    expect(wordRefusal(refusal, 'zh')).toEqual(wordRefusal({ code: 'DEFECT', details: {} }, 'zh'));
  });

  it('without any answer says that the server cannot be reached', async () => {
    const { calls } = createAppClient({
      app: 'learner',
      url: 'http://server.test/trpc',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect(refusalOf(await caught(calls.identity.me.query())).code).toBe('UNREACHABLE');
  });

  it('reads what the server said in place of a file, and a page that is not the server’s as a defect', async () => {
    const refusal = {
      code: 'CUT_OFF_NOT_REACHED',
      kind: 'precondition',
      details: { a: 1 },
      requestId: 'r-1',
    };
    const said = new Response(JSON.stringify({ data: { refusal } }), { status: 412 });
    expect(refusalOf(await fileRefusal(said))).toEqual(refusal);
    const proxy = new Response('<html>Bad gateway</html>', { status: 502 });
    expect(refusalOf(await fileRefusal(proxy)).kind).toBe('defect');
  });

  it.each(codes)('%s is worded in both languages without gaps, whatever facts came along', (code) => {
    for (const language of ['zh', 'en'] as const) {
      for (const part of Object.values(wordRefusal({ code, details: {} }, language)) as string[]) {
        expect(part.trim()).toBe(part);
        expect(part).not.toBe('');
        expect(part).not.toMatch(/undefined|NaN|[!！]| {2}/);
        // Chinese sentences keep Chinese punctuation.
        if (language === 'zh') expect(part).not.toMatch(/\p{Script=Han}[,:;?()]|[,:;?()]\p{Script=Han}/u);
      }
    }
  });

  it('speaks of the facts it carries', () => {
    const locked = { code: 'ACCOUNT_LOCKED', details: { minutes: 7 } } as const;
    expect(wordRefusal(locked, 'zh').next).toContain('请 7 分钟后再试');
    expect(wordRefusal(locked, 'en').next).toContain('in 7 min');
    const early = { code: 'ROOM_TOO_EARLY', details: { opensAt: '2026-11-22T06:15:00.000Z' } } as const;
    expect(wordRefusal(early, 'zh').next).toContain('11月22日 14:15');
    expect(wordRefusal(early, 'en').next).toContain('22 Nov, 14:15');
    const full = { code: 'CHARTER_REGIONAL_FULL', details: { limit: 9 } } as const;
    expect(wordRefusal(full, 'zh').why).toBe('联盟章程：省市基地最多 9 个。');
  });
});
