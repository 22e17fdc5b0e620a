import { refuse } from '@cadre/client/testing';
import type { RegulationRow } from '@cadre/domain/regulation';
import { cleanup, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { sampleRegulation } from '../../testing/sample-regulation';
import { holding, idOf, pageOf, yearTarget } from '../../testing/scene';

const nobodyBehind = {
  ...pageOf([]),
  asOf: '2026-11-22',
  targets: [],
  counts: { all: 4, missed: 0, behind: 0, 'on-track': 0, met: 4 },
};

it('names who is behind with the figures, to the unit officer', async () => {
  renderApp('/admin/workbench', {
    ...holding('unit-training-officer', { kind: 'unit', unitId: idOf(1) }),
    'credit.progress': () => ({
      ...pageOf([
        {
          personId: idOf(2),
          personNo: 'TZ00001',
          name: '林海燕',
          unitId: idOf(1),
          unit: { zh: '大陈镇', en: 'Dachen Town' },
          targets: [yearTarget],
          reading: 'behind' as const,
          met: false,
          flags: [],
        },
      ]),
      asOf: '2026-11-22',
      targets: [],
      counts: { all: 4, missed: 0, behind: 1, 'on-track': 0, met: 3 },
    }),
  });
  expect(await screen.findByRole('link', { name: '林海燕' })).toBeDefined();
  expect(screen.getByText(/6 \/ 12 天/)).toBeDefined();
  expect(screen.getByRole('link', { name: '查看全部 1 人' })).toBeDefined();
});

const withRegulation = (row: RegulationRow) =>
  renderApp('/admin/workbench', {
    ...holding('organisation-officer', { kind: 'unit', unitId: idOf(1) }),
    'regulation.list': () => [row],
  });

it('names the regulations that wait for a second person, with their version', async () => {
  withRegulation(sampleRegulation);
  const link = await screen.findByRole('link', { name: '学时管理办法 · 第 2 版' });
  expect(link.getAttribute('href')).toBe('/admin/credit/regulations/demo/2');
});

it('asks no author to approve their own version', async () => {
  withRegulation({ ...sampleRegulation, isAuthor: true });
  expect(await screen.findByText('没有办法等您批准或修改')).toBeDefined();
});

it('names to its author the version that came back, with the reason, and to nobody else', async () => {
  const draft = { ...sampleRegulation, state: 'draft' as const, returned: '请改生效日期' };
  withRegulation({ ...draft, isAuthor: true });
  const link = await screen.findByRole('link', { name: '学时管理办法 · 第 2 版' });
  expect(link.getAttribute('href')).toBe('/admin/credit/regulations/demo/2');
  expect(screen.getByText('被退回，请修改')).toBeDefined();
  expect(screen.getByText('请改生效日期')).toBeDefined();
  cleanup();
  withRegulation(draft);
  expect(await screen.findByText('没有办法等您批准或修改')).toBeDefined();
});

it('says of each part that nothing waits', async () => {
  renderApp('/admin/workbench', {
    ...holding('alliance-admin'),
    'live.rooms': () => [],
    'live.disputed': () => [],
    'training.notHeld': () => [],
    'network.map': () => [],
    'catalog.searchCourses': () => pageOf([]),
  });
  expect(await screen.findByText('今天没有现场')).toBeDefined();
  expect(await screen.findByText('没有漏开的课')).toBeDefined();
  expect(await screen.findByText('近 30 天没有人提出异议')).toBeDefined();
  expect(await screen.findByText('没有基地在评审、复评或整改')).toBeDefined();
  expect(await screen.findByText('没有课程等待审核')).toBeDefined();
});

it('names the sessions that nobody opened to whoever schedules there, with the way to cancel them', async () => {
  renderApp('/admin/workbench', {
    ...holding('base-admin', { kind: 'bases', baseIds: [idOf(1)] }),
    'live.rooms': () => [],
    'live.disputed': () => [],
    'training.notHeld': () => [
      {
        id: idOf(2),
        classId: idOf(3),
        courseId: idOf(4),
        baseId: idOf(1),
        venueId: idOf(5),
        instructorIds: [],
        title: '垦荒精神现场课',
        startsAt: new Date('2026-11-20T14:00:00+08:00'),
        endsAt: new Date('2026-11-20T16:00:00+08:00'),
        baseName: { zh: '大陈岛干部学院', en: '' },
        venueName: { zh: '垦荒馆', en: '' },
        mode: 'on-site' as const,
        worth: { halfDays: [], classHours: 0 },
        status: 'not-held' as const,
        expectedPeople: 40,
        cancelledReason: null,
        classTitle: '海岛振兴专题班',
        courseTitle: { zh: '垦荒精神', en: 'The reclaimers' },
        movedFrom: null,
        revision: 1,
        demo: false,
        instructors: [],
      },
    ],
  });
  const link = await screen.findByRole('link', { name: '垦荒精神现场课' });
  expect(link.getAttribute('href')).toContain(`base=${idOf(1)}`);
  expect(link.getAttribute('href')).toContain('date=2026-11-20');
  expect(link.getAttribute('href')).toContain(`session=${idOf(2)}`);
  expect(screen.getByText('大陈岛干部学院 · 垦荒馆')).toBeDefined();
});

it('shows the base whose records somebody has objected to, how many have, and the way to the roster', async () => {
  renderApp('/admin/workbench', {
    ...holding('base-admin', { kind: 'bases', baseIds: [idOf(1)] }),
    'live.rooms': () => [],
    'training.notHeld': () => [],
    'live.disputed': () => [
      {
        room: {
          sessionId: idOf(2),
          classId: idOf(3),
          classTitle: '海岛振兴专题班',
          title: '垦荒精神现场课',
          base: { zh: '大陈岛干部学院', en: '' },
          venue: { zh: '垦荒馆', en: '' },
          mode: 'on-site' as const,
          status: 'settled' as const,
          startsAt: new Date('2026-11-20T14:00:00+08:00'),
          endsAt: new Date('2026-11-20T16:00:00+08:00'),
          extendedTo: null,
          openedAt: new Date('2026-11-20T13:50:00+08:00'),
          closedAt: new Date('2026-11-20T16:00:00+08:00'),
          opensAt: new Date('2026-11-20T13:00:00+08:00'),
          latestEnd: new Date('2026-11-20T19:00:00+08:00'),
          worth: { halfDays: [], classHours: 0 },
        },
        disputes: 2,
      },
    ],
  });
  const link = await screen.findByRole('link', { name: '垦荒精神现场课' });
  expect(link.getAttribute('href')).toBe(`/admin/live/${idOf(2)}`);
  expect(screen.getByText('2 人有异议')).toBeDefined();
});

it('shows the rest when one part is refused', async () => {
  renderApp('/admin/workbench', {
    ...holding('organisation-officer', { kind: 'unit', unitId: idOf(1) }),
    'regulation.list': () => refuse('NOT_ALLOWED'),
    'credit.progress': () => nobodyBehind,
  });
  expect(await screen.findByText('没有人落后或未达标')).toBeDefined();
  expect(await screen.findByText('这里不对您开放')).toBeDefined();
});

it('says that nothing waits for a system admin', async () => {
  renderApp('/admin/workbench', holding('system-admin'));
  expect(await screen.findByText('今天没有等您办的事')).toBeDefined();
});
