import { refuse } from '@cadre/client/testing';
import type { RegulationFile } from '@cadre/domain/regulation';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { sampleRegulation } from '../../testing/sample-regulation';
import { holding, idOf, inEnglish } from '../../testing/scene';

const officer = holding('organisation-officer', { kind: 'unit', unitId: idOf(1) });

const zh = (text: string) => ({ zh: text, en: '' });
const file: RegulationFile = {
  ...sampleRegulation,
  text: '{ "version": 2 }',
  clauses: [
    {
      number: '第四条',
      text: '在场不少于 90%。',
      lines: [{ section: '计入', line: '须 在场比例 ≥ 9/10', english: '' }],
    },
    { number: '第五条', text: '应当认真学习。', lines: [] },
  ],
  rest: [{ section: '计量', line: '天', english: 'days' }],
  notes: [],
  examples: [
    {
      id: idOf(3),
      title: '在场 85%',
      facts: '{}',
      holds: false,
      since: null,
      differences: [
        {
          about: [zh('年度集中培训'), zh('天'), zh('要求')],
          cycles: ['2021–2025', '2026'],
          was: zh('0.5 天'),
          is: zh('没有'),
        },
      ],
      errors: [],
    },
  ],
  versions: [
    { code: 'demo', version: 2, state: 'waiting' },
    { code: 'demo', version: 1, state: 'in-force' },
  ],
  draft: { id: idOf(2), revision: 3, remark: '' },
  previewOf: idOf(2),
  may: { write: true, submit: false, decide: true },
  isTooEarly: false,
  examplesSince: null,
  firstFacts: '{ "asOf": "2027-12-31" }',
};
const address = '/admin/credit/regulations/demo/2';

beforeEach(() => localStorage.clear());

it('has its names in English where the regulation gives them', async () => {
  renderApp(address, { ...inEnglish(officer), 'regulation.read': () => file });
  expect(await screen.findByText('Rules on class hours · Version 2')).toBeDefined();
  expect(screen.getByText('days')).toBeDefined();
});

it('says that there is no version of such a number, and asks the server for none', async () => {
  const { server } = renderApp('/admin/credit/regulations/demo/abc', officer);
  expect(await screen.findByText('“demo”没有“abc”这一版')).toBeDefined();
  expect(server.calls.some(({ procedure }) => procedure === 'regulation.read')).toBe(false);
});

describe('the list of regulations', () => {
  it('shows each version with its state and people, and opens one', async () => {
    const { path } = renderApp('/admin/credit/regulations', {
      ...officer,
      'regulation.list': () => [sampleRegulation],
      'regulation.read': () => file,
    });
    expect(await screen.findByText('等待批准')).toBeDefined();
    fireEvent.click(screen.getByText('学时管理办法'));
    await waitFor(() => expect(path()).toBe(address));
  });

  it('says of a version that came back that it did, and why', async () => {
    const returned = {
      ...sampleRegulation,
      state: 'draft' as const,
      isAuthor: true,
      returned: '请改生效日期',
    };
    renderApp('/admin/credit/regulations', { ...officer, 'regulation.list': () => [returned] });
    expect(await screen.findByText('已退回')).toBeDefined();
    expect(screen.getByText('请改生效日期')).toBeDefined();
    expect(screen.queryByText('草稿')).toBeNull();
  });

  it('says so when there is none, and offers no draft to those who only read', async () => {
    renderApp('/admin/credit/regulations', { ...holding('auditor'), 'regulation.list': () => [] });
    expect(await screen.findByText('还没有办法')).toBeDefined();
    expect(screen.queryByRole('button', { name: '起草新办法' })).toBeNull();
  });

  it('says why it is not open', async () => {
    renderApp('/admin/credit/regulations', { ...officer, 'regulation.list': () => refuse('NOT_ALLOWED') });
    expect(await screen.findByText('这里不对您开放')).toBeDefined();
  });
});

