import { refuse } from '@cadre/client/testing';
import type { AuditRow } from '@cadre/domain/audit';
import type { PersonFile } from '@cadre/domain/identity';
import { changeLanguage } from '@cadre/ui/i18n';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import ExcelJS from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf } from '../../testing/scene';

const admin = holding('system-admin');
const person = {
  id: idOf(2),
  personNo: 'TZ00001',
  name: '林海燕',
  unitId: idOf(1),
  status: 'active' as const,
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  rank: null,
  loginName: 'linhaiyan',
};

it('lists people and asks the server for what is searched', async () => {
  const { server } = renderApp('/admin/system', { ...admin, 'directory.people': () => pageOf([person]) });
  expect(await screen.findByText('林海燕')).toBeDefined();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'lhy' } });
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'directory.people')?.input).toMatchObject({
      search: 'lhy',
    }),
  );
});

it('has the server put people in the order of a column', async () => {
  const { server } = renderApp('/admin/system', { ...admin, 'directory.people': () => pageOf([person]) });
  await screen.findByText('林海燕');
  const asked = () => server.calls.findLast(({ procedure }) => procedure === 'directory.people')?.input;
  fireEvent.click(screen.getByRole('columnheader', { name: '职务职级' }));
  await waitFor(() => expect(asked()).toMatchObject({ sort: { key: 'rank', descending: false } }));
  fireEvent.click(screen.getByRole('columnheader', { name: '职务职级' }));
  await waitFor(() => expect(asked()).toMatchObject({ sort: { key: 'rank', descending: true } }));
});

it('enters a secondment with its end, says what each change does, and ends the one that is open', async () => {
  const [home, host] = [idOf(1), idOf(9)];
  const unitOf = (id: string, zh: string) => ({
    id,
    code: id.slice(-4),
    name: { zh, en: zh },
    kind: 'organ' as const,
    parentId: null,
    path: [id],
  });
  const units = [unitOf(home, '大陈镇'), unitOf(host, '市财政局')];
  const open = { unitId: host, kind: 'secondment' as const, from: '2026-06-01', to: null };
  const { server } = renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([person]),
    'directory.units': () => units,
    'network.map': () => [],
    'directory.person': () => ({
      person: {
        id: person.id,
        personNo: person.personNo,
        name: person.name,
        birthDate: null,
        unitId: home,
        unitPath: [home],
        affiliations: [{ unitId: home, kind: 'home' as const, from: '2020-01-01', to: null }, open],
        posts: [],
        grades: [],
        status: 'active' as const,
      },
      units,
      account: null,
      grants: [],
    }),
    'directory.changeHistory': () => refuse('HISTORY_NOT_YET'),
  });
  fireEvent.click(await screen.findByText('林海燕'));
  expect(await screen.findByText('借调 市财政局 · 2026-06-01 起')).toBeDefined();
  const choose = async (label: string, option: string) => {
    fireEvent.mouseDown(await screen.findByLabelText(label));
    fireEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }));
  };
  await choose('变动类型', '退休');
  expect(await screen.findByText(/从这天起没有任务，以前的记录保留/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '结束借调' }));
  expect(await screen.findByText('最后一天仍在借调单位。')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '核对变动' }));
  const read = await screen.findByRole('group', { name: '核对变动' });
  expect(read.textContent).toMatch(/结束借调 市财政局 · 2026-06-01 – 20/);
  expect(read.textContent).toContain('决定任务的职务职级不变：没有职务职级。');
  expect(server.calls.some(({ procedure }) => procedure === 'directory.changeHistory')).toBe(false);
  fireEvent.click(within(read).getByRole('button', { name: '登记这个变动' }));
  await waitFor(() =>
    expect(
      server.calls.findLast(({ procedure }) => procedure === 'directory.changeHistory')?.input,
    ).toMatchObject({ personId: person.id, change: { kind: 'second-end', unitId: host } }),
  );
  expect(await screen.findByText(/这个变动还没有生效/)).toBeDefined();
});

