import { refuse } from '@cadre/client/testing';
import type { Statement } from '@cadre/domain/ledger';
import type { AttendanceReceipt, MyRoom } from '@cadre/domain/live';
import { sampleLine } from '@cadre/domain/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { me, renderApp } from '../../testing/render-app';

const sessionId = '01890000-0000-7000-8000-0000000000aa';
const token = 'abcdefghijklmnopqrstuv';
const path = `/rooms/${sessionId}`;
/** The test's server clock stands at 14:00 of 22 November in Shanghai. */
const at = (time: string): Date => new Date(`2026-11-22T${time}:00+08:00`);

const mine = (changes: Partial<MyRoom> = {}, room: Partial<MyRoom['room']> = {}): MyRoom => ({
  room: {
    sessionId,
    classId: sessionId,
    classTitle: '海岛振兴专题班',
    title: '大陈岛·垦荒精神现场课',
    base: { zh: '大陈岛', en: 'Dachen Island' },
    venue: { zh: '垦荒馆', en: 'Reclamation hall' },
    mode: 'on-site',
    status: 'live',
    startsAt: at('13:00'),
    endsAt: at('15:30'),
    extendedTo: null,
    openedAt: at('12:45'),
    closedAt: null,
    opensAt: at('12:00'),
    latestEnd: at('18:30'),
    worth: { halfDays: [{ date: '2026-11-22', part: 'afternoon' }], classHours: 40_000 },
    ...room,
  },
  enrolled: true,
  receipt: null,
  neededMinutes: null,
  announcements: [],
  lastSeq: 1,
  now: at('14:00'),
  ...changes,
});
const receipt = (changes: Partial<AttendanceReceipt> = {}): AttendanceReceipt => ({
  sessionId,
  personId: me.person.id,
  mode: 'hall',
  method: 'qr',
  checkedInAt: at('12:58'),
  checkedOutAt: null,
  checkOutReason: null,
  minutes: 60,
  heldMinutes: 60,
  closedOpen: false,
  worth: mine().room.worth,
  disputed: false,
  ...changes,
});

/** A session's line in the statement: counted in full. */
const line = sampleLine({
  settlementId: me.person.id,
  source: { kind: 'session', id: sessionId },
  title: '大陈岛·垦荒精神现场课',
});
/** The room after settlement, with what the statement says of it. */
const settledAs = (lines: Statement['lines']) =>
  renderApp(path, {
    'live.myRoom': () => mine({ receipt: receipt() }, { status: 'settled', closedAt: at('13:50') }),
    'credit.myStatement': () => ({
      personId: me.person.id,
      asOf: '2026-11-22',
      servedUntil: null,
      person: { personNo: 'P0001', name: '林海燕', unit: { zh: '垦荒镇', en: '' }, rank: null },
      moves: [],
      lastRecordedAt: at('13:58'),
      chain: { seq: 2, hash: 'a'.repeat(64) },
      standings: [],
      lines,
    }),
  });

