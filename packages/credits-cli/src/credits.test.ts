import { readdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credits } from './credits';

const REGULATIONS = join(import.meta.dirname, '../../demo/regulations');
const DEMO = join(REGULATIONS, 'demo-2026.json');
const facts = {
  asOf: '2026-12-31',
  person: { id: '林', history: [{ from: '2020-01-01', grade: '一级主任科员' }] },
  activities: [
    {
      id: 's1',
      kind: 'session',
      occurredOn: '2026-03-02',
      mode: 'hall',
      halfDays: 2,
      classHours: 8,
      heldMinutes: 360,
      presentMinutes: 350,
    },
    {
      id: 's2',
      kind: 'session',
      occurredOn: '2026-03-03',
      mode: 'hall',
      halfDays: 1,
      classHours: 4,
      heldMinutes: 180,
      presentMinutes: 100,
    },
  ],
};

let folder: string;
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credits-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('credits:evaluate', () => {
  it('notes words that no rule names, beside the result and its explanation', () => {
    const person = { ...facts.person, circumstances: [{ kind: '休病假', from: '2026-02-01' }] };
    const path = file('noted.json', JSON.stringify({ ...facts, person }));
    const sentence = '办法没有提到特殊情况“休病假”，不影响任何任务，是不是“病假”？';
    const regulation = JSON.parse(readFileSync(DEMO, 'utf8')) as { targets: object[] };
    const relief = [{ clause: '第四条', when: { circumstance: '病假' }, exempt: true }];
    const relieved = file(
      'relieved.json',
      JSON.stringify({
        ...regulation,
        targets: regulation.targets.map((target) => ({ ...target, relief })),
      }),
    );
    for (const options of [[], ['--explain']])
      expect(credits(['evaluate', relieved, path, ...options])).toMatchObject({
        code: 0,
        err: `请注意：\n${path}:1 person.circumstances[0].kind：${sentence}\n`,
      });
  });

  it('prints the result as JSON with decimal amounts', () => {
    const { code, out, err } = credits(['evaluate', DEMO, file('facts.json', JSON.stringify(facts))]);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      asOf: '2026-12-31',
      regulation: { id: 'demo-2026', version: 1 },
      people: [
        {
          person: '林',
          targets: [
            {
              target: 'concentrated-year',
              state: 'missed',
              amounts: [
                { leaf: 'days', earned: '1', short: '11' },
                { leaf: 'hours', earned: '8', short: '82' },
              ],
            },
            { target: 'online-year' },
          ],
          refusals: [{ activity: 's2', clause: '第四条', reason: 'condition-not-met' }],
        },
      ],
    });
  });

  it('explains in sentences that name the clause and the numbers', () => {
    const { code, out } = credits(['evaluate', DEMO, file('facts.json', JSON.stringify(facts)), '--explain']);
    expect(code).toBe(0);
    expect(out).toContain('至少还需 11 天');
    expect(out).toContain('没有达到条件：在场比例 5/9（约 55.6%），要求 ≥ 80%');
    expect(out).toContain('第四条：在场时间不少于实际开课时间的 80%，该次课才计入。');
  });

  it('explains in English where it is asked to, with clauses as they were written', () => {
    const path = file('facts.json', JSON.stringify(facts));
    const { code, out } = credits(['evaluate', DEMO, path, '--explain=en']);
    expect(code).toBe(0);
    expect(out).toContain('at least 11 days to go');
    expect(out).toContain('Does not count:');
    expect(out).toContain('第四条: 在场时间不少于实际开课时间的 80%，该次课才计入。');
    expect(credits(['evaluate', DEMO, path, '--explain=fr']).code).toBe(2);
    expect(credits(['evaluate', DEMO, path, '--explain', '--explain=en']).code).toBe(2);
  });

  it('never reads the wall clock: without asOf it refuses', () => {
    const { asOf: _asOf, ...rest } = facts;
    const path = file('no-date.json', JSON.stringify(rest));
    expect(credits(['evaluate', DEMO, path])).toEqual({
      code: 2,
      out: '',
      err: `${path}:1 asOf：缺少这一项\n`,
    });
  });

  it('names file, line, path and fault', () => {
    const text = JSON.stringify(facts, null, 2).replace('"halfDays": 2', '"halfdays": 2');
    const path = file('typo.json', text);
    const line = text.split('\n').findIndex((candidate) => candidate.includes('halfdays')) + 1;
    expect(credits(['evaluate', DEMO, path]).err).toBe(
      `${path}:${line} activities[0].halfdays：格式中没有“halfdays”这一项，是不是“halfDays”？\n`,
    );
    expect(credits(['evaluate', DEMO, join(folder, 'nowhere.json')])).toMatchObject({ code: 2 });
  });

  it('says a fault that every row of a long file has once, with its places, and every other fault beside it', () => {
    const activities = Array.from({ length: 80 }, (_, n) => ({
      ...facts.activities[0],
      id: `s${n}`,
      minuets: 1,
      ...(n === 40 ? { halfdays: 1 } : {}),
    }));
    const text = JSON.stringify({ ...facts, activities }, null, 2);
    const path = file('long.json', text);
    const lines = text.split('\n').flatMap((line, at) => (line.includes('minuets') ? [at + 1] : []));
    const [first, ...next] = lines;
    const { code, err } = credits(['evaluate', DEMO, path]);
    const [repeated = '', other = '', ...more] = err.trimEnd().split('\n');
    expect([code, more]).toEqual([2, []]);
    expect(repeated.startsWith(`${path}:${first} activities[0].minuets：格式中没有“minuets”这一项`)).toBe(
      true,
    );
    expect(repeated.endsWith(`（同样的共 80 处，还有第 ${next.slice(0, 3).join('、')} 行等）`)).toBe(true);
    expect(other).toContain(' activities[40].halfdays：格式中没有“halfdays”这一项');
  });

  it('notes once what looks wrong in every row', () => {
    const activities = ['s1', 's2'].map((id) => ({ ...facts.activities[0], id, halfDays: 3 }));
    const text = JSON.stringify({ ...facts, activities }, null, 2);
    const path = file('days.json', text);
    const lines = text.split('\n').flatMap((line, at) => (line.includes('halfDays') ? [at + 1] : []));
    const { code, err } = credits(['evaluate', DEMO, path]);
    expect([code, err.split('\n')]).toEqual([
      0,
      [
        '请注意：',
        `${path}:${lines[0]} activities[0].halfDays：3 个半天多于 occurredOn 的 1 天；几天的活动写 from、to 或 dates，才能按天、按年分开计（同样的共 2 处，还有第 ${lines[1]} 行）`,
        '',
      ],
    ]);
  });

  it('takes a reading of an open point from the facts', () => {
    const chief = {
      asOf: '2027-12-31',
      settings: { 'three-months': '60-days' },
      person: { id: '王', history: [{ postLevel: '县处级正职' }] },
      activities: [
        { id: 'c', kind: 'claim', from: '2024-01-01', to: '2024-02-29', days: 60, approved: true },
      ],
    };
    const { out } = credits(['evaluate', DEMO, file('chief.json', JSON.stringify(chief))]);
    expect(JSON.parse(out)).toMatchObject({
      people: [
        {
          targets: [{ target: 'concentrated-window', met: true, metBy: ['days'] }, { target: 'online-year' }],
        },
      ],
    });
  });
});

