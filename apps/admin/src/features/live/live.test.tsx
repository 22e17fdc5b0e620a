import { refuse } from '@cadre/client/testing';
import type { HallScreen, RosterEntry, RoomFacts, RoomView } from '@cadre/domain/live';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';

const sessionId = '01890000-0000-7000-8000-0000000000aa';
const baseId = '01890000-0000-7000-8000-0000000000bb';
/** The test's server clock stands at 14:00 of 22 November in Shanghai. */
const at = (time: string): Date => new Date(`2026-11-22T${time}:00+08:00`);
const baseAdmin = {
  'identity.me': () => ({
    ...me,
    grants: [
      { id: baseId, role: 'base-admin' as const, scope: { kind: 'bases' as const, baseIds: [baseId] } },
    ],
  }),
};

const room = (changes: Partial<RoomFacts> = {}): RoomFacts => ({
  sessionId,
  classId: sessionId,
  classTitle: '海岛振兴专题班',
  title: '大陈岛·垦荒精神现场课',
  base: { zh: '大陈岛', en: 'Dachen Island' },
  venue: { zh: '垦荒馆', en: 'Reclamation hall' },
  mode: 'on-site',
  status: 'live',
  startsAt: at('13:30'),
  endsAt: at('16:00'),
  extendedTo: null,
  openedAt: at('13:00'),
  closedAt: null,
  opensAt: at('12:30'),
  latestEnd: at('19:00'),
  worth: { halfDays: [{ date: '2026-11-22', part: 'afternoon' }], classHours: 40_000 },
  ...changes,
});
const entry = (n: number, name: string, changes: Partial<RosterEntry> = {}): RosterEntry => ({
  personId: `01890000-0000-7000-8000-00000000000${n}`,
  personNo: `P000${n}`,
  name,
  unit: { zh: '垦荒镇', en: 'Kenhuang Town' },
  enrolled: true,
  receipt: null,
  connected: false,
  dispute: null,
  ...changes,
});
const receipt = (n: number, checkedInAt: Date): NonNullable<RosterEntry['receipt']> => ({
  sessionId,
  personId: entry(n, '').personId,
  mode: 'hall',
  method: 'qr',
  checkedInAt,
  checkedOutAt: null,
  checkOutReason: null,
  minutes: 30,
  heldMinutes: 30,
  closedOpen: false,
  worth: room().worth,
  disputed: false,
});
const view = (changes: Partial<RoomView> = {}): RoomView => ({
  room: room(),
  roster: [
    entry(1, '林海燕', { receipt: receipt(1, at('13:28')), dispute: '我 13:10 就到了' }),
    entry(2, '陈国平'),
  ],
  announcements: [],
  expected: 2,
  checkedIn: 1,
  mayRun: true,
  lastSeq: 2,
  now: at('14:00'),
  ...changes,
});
const rowOf = (name: string): HTMLElement => screen.getByText(name).closest('tr')!;

describe('现场: the rooms of a day', () => {
  it('shows who has come, and opens a room', async () => {
    const { path } = renderApp('/admin/live', {
      ...baseAdmin,
      'live.rooms': () => [{ room: room(), expected: 46, checkedIn: 43, mayRun: true }],
      'live.room': () => view(),
    });
    await screen.findByText('43 / 46');
    expect(screen.getByText('13:30–16:00')).toBeDefined();
    fireEvent.click(rowOf('大陈岛·垦荒精神现场课'));
    await waitFor(() => expect(path()).toBe(`/admin/live/${sessionId}`));
  });

  it('goes to another day, and says when there is nothing', async () => {
    const { server } = renderApp('/admin/live', { ...baseAdmin, 'live.rooms': () => [] });
    await screen.findByText('11月22日 周日');
    await screen.findByText('这一天没有您能看的课');
    fireEvent.click(screen.getByRole('button', { name: '后一天' }));
    await screen.findByText('11月23日 周一');
    fireEvent.click(screen.getByRole('button', { name: '后一天' }));
    await screen.findByText('11月24日 周二');
    await waitFor(() => expect(server.calls.at(-1)?.input).toEqual({ date: '2026-11-24' }));
  });
});