it('grants a role over a year that is chosen by its name, and names what a grant reaches', async () => {
  const year = { id: idOf(7), code: null, name: { zh: '2026 年度', en: 'Year 2026' }, startsAt: null };
  const held = {
    id: idOf(8),
    personId: person.id,
    role: 'class-teacher' as const,
    scope: { kind: 'class' as const, classId: idOf(9) },
    from: '2026-01-01',
    to: null,
    grantedBy: null,
    delegatedFrom: null,
    revokedAt: null,
    reaches: [
      {
        id: idOf(9),
        code: '2026-031',
        name: { zh: '海岛振兴专题班', en: '' },
        startsAt: new Date('2026-11-20T06:00:00Z'),
      },
    ],
  };
  const { server } = renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([person]),
    'directory.scopeTargets': () => [year],
    'directory.person': () => ({
      person: {
        id: person.id,
        personNo: person.personNo,
        name: person.name,
        birthDate: null,
        unitId: idOf(1),
        unitPath: [idOf(1)],
        affiliations: [],
        posts: [],
        grades: [],
        status: 'active' as const,
      },
      units: [],
      account: { loginName: 'linhaiyan', mustChangePassword: false, locked: true, disabledAt: null },
      grants: [held],
    }),
    'directory.addGrant': () => ({ grantId: idOf(10) }),
  });
  fireEvent.click(await screen.findByText('林海燕'));
  expect(await screen.findByText('2026-031 · 海岛振兴专题班 · 11月20日 周五 14:00')).toBeDefined();
  expect(screen.getByText('密码多次输错，暂时锁定')).toBeDefined();
  const choose = async (label: string, option: string) => {
    fireEvent.mouseDown(await screen.findByLabelText(label));
    fireEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }));
  };
  await choose('角色', '考核');
  await choose('考核年度', '2026 年度');
  fireEvent.click(screen.getByRole('button', { name: /^授\s*权$/ }));
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'directory.addGrant')?.input).toMatchObject(
      {
        personId: person.id,
        role: 'assessment-officer',
        scope: { kind: 'assessment-year', assessmentYearId: year.id },
      },
    ),
  );
});

it('keeps the fields of its forms apart, and Enter in a date does not send a form', async () => {
  const { server } = renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'directory.apiClients': () => [],
    'directory.units': () => [],
  });
  fireEvent.click(await screen.findByRole('tab', { name: '接口' }));
  await screen.findByText('还没有接口客户端');
  fireEvent.click(screen.getByRole('tab', { name: '人员与授权' }));
  fireEvent.click(await screen.findByRole('button', { name: '新增人员' }));
  const form = within(await screen.findByRole('dialog', { name: '新增人员' }));
  const name = form.getByLabelText('姓名');
  expect(document.getElementById(name.id)).toBe(name);
  const ids = [...document.querySelectorAll('input[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const day = form.getByLabelText('起始日期');
  expect(fireEvent.keyDown(day, { key: 'Enter', code: 'Enter' })).toBe(false);
  expect(server.calls.some(({ procedure }) => procedure === 'directory.addPerson')).toBe(false);
});

it('asks for a missing field by how it is filled: what is typed, and what is chosen', async () => {
  renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'directory.units': () => [],
  });
  fireEvent.click(await screen.findByRole('button', { name: '新增人员' }));
  const form = within(await screen.findByRole('dialog', { name: '新增人员' }));
  fireEvent.click(form.getByRole('button', { name: '新增这个人' }));
  await form.findByText('请选择单位');
  expect(form.getByText('请选择起始日期')).toBeTruthy();
  expect(form.getByText('请输入姓名')).toBeTruthy();
  changeLanguage('en');
  fireEvent.click(await form.findByRole('button', { name: 'Add this person' }));
  await form.findByText('Please choose Unit');
  expect(form.getByText('Please enter Name')).toBeTruthy();
});

