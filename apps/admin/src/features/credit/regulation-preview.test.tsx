import { refuse } from '@cadre/client/testing';
import type {
  FlipRow,
  PreviewAnswer,
  PreviewPerson,
  PreviewView,
  RegulationFile,
  TargetSide,
} from '@cadre/domain/regulation';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { sampleRegulation } from '../../testing/sample-regulation';
import { holding, idOf, inEnglish, pageOf } from '../../testing/scene';

const officer = holding('organisation-officer', { kind: 'unit', unitId: idOf(1) });
const cycle = { from: '2025-01-01', to: '2025-12-31' };
const none = { people: 0, changes: 0 };

const file: RegulationFile = {
  ...sampleRegulation,
  text: '{}',
  clauses: [],
  rest: [],
  notes: [],
  examples: [],
  versions: [],
  draft: { id: idOf(2), revision: 3, remark: '' },
  previewOf: idOf(2),
  may: { write: true, submit: false, decide: true },
  isTooEarly: false,
  examplesSince: null,
  firstFacts: '{}',
};
const run: PreviewView = {
  id: idOf(4),
  draftId: idOf(2),
  code: 'demo',
  version: 2,
  unitId: idOf(1),
  basis: 'last',
  cycle,
  replaces: [1],
  by: '徐伟',
  startedAt: new Date('2026-11-18T01:00:00Z'),
  state: 'done',
  cursor: null,
  movedAt: new Date('2026-11-18T01:00:05Z'),
  finishedAt: new Date('2026-11-18T01:00:05Z'),
  people: 286,
  peopleDone: 286,
  peopleChanged: 16,
  peopleWithFacts: 250,
  tallies: {
    loses: { people: 12, changes: 12 },
    gains: { people: 3, changes: 3 },
    starts: none,
    ends: none,
    amount: { people: 1, changes: 1 },
  },
  units: [{ unitId: idOf(7), unit: { zh: '椒江区委', en: 'Jiaojiang' }, people: 20, changes: 16 }],
  isOutdated: false,
  isStuck: false,
  english: { 年度集中培训: 'Concentrated training', 天: 'days' },
};
const answer: PreviewAnswer = {
  running: null,
  result: run,
  cycles: {
    last: { ...cycle, hasFacts: true },
    current: { from: '2026-01-01', to: '2026-11-18', hasFacts: true },
  },
  suggested: 'last',
  mayRun: true,
};
const side = (earned: number, state: 'met' | 'missed'): TargetSide => ({
  state,
  cycle: { ...cycle, label: '2025' },
  alternatives: [
    [
      {
        name: '天',
        measure: '天',
        limit: 'at-least',
        required: 120_000,
        earned,
        met: state === 'met',
        share: null,
      },
    ],
  ],
  metBy: state === 'met' ? ['天'] : [],
  shortfall: state === 'met' ? [] : [['0.5 天']],
});
const reason = {
  kind: 'refused' as const,
  clause: '第四条',
  of: 'after' as const,
  says: { zh: '“大陈岛现场课”不再计入，少 0.5 天', en: '“大陈岛现场课” no longer counts' },
};
const row: FlipRow = {
  id: idOf(5),
  change: 'loses',
  personId: idOf(6),
  personNo: 'P0031',
  name: '林海燕',
  unitId: idOf(7),
  unit: { zh: '椒江区委', en: 'Jiaojiang' },
  target: 'year',
  targetName: '年度集中培训',
  before: side(120_000, 'met'),
  after: side(115_000, 'missed'),
  reasons: [reason],
};
const person: PreviewPerson = {
  personId: idOf(6),
  personNo: 'P0031',
  name: '林海燕',
  unit: row.unit,
  cycle,
  replaces: 1,
  version: 2,
  targets: [
    {
      target: 'year',
      name: '年度集中培训',
      change: 'loses',
      before: row.before,
      after: row.after,
      reasons: [reason],
    },
  ],
  activities: [
    {
      on: '2025-05-06',
      title: '大陈岛现场课',
      differs: true,
      before: { earned: [{ measure: '天', amount: 5_000, counted: 5_000 }], why: [] },
      after: {
        earned: [],
        why: [{ clause: '第四条', says: { zh: '没有达到条件：在场比例 85%', en: 'a condition is not met' } }],
      },
    },
    {
      on: '2025-04-06',
      title: '同样的课',
      differs: false,
      before: { earned: [], why: [] },
      after: { earned: [], why: [] },
    },
  ],
  clauses: {
    before: [{ clause: '第四条', text: '在场时间不少于 80%。' }],
    after: [{ clause: '第四条', text: '在场时间不少于 90%。' }],
  },
};