describe('one version', () => {
  it('sets clauses beside data and is approved by a second person who was asked once', async () => {
    const { server } = renderApp(address, {
      ...officer,
      'regulation.read': () => file,
      'regulation.approve': () => undefined,
    });
    expect(await screen.findByText('须 在场比例 ≥ 9/10')).toBeDefined();
    expect(screen.getByText('只有文字，没有对应的数据')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '批准这一版' }));
    const ask = await screen.findByText('批准「学时管理办法」第 2 版？');
    // Hung from the right end of its button it stays inside the page.
    expect(ask.closest('.ant-popover')!.className).toContain('placement-bottomRight');
    expect(screen.getByText('例子：1 个里有 1 个的结果和确认过的不一致，作者没有改认。')).toBeDefined();
    fireEvent.click(
      within(ask.closest<HTMLElement>('.ant-popover')!).getByRole('button', { name: '批准这一版' }),
    );
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'regulation.approve')?.input).toEqual({
        draftId: idOf(2),
        revision: 3,
      }),
    );
  });

  it('is not offered to its author for approval', async () => {
    renderApp(address, { ...officer, 'regulation.read': () => ({ ...file, isAuthor: true }) });
    expect(await screen.findByText('您是起草人，要由另一位同事批准')).toBeDefined();
    expect(screen.queryByRole('button', { name: '批准这一版' })).toBeNull();
    expect(screen.getByRole('button', { name: '收回修改' })).toBeDefined();
    expect(screen.queryByRole('button', { name: '退回起草人' })).toBeNull();
  });

  it('leads whoever decides to the examples that differ', async () => {
    renderApp(address, { ...officer, 'regulation.read': () => file });
    expect(await screen.findByText(/1 个里有 1 个的结果和确认过的不一致/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '查看例子' }));
    expect(await screen.findByText('年度集中培训 › 天 › 要求')).toBeDefined();
    expect(screen.queryByRole('button', { name: '查看例子' })).toBeNull();
  });

  it('begins trying with facts of its own time, and tells the result in the language of the page', async () => {
    const tried = vi.fn(() => ({
      ok: true as const,
      told: { zh: '计入 0.5 天', en: 'counts 0.5 days' },
      report: '{}',
    }));
    renderApp(address, {
      ...inEnglish(officer),
      'regulation.read': () => file,
      'regulation.tryFacts': tried,
    });
    fireEvent.click(await screen.findByRole('tab', { name: 'Examples 0 / 1 hold' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Try' }));
    expect(await screen.findByText('counts 0.5 days')).toBeDefined();
    expect(tried).toHaveBeenCalledWith({ code: 'demo', version: 2, facts: file.firstFacts });
  });

  it('says so where the facts of an example do not fit', async () => {
    const errors = [{ path: 'activities[0].kind', line: 7, sentence: '没有这种活动' }];
    renderApp(address, {
      ...officer,
      'regulation.read': () => ({ ...file, examples: [{ ...file.examples[0]!, differences: [], errors }] }),
    });
    fireEvent.click(await screen.findByRole('tab', { name: '例子 0 / 1 一致' }));
    const told = await screen.findByRole('alert');
    expect(told.textContent).toBe('这一版读不懂例子里的事实第 7 行 activities[0].kind 没有这种活动');
  });

  it('is sent for approval at once where its examples hold, and only after asking where they differ', async () => {
    const submitted = vi.fn(() => undefined);
    const own = { ...file, state: 'draft' as const, isAuthor: true };
    const draft = { ...own, may: { write: true, submit: true, decide: false } };
    renderApp(address, { ...officer, 'regulation.read': () => draft, 'regulation.submit': submitted });
    fireEvent.click(await screen.findByRole('button', { name: '送交批准' }));
    const ask = (await screen.findByText('还有例子不一致，照样送交？')).closest('.ant-popover')!;
    expect(submitted).not.toHaveBeenCalled();
    fireEvent.click(within(ask as HTMLElement).getByRole('button', { name: '送交批准' }));
    await waitFor(() => expect(submitted).toHaveBeenCalledWith({ draftId: idOf(2), revision: 3 }));
    cleanup();
    submitted.mockClear();
    renderApp(address, {
      ...officer,
      'regulation.read': () => ({ ...draft, examples: [] }),
      'regulation.submit': submitted,
    });
    fireEvent.click(await screen.findByRole('button', { name: '送交批准' }));
    await waitFor(() => expect(submitted).toHaveBeenCalledTimes(1));
  });

  it('is handed over or approved by nobody once its date has come, and says so beside the button', async () => {
    const late = { ...file, effectiveFrom: '2026-11-22', isTooEarly: true };
    const draft = { ...late, state: 'draft' as const, may: { write: true, submit: true, decide: false } };
    for (const [shown, button, reason] of [
      [draft, '送交批准', /不能送交/],
      [late, '批准这一版', /不能批准/],
    ] as const) {
      renderApp(address, { ...officer, 'regulation.read': () => shown });
      const step = await screen.findByRole('button', { name: button });
      expect(step).toHaveProperty('disabled', true);
      const said = document.getElementById(step.getAttribute('aria-describedby')!);
      expect(said?.textContent).toMatch(reason);
      fireEvent.click(step);
      expect(screen.queryByRole('tooltip')).toBeNull();
      cleanup();
    }
  });

  it('tells its author why it was sent back, or why they took it back', async () => {
    const draft = { ...file, state: 'draft' as const, draft: { ...file.draft!, remark: '写错了' } };
    renderApp(address, { ...officer, 'regulation.read': () => ({ ...draft, returned: '写错了' }) });
    expect(await screen.findByText('退回意见：写错了')).toBeDefined();
    expect(screen.getByText('已退回')).toBeDefined();
    cleanup();
    renderApp(address, { ...officer, 'regulation.read': () => draft });
    expect(await screen.findByText('收回的原因：写错了')).toBeDefined();
  });

  it('is given up by its author who was asked once, and is gone from the list', async () => {
    const draft = { ...file, state: 'draft' as const, may: { write: true, submit: true, decide: false } };
    const { server, path } = renderApp(address, {
      ...officer,
      'regulation.read': () => draft,
      'regulation.list': () => [],
      'regulation.discardDraft': () => undefined,
    });
    fireEvent.click(await screen.findByRole('button', { name: '删去草稿' }));
    expect(await screen.findByText('删去「学时管理办法」第 2 版的草稿？')).toBeDefined();
    expect(server.calls.some(({ procedure }) => procedure === 'regulation.discardDraft')).toBe(false);
    const ask = screen.getByRole('tooltip');
    fireEvent.click(within(ask).getByRole('button', { name: '删去草稿' }));
    await waitFor(() => expect(path()).toBe('/admin/credit/regulations'));
    expect(server.calls).toContainEqual(
      expect.objectContaining({
        procedure: 'regulation.discardDraft',
        input: { draftId: idOf(2), revision: 3 },
      }),
    );
    expect(await screen.findByText('还没有办法')).toBeDefined();
  });

  it('that was handed over meanwhile stays, and says so', async () => {
    const draft = { ...file, state: 'draft' as const, may: { write: true, submit: true, decide: false } };
    const { path } = renderApp(address, {
      ...officer,
      'regulation.read': () => draft,
      'regulation.discardDraft': () => refuse('CHANGED_MEANWHILE'),
    });
    fireEvent.click(await screen.findByRole('button', { name: '删去草稿' }));
    fireEvent.click(within(await screen.findByRole('tooltip')).getByRole('button', { name: '删去草稿' }));
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(path()).toBe(address);
  });

  it('is given up by nobody while it waits for approval', async () => {
    renderApp(address, { ...officer, 'regulation.read': () => file });
    expect(await screen.findByRole('button', { name: '批准这一版' })).toBeDefined();
    expect(screen.queryByRole('button', { name: '删去草稿' })).toBeNull();
  });

  it('shows where an example differs, and tries facts', async () => {
    renderApp(address, {
      ...officer,
      'regulation.read': () => file,
      'regulation.tryFacts': () => ({
        ok: false as const,
        errors: [
          { path: 'asOf', line: 2, sentence: '缺少日期' },
          ...[4, 9, 14].map((line, row) => ({
            path: `activities[${row}].kind`,
            line,
            sentence: '没有这种活动',
          })),
        ],
      }),
    });
    fireEvent.click(await screen.findByRole('tab', { name: '例子 0 / 1 一致' }));
    const told = (await screen.findByText('年度集中培训 › 天 › 要求')).closest('tr')!;
    expect([...told.cells].map(({ textContent }) => textContent)).toEqual([
      '年度集中培训 › 天 › 要求（2021–2025、2026）',
      '0.5 天',
      '没有',
    ]);
    fireEvent.click(screen.getByRole('button', { name: '试算' }));
    const refused = await screen.findByRole('alert');
    expect(
      within(refused)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      '第 2 行 asOf 缺少日期',
      '第 4 行 activities[0].kind 没有这种活动（同样的共 3 处，接着在第 9、14 行）',
    ]);
  });
});

