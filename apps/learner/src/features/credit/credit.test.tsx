import { refuse } from '@cadre/client/testing';
import type { Statement, StatementLine, Why } from '@cadre/domain/ledger';
import { sampleLeaf, sampleLine, sampleTarget } from '@cadre/domain/testing';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { me, renderApp } from '../../testing/render-app';
import { sampleId as idOf } from '../../testing/samples';

const zh = (text: string) => ({ zh: text, en: '' });
const regulation = { id: 'demo', version: 1 };

const line = (changes: Partial<StatementLine> = {}): StatementLine =>
  sampleLine({
    settlementId: idOf(1),
    source: { kind: 'session', id: idOf(2) },
    courseTitle: { zh: '垦荒精神', en: 'The spirit of reclamation' },
    ...changes,
  });
const refusal = {
  reason: 'condition-not-met',
  sentence: { zh: '在场 96 分钟，不足 80%', en: 'present for 96 minutes, less than 80%' },
  clause: '第十二条',
  item: 0,
  title: null,
};

const statement = (changes: Partial<Statement['standings'][number]> = {}, lines = [line()]): Statement => ({
  personId: me.person.id,
  asOf: '2026-11-22',
  servedUntil: null,
  person: {
    personNo: 'P00001',
    name: '林海燕',
    unit: { zh: '大数据局', en: 'Data bureau' },
    rank: { zh: '乡科级正职', en: 'Section head' },
  },
  moves: [],
  lastRecordedAt: new Date('2026-11-20T10:00:00Z'),
  chain: { seq: 2, hash: 'a'.repeat(64) },
  standings: [
    {
      regulation: { ...regulation, title: zh('学时管理办法'), source: zh('市委组织部') },
      measures: { days: zh('天'), hours: zh('学时') },
      targets: [
        sampleTarget({
          name: zh('年度集中培训'),
          clauseText: '每年不少于 12 天或者 90 学时。',
          alternatives: [
            [sampleLeaf('days', zh('天'), 70_000, 120_000)],
            [sampleLeaf('hours', zh('学时'), 520_000, 900_000)],
          ],
          least: [
            [{ leaf: 'days', measure: 'days', amount: 50_000 }],
            [{ leaf: 'hours', measure: 'hours', amount: 380_000 }],
          ],
        }),
      ],
      notCovered: [],
      flags: [],
      warnings: [],
      parts: [],
      ratings: [],
      caps: [],
      clauses: {},
      ...changes,
    },
  ],
  lines,
});

it('shows days or hours side by side, what is missing, and each target by its parts with its clause', async () => {
  renderApp('/credits', { 'credit.myStatement': () => statement() });
  const ring = await screen.findByRole('img', { name: /^年度集中培训/ });
  expect(ring.getAttribute('aria-label')).toBe('年度集中培训：7 / 12 天 或 52 / 90 学时');
  expect(screen.getByText('还差 5 天，或 38 学时')).toBeDefined();
  expect(screen.getByRole('progressbar', { name: '天' }).getAttribute('aria-valuetext')).toBe('7 / 12 天');
  expect(screen.getByRole('progressbar', { name: '或 学时' }).getAttribute('aria-valuetext')).toBe(
    '52 / 90 学时',
  );
  expect(screen.getByText('每年不少于 12 天或者 90 学时。')).toBeDefined();
  expect(screen.getByRole('link', { name: /垦荒精神现场课/ }).textContent).toContain(
    '11月20日 · +0.5 天 · 4 学时',
  );
  for (const [name, kind] of [
    ['下载 PDF 学时学分单', 'pdf'],
    ['下载 Excel 表', 'xlsx'],
  ])
    expect(screen.getByRole('link', { name: name! }).getAttribute('href')).toBe(
      `/api/v1/statement.${kind}?asOf=2026-11-22&language=zh`,
    );
});

