import { refuse } from '@cadre/client/testing';
import type {
  DifferenceRow,
  LedgerState,
  OfficeRow,
  RecomputeRunView,
  SealedRow,
  VerificationView,
} from '@cadre/domain/ledger';
import { changeLanguage } from '@cadre/ui/i18n';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../testing/render-app';
import { holding, idOf, pageOf } from '../../testing/scene';
import { isPrivateKey, publicKeyOf, signatureOf } from './ledger-signature';

const at = new Date('2026-11-18T01:00:00Z');
const hash = 'a1'.repeat(32);
const alliance = {
  role: 'alliance',
  baseId: null,
  name: { zh: '联盟办公室', en: 'Alliance office' },
} as const;
const state: LedgerState = {
  people: 220,
  entries: 3_400,
  unsealedEntries: 12,
  unsealedSettlements: 43,
  nextAt: new Date('2026-11-18T16:00:00Z'),
  newestRoot: 7,
  keyNumber: 1,
  astray: { count: 0, people: [] },
};
const root: SealedRow = {
  number: 7,
  day: '2026-11-17',
  size: 218,
  root: hash,
  regulations: [],
  countersigned: [],
  previousRootHash: hash,
  keyId: 'k',
  signedAt: at,
  signature: 'A'.repeat(86),
  rootHash: 'b2'.repeat(32),
  entries: 3_388,
  keyNumber: 1,
  signatures: [
    {
      role: 'base',
      baseId: idOf(5),
      name: { zh: '大陈岛', en: 'Dachen' },
      keyId: 'x',
      signedAt: at,
      recordedAt: at,
      by: '陈国平',
    },
  ],
  missing: [alliance],
};
const office: OfficeRow = {
  ...alliance,
  own: true,
  code: null,
  key: { number: 2, keyId: 'abc', x: 'A'.repeat(43), registeredAt: at, registeredBy: '王敏' },
};
const verification: VerificationView = {
  id: idOf(20),
  startedAt: at,
  by: idOf(1),
  byName: '周审',
  state: 'done',
  people: 220,
  peopleDone: 220,
  entriesDone: 3_400,
  finishedAt: at,
  result: {
    faultCount: 0,
    faults: [],
    people: 220,
    entries: 3_400,
    settlements: 3_600,
    roots: 7,
    rebuilt: 7,
    countersignatures: 1,
    notCountersigned: 6,
    unsealedEntries: 12,
    unsealedSettlements: 14,
    unsealedPeople: 2,
    newestRoot: 7,
    newestDay: '2026-11-17',
    inFull: 220,
    factsOnly: 0,
    sumsOnly: 0,
    notDerived: 0,
  },
};
const run: RecomputeRunView = {
  id: idOf(30),
  startedAt: at,
  by: idOf(1),
  byName: '王敏',
  state: 'done',
  cursor: null,
  people: 220,
  peopleDone: 220,
  sourcesDone: 1_800,
  differences: 1,
  finishedAt: at,
};
const difference: DifferenceRow = {
  id: idOf(31),
  runId: run.id,
  personId: idOf(2),
  source: { kind: 'lesson', id: 'L1' },
  title: '乡村治理',
  regulation: { id: 'demo-2026', version: 1 },
  stands: [{ measure: 'online-hours', part: 'online', amount: 10_000 }],
  measures: { 'online-hours': { zh: '网络学时', en: 'online hours' } },
  would: [],
  reason: 'facts',
  takenBy: null,
  takenAt: null,
  name: '林海燕',
  personNo: 'TZ00001',
  unit: { zh: '大陈镇', en: 'Dachen Town' },
  takenByName: null,
};
const answers = {
  'ledger.state': () => state,
  'ledger.sealed': () => pageOf([root]),
  'ledger.offices': () => [office],
  'ledger.verifications': () => [verification],
  'ledger.recomputeRuns': () => [run],
  'ledger.recomputeDifferences': () => pageOf([difference]),
  'ledger.keys': () => ({
    keys: [
      {
        number: 1,
        keyId: 'key-one',
        x: 'A'.repeat(43),
        fromRoot: 1,
        announcedBy: 'key-one',
        announcedAt: at,
        signature: 'A'.repeat(86),
      },
    ],
  }),
};
const page = (tab = '') => `/admin/credit/ledger${tab && `?tab=${tab}`}`;
// Of nobody: 32 bytes of nothing.
const privateKey = `-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI${'A'.repeat(43)}\n-----END PRIVATE KEY-----\n`;
const confirm = async (question: string, button: string) => {
  const ask = await screen.findByText(question);
  fireEvent.click(within(ask.closest<HTMLElement>('.ant-popover')!).getByRole('button', { name: button }));
};