describe('a room in the admin app', () => {
  it('shows the roster, and checks somebody in by hand', async () => {
    let current = view();
    const { server } = renderApp(`/admin/live/${sessionId}`, {
      ...baseAdmin,
      'live.room': () => current,
      'live.checkInByHand': ({ personId }) => {
        current = view({
          checkedIn: 2,
          roster: [current.roster[0]!, entry(2, '陈国平', { receipt: receipt(2, at('14:00')) })],
        });
        return { ...receipt(2, at('14:00')), personId };
      },
    });
    await screen.findByText('陈国平');
    expect(screen.getByText('1 / 2')).toBeDefined();
    expect(within(rowOf('林海燕')).getByText('13:28')).toBeDefined();
    expect(within(rowOf('林海燕')).getByText('我 13:10 就到了')).toBeDefined();
    fireEvent.click(within(rowOf('陈国平')).getByRole('button', { name: '签到' }));
    await screen.findByText('2 / 2');
    expect(server.calls.find(({ procedure }) => procedure === 'live.checkInByHand')?.input).toEqual({
      sessionId,
      personId: entry(2, '').personId,
    });
  });

  it('filters the roster by what is typed', async () => {
    renderApp(`/admin/live/${sessionId}`, { ...baseAdmin, 'live.room': () => view() });
    await screen.findByText('林海燕');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'p0002' } });
    await waitFor(() => expect(screen.queryByText('林海燕')).toBeNull());
    expect(screen.getByText('陈国平')).toBeDefined();
  });

  it('opens when it may, and says from when', async () => {
    let current = view({ room: room({ status: 'scheduled', openedAt: null }) });
    renderApp(`/admin/live/${sessionId}`, {
      ...baseAdmin,
      'live.room': () => current,
      'live.open': () => {
        current = view();
        return room();
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: '开课' }));
    const hall = await screen.findByRole('link', { name: '打开大厅屏' });
    expect(hall.getAttribute('href')).toBe(`/admin/live/${sessionId}/hall`);
  });

  it('cannot be opened too early', async () => {
    renderApp(`/admin/live/${sessionId}`, {
      ...baseAdmin,
      'live.room': () => view({ room: room({ status: 'scheduled', opensAt: at('15:00') }) }),
    });
    await screen.findByText('15:00 起可以开课');
    expect(screen.queryByRole('button', { name: '开课' })).toBeNull();
  });

  it('asks once before it closes, naming the session, who is still there and who has not come', async () => {
    const { server } = renderApp(`/admin/live/${sessionId}`, {
      ...baseAdmin,
      'live.room': () => view(),
      'live.close': () => refuse('ROOM_CLOSED'),
    });
    fireEvent.click(await screen.findByRole('button', { name: '结束课堂' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('结束「大陈岛·垦荒精神现场课」？');
    expect(dialog.textContent).toContain('还在场的 1 人');
    expect(dialog.textContent).toContain('还没有签到的 1 人按没有到场算');
    expect(server.calls.some(({ procedure }) => procedure === 'live.close')).toBe(false);
    fireEvent.click(within(dialog).getByRole('button', { name: '结束课堂' }));
    await within(dialog).findByText('课堂已经结束');
  });

  it.each([
    { endsAt: at('16:00'), left: /^距结束还有 \d 小时 \d+ 分$/, first: 'link', name: '打开大厅屏' },
    { endsAt: at('13:59'), left: /^时间已到$/, first: 'button', name: '结束课堂' },
  ])('says how long it is to the end, and offers first what is due: $name', async (row) => {
    renderApp(`/admin/live/${sessionId}`, {
      ...baseAdmin,
      'live.room': () => view({ room: room({ endsAt: row.endsAt }) }),
    });
    const first = await screen.findByRole(row.first, { name: row.name });
    expect(first.className).toContain('ant-btn-primary');
    expect(document.querySelectorAll('.ant-btn-primary:not([disabled])')).toHaveLength(1);
    expect(screen.getByRole('timer').parentElement?.textContent).toMatch(row.left);
  });

  it('does not speak of those still there where nobody is', async () => {
    renderApp(`/admin/live/${sessionId}`, { ...baseAdmin, 'live.room': () => view({ roster: [] }) });
    fireEvent.click(await screen.findByRole('button', { name: '结束课堂' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('结束以后不能再打开');
    expect(dialog.textContent).not.toContain('还在场的');
    expect(dialog.textContent).not.toContain('还没有签到的');
  });

  it('has no controls for somebody who only looks', async () => {
    renderApp(`/admin/live/${sessionId}`, { ...baseAdmin, 'live.room': () => view({ mayRun: false }) });
    await screen.findByText('林海燕');
    for (const name of ['结束课堂', '延长', '签到'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('of another base is not found', async () => {
    renderApp(`/admin/live/${sessionId}`, { ...baseAdmin, 'live.room': () => refuse('NOT_FOUND') });
    await screen.findByText('没有找到');
  });
});

describe('大厅屏', () => {
  const hall = (changes: Partial<HallScreen> = {}): HallScreen => ({
    room: room(),
    code: {
      link: `https://cadre.example/check-in/${sessionId}/abcdefghijklmnopqrstuv`,
      digits: '482913',
      changesAt: new Date(at('14:00').getTime() + 8_000),
    },
    expected: 46,
    checkedIn: 43,
    lastSeq: 44,
    now: at('14:00'),
    ...changes,
  });

  it('shows code, digits and count, and nothing to press', async () => {
    renderApp(`/admin/live/${sessionId}/hall`, { ...baseAdmin, 'live.hall': () => hall() });
    const code = await screen.findByRole('img', { name: '签到二维码' });
    expect(code.querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(500);
    expect(screen.getByLabelText('签到码 482913').textContent).toBe('482913');
    expect(screen.getByText('43')).toBeDefined();
    expect(within(screen.getByRole('dialog')).queryByRole('button')).toBeNull();
  });

  it('names the class beside the session where that says more', async () => {
    renderApp(`/admin/live/${sessionId}/hall`, { ...baseAdmin, 'live.hall': () => hall() });
    await screen.findByText('海岛振兴专题班');
  });

  it('asks no more once its sign-in has ended, says so, and lets sign in again', async () => {
    const asked = (): number => server.calls.filter(({ procedure }) => procedure === 'live.hall').length;
    const { server } = renderApp(`/admin/live/${sessionId}/hall`, {
      ...baseAdmin,
      'live.hall': () =>
        asked() > 1
          ? refuse('NOT_SIGNED_IN')
          : hall({ code: { ...hall().code!, changesAt: new Date(at('14:00').getTime() + 50) } }),
    });
    await screen.findByText(/登录已结束/);
    expect(screen.queryByRole('img', { name: '签到二维码' })).toBeNull();
    expect(screen.getByLabelText('账号')).toBeDefined();
    const before = asked();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(asked()).toBe(before);
  });

  it('shows no code that does not count any more', async () => {
    renderApp(`/admin/live/${sessionId}/hall`, {
      ...baseAdmin,
      'live.hall': () =>
        hall({ code: { ...hall().code!, changesAt: new Date(at('14:00').getTime() - 25_000) } }),
    });
    await screen.findByText(/网络断了/);
    expect(screen.queryByRole('img', { name: '签到二维码' })).toBeNull();
  });

  it('says that the room is not open, or over', async () => {
    renderApp(`/admin/live/${sessionId}/hall`, {
      ...baseAdmin,
      'live.hall': () => hall({ code: null, room: room({ status: 'closed' }) }),
    });
    await screen.findByText('课堂已结束，谢谢各位');
  });
});