it('opens a target, by its ring too, to the records that add up to each of its numbers', async () => {
  const days = sampleLeaf('days', zh('天'), 10_000, 120_000);
  const made = sampleLeaf('hours', zh('学时'), 60_000, 60_000);
  const target = sampleTarget({
    alternatives: [[days]],
    opened: [
      {
        leaf: 'days',
        carried: 0,
        isSum: true,
        counting: [
          { entry: 1, amount: 5_000 },
          { entry: 3, amount: 2_500 },
          { entry: 4, amount: 2_500 },
        ],
      },
    ],
  });
  const makesUp = {
    after: 'promotion',
    clause: '第十二条',
    clauseText: '一年内补足。',
    cycle: '2026',
  } as const;
  const making = sampleTarget({
    makesUp,
    alternatives: [[made]],
    opened: [{ leaf: 'hours', carried: 0, isSum: true, counting: [{ entry: 2, amount: 80_000 }] }],
  });
  const total = sampleTarget({
    target: 'total',
    alternatives: [[made]],
    opened: [{ leaf: 'hours', carried: 0, isSum: false, counting: [{ entry: null, amount: 40_000 }] }],
  });
  const view = vi.fn();
  Element.prototype.scrollIntoView = view;
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({ targets: [target, making, total] }, [
        line({ settlementId: idOf(3), title: '海岛治理', entries: [3, 4] }),
        line(),
      ]),
  });
  const [ring] = await screen.findAllByRole('img', { name: /^年度集中培训/ });
  const own = screen.getByText('1 天由这些记录组成').closest('details')!;
  expect(own.open).toBe(false);
  fireEvent.click(ring!);
  expect(own.open).toBe(true);
  expect(view).toHaveBeenCalled();
  expect(document.activeElement).toBe(own.querySelector('summary'));
  const rows = [...own.querySelectorAll('li')].map(({ textContent }) => textContent);
  expect(rows).toEqual(['海岛治理11月20日0.5 天', '垦荒精神现场课11月20日0.5 天', '合计1 天']);
  expect(screen.getByText('只需补足缺少的部分，所以计为 6 学时。')).toBeDefined();
  expect(screen.getByText('期初结存').closest('details')?.textContent).toContain('不是简单相加');
});

it('says of what no study closes any more that it is out of reach, and of two ways the one that is left', async () => {
  const [days, hours] = ['days', 'hours'].map((measure) => [sampleLeaf(measure, zh('天'), 0, 900_000)]);
  const shut = sampleTarget({ alternatives: [days!], least: [[]] });
  const left = sampleTarget({
    target: 'left',
    alternatives: [days!, hours!],
    least: [[], [{ leaf: 'hours', measure: 'hours', amount: 380_000 }]],
  });
  renderApp('/credits', { 'credit.myStatement': () => statement({ targets: [shut, left] }) });
  expect(await screen.findByText('再学也达不到')).toBeDefined();
  expect(screen.getByText('还差 38 学时')).toBeDefined();
});

it('shows of whoever is exempt what there is, beside nothing that was not asked', async () => {
  const exempt = sampleTarget({
    state: 'exempt',
    reading: 'exempt',
    met: true,
    alternatives: [[sampleLeaf('days', zh('天'), 80_000, 0)]],
  });
  renderApp('/credits', { 'credit.myStatement': () => statement({ targets: [exempt] }) });
  const ring = await screen.findByRole('img', { name: /^年度集中培训/ });
  expect(ring.getAttribute('aria-label')).toContain('8 天');
  expect(screen.getByRole('progressbar', { name: '天' }).getAttribute('aria-valuetext')).toBe('8 天');
  expect(document.body.textContent).not.toContain('/ 0');
});

it('sums up by part, says what the limits took with the sentence of the rule, and why the targets moved', async () => {
  renderApp('/credits', {
    'credit.myStatement': () => ({
      ...statement({
        parts: [
          { cycle: '2026', part: zh('集中培训'), measure: 'days', amount: 70_000, carried: 0, counting: [] },
          {
            cycle: '2026',
            part: zh('集中培训'),
            measure: 'hours',
            amount: 520_000,
            carried: 20_000,
            counting: [{ entry: 2, amount: 500_000 }],
          },
        ],
        caps: [
          {
            clause: '第三条',
            clauseText: '同一天最多计 1 天。',
            name: zh('每日上限'),
            measure: 'days',
            cut: 5_000,
            counting: [{ entry: 1, amount: 5_000 }],
          },
        ],
      }),
      moves: [
        {
          kind: 'rank',
          on: '2026-03-01',
          sentence: { zh: '由乡科级副职任乡科级正职。', en: 'from section deputy to section head.' },
          changes: true,
        },
        {
          kind: 'transfer',
          on: '2026-04-01',
          sentence: { zh: '由甲单位转到乙单位，任务不变。', en: 'moved from A to B.' },
          changes: false,
        },
      ],
    }),
  });
  const term = await screen.findByText('集中培训 · 2026');
  expect(term.nextElementSibling?.textContent).toBe('7 天 · 52 学时 · 其中结转 2 学时');
  const records = within(term.closest('details')!);
  expect(records.getByRole('link', { name: /垦荒精神现场课/ }).closest('li')?.textContent).toContain(
    '50 学时',
  );
  expect(records.getByText('上一期结转').closest('li')?.textContent).toContain('2 学时');
  expect(records.getByText('合计').closest('li')?.textContent).toBe('合计52 学时');
  const cap = screen.getByText('每日上限：0.5 天 没有计入').closest('details')!;
  expect(cap.textContent).toContain('第三条 · 同一天最多计 1 天。');
  expect(
    within(cap)
      .getByRole('link', { name: /垦荒精神现场课/ })
      .getAttribute('href'),
  ).toBe(`/credits/${idOf(1)}`);
  const moves = within(screen.getByRole('region', { name: '任务为什么变了' }));
  expect(moves.getByText('2026年3月1日：由乡科级副职任乡科级正职。')).toBeDefined();
  expect(moves.queryByText(/任务不变/)).toBeNull();
  const others = within(screen.getByRole('region', { name: '单位和职务的变动' }));
  expect(others.getByText('2026年4月1日：由甲单位转到乙单位，任务不变。')).toBeDefined();
});