describe('the seals', () => {
  it('are listed with what they cover, who has countersigned and who has not', async () => {
    renderApp(page(), { ...holding('auditor'), ...answers });
    expect(await screen.findByText('218 人 3388 条')).toBeDefined();
    expect(screen.getByText('已会签 1')).toBeDefined();
    expect(screen.getByText('43 次结算，12 条流水')).toBeDefined();
    expect(screen.getByText('待会签 1')).toBeDefined();
    expect(screen.getByText('11月19日 周四 00:00')).toBeDefined();
  });

  it('say what will appear when there is none, and why they are not open', async () => {
    renderApp(page(), {
      ...holding('auditor'),
      ...answers,
      'ledger.state': () => ({ ...state, people: 0, entries: 0, newestRoot: null, nextAt: null }),
      'ledger.sealed': () => pageOf([]),
    });
    expect(await screen.findByText(/还没有封存。/)).toBeDefined();
  });

  it('names whose last records are not what the newest seal says, and leads to the verification', async () => {
    renderApp(page(), {
      ...holding('auditor'),
      ...answers,
      'ledger.state': () => ({
        ...state,
        astray: { count: 3, people: [{ personId: idOf(2), personNo: 'TZ00001', name: '林海燕' }] },
      }),
    });
    expect(await screen.findByText(/末尾记录与上一号封存不符/)).toBeDefined();
    expect(screen.getByRole('link', { name: '林海燕 TZ00001' })).toBeDefined();
    expect(screen.getByText('另有 2 人')).toBeDefined();
    fireEvent.click(screen.getByRole('link', { name: '去核对' }));
    expect(await screen.findByText('核对全部流水')).toBeDefined();
  });

  it('are closed to somebody who does not look after the ledger', async () => {
    renderApp(page(), {
      ...holding('unit-leader', { kind: 'unit', unitId: idOf(1) }),
      ...answers,
      'ledger.state': () => refuse('NOT_ALLOWED'),
    });
    expect(await screen.findByText('这里不对您开放')).toBeDefined();
  });

  it('are countersigned with a signature made elsewhere; what is none is not sent', async () => {
    const { server } = renderApp(page(), {
      ...answers,
      'ledger.countersign': () => refuse('COUNTERSIGNATURE_WRONG'),
    });
    fireEvent.click(await screen.findByText('218 人 3388 条'));
    const field = await screen.findByLabelText('签名（Base64）');
    fireEvent.change(field, { target: { value: 'nonsense' } });
    expect(screen.getByText('读不出 64 字节的 Ed25519 签名')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '提交会签' }).disabled).toBe(true);
    fireEvent.change(field, { target: { value: privateKey } });
    expect(screen.getByRole('alert').textContent).toContain('这是私钥，请不要交出');
    expect(screen.getByLabelText<HTMLTextAreaElement>('签名（Base64）').value).toBe('');
    fireEvent.change(field, { target: { value: `${'A'.repeat(86)}==` } });
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '提交会签' }));
    expect(await screen.findByText('这个会签与封存不符')).toBeDefined();
    const sent = server.calls.find(({ procedure }) => procedure === 'ledger.countersign')?.input;
    // The time of the text is the server's, which in a demonstration is another than the device's.
    const { signedAt } = sent as { signedAt: Date };
    expect(Math.abs(signedAt.getTime() - Date.parse('2026-11-22T06:00:00Z'))).toBeLessThan(60_000);
    expect(sent).toMatchObject({
      rootNumber: 7,
      role: 'alliance',
      baseId: null,
      keyId: 'abc',
      signature: 'A'.repeat(86),
    });
  });

  it('whose record was changed past the product is told as such, with what to do; the others are as usual', async () => {
    renderApp(page(), {
      ...holding('auditor'),
      ...answers,
      'ledger.sealed': () => pageOf([root, { number: 6, unreadable: true as const }]),
    });
    expect(await screen.findByText('218 人 3388 条')).toBeDefined();
    fireEvent.click(screen.getByText('第 6 号'));
    expect(await screen.findByText(/请到「核对与导出」核对，会说明哪里不符/)).toBeDefined();
  });

  it('offer nothing to sign to those who sign for nobody', async () => {
    renderApp(page(), {
      ...holding('auditor'),
      ...answers,
      'ledger.offices': () => [{ ...office, own: false }],
    });
    fireEvent.click(await screen.findByText('218 人 3388 条'));
    expect(await screen.findByText('尚未会签')).toBeDefined();
    expect(screen.queryByRole('button', { name: '提交会签' })).toBeNull();
  });
});