describe('现场课堂', () => {
  it('checks in with the six digits from the screen, sent as soon as they are complete', async () => {
    let state = mine({ announcements: [{ seq: 2, at: at('13:30'), text: '三点集合乘车' }] });
    const { server } = renderApp(path, {
      'live.myRoom': () => state,
      'live.checkIn': () => {
        state = mine({ receipt: receipt({ checkedInAt: at('14:00'), method: 'code' }) });
        return receipt();
      },
    });
    await screen.findByText('三点集合乘车');
    fireEvent.change(await screen.findByLabelText('大屏上的 6 位码'), { target: { value: '48 29-13' } });
    await screen.findByText('已签到 14:00');
    expect(server.calls.find(({ procedure }) => procedure === 'live.checkIn')?.input).toEqual({
      sessionId,
      proof: { kind: 'code', digits: '482913' },
    });
  });

  it('says that a code has changed, and lets the next one be typed', async () => {
    renderApp(path, {
      'live.myRoom': () => mine(),
      'live.checkIn': () => refuse('CHECK_IN_CODE_EXPIRED'),
    });
    const field = await screen.findByLabelText<HTMLInputElement>('大屏上的 6 位码');
    fireEvent.change(field, { target: { value: '482913' } });
    await screen.findByText('这个签到码已经换了');
    expect(field.value).toBe('');
  });

  it('says before the start from when the minutes count', async () => {
    renderApp(path, {
      'live.myRoom': () =>
        mine({ receipt: receipt({ minutes: 0, heldMinutes: 0 }) }, { startsAt: at('14:30') }),
    });
    await screen.findByText('已签到 12:58');
    expect(screen.getByText('14:30 开课后起算')).toBeDefined();
    expect(screen.queryByText(/^已上/)).toBeNull();
  });

  it('counts the minutes by the server clock, asks once before checking out, and shows the receipt', async () => {
    let state = mine({ receipt: receipt() });
    const { server } = renderApp(path, {
      'live.myRoom': () => state,
      'live.checkOut': () => {
        state = mine({ receipt: receipt({ checkedOutAt: at('14:00'), checkOutReason: 'self' }) });
        return receipt();
      },
    });
    await screen.findByText('已签到 12:58');
    await screen.findByText('60');
    expect(screen.getByText(/预计 0.5 天 · 4 学时/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '签退' }));
    await screen.findByText(/到现在在场 60 分钟/);
    expect(server.calls.some(({ procedure }) => procedure === 'live.checkOut')).toBe(false);
    fireEvent.click(screen.getAllByRole('button', { name: '签退' }).at(-1)!);
    await screen.findByText('14:00 签退');
  });

  it('warns whoever leaves too early with the minutes it takes, and promises nothing afterwards', async () => {
    let state = mine({ receipt: receipt(), neededMinutes: 120 });
    renderApp(path, {
      'live.myRoom': () => state,
      'live.checkOut': () => {
        state = mine({
          receipt: receipt({ checkedOutAt: at('14:00'), checkOutReason: 'self' }),
          neededMinutes: 120,
        });
        return receipt();
      },
    });
    await screen.findByText(/预计 0.5 天/);
    fireEvent.click(screen.getByRole('button', { name: '签退' }));
    await screen.findByText(/这节课不会计入：要在场满 120 分钟，还差 60 分钟（按 15:30 下课算）/);
    fireEvent.click(screen.getByRole('button', { name: '仍要签退' }));
    await screen.findByText('这节课不会计入');
    expect(screen.getByText(/在场 60 分钟，要满 120 分钟才计入/)).toBeDefined();
    expect(screen.queryByText(/预计/)).toBeNull();
  });

  it('says nothing of it to whoever has been there for long enough', async () => {
    renderApp(path, { 'live.myRoom': () => mine({ receipt: receipt(), neededMinutes: 60 }) });
    await screen.findByText(/预计 0.5 天/);
    fireEvent.click(screen.getByRole('button', { name: '签退' }));
    await screen.findByText(/到现在在场 60 分钟/);
    expect(screen.queryByText(/不会计入/)).toBeNull();
  });

  it('takes a report that something is not right', async () => {
    let state = mine({ receipt: receipt() });
    const { server } = renderApp(path, {
      'live.myRoom': () => state,
      'live.dispute': () => {
        state = mine({ receipt: receipt({ disputed: true }) });
        return receipt({ disputed: true });
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: '有误？' }));
    fireEvent.change(await screen.findByLabelText('说明'), { target: { value: '我 12:50 就到了' } });
    fireEvent.click(screen.getByRole('button', { name: '提出' }));
    await screen.findByText(/已记下/);
    expect(server.calls.find(({ procedure }) => procedure === 'live.dispute')?.input).toEqual({
      sessionId,
      text: '我 12:50 就到了',
    });
  });

  it.each([
    ['not open yet', mine({}, { status: 'scheduled', openedAt: null }), '课堂还没打开'],
    ['without a seat', mine({ enrolled: false }), /您还没有这节课的名额/],
    ['cancelled', mine({}, { status: 'cancelled' }), /已取消，不用签到/],
    ['over without a check-in', mine({}, { status: 'closed' }), '没有您的签到记录'],
  ])('says what there is to know: %s', async (_name, state, words) => {
    renderApp(path, { 'live.myRoom': () => state });
    await screen.findByText(words);
    expect(screen.queryByLabelText('大屏上的 6 位码')).toBeNull();
  });

  it('of somebody else is not found', async () => {
    renderApp(path, { 'live.myRoom': () => refuse('NOT_FOUND') });
    await screen.findByText('没有找到');
  });
});