it('warns once of what would follow while the year is open, and states it once when it has followed', async () => {
  const says = zh('当年考核不得评为优秀');
  const { server } = renderApp('/credits', {
    'credit.myStatement': () =>
      statement({
        warnings: [
          {
            says,
            clause: '第十四条',
            targets: [zh('年度集中培训'), zh('年度网络自学')],
            until: '2026-12-31',
          },
          { says, clause: '第十二条', targets: [zh('任职补足')], until: '2027-11-17' },
        ],
      }),
  });
  await screen.findByText(
    '12月31日前没有完成“年度集中培训”或“年度网络自学”的，当年考核不得评为优秀（第十四条）。',
  );
  screen.getByText('2027年11月17日前没有完成“任职补足”的，当年考核不得评为优秀（第十二条）。');
  expect(screen.queryByText(says.zh)).toBeNull();
  server.answer({
    'credit.myStatement': () => statement({ flags: [{ flag: 'not-excellent', says, clause: '第十四条' }] }),
  });
  fireEvent.change(document.querySelector('input[type=date]')!, { target: { value: '2026-06-30' } });
  await screen.findByText(says.zh);
  expect(screen.getByText('依据第十四条')).toBeDefined();
  expect(screen.getByText('截至 2026年6月30日 的记录')).toBeDefined();
  expect(server.calls.at(-1)).toMatchObject({
    procedure: 'credit.myStatement',
    input: { asOf: '2026-06-30' },
  });
});

it('says of each record whether it counted, in part, up to a limit, or not and why', async () => {
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({}, [
        line({ settlementId: idOf(3), title: '没到的课', earned: [], refusals: [refusal] }),
        line({
          settlementId: idOf(4),
          title: '六门网课',
          items: 6,
          refusedItems: 1,
          refusals: [{ ...refusal, item: 2, title: '公共数据' }],
        }),
        line({
          settlementId: idOf(5),
          title: '超过上限的课',
          earned: [
            { measure: 'hours', name: zh('学时'), amount: 80_000, counted: 20_000, limited: true },
            { measure: 'days', name: zh('天'), amount: 10_000, counted: 10_000, limited: false },
          ],
        }),
        line({ settlementId: idOf(6), title: '更正过的课', replaced: true }),
        line({
          settlementId: idOf(7),
          title: '补记的课',
          correction: 3,
          earned: [{ measure: 'days', name: zh('天'), amount: 170_000, counted: 10_000, limited: true }],
        }),
        line({
          settlementId: idOf(8),
          title: '只在一期里到上限的课',
          earned: [{ measure: 'days', name: zh('天'), amount: 10_000, counted: 10_000, limited: true }],
        }),
        line({ settlementId: idOf(9), title: '半次课', refusals: [refusal] }),
      ]),
  });
  const row = async (name: RegExp) => within(await screen.findByRole('link', { name }));
  const refused = await row(/没到的课/);
  expect(refused.getByText('没有计入')).toBeDefined();
  expect(refused.getByText('在场 96 分钟，不足 80%')).toBeDefined();
  const lessons = await row(/六门网课/);
  expect(lessons.getByText('6 项中 1 项没有计入')).toBeDefined();
  expect(lessons.getByText('没有计入：公共数据')).toBeDefined();
  expect((await row(/半次课/)).getByText('有一部分没有计入')).toBeDefined();
  expect((await row(/只在一期里到上限的课/)).getByText('到上限，有一部分没有计入')).toBeDefined();
  expect((await row(/超过上限的课/)).getByText('到上限，计入 2 学时')).toBeDefined();
  expect((await row(/更正过的课/)).getByText('已更正')).toBeDefined();
  const late = await row(/补记的课/);
  expect(late.getByText('记入已结束的年度（第 3 号更正）')).toBeDefined();
  expect(late.getByText('到上限，计入 1 天')).toBeDefined();
});