it('shows the key of a new client once', async () => {
  const client = {
    id: idOf(5),
    name: '年度考核系统',
    permissions: ['feed:read' as const],
    assessmentYearIds: null,
    createdAt: new Date('2026-11-18T01:00:00Z'),
    revokedAt: null,
  };
  renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'directory.apiClients': () => [],
    'directory.addApiClient': () => ({ client, key: 'cadre_secret' }),
  });
  fireEvent.click(await screen.findByRole('tab', { name: '接口' }));
  expect(await screen.findByText('还没有接口客户端')).toBeDefined();
  fireEvent.change(screen.getByLabelText('名称'), { target: { value: '年度考核系统' } });
  fireEvent.click(screen.getByRole('button', { name: '新增客户端' }));
  expect(await screen.findByText(/cadre_secret/)).toBeDefined();
  expect(screen.getByText('「年度考核系统」的密钥，只显示这一次：')).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>('名称').value).toBe('');
});

it('reads the audit trail aloud, asks for an act and days, and shows the record itself', async () => {
  const entry = {
    id: idOf(7),
    at: new Date('2026-11-18T01:00:00Z'),
    actor: { kind: 'person' as const, personId: idOf(3) },
    action: 'training:session-cancelled',
    subject: { kind: 'session', id: idOf(8) },
    before: { status: 'scheduled' },
    after: { status: 'cancelled', cancelledReason: '大雾停航' },
    actorName: '陈国平',
    actorNo: 'TZ00003',
    names: { [idOf(8)]: { zh: '垦荒精神现场课', en: 'Reclamation' } },
  };
  const { server } = renderApp('/admin/system?tab=audit', {
    ...admin,
    'audit.list': () =>
      pageOf([
        entry,
        { ...entry, id: idOf(6), action: 'old:act-of-before' },
        { ...entry, id: idOf(5), action: 'live:room-closed', after: { status: 'closed', reason: 'host' } },
      ]),
  });
  const line = (await screen.findByText('取消了「垦荒精神现场课」这节课')).closest('tr')!;
  expect(line.textContent).toContain('陈国平 TZ00003');
  expect(line.textContent).toContain('大雾停航');
  expect(line.textContent).not.toContain(idOf(8));
  expect(screen.getByText('old:act-of-before')).toBeDefined();
  expect(screen.getByText('由现场的主持人结束')).toBeDefined();
  expect(screen.queryByText('host')).toBeNull();
  fireEvent.mouseDown(screen.getByLabelText('动作'));
  fireEvent.click(await screen.findByTitle('授权给…'));
  await waitFor(() =>
    expect(server.calls.findLast(({ procedure }) => procedure === 'audit.list')?.input).toMatchObject({
      action: 'identity:grant-given',
      personId: null,
      from: null,
    }),
  );
  fireEvent.click(line);
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByText('陈国平 TZ00003 取消了「垦荒精神现场课」这节课')).toBeDefined();
  expect(panel.textContent).toContain('training:session-cancelled');
  expect(panel.textContent).toContain('scheduled');
});

it('exports every page of the trail as it is read aloud, in the columns that are seen', async () => {
  const entry = (index: number): AuditRow => ({
    id: idOf(1_000 + index),
    at: new Date('2026-11-18T02:00:00Z'),
    actor: { kind: 'system' },
    action: 'training:capacity-changed',
    subject: { kind: 'class', id: idOf(4) },
    before: { capacity: 20 },
    after: { capacity: 30, reason: `第 ${index} 次` },
    actorName: null,
    actorNo: null,
    names: { [idOf(4)]: { zh: '乡村治理专题班', en: '' } },
  });
  const all = Array.from({ length: 201 }, (_, index) => entry(index));
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
  const { server } = renderApp('/admin/system?tab=audit', {
    ...admin,
    'audit.list': ({ page = 1, pageSize = 20 }) => ({
      items: all.slice((page - 1) * pageSize, page * pageSize),
      total: all.length,
      page,
      pageSize,
    }),
  });
  await screen.findAllByText(/乡村治理专题班/);
  fireEvent.click(screen.getByRole('button', { name: '导出所见' }));
  await waitFor(() => expect(files).toHaveLength(1));
  const book = await new ExcelJS.Workbook().xlsx.load(await files[0]!.arrayBuffer());
  const rows = book.worksheets[0]!.getSheetValues()
    .slice(1)
    .map((row) => (row as unknown[]).slice(1));
  expect(rows).toHaveLength(202);
  expect(rows[0]).toEqual(['时间', '操作人', '做了什么', '内容', '原因']);
  expect(rows[201]?.slice(1)).toEqual([
    '系统',
    expect.stringContaining('乡村治理专题班'),
    expect.stringContaining('30'),
    '第 200 次',
  ]);
  const asked = server.calls.filter(({ procedure }) => procedure === 'audit.list').slice(-2);
  expect(asked.map(({ input }) => input)).toMatchObject([
    { page: 1, action: null },
    { page: 2, action: null },
  ]);
});

