import { refuse } from '@cadre/client/testing';
import type { Statement } from '@cadre/domain/ledger';
import { sampleLine } from '@cadre/domain/testing';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf, yearTarget } from '../../testing/scene';

const officer = holding('unit-training-officer', { kind: 'unit', unitId: idOf(1) });
const unit = { zh: '大陈镇', en: 'Dachen Town' };
const person = {
  id: idOf(2),
  personNo: 'TZ00001',
  name: '林海燕',
  unitId: idOf(1),
  status: 'active' as const,
  unit,
  rank: { zh: '乡科级副职', en: 'Deputy section head' },
  loginName: null,
};
const statement: Statement = {
  personId: person.id,
  asOf: '2026-11-22',
  servedUntil: null,
  person: { personNo: person.personNo, name: person.name, unit, rank: person.rank },
  moves: [
    {
      kind: 'rank',
      on: '2026-03-01',
      sentence: { zh: '由四级主任科员任乡科级副职。', en: 'from clerk to deputy section head.' },
      changes: true,
    },
  ],
  lastRecordedAt: new Date('2026-11-20T09:00:00Z'),
  chain: { seq: 1, hash: 'ab' },
  standings: [
    {
      regulation: { id: 'demo', version: 1, title: { zh: '办法', en: '' }, source: { zh: '某市', en: '' } },
      measures: { days: { zh: '天', en: '' }, hours: { zh: '学时', en: '' } },
      targets: [yearTarget],
      notCovered: [],
      flags: [],
      warnings: [],
      parts: [],
      ratings: [
        {
          rating: 'level',
          name: { zh: '等次', en: '' },
          cycle: '2026',
          amount: 480_000,
          measure: 'hours',
          is: { zh: '合格', en: '' },
          final: false,
          clause: '第八条',
          clauseText: '40 以上合格。',
          notes: [{ sentence: { zh: '年度学分：培训 48 = 48', en: '' }, clause: '第六条' }],
        },
      ],
      caps: [],
      clauses: {},
    },
  ],
  lines: [
    sampleLine({
      settlementId: idOf(3),
      title: '垦荒精神',
      courseTitle: { zh: '垦荒精神', en: 'The spirit of reclamation' },
      earned: [],
      refusals: [
        {
          reason: 'gate',
          sentence: { zh: '在场 73%，要求 ≥ 80%', en: 'there 73%' },
          clause: '第四条',
          item: 0,
          title: null,
        },
      ],
      clauses: [],
      entries: [],
    }),
  ],
};

it('finds a person and opens the statement', async () => {
  const { path } = renderApp('/admin/credit', { ...officer, 'directory.people': () => pageOf([person]) });
  fireEvent.click(await screen.findByText('林海燕'));
  await waitFor(() => expect(path()).toBe(`/admin/credit/people/${person.id}`));
});

it('says so when nobody is found', async () => {
  renderApp('/admin/credit', { ...officer, 'directory.people': () => pageOf([]) });
  expect(await screen.findByText('没有找到人')).toBeDefined();
});

it('shows targets, what was refused and why, and checks the chain when asked', async () => {
  renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => statement,
    'credit.checkChain': () => ({ intact: true, entries: 7, head: 'ab', fault: null }),
  });
  expect(await screen.findByText(/6 \/ 12 天 或 48 \/ 90 学时/)).toBeDefined();
  const rated = screen.getByText(/^等次（2026）：合格，按 48 学时（第八条）/);
  expect(rated.textContent).toContain('年度学分：培训 48 = 48（第六条）');
  expect(screen.getByText('大陈镇 · 乡科级副职 · 截至 2026年11月22日')).toBeDefined();
  expect(screen.getByText('2026年3月1日：由四级主任科员任乡科级副职。')).toBeDefined();
  expect(screen.getByText('没有计入：在场 73%，要求 ≥ 80%')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '核对流水' }));
  expect(await screen.findByText('完整：7 条流水没有被改动')).toBeDefined();
});

it('marks a record of which a part was refused, as the learner reads it', async () => {
  const [line] = statement.lines;
  const earned = [
    { measure: 'hours', name: { zh: '学时', en: '' }, amount: 40_000, counted: 40_000, limited: false },
  ];
  renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => ({
      ...statement,
      lines: [line!, { ...line!, settlementId: idOf(30), earned }],
    }),
  });
  const mark = await screen.findByText('有一部分没有计入');
  expect(mark.closest('tr')?.textContent).toContain('4 学时');
});