it('puts the records of a year together under what they come to, without what no longer stands', async () => {
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({}, [
        line({ settlementId: idOf(3), occurredOn: '2027-01-04' }),
        line({ settlementId: idOf(4), earned: [...line().earned].reverse() }),
        line({ settlementId: idOf(5), occurredOn: '2026-03-02' }),
        line({ settlementId: idOf(6), occurredOn: '2026-03-01', replaced: true }),
        line({ settlementId: idOf(7), occurredOn: '2026-02-01', governs: false }),
      ]),
  });
  const heads = await screen.findAllByRole('heading', { level: 3, name: /年/ });
  expect(heads.map(({ textContent }) => textContent)).toEqual([
    '2027 年计入 0.5 天 · 4 学时',
    '2026 年计入 1 天 · 8 学时',
  ]);
  expect(within(screen.getByRole('list', { name: '2026 年' })).getAllByRole('link')).toHaveLength(4);
});

it('leads from a record back to the day whose statement it was opened from', async () => {
  renderApp('/credits?asOf=2026-06-30', {
    'credit.myStatement': () => statement({}, [line()]),
    'credit.why': () => why(),
  });
  const record = await screen.findByRole('link', { name: new RegExp(line().title) });
  expect(record.getAttribute('href')).toBe(`/credits/${line().settlementId}?asOf=2026-06-30`);
  fireEvent.click(record);
  const back = await screen.findByRole('link', { name: '我的学分' });
  expect(back.getAttribute('href')).toBe('/credits?asOf=2026-06-30');
});

it('says of what is no day that it is none, and shows today with the field', async () => {
  const read = vi.fn((_input: unknown) => statement({}, [line()]));
  renderApp('/credits?asOf=2026-13-45', { 'credit.myStatement': read });
  await screen.findByRole('link', { name: new RegExp(line().title) });
  expect(read).toHaveBeenCalledWith({});
  expect(screen.queryByText(/^截至/)).toBeNull();
  expect(
    screen.getByRole('button', {
      name: /看截至某一天的记录/,
      description: '“2026-13-45”不是日期，这里是今天的记录。',
    }),
  ).toBeDefined();
});

it('has the way back to today where a day to come is asked for', async () => {
  const { path } = renderApp('/credits?asOf=2030-01-01', {
    'credit.myStatement': (asked) =>
      asked?.asOf === undefined ? statement() : refuse('STATEMENT_OF_FUTURE_DAY'),
  });
  await screen.findByText('请选今天或以前的日期。');
  expect(screen.getByRole('button', { name: /看截至某一天的记录/ }).textContent).toContain('2030年1月1日');
  fireEvent.click(screen.getByRole('button', { name: '回到今天' }));
  await screen.findByRole('img', { name: /^年度集中培训/ });
  expect(path()).toBe('/credits');
  expect(screen.queryByRole('button', { name: '回到今天' })).toBeNull();
});

it('says without a network that the files need one', async () => {
  renderApp('/credits', { 'credit.myStatement': () => statement() });
  await screen.findByRole('link', { name: '下载 Excel 表' });
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  const files = await screen.findAllByRole('button', { description: '现在没有网络，下载要等连上网络。' });
  expect(files.map((file) => [file.textContent, file.getAttribute('aria-disabled')])).toEqual([
    ['下载 PDF 学时学分单', 'true'],
    ['下载 Excel 表', 'true'],
  ]);
  online.mockRestore();
  // What the tests after this one send waits for nothing.
  window.dispatchEvent(new Event('online'));
});

it('says of an earlier day that there were no rules and no records yet, and nothing of what is to come', async () => {
  renderApp('/credits?asOf=2023-01-01', {
    'credit.myStatement': () => ({ ...statement({}, []), standings: [], asOf: '2023-01-01' }),
  });
  await screen.findByText('到这一天为止还没有记录');
  expect(screen.getByText(/^到这一天为止，这里还没有登记您单位已生效的学时学分办法/)).toBeDefined();
  expect(screen.queryByText(/上完第一次课|等办法生效/)).toBeNull();
});

it('says what will appear while there is nothing yet, and when no rules are in force', async () => {
  renderApp('/credits', {
    'credit.myStatement': () => ({ ...statement({}, []), standings: [] }),
  });
  await screen.findByText('上完第一次课，学分和依据会出现在这里');
  expect(screen.getByText(/没有生效的学时学分办法/)).toBeDefined();
});

it('asks for one activity where anything will do, and names no amount', async () => {
  const once = sampleTarget({
    least: [[{ leaf: 'long', measure: 'hours', amount: 100, one: zh('一次活动（天数 ≥ 10）') }]],
  });
  renderApp('/credits', { 'credit.myStatement': () => statement({ targets: [once] }) });
  expect(await screen.findByText('还差 一次活动（天数 ≥ 10）')).toBeDefined();
});