describe('credits:check', () => {
  const files = readdirSync(REGULATIONS).filter((name) => name.endsWith('.json'));
  it.each(files)('accepts %s as it is written, and says what it defines', (name) => {
    const { code, out, err } = credits(['check', join(REGULATIONS, name)]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('计入：');
  });

  it('refuses a faulty regulation with the line of the fault', () => {
    const text = readFileSync(DEMO, 'utf8').replace(
      '"measure": "days", "atLeast": 12',
      '"measure": "dayz", "atLeast": 12',
    );
    const path = file('faulty.json', text);
    const line = text.split('\n').findIndex((candidate) => candidate.includes('dayz')) + 1;
    expect(credits(['check', path])).toEqual({
      code: 2,
      out: '',
      err: `${path}:${line} targets[0].needs.anyOf[0].measure：计量“dayz”没有在 measures 中定义，是不是“days”？\n`,
    });
  });

  it('refuses numbers that no longer fit, rather than to reckon roughly', () => {
    const regulation = JSON.parse(readFileSync(DEMO, 'utf8')) as {
      earn: { kinds: string; earns: object[] }[];
    };
    const rule = regulation.earn.find(({ kinds }) => [kinds].flat().includes('session'));
    rule?.earns.splice(0, 1, { ...rule.earns[0], rate: 999_999_999 });
    const many = { ...facts, activities: [{ ...facts.activities[0], halfDays: 9_000_000 }] };
    const path = file('many.json', JSON.stringify(many));
    expect(credits(['evaluate', file('dear.json', JSON.stringify(regulation)), path])).toEqual({
      code: 2,
      out: '',
      err: `${path}：数太大，无法精确计算\n`,
    });
  });

  it('says how it is used when it is not understood', () => {
    for (const args of [[], ['check'], ['guess', DEMO], ['evaluate', DEMO], ['check', DEMO, '--loud']]) {
      expect(credits(args)).toMatchObject({ code: 2, out: '' });
      expect(credits(args).err).toContain('用法');
    }
    expect(credits(['check', join(folder, 'nowhere.json')])).toMatchObject({ code: 2 });
  });
});