it('says once what all differing examples have in common, and of each what it has besides', async () => {
  const [example] = file.examples;
  const earned = { about: [zh('已有')], cycles: [], was: zh('0 天'), is: zh('0.5 天') };
  const second = {
    ...example!,
    id: idOf(4),
    title: '在场 79%',
    differences: [...example!.differences, earned],
  };
  renderApp(`${address}?tab=examples`, {
    ...officer,
    'regulation.read': () => ({ ...file, examples: [example!, second] }),
  });
  expect(await screen.findByText('年度集中培训 › 天 › 要求：原来 0.5 天，这一版 没有')).toBeDefined();
  expect(screen.getByText('在场 85%').closest('li')!.textContent).toContain('只有共同的不同');
  const besides = screen.getByText('在场 79%').closest('li')!;
  expect(besides.textContent).toContain('不一致');
  expect(besides.querySelectorAll('tbody tr')).toHaveLength(1);
});

it('lets the author of a draft accept the new result of an example, and says how examples are reckoned', async () => {
  const accepted = vi.fn(() => undefined);
  renderApp(address, {
    ...officer,
    'regulation.read': () => ({
      ...file,
      state: 'draft' as const,
      may: { write: true, submit: true, decide: false },
      isAuthor: true,
      examplesSince: '2026-01-01',
      examples: [
        file.examples[0]!,
        { ...file.examples[0]!, id: idOf(4), holds: true, differences: [], since: 2 },
      ],
    }),
    'regulation.acceptResult': accepted,
  });
  fireEvent.click(await screen.findByRole('tab', { name: '例子 1 / 2 一致' }));
  expect(await screen.findByText(/按“2026年1月1日起就一直施行这一版”来算/)).toBeDefined();
  expect(screen.getByText('自第 2 版起的结果')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '第 2 版起就该是这个结果' }));
  await waitFor(() =>
    expect(accepted).toHaveBeenCalledWith({ code: 'demo', version: 2, exampleId: idOf(3) }),
  );
});