it('shows whoever is retired the figures of the last day of service, and neither what is missing nor a reading', async () => {
  renderApp('/credits', {
    'credit.myStatement': () => ({
      ...statement({
        parts: [{ cycle: '2026', part: null, measure: 'hours', amount: 520_000, carried: 0, counting: [] }],
      }),
      servedUntil: '2026-11-21',
    }),
  });
  await screen.findByText(
    '您已退休，自2026年11月22日起没有任务；以下是 2026 年的学习记录，算到在职的最后一天。',
  );
  const targets = screen.getByRole('heading', { name: '各项要求' }).closest('section')!;
  expect(targets.textContent).toContain('7 / 12 天');
  expect(targets.textContent).not.toMatch(/落后|进行中/);
  expect(screen.queryByText(/还差|达不到/)).toBeNull();
  expect(screen.getByRole('heading', { name: '各部分小计' })).toBeDefined();
});

it('checks the chain of entries on request', async () => {
  renderApp('/credits', {
    'credit.myStatement': () => statement(),
    'credit.checkChain': () => ({ intact: true, entries: 2, head: 'a'.repeat(64), fault: null }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '核对流水有没有被改动' }));
  await screen.findByText('完整：2 条流水首尾相连，没有被改动。');
  expect(screen.getByText(`末条 #000002，校验值 ${'a'.repeat(64)}`)).toBeDefined();
});

it('checks as of a day where the entries ended on it, as the paper of that day says', async () => {
  renderApp('/credits?asOf=2026-11-17', {
    'credit.myStatement': () => statement(),
    'credit.checkChain': ({ asOf }) =>
      asOf === '2026-11-17'
        ? { intact: true, entries: 1, head: 'b'.repeat(64), fault: null }
        : { intact: true, entries: 2, head: 'a'.repeat(64), fault: null },
  });
  fireEvent.click(await screen.findByRole('button', { name: '核对流水有没有被改动' }));
  await screen.findByText(/^完整：截至 .*11月17日.*的 1 条流水首尾相连，此后也没有被改动。$/);
  expect(screen.getByText(`末条 #000001，校验值 ${'b'.repeat(64)}`)).toBeDefined();
  expect(screen.getByText('截至这一天的学时学分单上，末条校验值应与它相同。')).toBeDefined();
});

const why = (changes: Partial<Why> = {}): Why => ({
  line: line(),
  correction: null,
  attendance: {
    sessionId: idOf(2),
    held: { startsAt: new Date('2026-11-20T06:00:00Z'), endsAt: new Date('2026-11-20T08:30:00Z') },
    checkedInAt: new Date('2026-11-20T05:58:00Z'),
    checkedOutAt: new Date('2026-11-20T08:30:00Z'),
    endedByClose: false,
    disputed: false,
  },
  facts: [
    { item: 0, name: { zh: '开课分钟', en: 'minutes held' }, value: { zh: '150', en: '150' } },
    { item: 0, name: { zh: '在场分钟', en: 'minutes present' }, value: { zh: '144', en: '144' } },
  ],
  titles: [null],
  steps: [
    {
      item: 0,
      sentence: { zh: '在场比例 96%，要求 ≥ 80% ✓', en: 'present 96%, needed ≥ 80% ✓' },
      clause: '第十二条',
    },
  ],
  clauses: [{ number: '第十二条', text: '半天计 0.5 天。', of: null }],
  regulation: { title: zh('学时管理办法'), version: 1, issuer: zh('市委组织部'), number: null },
  entries: [
    {
      seq: 31,
      item: 0,
      measure: 'hours',
      amount: 40_000,
      counted: 20_000,
      cuts: [
        {
          clause: '第十三条',
          sentence: { zh: '讲课：最多 8 学时，此前已计 6 学时，本次少计 2 学时', en: '' },
        },
      ],
      hash: 'b'.repeat(64),
      reverses: null,
    },
  ],
  ...changes,
});

it('opens a credit down to record, minutes, clause and entry on one screen', async () => {
  renderApp(`/credits/${idOf(1)}`, { 'credit.why': () => why() });
  await screen.findByRole('heading', { level: 1, name: '垦荒精神现场课' });
  for (const text of [
    '+0.5 天',
    '144',
    '14:00–16:30',
    '13:58',
    '16:30',
    '在场比例 96%，要求 ≥ 80% ✓',
    '半天计 0.5 天。',
    '流水 #000031',
    '讲课：最多 8 学时，此前已计 6 学时，本次少计 2 学时（第十三条）',
  ])
    expect(screen.getByText(text)).toBeDefined();
});