describe('verifying', () => {
  it('says in words what the last one has shown, and is ordered again', async () => {
    const { server } = renderApp(page('verify'), {
      ...holding('auditor'),
      ...answers,
      'ledger.startVerification': () => ({ ...verification, state: 'waiting' as const, result: null }),
    });
    expect(await screen.findByText('没有发现改动')).toBeDefined();
    expect(screen.getByText('以第 7 号封存（2026-11-17）为准。')).toBeDefined();
    expect(screen.getByRole('link', { name: '用浏览器直接下载' })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '现在核对' }));
    await waitFor(() =>
      expect(server.calls.some(({ procedure }) => procedure === 'ledger.startVerification')).toBe(true),
    );
  });

  it('names the person and the place of what was found', async () => {
    const of = (fault: object) => ({
      kind: 'changed',
      seq: null,
      settlement: null,
      to: null,
      english: null,
      personId: null,
      personName: null,
      ...fault,
    });
    const faults = [
      of({ person: 'TZ00001', seq: 4, says: '这条流水被改过', personId: idOf(7), personName: '林海燕' }),
      of({ kind: 'missing', person: 'TZ00002', settlement: 3, says: '这次结算被删掉了' }),
      of({ kind: 'seal', person: 'TZ00003', seq: 12, to: 15, says: '第一处改动就在其中' }),
      of({
        kind: 'history',
        person: 'TZ00004',
        says: '履历自第 3 号封存起不同',
        english: 'others from seal 3 on',
      }),
    ] as NonNullable<VerificationView['result']>['faults'];
    renderApp(page('verify'), {
      ...holding('auditor'),
      ...answers,
      'ledger.verifications': () => [
        { ...verification, result: { ...verification.result!, faultCount: 5, faults, notDerived: 2 } },
      ],
    });
    expect(await screen.findByText('发现 5 处问题')).toBeDefined();
    expect(screen.getByText('人员 TZ00001 第 4 条')).toBeDefined();
    expect(screen.getByText('人员 TZ00002 第 3 次结算')).toBeDefined();
    expect(screen.getByText('人员 TZ00003 第 12—15 条')).toBeDefined();
    expect(screen.getByText('6 次封存还没有会签。')).toBeDefined();
    expect(screen.getByText('另有 1 处没有列出')).toBeDefined();
    expect(screen.getByText('2 人的记录有上述问题，查清以前没有重新算。')).toBeDefined();
    expect(screen.getByText('林海燕')).toBeDefined();
    expect(screen.getByRole('link', { name: '人员 TZ00001 第 4 条' }).getAttribute('href')).toContain(
      `/credit/people/${idOf(7)}`,
    );
    expect(screen.getByText('履历被改过')).toBeDefined();
    expect(screen.getByText(/^不要改动数据库/)).toBeDefined();
    act(() => changeLanguage('en'));
    expect(screen.getByText('others from seal 3 on').getAttribute('lang')).toBe('en');
    expect(screen.getByText('units, posts or grades changed')).toBeDefined();
    act(() => changeLanguage('zh'));
  });

  it('shows how far it is while it runs, and cannot be ordered twice', async () => {
    renderApp(page('verify'), {
      ...holding('system-admin'),
      ...answers,
      'ledger.verifications': () => [
        { ...verification, state: 'running' as const, peopleDone: 50, entriesDone: 700, result: null },
      ],
    });
    expect(await screen.findByText('50 / 220 人 · 700 条')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '现在核对' }).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: '导出全部流水' })).toBeNull();
  });
});