it('compares two versions and names the clauses that differ', async () => {
  renderApp('/admin/credit/regulations/demo/compare?left=1&right=2', {
    ...officer,
    'regulation.list': () => [
      sampleRegulation,
      { ...sampleRegulation, version: 1, state: 'in-force' as const },
    ],
    'regulation.compare': () => ({
      clauses: [
        {
          number: '第四条',
          change: 'changed' as const,
          left: { ...file.clauses[0]!, text: '在场不少于 80%。' },
          right: file.clauses[0]!,
        },
        { number: '第五条', change: 'same' as const, left: file.clauses[1]!, right: file.clauses[1]! },
      ],
      leftOnly: [],
      rightOnly: [],
    }),
  });
  expect((await screen.findByText('80%')).parentElement!.textContent).toBe('在场不少于 80%。');
  expect(screen.getByText('90%').tagName).toBe('MARK');
  expect(screen.getByText('改了条文，数据没有变。')).toBeDefined();
  expect(screen.queryByText('应当认真学习。')).toBeNull();
});

it('warns where the data of a clause changed and its words did not, and marks what changed', async () => {
  const [clause] = file.clauses;
  const lineOf = (line: string) => ({ section: '计入', line, english: '' });
  renderApp('/admin/credit/regulations/demo/compare?left=1&right=2', {
    ...officer,
    'regulation.list': () => [sampleRegulation],
    'regulation.compare': () => ({
      clauses: [
        {
          number: '第四条',
          change: 'changed' as const,
          left: { ...clause!, lines: [lineOf('须 在场比例 ≥ 4/5'), lineOf('须 审核通过')] },
          right: {
            ...clause!,
            lines: [lineOf('须 在场比例 ≥ 9/10'), lineOf('须 审核通过'), lineOf('须 考试合格')],
          },
        },
      ],
      leftOnly: [],
      rightOnly: [],
    }),
  });
  expect(await screen.findByText('条文没有改，只有数据变了，请核对两边是否相符。')).toBeDefined();
  const marked = [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);
  expect(marked).toEqual(['4/5', '9/10', '须 考试合格']);
});