it('says that nothing has been noted yet', async () => {
  renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([]),
    'audit.list': () => pageOf([]),
  });
  fireEvent.click(await screen.findByRole('tab', { name: '审计' }));
  expect(await screen.findByText('还没有记录')).toBeDefined();
});

it('says why the list is refused', async () => {
  renderApp('/admin/system', { ...admin, 'directory.people': () => refuse('NOT_ALLOWED') });
  expect(await screen.findByText('这里不对您开放')).toBeDefined();
});

it('shows the system admin what stays stuck, with its reason in words, and has it tried again', async () => {
  const job = {
    id: idOf(7),
    kind: 'live:close-room' as const,
    subject: '垦荒精神现场课',
    attempts: 8,
    code: 'DEFECT',
    givenUp: true,
  };
  const { server } = renderApp('/admin/system?tab=jobs', {
    ...admin,
    'job.stuck': () => [job],
    'job.retry': () => undefined,
  });
  const row = (await screen.findByText('垦荒精神现场课')).closest('tr')!;
  for (const text of ['关闭到时未关的课堂', '8 次', '系统内部出错', '已停下，等您处理'])
    expect(within(row).getAllByText(text).length).toBeGreaterThan(0);
  fireEvent.click(within(row).getByRole('button', { name: '再试一次' }));
  expect(await screen.findByText('已安排马上再试')).toBeDefined();
  expect(server.calls.find(({ procedure }) => procedure === 'job.retry')?.input).toEqual({ jobId: job.id });
});

it('offers a retired person only the way back into service, in the last unit', async () => {
  const home = idOf(1);
  const units = [
    {
      id: home,
      code: 'U1',
      name: { zh: '大陈镇', en: 'Dachen Town' },
      kind: 'organ' as const,
      parentId: null,
      path: [home],
    },
  ];
  const { server } = renderApp('/admin/system', {
    ...admin,
    'directory.people': () => pageOf([{ ...person, status: 'retired' as const }]),
    'directory.units': () => units,
    'network.map': () => [],
    'directory.changeHistory': () => undefined,
    'directory.person': () => ({
      person: {
        id: person.id,
        personNo: person.personNo,
        name: person.name,
        birthDate: null,
        unitId: home,
        unitPath: [home],
        affiliations: [{ unitId: home, kind: 'home' as const, from: '2020-01-01', to: '2026-08-31' }],
        posts: [],
        grades: [],
        status: 'retired' as const,
      },
      units,
      account: null,
      grants: [],
    }),
  });
  fireEvent.click(await screen.findByText('林海燕'));
  const panel = await screen.findByRole('dialog');
  fireEvent.mouseDown(await within(panel).findByLabelText('变动类型'));
  const options = await screen.findAllByText(/.+/, { selector: '.ant-select-item-option-content' });
  expect(options.map(({ textContent }) => textContent)).toEqual(['恢复任职']);
  fireEvent.click(options[0]!);
  await within(panel).findByText(/退休登记错了，就填当时的退休日期/);
  fireEvent.click(within(panel).getByRole('button', { name: '核对变动' }));
  const read = await within(panel).findByRole('group', { name: '核对变动' });
  fireEvent.click(within(read).getByRole('button', { name: '登记这个变动' }));
  await waitFor(() =>
    expect(
      server.calls.findLast(({ procedure }) => procedure === 'directory.changeHistory')?.input,
    ).toMatchObject({ change: { kind: 'reinstate', unitId: home } }),
  );
});