it('opens a refused credit to what was recorded, says that the ledger has nothing of it, and takes a report', async () => {
  const { server } = renderApp(`/credits/${idOf(1)}`, {
    'credit.why': () =>
      why({
        line: line({
          earned: [],
          refusals: [refusal],
          refusedItems: 1,
          settlement: { seq: 12, hash: 'c'.repeat(64) },
        }),
        attendance: {
          sessionId: idOf(2),
          held: null,
          checkedInAt: null,
          checkedOutAt: null,
          endedByClose: false,
          disputed: false,
        },
        steps: [],
        entries: [],
      }),
    'live.dispute': () => null,
  });
  await screen.findByText('没有签到记录');
  expect(screen.queryByText('签退')).toBeNull();
  expect(screen.getByText(/没有计入，流水里就没有这一条/)).toBeDefined();
  expect(screen.getByText('第 12 次结算')).toBeDefined();
  expect(screen.getByText(`校验值 ${'c'.repeat(16)}`)).toBeDefined();
  expect(document.body.textContent).not.toContain('记入');
  fireEvent.click(screen.getByRole('button', { name: '有误？' }));
  fireEvent.change(await screen.findByLabelText(/说明/), { target: { value: '我在场' } });
  fireEvent.click(screen.getByRole('button', { name: '提出' }));
  await screen.findByText('已提出');
  expect(server.calls.find(({ procedure }) => procedure === 'live.dispute')?.input).toEqual({
    sessionId: idOf(2),
    text: '我在场',
  });
});

it('says of what is to be made up since when, for what and by which clause', async () => {
  const [target] = statement().standings[0]!.targets;
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({
        targets: [
          {
            ...target!,
            cycle: { from: '2026-11-18', to: '2027-11-17', label: '2026-11-18–2027-11-17' },
            makesUp: {
              after: 'promotion',
              clause: '第十二条',
              clauseText: '应在提任后一年内补足。',
              cycle: '2026',
            },
            reading: 'on-track',
          },
        ],
      }),
  });
  await screen.findByText('补足提任前 2026 年度没有完成的部分，到2027年11月17日为止（第十二条）');
  expect(screen.getByText('应在提任后一年内补足。')).toBeDefined();
  expect(screen.getByText('每年不少于 12 天或者 90 学时。')).toBeDefined();
  expect(screen.getByText('2027年11月17日前')).toBeDefined();
  expect(screen.getByText('进行中')).toBeDefined();
  expect(document.body.textContent).not.toContain('2026-11-18–2027-11-17');
});

it('says what else there is to a target: what made up the cycle before, a missing record, each with its clause', async () => {
  const [target] = statement().standings[0]!.targets;
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({
        targets: [
          {
            ...target!,
            notes: [
              {
                sentence: { zh: '另有 4 学时用于补足 2025 年度，不再计入本年度', en: '' },
                clause: '第十一条',
                clauseText: '补学的学时不计入当年。',
              },
              {
                sentence: { zh: '没有记录出生日期，不能判断是否减免，先按不减免算', en: '' },
                clause: '第十三条',
                clauseText: '年满 60 周岁的免除。',
              },
            ],
          },
        ],
      }),
  });
  await screen.findByText('另有 4 学时用于补足 2025 年度，不再计入本年度（第十一条）');
  expect(screen.getByText('补学的学时不计入当年。')).toBeDefined();
  expect(screen.getByText('没有记录出生日期，不能判断是否减免，先按不减免算（第十三条）')).toBeDefined();
  expect(screen.getByText('年满 60 周岁的免除。')).toBeDefined();
});

it('says which record is missing to know whether a target applies', async () => {
  const notRecorded = { zh: '没有记录出生日期，不能判断是否适用，先按不适用算', en: '' };
  const notCovered = [
    { target: 'old', name: { zh: '年长干部培训', en: '' }, because: 'group' as const, notRecorded },
  ];
  renderApp('/credits', { 'credit.myStatement': () => statement({ notCovered }) });
  await screen.findByText('“年长干部培训”不适用：没有记录出生日期，不能判断是否适用，先按不适用算');
});