it('shows the text and why it cannot be changed to those who may not write it, and no editor', async () => {
  const draft = '/admin/credit/regulations/draft';
  const read = { 'regulation.read': () => file, 'directory.units': () => [] };
  renderApp(`${draft}?code=demo&version=2`, { ...holding('auditor'), ...read });
  expect((await screen.findByRole('alert')).textContent).toContain('您只能查看');
  expect(await screen.findByText('{ "version": 2 }')).toBeDefined();
  expect(screen.queryByRole('button', { name: '保存草稿' })).toBeNull();
  cleanup();
  renderApp(draft, { ...holding('auditor'), ...read });
  expect((await screen.findByRole('alert')).textContent).toContain('您只能查看');
  expect(screen.queryByRole('button', { name: '保存草稿' })).toBeNull();
  cleanup();
  const elsewhere = { ...file, may: { write: false, submit: false, decide: false } };
  renderApp(`${draft}?code=demo&version=2`, { ...officer, ...read, 'regulation.read': () => elsewhere });
  expect((await screen.findByRole('alert')).textContent).toContain('这一版适用于台州市');
  expect(screen.queryByRole('button', { name: '保存草稿' })).toBeNull();
});

it('shows no id of a unit while the names of units are on their way', async () => {
  renderApp('/admin/credit/regulations/draft?code=demo&version=2', {
    ...officer,
    'regulation.read': () => ({ ...file, may: { write: true, submit: true, decide: false } }),
    'directory.units': () => new Promise<never>(() => undefined),
  });
  await screen.findByLabelText('适用范围（含下级单位）');
  expect(screen.queryByText(idOf(1))).toBeNull();
});

it('takes a draft from a file', async () => {
  renderApp('/admin/credit/regulations/draft', { ...officer, 'directory.units': () => [] });
  const text = await screen.findByLabelText('规则文件（JSON）');
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  fireEvent.change(input, { target: { files: [new File(['{ "format": 1 }'], 'rules.json')] } });
  await waitFor(() => expect(text.textContent).toBe('{ "format": 1 }'));
});

describe('what was typed in a draft and not saved', () => {
  const own = { ...file, state: 'draft' as const, may: { write: true, submit: true, decide: false } };
  const open = (revision = 3) =>
    renderApp('/admin/credit/regulations/draft?code=demo&version=2', {
      ...officer,
      'regulation.read': () => ({ ...own, draft: { ...own.draft!, revision } }),
      'directory.units': () => [],
      'regulation.saveDraft': () => ({ ok: true as const, code: 'demo', version: 2 }),
    });
  const textField = () => screen.findByLabelText('规则文件（JSON）');
  const type = async (typed: string) => {
    const text = await textField();
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    fireEvent.change(input, { target: { files: [new File([typed], 'rules.json')] } });
    await waitFor(() => expect(text.textContent).toBe(typed));
    cleanup();
  };

  it('is there again on the next visit, and can be dropped for good', async () => {
    open();
    await type('{ "version": 2, "title": "新" }');
    open();
    expect(await screen.findByText(/有没保存的修改，已恢复。/)).toBeDefined();
    expect((await textField()).textContent).toBe('{ "version": 2, "title": "新" }');
    fireEvent.click(screen.getByRole('button', { name: '不要这些修改' }));
    await waitFor(async () => expect((await textField()).textContent).toBe('{ "version": 2 }'));
    expect(screen.queryByText(/有没保存的修改/)).toBeNull();
    cleanup();
    open();
    expect((await textField()).textContent).toBe('{ "version": 2 }');
  });

  it('says when the draft has been saved since', async () => {
    open();
    await type('{ "version": 2, "title": "新" }');
    open(4);
    expect(await screen.findByText(/在那之后这份草稿又保存过/)).toBeDefined();
  });

  it('is forgotten once it is saved', async () => {
    open();
    await type('{ "version": 2, "title": "新" }');
    const { path } = open();
    await textField();
    fireEvent.click(screen.getByRole('button', { name: '保存草稿' }));
    await waitFor(() => expect(path()).toBe(address));
    cleanup();
    open();
    expect((await textField()).textContent).toBe('{ "version": 2 }');
  });
});

