import { refuse } from '@cadre/client/testing';
import type { AssessmentRow, YearView } from '@cadre/domain/assessment';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, inEnglish, pageOf } from '../../testing/scene';

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
const target: NonNullable<AssessmentRow['statement']>['targets'][number] = {
  target: 'year',
  name: { zh: '年度集中培训', en: 'Concentrated training' },
  regulation: { id: 'demo', version: 2 },
  clause: '第九条',
  cycle: { from: '2026-01-01', to: '2026-12-31' },
  makesUp: null,
  state: 'missed',
  met: false,
  metBy: [],
  alternatives: [
    [
      {
        measure: 'days',
        name: { zh: '天', en: 'days' },
        limit: 'at-least' as const,
        required: 120_000,
        earned: 60_000,
        met: false,
      },
    ],
  ],
  shortfall: [],
  reasons: [
    { kind: 'short', sentence: { zh: '有 6 天，要求 12 天，差 6 天', en: '6 days short' }, clause: '第九条' },
  ],
};
const row: AssessmentRow = {
  personId: idOf(3),
  personNo: 'TZ00001',
  name: '林海燕',
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  reading: 'missed',
  targets: [
    {
      ...target,
      reading: 'missed',
      clauseText: '每年不少于 12 天。',
      regulationTitle: { zh: '学时办法', en: '' },
    },
  ],
  statement: {
    format: 2,
    assessmentYearId: year.id,
    personNo: 'TZ00001',
    unit: { code: 'U1', name: { zh: '大陈镇', en: 'Dachen Town' } },
    version: 4,
    state: 'frozen',
    snapshotNo: 1,
    targets: [target],
    flags: [{ flag: 'f', says: { zh: '不得评为优秀', en: '' }, clause: '第十四条' }],
    ledger: { seq: 12, hash: 'abcdef' },
    recordedAt: '2026-11-20T08:00:00.000Z',
  },
};
const table = (items: AssessmentRow[]) => ({
  ...pageOf(items),
  year,
  counts: { all: items.length, missed: items.length, behind: 0, 'on-track': 0, met: 0 },
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
  for (const text of [
    '未达标',
    '不得评为优秀',
    '有 6 天，要求 12 天，差 6 天（第九条）',
    '《学时办法》第 2 版 · 第九条',
    '每年不少于 12 天。',
    'TZ00001 · 大陈镇',
  ])
    expect(within(panel).getByText(text)).toBeDefined();
  expect(within(panel).getByRole('link', { name: '看这个人的学时学分单' }).getAttribute('href')).toBe(
    `/admin/credit/people/${row.personId}`,
  );
});

it('says in the tabs what the rows say, and asks for one word', async () => {
  const { server } = renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
  });
  fireEvent.click(await screen.findByText('未达标 1'));
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'assessment.table')?.input).toMatchObject({
      show: ['missed'],
    }),
  );
});

it('exports the table in the language of the page', async () => {
  renderApp('/admin/assessment', {
    ...inEnglish(officer),
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
  });
  await screen.findByText('林海燕');
  const fetched = vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined));
  fireEvent.click(screen.getByRole('button', { name: /Export what you see/ }));
  await waitFor(() => expect(fetched).toHaveBeenCalled());
  const [asked] = fetched.mock.calls[0] as [string];
  fetched.mockRestore();
  expect(asked).toMatch(`/api/v1/assessment-years/${idOf(1)}/table.xlsx?`);
  expect(new URL(asked, 'http://x').searchParams.get('language')).toBe('en');
});

const freezing = {
  day: '2026-12-20',
  snapshotNo: 1,
  people: 303,
  met: 70,
  missed: 200,
  running: 30,
  nothingAsked: 3,
  unsettled: 2,
  notHeld: 0,
  late: [],
  done: null,
};

it('says what a freeze will hold and leave out before it is made', async () => {
  const { server } = renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
    'assessment.freezing': () => freezing,
    'assessment.freeze': () => refuse('YEAR_ALREADY_FROZEN'),
  });
  fireEvent.click(await screen.findByRole('button', { name: /定格/ }));
  const dialog = await screen.findByRole('dialog', { name: /定格/ });
  expect(await within(dialog).findByText('303 人，即 12月20日 当天在册的人')).toBeDefined();
  expect(within(dialog).getByText('70 人')).toBeDefined();
  expect(within(dialog).getByRole('alert').textContent).toContain('还有 2 节截止前的课没有结算完');
  fireEvent.click(within(dialog).getByRole('button', { name: '定格，编为第 1 号' }));
  expect(await screen.findByText('这个考核年度已经定格')).toBeDefined();
  expect(server.calls.find(({ procedure }) => procedure === 'assessment.freeze')?.input).toEqual({
    assessmentYearId: year.id,
  });
});

it('names the sessions settled after the cut-off, and shows how far the freeze has come while it runs', async () => {
  let written = 0;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [year],
    'assessment.table': () => table([row]),
    'assessment.freezing': () => ({
      ...freezing,
      late: [
        {
          sessionId: idOf(7),
          title: '垦荒精神现场课',
          startsAt: new Date('2026-12-20T06:00:00Z'),
          settledAt: new Date('2026-12-21T02:00:00Z'),
          people: 24,
        },
      ],
    }),
    'assessment.freezeProgress': () => ({ written, people: 303 }),
    'assessment.freeze': () => done,
  });
  fireEvent.click(await screen.findByRole('button', { name: /定格/ }));
  const dialog = await screen.findByRole('dialog', { name: /定格/ });
  expect(await within(dialog).findByText('截止以后结算的课不计入这一号，现在有 1 节。')).toBeDefined();
  expect(within(dialog).getByText('垦荒精神现场课')).toBeDefined();
  expect(within(dialog).getByText(/24 人/).textContent).toContain('12月21日');
  expect(within(dialog).queryByRole('progressbar')).toBeNull();
  written = 120;
  fireEvent.click(within(dialog).getByRole('button', { name: '定格，编为第 1 号' }));
  expect(await within(dialog).findByRole('progressbar', { name: '正在定格' })).toBeDefined();
  expect(await within(dialog).findByText('120 / 303 人', {}, { timeout: 3_000 })).toBeDefined();
  expect(within(dialog).getByRole('button', { name: '先离开' })).toBeDefined();
  finish();
});

it('calls the year by its English name on an English page', async () => {
  renderApp('/admin/assessment', {
    ...inEnglish(officer),
    'assessment.years': () => [{ ...year, nameEn: 'Year 2026' }],
    'assessment.table': () => table([row]),
  });
  expect(await screen.findByRole('heading', { level: 1, name: 'Assessment · Year 2026' })).toBeDefined();
});

it('says afterwards who has frozen it, when, and under which number', async () => {
  renderApp('/admin/assessment', {
    ...officer,
    'assessment.years': () => [{ ...year, state: 'frozen' as const, snapshotNo: 1 }],
    'assessment.table': () => table([row]),
    'assessment.freezing': () => ({
      ...freezing,
      unsettled: 0,
      done: { by: '黄俊', at: new Date('2026-12-20T10:05:00Z') },
    }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '定格情况' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('黄俊')).toBeDefined();
  expect(within(dialog).getByText('第 1 号')).toBeDefined();
  expect(within(dialog).getByRole('button', { name: /下载/ })).toBeDefined();
  expect(within(dialog).queryByRole('button', { name: /编为第/ })).toBeNull();
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