describe('recomputing', () => {
  it('lists who differs and why; one is taken over by name after one question', async () => {
    const { server } = renderApp(page('recompute'), {
      ...answers,
      'ledger.settleAgain': () => ({ settled: 1 }),
    });
    expect(await screen.findByText('林海燕')).toBeDefined();
    expect(screen.getByText('记录有变')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '按今天的结果结算' }));
    await confirm('为「林海燕」重新结算「乡村治理」？', '按今天的结果结算');
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'ledger.settleAgain')?.input).toEqual({
        differenceId: difference.id,
      }),
    );
  });

  it('is an auditor’s to read only, and nobody else’s to see', async () => {
    renderApp(page('recompute'), { ...holding('auditor'), ...answers });
    expect(await screen.findByText('林海燕')).toBeDefined();
    expect(screen.queryByRole('button', { name: '按今天的结果结算' })).toBeNull();
    expect(screen.queryByRole('button', { name: '重新计算全部' })).toBeNull();
  });
});

describe('keys', () => {
  it('in use is the newest, as the head of the page says; the ones before only check', async () => {
    const [first] = answers['ledger.keys']().keys;
    renderApp(page('keys'), {
      ...holding('auditor'),
      ...answers,
      'ledger.state': () => ({ ...state, keyNumber: 2 }),
      'ledger.keys': () => ({ keys: [first!, { ...first!, number: 2, keyId: 'key-two', fromRoot: 8 }] }),
    });
    const row = async (name: string) => (await screen.findByRole('rowheader', { name })).closest('tr')!;
    expect(within(await row('第 2 把')).getByText('使用中')).toBeDefined();
    expect(within(await row('第 1 把')).getByText('只用于核对')).toBeDefined();
  });

  it('are changed by a system admin who was told what happens', async () => {
    const { server } = renderApp(page('keys'), {
      ...holding('system-admin'),
      ...answers,
      'ledger.rotateKey': () => ({ ...answers['ledger.keys']().keys[0]!, number: 2, fromRoot: 8 }),
    });
    expect(await screen.findByText('使用中')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '换一把签名密钥' }));
    expect(await screen.findByText(/第 8 号封存起使用/)).toBeDefined();
    await confirm('换一把封存签名密钥？', '换一把签名密钥');
    await waitFor(() =>
      expect(server.calls.some(({ procedure }) => procedure === 'ledger.rotateKey')).toBe(true),
    );
  });

  it('of an office are registered from what OpenSSL prints', async () => {
    const { server } = renderApp(page('keys'), {
      ...answers,
      'ledger.offices': () => [{ ...office, key: null }],
      'ledger.registerOfficeKey': () => [office],
    });
    fireEvent.click(await screen.findByRole('button', { name: '登记公钥' }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>('公钥（PEM 或 Base64）');
    expect(
      screen.getByText('openssl genpkey -algorithm ed25519 -out alliance-key-1-private.pem'),
    ).toBeDefined();
    fireEvent.change(field, { target: { value: privateKey } });
    expect(await screen.findByText(/这是私钥，请不要交出，需要的是公钥/)).toBeDefined();
    expect(field.value).toBe('');
    fireEvent.change(field, {
      target: {
        value:
          '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n',
      },
    });
    fireEvent.click(screen.getAllByRole('button', { name: '登记公钥' }).at(-1)!);
    await waitFor(() =>
      expect(server.calls.find(({ procedure }) => procedure === 'ledger.registerOfficeKey')?.input).toEqual({
        role: 'alliance',
        baseId: null,
        x: 'Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE',
      }),
    );
  });
});