it('says what is still lacking beside the button that saves a draft', async () => {
  renderApp('/admin/credit/regulations/draft', {
    ...officer,
    'directory.units': () => [
      {
        id: idOf(5),
        parentId: null,
        path: [idOf(1), idOf(5)],
        name: { zh: '市委组织部', en: '' },
        code: 'ZZB',
        kind: 'department' as const,
      },
    ],
  });
  const save = await screen.findByRole('button', { name: '保存草稿', description: '先选适用范围' });
  fireEvent.mouseDown(screen.getByRole('combobox'));
  fireEvent.click(await screen.findByText('市委组织部'));
  await screen.findByRole('button', { name: '保存草稿', description: '先写规则文件' });
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  fireEvent.change(input, { target: { files: [new File(['{ "format": 1 }'], 'rules.json')] } });
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  expect(screen.queryByText('先写规则文件')).toBeNull();
});

it('keeps what an author typed and says line by line what the format does not take', async () => {
  renderApp('/admin/credit/regulations/draft?code=demo&version=2', {
    ...officer,
    'regulation.read': () => file,
    'directory.units': () => [],
    'regulation.saveDraft': () => ({
      ok: false as const,
      errors: [{ path: 'title', line: 1, sentence: '缺少标题' }],
    }),
  });
  const text = await screen.findByLabelText('规则文件（JSON）');
  expect(text.textContent).toBe('{ "version": 3 }');
  fireEvent.click(screen.getByRole('button', { name: '保存草稿' }));
  expect((await screen.findByRole('alert')).textContent).toContain('第 1 行 title 缺少标题');
  expect(text.textContent).toBe('{ "version": 3 }');
  fireEvent.click(screen.getByRole('button', { name: '第 1 行' }));
  expect(document.activeElement).toBe(text);
});

it('says after a sign-in over the page that the draft is still to be saved, and keeps its text', async () => {
  const saveDraft = vi.fn(() => refuse('NOT_SIGNED_IN'));
  renderApp('/admin/credit/regulations/draft?code=demo&version=2', {
    ...officer,
    'regulation.read': () => file,
    'directory.units': () => [],
    'regulation.saveDraft': saveDraft,
    'identity.signIn': () => undefined,
  });
  const text = await screen.findByLabelText('规则文件（JSON）');
  fireEvent.click(screen.getByRole('button', { name: '保存草稿' }));
  const dialog = await screen.findByRole('dialog', { name: '请重新登录' });
  await screen.findByText('登录已过期');
  fireEvent.change(within(dialog).getByLabelText('账号'), { target: { value: 'wangmin' } });
  fireEvent.change(within(dialog).getByLabelText('密码'), { target: { value: 'secret' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /登\s?录/ }));
  await screen.findByText('您已重新登录');
  expect(screen.getByRole('alert').textContent).toContain('刚才的操作没有生效，请再做一次');
  expect(screen.queryByText('登录已过期')).toBeNull();
  expect(text.textContent).toBe('{ "version": 3 }');
  expect(saveDraft).toHaveBeenCalledTimes(1);
});

it('heads the data in English on an English page, and says that their sentences are Chinese', async () => {
  renderApp(address, { ...inEnglish(officer), 'regulation.read': () => file });
  const heading = await screen.findByText('What counts');
  expect(heading.parentElement!.textContent).toContain('须 在场比例 ≥ 9/10');
  expect(screen.getByText('Measures')).toBeDefined();
  expect(screen.getByText('须 在场比例 ≥ 9/10').getAttribute('lang')).toBe('zh-CN');
  expect(screen.getByText('在场不少于 90%。').getAttribute('lang')).toBe('zh-CN');
});

const notes = [{ path: 'groups.forgotten', line: 1, sentence: '没有任何规则用到这个人员组' }];

it('shows what looks forgotten beside a version, and in the editor with the way to its line until the text changes', async () => {
  renderApp(address, { ...officer, 'regulation.read': () => ({ ...file, notes }) });
  const seen = await screen.findByRole('region', { name: /请注意/ });
  expect(seen.textContent).toContain('第 1 行 groups.forgotten 没有任何规则用到这个人员组');
  cleanup();
  const own = { ...file, text: '{ "version": 2 }', notes, may: { ...file.may, submit: true } };
  renderApp('/admin/credit/regulations/draft?code=demo&version=2', {
    ...officer,
    'regulation.read': () => own,
    'directory.units': () => [],
  });
  const inEditor = await screen.findByRole('region', { name: /请注意/ });
  const text = await screen.findByLabelText('规则文件（JSON）');
  fireEvent.click(within(inEditor).getByRole('button', { name: '第 1 行' }));
  expect(document.activeElement).toBe(text);
});
