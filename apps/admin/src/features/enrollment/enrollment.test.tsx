import { refuse } from '@cadre/client/testing';
import type { RosterLine } from '@cadre/domain/enrollment';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { me, renderApp } from '../../testing/render-app';

const idOf = (tail: number) => `01890000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const CLASS = idOf(1);
const at = (text: string) => new Date(`${text}+08:00`);
const line = (tail: number, changes: Partial<RosterLine> = {}): RosterLine => ({
  id: idOf(100 + tail),
  state: 'enrolled',
  origin: 'self-selected',
  seq: tail,
  requestedAt: at('2026-11-20T09:00'),
  decidedAt: at('2026-11-20T09:00'),
  demo: false,
  position: null,
  person: {
    id: idOf(200 + tail),
    personNo: `P${tail}`,
    name: tail === 1 ? '林海燕' : '林晓东',
    unit: { id: idOf(300), name: { zh: '垦荒镇', en: 'Kenhuang Town' } },
  },
  ...changes,
});
const summary = {
  id: CLASS,
  classNo: '2026-031',
  title: '乡村治理专题班',
  capacity: 1,
  seatsTaken: 1,
  waiting: 1,
};
const pageOf = <Item,>(items: Item[]) => ({ items, total: items.length, page: 1, pageSize: 100 });

it('shows the roster in order of the queue, and asks the server for what is searched', async () => {
  const { server } = renderApp(`/admin/enrollment/classes/${CLASS}`, {
    'enrollment.roster': () => ({
      ...pageOf([line(1), line(2, { state: 'waiting', position: 1 })]),
      class: summary,
    }),
  });
  await screen.findByText('已报 1 / 1，候补 1 人');
  expect(screen.getByText('林海燕')).toBeDefined();
  expect(screen.getByText('候补第 1 位')).toBeDefined();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'lxd' } });
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'enrollment.roster')?.input).toMatchObject({
      classId: CLASS,
      search: 'lxd',
    }),
  );
});

it('calls a class that is over that, and promises nothing of who held a seat', async () => {
  renderApp(`/admin/enrollment/classes/${CLASS}`, {
    'enrollment.roster': () => ({ ...pageOf([line(1, { state: 'completed' })]), class: summary }),
  });
  const word = await screen.findByText('班已结束');
  expect(word.closest('.bg-met-soft')).toBeNull();
  expect(screen.getByText('P1')).toBeDefined();
});

it('says so when nobody has enrolled, and answers a foreign class like a missing one', async () => {
  renderApp(`/admin/enrollment/classes/${CLASS}`, {
    'enrollment.roster': () => ({ ...pageOf([]), class: { ...summary, seatsTaken: 0, waiting: 0 } }),
  });
  await screen.findByText('还没有人报名');
});

it('answers a roster that is not for the reader like a missing one', async () => {
  renderApp(`/admin/enrollment/classes/${CLASS}`, { 'enrollment.roster': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
});

it('shows a training officer own people, who can be withdrawn after asking once', async () => {
  const { server } = renderApp('/admin/enrollment', {
    'identity.me': () => ({
      ...me,
      grants: [{ id: idOf(9), role: 'unit-training-officer', scope: { kind: 'unit', unitId: idOf(300) } }],
    }),
    'enrollment.ofUnit': () =>
      pageOf([
        {
          ...line(1),
          class: {
            id: CLASS,
            classNo: '2026-031',
            title: '乡村治理专题班',
            status: 'open',
            startsAt: at('2026-12-03T14:00'),
            endsAt: at('2026-12-03T16:00'),
          },
        },
        {
          ...line(2),
          class: {
            id: idOf(2),
            classNo: '2026-030',
            title: '上个月的班',
            status: 'open',
            startsAt: at('2020-10-03T14:00'),
            endsAt: at('2020-10-03T16:00'),
          },
        },
      ]),
    'enrollment.withdraw': () => ({
      enrollmentId: idOf(101),
      classId: CLASS,
      state: 'withdrawn',
      position: null,
    }),
  });
  await screen.findByText('上个月的班');
  // Only where the class is still to begin.
  fireEvent.click(screen.getByText('替他退出'));
  const title = await screen.findByText('替林海燕退出「乡村治理专题班」？');
  const ask = title.closest<HTMLElement>('[role=dialog]')!;
  expect(server.calls.some(({ procedure }) => procedure === 'enrollment.withdraw')).toBe(false);
  fireEvent.click(within(ask).getByText('替他退出'));
  await screen.findByText('已替林海燕退出');
  expect(server.calls.find(({ procedure }) => procedure === 'enrollment.withdraw')?.input).toEqual({
    enrollmentId: idOf(101),
    from: 'enrolled',
  });
});