describe('the link in the QR code', () => {
  it('checks a signed-in person in at once and opens the room', async () => {
    const { server, path: current } = renderApp(`/check-in/${sessionId}/${token}`, {
      'live.checkIn': () => receipt(),
      'live.myRoom': () => mine({ receipt: receipt() }),
    });
    await screen.findByText('已签到 12:58');
    expect(current()).toBe(path);
    expect(server.calls.filter(({ procedure }) => procedure === 'live.checkIn')).toHaveLength(1);
  });

  it('keeps the scan of somebody who is not signed in, and redeems it after the sign-in', async () => {
    let signedIn = false;
    const { path: current } = renderApp(`/check-in/${sessionId}/${token}`, {
      'identity.me': () => (signedIn ? me : refuse('NOT_SIGNED_IN')),
      'identity.signIn': () => {
        signedIn = true;
      },
      'live.scan': () => ({
        sessionId,
        title: '大陈岛·垦荒精神现场课',
        scannedAt: at('12:58'),
        expiresAt: at('13:03'),
      }),
      'live.redeem': () => receipt(),
      'live.myRoom': () => mine({ receipt: receipt() }),
    });
    await screen.findByText('扫码时间已记下：12:58');
    fireEvent.click(screen.getByRole('link', { name: '登录并签到' }));
    fireEvent.change(await screen.findByLabelText('账号'), { target: { value: 'lin' } });
    fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'secret' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    await screen.findByText('已签到 12:58');
    await waitFor(() => expect(current()).toBe(path));
  });

  it('that is old says so and offers the room', async () => {
    renderApp(`/check-in/${sessionId}/${token}`, { 'live.checkIn': () => refuse('CHECK_IN_CODE_EXPIRED') });
    await screen.findByText('这个签到码已经换了');
    expect(screen.getByRole('link', { name: '打开课堂' }).getAttribute('href')).toBe(path);
  });

  it('of a class one is not in says so, and offers no other way to check in', async () => {
    renderApp(`/check-in/${sessionId}/${token}`, { 'live.checkIn': () => refuse('NOT_ENROLLED') });
    await screen.findByText('不在这个班的名单里');
    expect(screen.queryByText(/请重新扫/)).toBeNull();
    expect(screen.queryByRole('link', { name: '打开课堂' })).toBeNull();
    expect(screen.getByRole('link', { name: '回首页' })).toBeDefined();
  });

  it('shows after settling what was counted or why not, with the way to its reasons', async () => {
    settledAs([line, { ...line, settlementId: sessionId, replaced: true }]);
    await screen.findByText('计入 0.5 天 · 4 学时');
    expect(screen.getAllByRole('link', { name: '为什么' }).map((link) => link.getAttribute('href'))).toEqual([
      `/credits/${me.person.id}`,
    ]);
    expect(screen.queryByText(/预计/)).toBeNull();
  });

  it.each([
    ['没有计入', []],
    ['有一部分没有计入', line.earned],
  ])('says in words that a credit was refused: %s', async (words, earned) => {
    const sentence = { zh: '在场 60/150 分钟，不足 80 %。', en: 'Present 60 of 150 minutes.' };
    const refusal = { reason: 'condition-not-met', sentence, clause: null, item: 0, title: null };
    settledAs([{ ...line, earned, refusals: [refusal] }]);
    await screen.findByText(words);
    expect(screen.getByText(sentence.zh)).toBeDefined();
  });

  it('says that a code typed without a network is not kept, and who can check in instead', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    renderApp(path, { 'live.myRoom': () => mine() });
    await screen.findByText('没有网络，签到还送不出去');
    expect(screen.getByText(/请班主任替您签到/)).toBeDefined();
    online.mockRestore();
  });
});