describe('the files of an office', () => {
  const base = { role: 'base', name: { zh: '方林村', en: 'Fanglin' }, own: true } as const;
  const key = office.key!;

  it('are named after it, its key and what is signed, as the commands name them', async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:text');
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    localStorage.clear();
    renderApp(page(), {
      ...answers,
      'ledger.offices': () => [
        { ...base, baseId: idOf(6), code: 'A06', key: { ...key, number: 1 } },
        { ...base, baseId: idOf(7), code: 'A07', key: { ...key, number: 3 } },
      ],
    });
    fireEvent.click(await screen.findByText('218 人 3388 条'));
    for (const button of await screen.findAllByRole('button', { name: '下载待签文本' }))
      fireEvent.click(button);
    expect(new Set(saved).size).toBe(2);
    const commands = screen.getAllByText(/^openssl pkeyutl/).map(({ textContent }) => textContent);
    for (const [at_, privateFile] of ['A06-key-1-private.pem', 'A07-key-3-private.pem'].entries()) {
      expect(saved[at_]).toMatch(/^A0\d-seal-7-\d{8}T\d{6}Z\.txt$/);
      expect(commands[at_]).toBe(
        `openssl pkeyutl -sign -rawin -inkey ${privateFile} -in ${saved[at_]} -out ${saved[at_]!.replace('.txt', '.sig')}`,
      );
    }
    vi.restoreAllMocks();
  });

  it('of a key that replaces another never take its name, and a file of the public key is handed in', async () => {
    renderApp(page('keys'), {
      ...answers,
      'ledger.offices': () => [{ ...base, baseId: idOf(7), code: 'A07', key: { ...key, number: 3 } }],
    });
    fireEvent.click(await screen.findByRole('button', { name: '更换公钥' }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>('公钥（PEM 或 Base64）');
    expect(
      screen.getByText('openssl pkey -in A07-key-4-private.pem -pubout -out A07-key-4-public.pem'),
    ).toBeDefined();
    const choose = (text: string) =>
      fireEvent.change(document.querySelector('input[type=file]')!, {
        target: { files: [new File([text], 'key.pem')] },
      });
    choose('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=');
    await waitFor(() => expect(field.value).toMatch(/^AAECAw/));
    choose(privateKey);
    expect(await screen.findByText(/这是私钥，请不要交出，需要的是公钥/)).toBeDefined();
    expect(field.value).toBe('');
  });
});

it('opens on the ledger for those who look after nothing else here', async () => {
  const { path } = renderApp('/admin/credit', answers);
  await screen.findByText('218 人 3388 条');
  expect(path()).toBe('/admin/credit/ledger');
});

it('reads keys and signatures in the forms that tools write', () => {
  const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at_) => at_);
  const hex = [...bytes(32)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(publicKeyOf(hex)).toBe('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8');
  expect(publicKeyOf('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=')).toBe(publicKeyOf(hex));
  for (const wrong of ['', 'x', 'A'.repeat(86), 'MCow']) expect(publicKeyOf(wrong)).toBeNull();
  expect(signatureOf(` ${'A'.repeat(40)}\n${'A'.repeat(46)}== `)).toBe('A'.repeat(86));
  expect(signatureOf('A'.repeat(43))).toBeNull();
  const bare = privateKey.replace(/-----[A-Z ]+-----/g, '');
  for (const secret of [privateKey, bare, '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl'])
    expect(isPrivateKey(secret)).toBe(true);
  for (const open of [hex, 'A'.repeat(86), 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='])
    expect(isPrivateKey(open)).toBe(false);
});
