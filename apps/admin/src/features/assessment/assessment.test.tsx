import { refuse } from '@cadre/client/testing';
import type { AssessmentRow, YearView } from '@cadre/domain/assessment';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf } from '../../testing/scene';

const officer = holding('assessment-officer', { kind: 'assessment-year', assessmentYearId: idOf(1) });
const year: YearView = {
  id: idOf(1),
  name: '2026 年度',
  unitId: idOf(2),
  referenceDate: '2026-12-31',
  cutOffAt: new Date('2026-11-20T10:00:00Z'),
  state: 'open',
  snapshotNo: 0,
  demo: false,
  people: 1,
  cutOffReached: true,
};
const row: AssessmentRow = {
  personId: idOf(3),
  personNo: 'TZ00001',
  name: '林海燕',
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  met: false,
  statement: {
    assessmentYearId: year.id,
    personNo: 'TZ00001',
    version: 4,
    state: 'open',
    snapshotNo: null,
    targets: [
      {
        target: 'year',
        name: '年度集中培训',
        regulation: { id: 'demo', version: 1 },
        clause: '第九条',
        cycle: { from: '2026-01-01', to: '2026-12-31' },
        state: 'open',
        met: false,
        metBy: [],
        alternatives: [[{ measure: 'days', required: 120_000, earned: 60_000, met: false }]],
        shortfall: [],
      },
    ],
    flags: [{ flag: 'f', says: '不得评为优秀', clause: '第十四条' }],
    ledger: { seq: 12, hash: 'abcdef' },
    recordedAt: '2026-11-20T08:00:00.000Z',
  },
};
const table = (items: AssessmentRow[]) => ({
  ...pageOf(items),
  year,
  counts: { all: items.length, met: 0, unmet: items.length },
});

it('shows the newest line of each person, and opens it with its signature', async () => {
  renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
  });
  fireEvent.click(await screen.findByText('林海燕'));
  expect(screen.getAllByText(/6 \/ 12 天/).length).toBeGreaterThan(0);
  const panel = await screen.findByRole('dialog', { name: '林海燕' });
  expect(within(panel).getByText(/abcdef/)).toBeDefined();
  expect(within(panel).getByText(/不得评为优秀（第十四条）/)).toBeDefined();
});

it('freezes the year after asking once', async () => {
  const { server } = renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
    'assessment.freeze': () => refuse('YEAR_ALREADY_FROZEN'),
  });
  const freeze = await screen.findByRole('button', { name: /定格/ });
  fireEvent.click(freeze);
  const popover = await waitFor(() => {
    const found = document.querySelector<HTMLElement>('.ant-popover');
    if (!found) throw new Error('not asked yet');
    return found;
  });
  fireEvent.click(within(popover).getByRole('button', { name: /定格/ }));
  expect(await screen.findByText('这个考核年度已经定格')).toBeDefined();
  expect(server.calls.find(({ procedure }) => procedure === 'assessment.freeze')?.input).toEqual({
    assessmentYearId: year.id,
  });
});

it('says what will appear here while there is no year', async () => {
  renderApp('/admin/assessment', { ...officer, 'assessment.years': () => [] });
  expect(await screen.findByText(/还没有/)).toBeDefined();
});

it('says why the table is refused', async () => {
  renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => refuse('NOT_FOUND'),
  });
  expect(await screen.findByText('没有找到')).toBeDefined();
});