it('opens a source of several items one by one and marks the one that did not count', async () => {
  renderApp(`/credits/${idOf(1)}`, {
    'credit.why': () =>
      why({
        line: line({
          items: 2,
          refusedItems: 1,
          refusals: [{ ...refusal, item: 1 }],
          settlement: { seq: 12, hash: 'c'.repeat(64) },
        }),
        facts: [0, 1].map((item) => ({
          item,
          name: { zh: '实际播放分钟', en: 'minutes played' },
          value: { zh: String(45 - item), en: String(45 - item) },
        })),
        titles: ['海岛治理', null],
      }),
  });
  const second = (await screen.findByText('第 2 项')).closest('summary')!;
  expect(within(second).getByText('没有计入')).toBeDefined();
  const [first, ofEntry] = screen.getAllByText('海岛治理');
  expect(within(first!.closest('summary')!).queryByText('没有计入')).toBeNull();
  // The entry says which of the items it is for.
  expect(ofEntry!.closest('li')?.textContent).toMatch(/流水 #\d{6}/);
  expect(screen.getByText('2 项中 1 项没有计入')).toBeDefined();
  expect(screen.getByText('第 2 项 · 在场 96 分钟，不足 80%')).toBeDefined();
  const inside = within(second.closest('details')!);
  expect(inside.getByText('没有计入：在场 96 分钟，不足 80%')).toBeDefined();
  expect(inside.getByText('第十二条')).toBeDefined();
  expect(inside.getByText('第 12 次结算')).toBeDefined();
  expect(inside.getByText(`校验值 ${'c'.repeat(16)}`)).toBeDefined();
  expect(within(first!.closest('details')!).queryByText('第 12 次结算')).toBeNull();
});

it('explains the number of a correction: what it changed, when, and by whom', async () => {
  const days = { measure: 'days', name: zh('天'), amount: 10_000 };
  const { server } = renderApp(`/credits/${idOf(1)}`, {
    'credit.why': () => why({ correction: { number: 3, replaces: { seq: 7, earned: [days] }, by: '王敏' } }),
  });
  await screen.findByText('第 3 号更正');
  expect(screen.getByText(/取代第 7 次结算：原来得 1 天，现在得 0.5 天 · 4 学时。/)).toBeDefined();
  expect(screen.getByText(/11月20日 周五 18:00由王敏记入；没有另外记下理由。$/)).toBeDefined();
  cleanup();
  server.answer({});
  renderApp(`/credits/${idOf(1)}`, {
    'credit.why': () => why({ correction: { number: 1, replaces: null, by: null } }),
  });
  await screen.findByText(/此前没有记过它。/);
  expect(screen.getByText(/由系统按记录自动结算/)).toBeDefined();
});

it('answers a foreign record like a missing one, and keeps the way back', async () => {
  renderApp(`/credits/${idOf(1)}`, { 'credit.why': () => refuse('NOT_FOUND') });
  await screen.findByText('没有找到');
  expect(screen.getByRole('link', { name: '我的学分' }).getAttribute('href')).toBe('/credits');
});

it('says until when something counts for the assessment, and shows nothing of it where there is none', async () => {
  const year = { id: idOf(9), name: '2026 年度', cutOffAt: new Date('2026-12-31T18:00:00+08:00') };
  const { server, client } = renderApp('/credits', {
    'credit.myStatement': () => statement(),
    'assessment.mine': () => [{ year, frozen: null }],
  });
  await screen.findByText('考核截止 12月31日 周四 18:00；此前结算的计入。');
  server.answer({ 'assessment.mine': () => [] });
  await client.queries.invalidateQueries();
  await waitFor(() => expect(screen.queryByText('年度考核')).toBeNull());
});

it('shows the frozen result of the year with its number and its reasons', async () => {
  renderApp('/credits', {
    'credit.myStatement': () => statement(),
    'assessment.mine': () => [
      {
        year: { id: idOf(9), name: '2026 年度', cutOffAt: new Date('2026-12-20T18:00:00+08:00') },
        frozen: {
          snapshotNo: 1,
          reading: 'missed',
          targets: [
            {
              target: 'online',
              name: zh('网络培训'),
              cycle: { from: '2026-01-01', to: '2026-12-31' },
              makesUp: null,
              reading: 'missed',
              reasons: [
                { kind: 'short', sentence: zh('有 41 学时，要求 50 学时，差 9 学时'), clause: '第十条' },
              ],
            },
          ],
        },
      },
    ],
  });
  const section = (await screen.findByRole('heading', { name: '年度考核' })).closest('section')!;
  expect(section.textContent).toContain('本年度结果已定格（第 1 号）');
  expect(within(section).getAllByText('未达标')).toHaveLength(2);
  expect(section.textContent).toContain('有 41 学时，要求 50 学时，差 9 学时（第十条）');
});

it('gives the English name of the course beside a line and above its reasons on an English page', async () => {
  const { server } = renderApp('/credits', {
    'identity.me': () => ({ ...me, settings: { ...me.settings, language: 'en' } }),
    'credit.myStatement': () => statement(),
  });
  const [link] = await screen.findAllByText('The spirit of reclamation');
  expect(screen.getByText('垦荒精神现场课').getAttribute('lang')).toBe('zh-CN');
  server.answer({ 'credit.why': () => why() });
  fireEvent.click(link!);
  const heading = await screen.findByRole('heading', { level: 1, name: '垦荒精神现场课' });
  expect(within(heading.closest('header')!).getByText('The spirit of reclamation')).toBeDefined();
});

it('names the clauses of the earlier version by which something is to be made up', async () => {
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({
        targets: [
          sampleTarget({
            name: zh('年度集中培训'),
            cycle: { from: '2026-03-01', to: '2027-02-28', label: '2026-03-01–2027-02-28' },
            makesUp: { after: 'promotion', clause: '第十二条', clauseText: '一年内补足。', cycle: '2026' },
            judgedBy: { title: zh('旧办法'), version: 1 },
          }),
        ],
      }),
  });
  expect((await screen.findByText(/^补足提任前/)).textContent).toContain('（第 1 版第十二条）');
  expect(screen.getByText('第 1 版第十二条 · 旧办法')).toBeDefined();
  expect(screen.getByText('第 1 版第九条 · 旧办法')).toBeDefined();
});