describe('a change of a history', () => {
  const [home, other] = [idOf(1), idOf(9)];
  const unitOf = (id: string, zh: string) => ({
    id,
    code: id.slice(-4),
    name: { zh, en: zh },
    kind: 'organ' as const,
    parentId: null,
    path: [id],
  });
  const units = [unitOf(home, '大陈镇'), unitOf(other, '市财政局')];
  const fileWith = (affiliations: PersonFile['person']['affiliations']): PersonFile => ({
    person: {
      id: person.id,
      personNo: person.personNo,
      name: person.name,
      birthDate: null,
      unitId: home,
      unitPath: [home],
      affiliations,
      posts: [],
      grades: [],
      status: 'active',
    },
    units,
    account: null,
    grants: [],
  });
  const own = { unitId: home, kind: 'home' as const, from: '2020-01-01', to: null };

  const moveTo = async (unit: string, answers: object) => {
    const { server } = renderApp('/admin/system', {
      ...admin,
      'directory.people': () => pageOf([person]),
      'directory.units': () => units,
      'network.map': () => [],
      ...answers,
    });
    fireEvent.click(await screen.findByText('林海燕'));
    const panel = await screen.findByRole('dialog');
    for (const [label, option] of [
      ['变动类型', '调动'],
      ['单位', unit],
    ] as const) {
      fireEvent.mouseDown(await within(panel).findByLabelText(label));
      fireEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }));
    }
    fireEvent.click(within(panel).getByRole('button', { name: '核对变动' }));
    return { server, panel, read: await within(panel).findByRole('group', { name: '核对变动' }) };
  };

  it('to the unit that somebody is in already is refused before it is sent', async () => {
    const { read } = await moveTo('大陈镇', { 'directory.person': () => fileWith([own]) });
    expect(read.textContent).toContain('这个人就在这个单位，没有登记这个变动');
    expect(within(read).queryByRole('button', { name: '登记这个变动' })).toBeNull();
  });

  it('on a day that has not come keeps what was typed, and says at the field that it cannot be', async () => {
    renderApp('/admin/system', {
      ...admin,
      'directory.people': () => pageOf([person]),
      'directory.person': () => fileWith([own]),
      'directory.units': () => units,
      'network.map': () => [],
    });
    fireEvent.click(await screen.findByText('林海燕'));
    const panel = await screen.findByRole('dialog');
    fireEvent.mouseDown(await within(panel).findByLabelText('变动类型'));
    fireEvent.click(await screen.findByText('借调', { selector: '.ant-select-item-option-content' }));
    expect(
      await within(panel).findByText('任务仍按大陈镇适用的办法计算，由大陈镇的联络员管理。'),
    ).toBeDefined();
    const day = within(panel).getByLabelText<HTMLInputElement>('生效日期');
    fireEvent.mouseDown(day);
    fireEvent.change(day, { target: { value: '2099-01-01' } });
    fireEvent.keyDown(day, { key: 'Enter', code: 'Enter' });
    expect(await within(panel).findByText(/^变动发生了才登记，最晚填今天/)).toBeDefined();
    fireEvent.click(within(panel).getByRole('button', { name: '核对变动' }));
    expect(day.value).toBe('2099-01-01');
    expect(within(panel).queryByRole('group', { name: '核对变动' })).toBeNull();
  });

  it('that somebody else has changed meanwhile says so, and shows the history of now', async () => {
    let file = fileWith([own]);
    const seconded = { unitId: other, kind: 'secondment' as const, from: '2026-11-01', to: null };
    const { server, panel, read } = await moveTo('市财政局', {
      'directory.person': () => file,
      'directory.changeHistory': () => {
        file = fileWith([own, seconded]);
        return refuse('CHANGED_MEANWHILE');
      },
    });
    fireEvent.click(within(read).getByRole('button', { name: '登记这个变动' }));
    expect(await within(panel).findByText(/刚才有人改过这一项，您的修改没有保存/)).toBeDefined();
    expect(await within(panel).findByText('借调 市财政局 · 2026-11-01 起')).toBeDefined();
    expect(
      server.calls.findLast(({ procedure }) => procedure === 'directory.changeHistory')?.input,
    ).toMatchObject({ seen: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });
});