const open = (preview: PreviewAnswer, answers: object = {}, search = '') =>
  renderApp(`/admin/credit/regulations/demo/2${search}`, {
    ...officer,
    'regulation.read': () => file,
    'regulation.preview': () => preview,
    'regulation.previewFlips': () => pageOf([row]),
    'regulation.previewPerson': () => person,
    ...answers,
  });
const look = async () => fireEvent.click(await screen.findByRole('tab', { name: '换版预演' }));
const headline = '换成第 2 版，286 人中 12 人由达标变为未达标，3 人由未达标变为达标。';

describe('the flip preview', () => {
  it('says in a sentence what changes, and shows whose, with the reason and its clause', async () => {
    open(answer);
    expect(await screen.findByText(`换版预演：${headline}`)).toBeDefined();
    await look();
    expect(await screen.findByText(headline)).toBeDefined();
    expect(
      screen.getByText(/^其余 1 人达标与否不变、只是要求或已得的数字有变，270 人的结果不变。每人只计一次/),
    ).toBeDefined();
    const line = (await screen.findByText('P0031')).closest('tr')!;
    expect(line.textContent).toContain('林海燕');
    expect(line.textContent).toContain('达标12 / 12 天');
    expect(line.textContent).toContain('未达标11.5 / 12 天');
    expect(line.textContent).toContain('第四条“大陈岛现场课”不再计入，少 0.5 天');
  });

  it('is offered again for the cycle that the result below was reckoned for', async () => {
    const result = { ...run, cycle: { from: '2026-01-01', to: '2026-11-10' } };
    open({ ...answer, result }, {}, '?tab=preview');
    expect(await screen.findByText(/^本周期至今/)).toBeDefined();
    expect(screen.queryByText(/^上一周期/)).toBeNull();
  });

  it('says once that nobody changes between met and missed', async () => {
    const result = { ...run, peopleChanged: 1, tallies: { ...run.tallies, loses: none, gains: none } };
    open({ ...answer, result }, {}, '?tab=preview');
    expect(await screen.findByText('换成第 2 版，286 人中没有人改变达标状态。')).toBeDefined();
    expect(screen.getByText(/^其中 1 人达标与否不变/)).toBeDefined();
    expect(screen.queryByText(/其余/)).toBeNull();
  });

  it('has names in English where the versions give them, in the table and beside each other', async () => {
    open(answer, inEnglish(officer));
    fireEvent.click(await screen.findByRole('tab', { name: 'Flip preview' }));
    const line = (await screen.findByText('P0031')).closest('tr')!;
    expect(line.textContent).toContain('Concentrated training');
    expect(line.textContent).toContain('11.5 / 12 days');
    fireEvent.click(line);
    const panel = await screen.findByRole('dialog');
    expect(await within(panel).findByText('Concentrated training')).toBeDefined();
    expect(panel.textContent).toContain('0.5 days');
  });

  it('says of a cycle that still runs that its target is not met yet, and how it stands', async () => {
    const running = { from: '2026-01-01', to: '2026-12-31', label: '2026' };
    const during = (earned: number, state: 'met' | 'open'): TargetSide => ({
      ...side(earned, 'missed'),
      state,
      cycle: running,
    });
    const result = {
      ...run,
      cycle: { from: '2026-01-01', to: '2026-11-18' },
      tallies: { ...run.tallies, loses: { ...run.tallies.loses, open: 12 } },
    };
    const rows = [
      { ...row, before: during(120_000, 'met'), after: during(95_000, 'open') },
      { ...row, id: idOf(8), before: during(120_000, 'met'), after: during(115_000, 'open') },
    ];
    open({ ...answer, result }, { 'regulation.previewFlips': () => pageOf(rows) });
    await look();
    const said = '换成第 2 版，286 人中 12 人由达标变为尚未达标，3 人由未达标变为达标。';
    expect(await screen.findByText(said)).toBeDefined();
    expect(await screen.findByText('变为尚未达标 12 项')).toBeDefined();
    const [behind, onTrack] = (await screen.findAllByText('P0031')).map((cell) => cell.closest('tr')!);
    expect(behind!.textContent).toMatch(/变为尚未达标.*落后9.5 \/ 12 天/);
    expect(onTrack!.textContent).toMatch(/变为尚未达标.*进行中11.5 \/ 12 天/);
  });

  it('asks the server for one kind of change and one unit, and exports exactly that', async () => {
    const { server } = open(answer);
    await look();
    fireEvent.click(await screen.findByText('变为未达标 12 项'));
    await waitFor(() =>
      expect(server.calls.at(-1)).toMatchObject({
        procedure: 'regulation.previewFlips',
        input: { runId: idOf(4), change: 'loses', unitId: null, page: 1 },
      }),
    );
    const fetched = vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined));
    fireEvent.click(screen.getByRole('button', { name: /导出/ }));
    await waitFor(() => expect(fetched).toHaveBeenCalled());
    const [asked] = fetched.mock.calls[0] as [string];
    expect(asked).toContain(`/api/v1/regulation-previews/${idOf(4)}/table.xlsx?`);
    expect(asked).toContain('change=loses');
    expect(asked).toContain('language=zh');
    expect(new URL(asked, 'http://x').searchParams.get('columns')).toContain('reason');
    fetched.mockRestore();
  });

  it('opens one person’s two results side by side', async () => {
    open(answer);
    await look();
    fireEvent.click(await screen.findByText('P0031'));
    const panel = await screen.findByRole('dialog');
    expect(await within(panel).findByText('原来 · 第 1 版')).toBeDefined();
    expect(within(panel).getByText('换版后 · 第 2 版')).toBeDefined();
    expect(within(panel).getByText('还差 0.5 天')).toBeDefined();
    expect(within(panel).getByText('没有达到条件：在场比例 85%')).toBeDefined();
    expect(within(panel).getByText('在场时间不少于 90%。').textContent).toContain('第四条 · 换版后');
    expect(within(panel).getByText('在场时间不少于 80%。').textContent).toContain('第四条 · 原来');
    expect(within(panel).queryByText('同样的课')).toBeNull();
    fireEvent.click(within(panel).getByRole('checkbox', { name: '只看不同的' }));
    expect(within(panel).getByText('同样的课')).toBeDefined();
  });

  it('says that none was run, to the approver too, and runs one', async () => {
    const { server } = open(
      { ...answer, result: null },
      { 'regulation.startPreview': () => ({ ...run, state: 'running' as const }) },
    );
    expect(await screen.findByText('换版预演：这一版还没有预演过，不知道会改变谁的结果。')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '批准这一版' }));
    const ask = await screen.findByText('批准「学时管理办法」第 2 版？');
    expect(ask.closest('.ant-popover')?.textContent).toContain('这一版还没有预演过');
    await look();
    fireEvent.click(await screen.findByRole('button', { name: '开始预演' }));
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'regulation.startPreview')?.input).toEqual({
        draftId: idOf(2),
        basis: 'last',
      }),
    );
  });

  it('looks at the cycle that is suggested, and says what a result without records is worth', async () => {
    const cycles = { ...answer.cycles, last: { ...cycle, hasFacts: false } };
    const { server } = open(
      { ...answer, cycles, suggested: 'current', result: { ...run, peopleWithFacts: 0 } },
      { 'regulation.startPreview': () => ({ ...run, state: 'running' as const }) },
    );
    await look();
    expect((await screen.findByRole('alert')).textContent).toContain('没有任何人的记录');
    expect(screen.getByText('上一周期几乎没有记录，先看本周期')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '重新预演' }));
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'regulation.startPreview')?.input).toEqual({
        draftId: idOf(2),
        basis: 'current',
      }),
    );
  });

  it('shows how far it is, may be left, and can be stopped', async () => {
    const running: PreviewView = { ...run, state: 'running', people: 200, peopleDone: 50, finishedAt: null };
    const { server } = open(
      { ...answer, running, result: null },
      { 'regulation.cancelPreview': () => undefined },
    );
    await look();
    expect(await screen.findByText('正在预演：50 / 200 人')).toBeDefined();
    expect(screen.getByRole('progressbar', { name: '预演进度' }).getAttribute('aria-valuenow')).toBe('25');
    expect(screen.getByText('可以离开这个页面，回来时会看到进度或结果。')).toBeDefined();
    expect(screen.queryByRole('button', { name: '开始预演' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '停止' }));
    const ask = await screen.findByText('停止这次预演？');
    fireEvent.click(within(ask.closest<HTMLElement>('.ant-popover')!).getByRole('button', { name: '停止' }));
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'regulation.cancelPreview')?.input).toEqual({
        runId: idOf(4),
      }),
    );
  });

  it('is where the address says, and nothing is asked for where there is none', async () => {
    open(answer, {}, '?tab=preview');
    expect(await screen.findByText(headline)).toBeDefined();
    cleanup();
    open(answer, { 'regulation.read': () => ({ ...file, previewOf: null }) }, '?tab=preview');
    const clauses = await screen.findByRole('tab', { name: '条款与数据' });
    expect(clauses.getAttribute('aria-selected')).toBe('true');
  });

  it('says on the other tabs that it is running, whatever was found before', async () => {
    open({ ...answer, running: { ...run, state: 'running', people: 200, peopleDone: 50, finishedAt: null } });
    expect(await screen.findByText('换版预演：正在计算，已完成 50 / 200 人。')).toBeDefined();
    await look();
    await waitFor(() => expect(screen.queryByText(/^换版预演：正在计算/)).toBeNull());
  });

  it('says when the draft has changed since', async () => {
    open({ ...answer, result: { ...run, isOutdated: true } });
    expect(await screen.findByText('换版预演：结果已经过时，需要重新预演。')).toBeDefined();
    await look();
    expect((await screen.findByRole('alert')).textContent).toContain('已经过时');
    expect(screen.getByRole('button', { name: '重新预演' })).toBeDefined();
  });

  it('says when nothing changes for anybody', async () => {
    open({ ...answer, result: { ...run, peopleChanged: 0 } });
    await look();
    expect(await screen.findByText('换成第 2 版，286 人的结果都不变。')).toBeDefined();
    expect(screen.queryByText('P0031')).toBeNull();
  });

  it('is only read by those who may not run one', async () => {
    open({ ...answer, mayRun: false });
    await look();
    expect(await screen.findByText(headline)).toBeDefined();
    expect(screen.queryByRole('button', { name: '重新预演' })).toBeNull();
  });

  it('says why it cannot be read', async () => {
    open(answer, { 'regulation.preview': () => refuse('NOT_ALLOWED') });
    await look();
    expect(await screen.findByText('这里不对您开放')).toBeDefined();
  });
});

const standing = { ...file, state: 'in-force' as const, draft: null };

it('what was found stays readable once the version stands, and cannot be run again', async () => {
  open({ ...answer, mayRun: false }, { 'regulation.read': () => standing });
  await look();
  expect(await screen.findByText(headline)).toBeDefined();
  expect(screen.queryByRole('button', { name: '重新预演' })).toBeNull();
  expect(screen.queryByRole('button', { name: '查看预演' })).toBeNull();
});

it('a version that stands without a result has no preview', async () => {
  open(answer, { 'regulation.read': () => ({ ...standing, previewOf: null }) });
  expect(await screen.findByRole('tab', { name: '条款与数据' })).toBeDefined();
  expect(screen.queryByRole('tab', { name: '换版预演' })).toBeNull();
});