it('says what of a cycle made up the one before and does not count again', async () => {
  const usedToMakeUp = {
    sentence: { zh: '另有 4 学时用于补足 2025 年度，不再计入本年度', en: '' },
    clause: '第十一条',
    clauseText: '补学的学时不计入当年。',
  };
  const [standing] = statement.standings;
  renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => ({
      ...statement,
      standings: [{ ...standing!, targets: [{ ...yearTarget, notes: [usedToMakeUp] }] }],
    }),
  });
  expect(await screen.findByText('另有 4 学时用于补足 2025 年度，不再计入本年度（第十一条）')).toBeDefined();
});

it('says which record is missing to know whether a target applies', async () => {
  const notRecorded = { zh: '没有记录出生日期，不能判断是否适用，先按不适用算', en: '' };
  const notCovered = [
    { target: 'old', name: { zh: '年长干部培训', en: '' }, because: 'group' as const, notRecorded },
  ];
  const [standing] = statement.standings;
  renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => ({ ...statement, standings: [{ ...standing!, notCovered }] }),
  });
  expect(
    await screen.findByText('“年长干部培训”不适用：没有记录出生日期，不能判断是否适用，先按不适用算'),
  ).toBeDefined();
});

it('shows the record as of an earlier day, and offers the files of that very day', async () => {
  const asked: string[] = [];
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    asked.push(input as string);
    return Promise.resolve(new Response(null, { status: 404 }));
  });
  const { server } = renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => ({ ...statement, asOf: '2026-06-30' }),
  });
  const day = await screen.findByRole('textbox', { name: '看截至某一天的记录' });
  fireEvent.change(day, { target: { value: '2026-06-30' } });
  fireEvent.keyDown(day, { key: 'Enter', keyCode: 13 });
  await waitFor(() =>
    expect(server.calls.at(-1)).toMatchObject({ input: { personId: person.id, asOf: '2026-06-30' } }),
  );
  fireEvent.click(await screen.findByRole('button', { name: '学时学分单 PDF' }));
  await waitFor(() =>
    expect(asked).toContain(`/api/v1/people/${person.id}/statement.pdf?asOf=2026-06-30&language=zh`),
  );
  fetched.mockRestore();
});

it('takes the day from the address, leads back to today, and says of what is no day that it is none', async () => {
  const read = vi.fn((_input: unknown) => statement);
  renderApp(`/admin/credit/people/${person.id}?asOf=2026-06-30`, {
    ...officer,
    'credit.statementOfPerson': read,
  });
  fireEvent.click(await screen.findByRole('button', { name: '回到今天' }));
  await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  expect(read.mock.calls).toEqual([[{ personId: person.id, asOf: '2026-06-30' }], [{ personId: person.id }]]);
  cleanup();
  renderApp(`/admin/credit/people/${person.id}?asOf=2026-02-30`, {
    ...officer,
    'credit.statementOfPerson': read,
  });
  await screen.findByText('“2026-02-30”不是日期，这里是今天的记录。');
  expect(screen.getByRole('textbox', { name: '看截至某一天的记录' })).toHaveProperty('value', '2026-11-22');
  expect(read).toHaveBeenLastCalledWith({ personId: person.id });
});

it('lets the training officer of the unit help somebody who cannot sign in, and nobody else', async () => {
  const { server } = renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => statement,
    'directory.issuePassword': () => ({ loginName: 'linhaiyan', password: 'Kelp-4821-quay' }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '重置密码' }));
  fireEvent.click(within(await screen.findByRole('tooltip')).getByRole('button', { name: '重置密码' }));
  expect(await screen.findByText('Kelp-4821-quay')).toBeDefined();
  expect(server.calls.at(-1)).toMatchObject({
    procedure: 'directory.issuePassword',
    input: { personId: person.id },
  });
  cleanup();
  renderApp(`/admin/credit/people/${person.id}`, {
    ...holding('auditor', { kind: 'network' }),
    'credit.statementOfPerson': () => statement,
  });
  expect(await screen.findByRole('button', { name: '核对流水' })).toBeDefined();
  expect(screen.queryByRole('button', { name: '重置密码' })).toBeNull();
});

it('answers a stranger like a missing person', async () => {
  renderApp(`/admin/credit/people/${person.id}`, {
    ...officer,
    'credit.statementOfPerson': () => refuse('NOT_FOUND'),
  });
  expect(await screen.findByText('没有找到')).toBeDefined();
});