it('says how one is rated so far, by how much, how that came about, and by which clause', async () => {
  const rating = {
    rating: 'level',
    name: zh('等次'),
    cycle: '2026',
    amount: 480_000,
    measure: 'hours',
    is: zh('合格'),
    final: false,
    clause: '第八条',
    clauseText: '60 以上优秀，40 以上合格。',
    notes: [{ sentence: zh('年度学分：培训 50 + 缺训 (-2) = 48'), clause: '第六条' }],
  };
  renderApp('/credits', {
    'credit.myStatement': () =>
      statement({ ratings: [rating, { ...rating, rating: 'other', name: zh('星级'), is: null }] }),
  });
  const rated = (await screen.findByText('合格')).closest('details')!;
  expect(rated.querySelector('summary')?.textContent).toBe('等次2026 年度，按目前的 48 学时合格');
  expect(rated.textContent).toContain('年度学分：培训 50 + 缺训 (-2) = 48（第六条）');
  expect(rated.textContent).toContain('第八条 · 学时管理办法');
  expect(screen.getByText('还定不了')).toBeDefined();
});

it('says of several regulations under which one each target is asked, and of one alone nothing', async () => {
  const [own] = statement().standings;
  const complaints = vi.spyOn(console, 'error');
  const second = { ...own!.regulation, id: 'second', title: zh('学分制考核办法') };
  renderApp('/credits', {
    'credit.myStatement': () => ({ ...statement(), standings: [own!, { ...own!, regulation: second }] }),
  });
  const headings = async () =>
    (await screen.findAllByRole('heading', { level: 2 })).map(({ textContent }) => textContent);
  await screen.findByRole('heading', { name: '学分制考核办法' });
  // Targets of two regulations may bear the same id.
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
  expect((await headings()).slice(0, 4)).toEqual(['学时管理办法', '各项要求', '学分制考核办法', '各项要求']);
  cleanup();
  renderApp('/credits', { 'credit.myStatement': () => statement() });
  await screen.findByRole('heading', { name: '各项要求' });
  expect(screen.queryByRole('heading', { name: '学时管理办法' })).toBeNull();
});

it('says in January how the year before ended and what follows, also as of a day of January; later it does not', async () => {
  const cycle = { from: '2026-01-01', to: '2026-12-31', label: '2026' };
  const met = sampleTarget({ name: zh('年度网络自学'), cycle, state: 'met', target: 'online' });
  const open = sampleTarget({ name: zh('年度集中培训'), cycle, state: 'open' });
  const asked: unknown[] = [];
  let today = '2027-01-02';
  const answers = {
    'credit.myStatement': (input: unknown) => {
      asked.push(input);
      const { asOf = today } = input as { asOf?: string };
      const ended = statement({
        targets: [met, open],
        flags: [{ flag: 'not-excellent', says: zh('当年考核不得评为优秀'), clause: '第十四条' }],
      });
      return { ...ended, asOf };
    },
  };
  renderApp('/credits', answers);
  const row = await screen.findByRole('link', { name: /2026 年度的结果/ });
  expect(row.textContent).toContain('当年考核不得评为优秀依据第十四条');
  expect(row.getAttribute('href')).toContain('asOf=2026-12-31');
  expect(row.textContent).toMatch(/年度网络自学.*达标.*年度集中培训.*未达标/);
  expect(asked).toContainEqual({ asOf: '2026-12-31' });
  cleanup();
  renderApp('/credits?asOf=2027-01-01', answers);
  await screen.findByRole('link', { name: /2026 年度的结果/ });
  cleanup();
  today = '2027-04-01';
  renderApp('/credits', answers);
  await screen.findByText('查阅与核对');
  expect(screen.queryByRole('link', { name: /年度的结果/ })).toBeNull();
});

it('says nothing of the year before outside of the first months, though its statement was opened', async () => {
  const cycle = { from: '2025-01-01', to: '2025-12-31', label: '2025' };
  const missed = sampleTarget({ name: zh('年度集中培训'), cycle, state: 'missed' });
  renderApp('/credits?asOf=2025-12-31', {
    'credit.myStatement': ({ asOf = '2026-11-22' }) => ({ ...statement({ targets: [missed] }), asOf }),
  });
  await screen.findByText('查阅与核对');
  fireEvent.click(screen.getByRole('button', { name: '回到今天' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: '回到今天' })).toBeNull());
  await screen.findByText('查阅与核对');
  expect(screen.queryByRole('link', { name: /年度的结果/ })).toBeNull();
});
