import { generateKeyPairSync, sign } from 'node:crypto';
import { createChance } from '@cadre/demo/chance';
import { addDays } from '@cadre/domain/core';
import {
  historyDigest,
  canonicalJson,
  countersignatureMessage,
  keyIdOf,
  rootHashOf,
  type LedgerEntry,
} from '@cadre/domain/ledger';
import { describe, expect, it } from 'vitest';
import type { Crypto } from './crypto';
import type { RootFile } from './format';
import { parseRootFile } from './root-file';
import { pageCrypto } from './page-crypto';
import { reportLines, type Report } from './report';
import { corrupt, HARMS, rewrite } from './testing/corrupt';
import {
  headLine,
  linkLine,
  makeExport,
  personLine,
  regulationLine,
  withEnd,
  type MadeExport,
  type MadePerson,
} from './testing/make-export';
import { rehashed } from './testing/redo';
import { coveredBy, coveredOf, verifyFile } from './testing/verify';

/** The long run: `RUNS=1000`. */
const RUNS = Number(process.env['RUNS'] ?? 150);
/** Ten seconds for each of them: a busy machine is no fault of the verifier. */
const timeout = RUNS * 10_000;

const verify = (
  lines: readonly string[],
  kept: RootFile | readonly RootFile[] = [],
  crypto?: Crypto,
): Report => verifyFile(lines, [kept].flat(), crypto);
const rootOf = (made: MadeExport): RootFile => parseRootFile(made.root);
/** Up to where the newest root covers each person. */
const sealedOf = (made: MadeExport) => coveredOf(made, rootOf(made));
/** Does a fault at this place, or up to another one, mean the first of them, or exactly one of the others? */
const holdsOneOf = ([first = 0, ...others]: readonly number[], from = -1, to = from): boolean =>
  (from <= first && first <= to) || (from === to && others.includes(from));
const made = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });

describe('a ledger nobody has touched', () => {
  it('raises no alarm, and is counted, sealed and derived anew', () => {
    const report = verify(made.lines, rootOf(made));
    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({
      people: 20,
      entries: made.people.reduce((sum, { entries }) => sum + entries.length, 0),
      settlements: made.people.reduce((sum, { settlements }) => sum + settlements.length, 0),
      roots: 12,
      rebuilt: 12,
      keptRoots: [12],
      rederived: { inFull: { 'demo-2026 v1': 20 }, sumsOnly: {}, skipped: [], unjudged: [] },
    });
    expect(report.unsealed.entries).toBeGreaterThan(0);
    expect(report.unsealed.settlements).toBeGreaterThan(report.unsealed.people);
    expect(reportLines(report).join('\n')).toMatch(/✓ 没有发现改动[\s\S]*未封存/);
  });

  it('raises no alarm when only the ends of lines were written anew', () => {
    const lines = made.lines.map((line) => line.replace('\n', '\r\n'));
    expect(verify(lines, rootOf(made)).faults).toEqual([]);
  });

  it('says the same with the cryptography of the page', () => {
    expect(verify(made.lines, rootOf(made), pageCrypto)).toEqual(verify(made.lines, rootOf(made)));
  });

  it(`raises no alarm in ${RUNS} random ones`, { timeout }, () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = makeExport({ seed, people: 3, sources: 6, roots: 1 + (seed % 5) });
      expect(verify(random.lines, rootOf(random)).faults, `seed ${seed}`).toEqual([]);
    }
  });
});

const textLine = made.lines.findIndex((line) => line.startsWith('{"regulation"'));
const changedText = {
  kind: 'regulation',
  says: '规则 demo-2026 第 1 版与第 1 号封存不符：被改过',
  line: textLine + 1,
};

describe('a ledger somebody has changed', () => {
  it(`is found out and traced in each of ${RUNS} random corruptions`, { timeout }, () => {
    const sealed = sealedOf(made);
    const kept = rootOf(made);
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const harm = corrupt(HARMS[seed % HARMS.length]!, made, sealed, createChance(seed));
      const report = verify(harm.lines, kept);
      const where = `seed ${seed} ${harm.what} ${harm.person} ${harm.places.join()}`;
      const { faults } = report;
      if (harm.person === null) {
        const kind = harm.what.endsWith('duplicated') ? 'inserted' : harm.what.split(' ')[0];
        expect(new Set(faults.map((fault) => fault.kind)), where).toEqual(new Set([kind]));
        const named = harm.what.endsWith('removed')
          ? faults.some(({ says }) => says.includes('在文件里没有了'))
          : faults.some(({ line }) => Math.abs((line ?? 0) - harm.line) <= 1);
        expect(named, `${where}: ${JSON.stringify(faults)}`).toBe(true);
        continue;
      }
      const place = harm.chain === 'entry' ? 'seq' : 'settlement';
      const own = faults.filter((fault) => fault.person === harm.person);
      const isHistory = harm.what.startsWith('history');
      if (isHistory)
        expect(
          own.map(({ kind }) => kind),
          where,
        ).toEqual(['history']);
      else
        expect(
          own.some((fault) => holdsOneOf(harm.places, fault[place], fault.to)),
          `${where}: ${JSON.stringify(own)}`,
        ).toBe(true);
      expect(
        faults.every((fault) => fault.person === undefined || fault.person === harm.person),
        where,
      ).toBe(true);
    }
  });

  it('cannot have other regulations, in text or column, wherever they stand, nor none', () => {
    expect(made.lines[textLine]).toBe(regulationLine());
    const changed = regulationLine({ unitId: 'another' });
    const withText = (...lines: string[]) =>
      withEnd([...made.lines.slice(0, textLine), ...lines, ...made.lines.slice(textLine + 1, -1)], 20);
    const report = verify(withText(changed));
    expect(report.faults).toMatchObject([changedText]);
    expect(report.regulations).toEqual({ sealed: 0, changed: 1, unsealed: [] });
    expect(reportLines(report)).toContain('  规则：1 版与封存不符');
    expect(reportLines(report).join()).not.toContain('规则：0 版');
    expect(reportLines(report).join('\n')).toContain(
      `文件第 ${textLine + 1} 行：规则 demo-2026 第 1 版与第 1 号封存不符`,
    );
    const first = [made.lines[0]!, changed, ...made.lines.slice(1, textLine)];
    expect(verify(withEnd([...first, ...made.lines.slice(textLine + 1, -1)], 20)).faults).toMatchObject([
      { ...changedText, line: 2 },
    ]);
    expect(verify(withText()).faults.map(({ kind }) => kind)).toEqual(['regulation']);
    expect(verify(withText(made.lines[textLine]!, changed)).faults.map(({ kind }) => kind)).toEqual([
      'inserted',
    ]);
  });

  it('cannot seal other regulations from one day on', () => {
    const before = '"regulations":[{"id":"demo-2026","version":1,"sha256":"';
    for (const [harm, says] of [
      [(line: string) => line.replace(/("sha256":")\w{4}/, '$1aaaa'), '与第 1 号封存不同'],
      [(line: string) => line.replace(/"regulations":\[.*?\],/, ''), '封存里没有了规则 demo-2026 第 1 版'],
    ] as const) {
      const lines = made.lines.map((line) => (line.startsWith('{"root":{"number":12,') ? harm(line) : line));
      expect(made.lines.filter((line) => line.includes(before))).toHaveLength(12);
      expect(
        verify(lines)
          .faults.filter(({ kind }) => kind === 'regulation')
          .map((fault) => fault.says)
          .join(),
      ).toContain(says);
    }
  });

  it('cannot lose a whole person, or its newest sealed part', () => {
    const kept = rootOf(made);
    const [from, to] = [3, 4].map((index) =>
      made.lines.findIndex((line) => line.includes(`"no":"P00000${index}"`)),
    );
    const without = withEnd([...made.lines.slice(0, from), ...made.lines.slice(to, -1)], 19);
    expect(verify(without, kept).faults).toContainEqual(
      expect.objectContaining({ kind: 'missing', person: made.people[2]!.person.no }),
    );
    expect(verify(without).faults.length).toBeGreaterThan(0);

    const short = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    const cutRoots = short.lines.filter((line) => !/^\{"root":\{"number":12,/.test(line)).slice(0, -1);
    const cut = withEnd(
      cutRoots.map((line) => (line.startsWith('{"seals"') ? line.replace(/,?\[12,\d+,\d+\]/, '') : line)),
      20,
    );
    expect(verify(cut, rootOf(short)).faults.map(({ kind }) => kind)).toContain('truncated');
  });

  /** The file as it was before its last roots were made; `alsoSeals`: no chain names them either. */
  const before = (roots: number, alsoSeals: boolean, { lines, people } = made): string[] =>
    withEnd(
      lines.slice(0, -1).flatMap((line) => {
        if (Number(/^\{"root":\{"number":(\d+)/.exec(line)?.[1]) > roots) return [];
        if (Number(/^\{"countersignature":.*"rootNumber":(\d+)/.exec(line)?.[1]) > roots) return [];
        if (!alsoSeals || !line.startsWith('{"seals"')) return [line];
        const { seals } = JSON.parse(line) as { seals: [number][] };
        return [`${JSON.stringify({ seals: seals.filter(([root]) => root <= roots) })}\n`];
      }),
      people.length,
    );
  const isCutShort = {
    kind: 'truncated',
    says: '这份导出里没有第 12 号封存：它早于这次封存，或者被截短了；请用之后的导出。以下核到第 11 号为止',
  };

  it('is not what an export of before a kept root is: it is held to the roots that it has', () => {
    const older = before(11, true);
    const kept = [rootOf(made), parseRootFile(made.rootFile(10))];
    for (const roots of [kept, kept.slice(0, 1)]) {
      const report = verify(older, roots);
      expect(report.faults).toMatchObject([isCutShort]);
      expect(report.newestRoot).toMatchObject(
        roots.length > 1 ? { number: 10, isKept: true } : { number: 11, isKept: false },
      );
      expect(report.rederived.skipped).toEqual([]);
    }
    expect(verify(before(9, true), rootOf(made)).faults).toHaveLength(1);
    expect(reportLines(verify(older, rootOf(made))).join('\n')).toContain('以文件中最新的第 11 号封存');
    const victim = made.people[sealedOf(made).findIndex(({ entries }) => entries > 5)]!;
    const changed = rewrite({ ...made, lines: older }, victim, 2, { amount: 70_000 }, true);
    expect(verify(changed, rootOf(made)).faults.slice(0, 2)).toMatchObject([
      isCutShort,
      expect.objectContaining({ kind: 'seal', person: victim.person.no, seq: 1 }),
    ]);
    const other = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    expect(verify(before(11, true, other), rootOf(made)).faults.map(({ says }) => says)).toContain(
      '另行保存的第 12 号封存接不上文件里的第 11 号封存',
    );
  });

  it('cannot lose a root that chains name: it is named once, and covers what it covered', () => {
    const report = verify(before(11, false), rootOf(made));
    expect(report.faults).toHaveLength(1);
    expect(report.faults[0]!.says).toMatch(
      /^文件里没有第 12 号封存，却有 \d+ 人的记录提到它：P\d+、P\d+、P\d+ 等$/,
    );
    expect(report.unsealed).toEqual(verify(made.lines, rootOf(made)).unsealed);
    const within = made.lines.slice(0, -1).filter((line) => !line.startsWith('{"root":{"number":5,'));
    expect(verify(withEnd(within, 20), rootOf(made)).faults.map(({ says }) => says)).toContain(
      '第 6 号封存之前缺第 5 号',
    );
  });

  it('is not held to a kept root whose signature does not hold', () => {
    const kept = rootOf(made);
    const report = verify(made.lines, { ...kept, root: { ...kept.root, signature: 'A'.repeat(86) } });
    expect(report.faults.map(({ says }) => says)).toContain(
      '另行保存的第 12 号封存被改过，或不是这本流水的；请换一份没有动过的',
    );
    expect(report).toMatchObject({ keptRoots: [], newestRoot: { number: 12, isKept: false } });
    expect(reportLines(report).join()).not.toContain('以另行保存的');
  });

  it('is told what is wrong with its first key, with one that came later, and with a file of one line', () => {
    const says = (harm: (line: string) => string) =>
      verify(made.lines.map(harm)).faults.map((fault) => fault.says);
    expect(says((line) => line.replace('"announcedAt":"2', '"announcedAt":"1'))).toEqual(
      expect.arrayContaining(['第 1 把公钥的自签名不对', '第 2 把公钥不是由前一把签名公布的']),
    );
    expect(reportLines(verify(made.lines.slice(0, 1)))[1]).toMatch(
      /^ {2}· 文件第 1 行：复制没有完成，请重新拷贝/,
    );
  });

  it('is not said to lack what lies elsewhere in it', () => {
    const [victim, other] = made.people.filter(({ entries }) => entries.length > 20) as [
      MadePerson,
      MadePerson,
    ];
    const body = made.lines.slice(0, -1);
    const begin = body.indexOf(linkLine('entry', victim.entries[0]!));
    const move = (count: number, to: number) => {
      const rest = body.toSpliced(begin + 8, count);
      return withEnd(
        rest.toSpliced(to > begin ? to - count : to, 0, ...body.slice(begin + 8, begin + 8 + count)),
        20,
      );
    };
    const foundIn = (lines: string[]) =>
      verify(lines, rootOf(made)).faults.filter(({ person }) => person !== undefined);
    const among = body.indexOf(linkLine('settlement', other.settlements[3]!));
    expect(foundIn(move(1, among))).toMatchObject([
      {
        person: victim.person.no,
        seq: 9,
        says: `这条流水被移到了文件第 ${among} 行，人员 ${other.person.no} 名下`,
      },
      { kind: 'inserted', person: other.person.no, says: '这条流水是别人的' },
    ]);
    expect(foundIn(move(3, among)).map(({ says }) => says)).toEqual([
      `第 9—11 条流水被移到了文件第 ${among - 2} 行，人员 ${other.person.no} 名下`,
      '从这里起有 3 条流水是别人的',
    ]);
    expect(foundIn(move(1, begin))).toMatchObject([
      { person: victim.person.no, seq: 1, says: '第 1—8 条流水被移到了第 9 条之后' },
    ]);
    const forged = linkLine('entry', rehashed({ ...victim.entries[8]!, amount: 1 }));
    expect(
      foundIn(withEnd(body.toSpliced(begin + 8, 1).toSpliced(among - 1, 0, forged), 20))[0],
    ).toMatchObject({
      kind: 'missing',
      says: '这条流水被删掉了',
    });
  });

  it('is narrowed by no root that does not lead to a kept one', () => {
    const other = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    const victim = other.people.findLast(({ entries }) => entries.length > 30)!;
    const { entries: sealed } = coveredBy(rootOf(made), victim.person.id);
    const signedAnew = rewrite(other, victim, sealed - 1, { amount: 70_000 }, false);
    const fault = verify(signedAnew, rootOf(made)).faults.find(({ person }) => person === victim.person.no)!;
    expect(fault).toMatchObject({ kind: 'seal', seq: 1, to: sealed });
    expect(fault.says).not.toContain('还对');
    expect(fault.says).toContain(`对不上的是第 ${sealed - 1} 条`);
  });

  it('cannot have fewer seals, nor entries under them, than a kept root says', () => {
    const kept = rootOf(made);
    const at = made.lines.findIndex(
      (line) => line.startsWith('{"seals"') && (JSON.parse(line) as { seals: number[][] }).seals.length > 2,
    );
    const { seals } = JSON.parse(made.lines[at]!) as { seals: [number, number, number][] };
    const { person } = JSON.parse(made.lines[at - 1]!) as { person: { id: string; no: string } };
    const { entries, settlements } = coveredBy(kept, person.id);
    const shorter = made.lines.map((line, index) =>
      index === at ? `${JSON.stringify({ seals: seals.slice(0, -1) })}\n` : line,
    );
    const [, sealed, settled] = seals.at(-2)!;
    expect(verify(withEnd(shorter.slice(0, -1), 20), kept).faults[0]).toMatchObject({
      kind: 'seal',
      person: person.no,
      line: at,
      says: `所记的封存范围被改过：另行保存的第 12 号封存（${made.roots[11]!.day}）盖到第 ${entries} 条、第 ${settlements} 次结算，这里记的是第 ${sealed} 条、第 ${settled} 次`,
    });
    const victim = made.people.find(({ person: { id } }) => id === person.id)!;
    const cut = shorter
      .filter((line) => !victim.entries.slice(sealed).some((entry) => line === linkLine('entry', entry)))
      .map((line) =>
        line === headLine(victim.head)
          ? headLine({ ...victim.head, seq: sealed, hash: victim.entries[sealed - 1]!.hash })
          : line,
      );
    expect(verify(withEnd(cut.slice(0, -1), 20), kept).faults).toContainEqual(
      expect.objectContaining({ kind: 'missing', person: person.no, seq: sealed + 1 }),
    );
  });

  it('cannot have somebody more under a kept root', () => {
    const other = makeExport({ seed: 8, people: 21, sources: 8, roots: 12 });
    const from = other.lines.findIndex((line) => line.includes('"no":"P000021"'));
    const more = [...made.lines.slice(0, -1), ...other.lines.slice(from, -1)];
    expect(verify(withEnd(more, 21), rootOf(made)).faults[0]).toMatchObject({
      kind: 'inserted',
      person: 'P000021',
      line: made.lines.length,
      says: `不在另行保存的第 12 号封存（${made.roots[11]!.day}）里，是后来加进去的`,
    });
  });

  it('says where a file stops, and how many people were to come, not each of them', () => {
    const stop = made.lines.findIndex((line) => line.includes('"no":"P000004"')) + 5;
    const { faults } = verify(made.lines.slice(0, stop), rootOf(made));
    expect(faults).toMatchObject([{ kind: 'truncated', line: stop }]);
    expect(faults[0]!.says).toMatch(/^复制没有完成，请重新拷贝.*断开之后还应有 16 人/);
    expect(faults.filter(({ kind }) => kind === 'missing').map(({ person }) => person)).toEqual(
      expect.not.arrayContaining(['P000005']),
    );
  });

  it('is not said to differ from a root that was not signed so', () => {
    const lines = made.lines.map((line) =>
      line.startsWith('{"root":{"number":5,') ? line.replace(/"root":"\w{6}/, '"root":"abcdef') : line,
    );
    const { faults } = verify(withEnd(lines.slice(0, -1), 20), rootOf(made));
    expect(faults[0]).toMatchObject({ kind: 'root', says: '第 5 号封存的签名不对' });
    expect(faults.map(({ kind }) => kind)).not.toContain('seal');
  });

  it('cannot be signed anew by somebody else, when the root was kept apart', () => {
    const other = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    expect(verify(other.lines).faults).toEqual([]);
    expect(verify(other.lines, rootOf(made)).faults).toContainEqual(
      expect.objectContaining({
        kind: 'key',
        says: '第 1 把公钥与另行保存的不同：这是另一本流水，或者整本被重新签过',
      }),
    );
  });

  it('cannot put the chain of one person under the number of another', () => {
    const [one, other] = made.people.map(({ person }) => person.no) as [string, string];
    const exchanged = made.lines
      .slice(0, -1)
      .map((line) =>
        line.startsWith('{"person"')
          ? line.replace(/"no":"([^"]*)"/, (whole, no) =>
              no === one ? `"no":"${other}"` : no === other ? `"no":"${one}"` : whole,
            )
          : line,
      );
    const report = verify(withEnd(exchanged, made.people.length), rootOf(made));
    expect(report.faults).toMatchObject([
      { kind: 'number', person: other, says: expect.stringContaining(`那边是 ${one}：`) as string },
      { kind: 'number', person: one, says: expect.stringContaining(`那边是 ${other}：`) as string },
    ]);
  });

  it('is not accused by a root file whose heads were changed: that file is', () => {
    const kept = rootOf(made);
    const [[id, entries, , ...rest], ...others] = kept.heads as [
      RootFile['heads'][0],
      ...RootFile['heads'][0][],
    ];
    const heads = [[id, entries, '0'.repeat(64), ...rest] as const, ...others];
    const { faults } = verify(made.lines, { ...kept, heads });
    expect(faults).toMatchObject([{ kind: 'kept' }]);
    expect(faults[0]?.says).toMatch(/^另行保存的第 12 号封存文件自己被改过/);
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'a root',
      (lines) => lines.map((line) => line.replace('"number":5,"day":"2', '"number":5,"day":"1')),
      'root',
    ],
    ['a missing root', (lines) => lines.filter((line) => !line.startsWith('{"root":{"number":5,')), 'root'],
    ['a key', (lines) => lines.map((line) => line.replace('"fromRoot":7', '"fromRoot":6')), 'key'],
    [
      'what lies in no chain',
      (lines) => lines.map((line) => line.replace(/("madeAt":"\d{3})\d/, '$19')),
      'file',
    ],
    ['what stands after the end', (lines) => [...lines, lines[0]!], 'inserted'],
    ['a file that stops', (lines) => lines.slice(0, -30), 'truncated'],
    [
      'a file that stops within a line',
      (lines) => [...lines.slice(0, -30), lines.at(-30)!.slice(0, 40)],
      'truncated',
    ],
    [
      'a line of nobody knows what',
      (lines) => [...lines.slice(0, 30), '{"x":1}\n', ...lines.slice(30)],
      'inserted',
    ],
    [
      'what the product said of a target',
      (lines) => lines.map((line) => line.replace('"state":"open"', '"state":"met"')),
      'rederived',
    ],
  ])('shows %s', (_name, harm, kind) => {
    expect(verify(harm(made.lines), rootOf(made)).faults.map((fault) => fault.kind)).toContain(kind);
  });
});

describe('regulations', () => {
  it('younger than the root are said to be unsealed', () => {
    const recordedAt = new Date(`${made.roots.at(-1)!.day}T12:00:00Z`);
    const second = regulationLine({ version: 2, text: '{}', recordedAt });
    const report = verify(
      withEnd([...made.lines.slice(0, textLine + 1), second, ...made.lines.slice(textLine + 1, -1)], 20),
      rootOf(made),
    );
    expect(report).toMatchObject({
      faults: [],
      regulations: { sealed: 1, changed: 0, unsealed: ['demo-2026 第 2 版'] },
    });
    expect(reportLines(report)).toContain('  未封存：规则 demo-2026 第 2 版不在这次封存里');
  });
});

/** As somebody with the database would: one link changed, all hashes after it made anew, also those recorded with the roots. */
describe('a chain that was rewritten from one entry on', () => {
  const kept = rootOf(made);
  const victim = made.people.findLast(({ person }) => {
    const { entries } = coveredBy(kept, person.id);
    return entries > 30;
  })!;
  const { no } = victim.person;
  const rewritten = (seq: number, change: Partial<LedgerEntry>, alsoRecords = false): string[] =>
    rewrite(made, victim, seq, change, alsoRecords);
  const seal = (lines: readonly string[], ...roots: RootFile[]) => verify(lines, roots);
  const sealsOf = (personLine: string): [number, number, number][] =>
    (JSON.parse(made.lines[made.lines.indexOf(personLine) + 1]!) as { seals: [number, number, number][] })
      .seals;
  const seals = sealsOf(made.lines.find((line) => line.includes(`"no":"${no}"`))!);
  // Between the seals before and after it.
  const at = seals.findIndex(([, entries], index) => index > 0 && entries - seals[index - 1]![1] > 2);
  const [[good, from], [bad, to]] = [seals[at - 1]!, seals[at]!];
  const dayOf = (number: number) => made.roots[number - 1]!.day;
  const seq = from + 2;
  const amount = victim.entries[seq - 1]!.amount + 10_000;

  it('is traced to the entries between two seals, even by a root without heads', () => {
    const fault = { kind: 'seal', person: no, seq: from + 1, to };
    for (const roots of [[], [kept], [{ ...kept, heads: [] }]]) {
      const { faults } = seal(rewritten(seq, { amount }), ...roots);
      expect(faults).toMatchObject([fault]);
      expect(made.lines[faults[0]!.line! - 1]).toContain(`"seq":${from + 1},`);
      expect(faults[0]!.says).toBe(
        `第一处改动就在其中，后面各条的指纹跟着重做了：到第 ${from} 条为止，第 ${good} 号封存（${dayOf(good)}）时还对；到第 ${to} 条为止，第 ${bad} 号封存（${dayOf(bad)}）时已不对。照所附的事实推算，对不上的是第 ${seq} 条`,
      );
    }
    expect(reportLines(seal(rewritten(seq, { amount }), kept)).join('\n')).toMatch(
      new RegExp(`人员 ${no} 第 ${from + 1}—${to} 条（文件第 \\d+ 行起）：第一处改动`),
    );
  });

  it('with the recorded ends made to fit is narrowed by every root that was kept', () => {
    const lines = rewritten(seq, { amount }, true);
    const newest = coveredBy(kept, victim.person.id).entries;
    const [before, after] = [made.rootFile(good), made.rootFile(bad)].map(parseRootFile) as [
      RootFile,
      RootFile,
    ];
    const ofChain = (report: Report) => report.faults.find(({ person }) => person === no)!;
    const byNewest = ofChain(seal(lines, kept));
    expect(byNewest).toMatchObject({ seq: from + 1, to: newest });
    expect(byNewest.says).toContain(
      `另行保存的第 12 号封存（${dayOf(12)}）时已不对；第 ${bad} 号封存（${dayOf(bad)}）起整体不符，多半就在第 ${from + 1}—${to} 条`,
    );
    const byAll = ofChain(seal(lines, kept, after, before));
    expect(byAll).toMatchObject({ seq: from + 1, to });
    expect(byAll.says).toContain(`另行保存的第 ${good} 号封存（${dayOf(good)}）时还对`);
    expect(byAll.says).toContain(`另行保存的第 ${bad} 号封存（${dayOf(bad)}）时已不对`);
    const report = seal(lines, after, before, kept);
    expect(report.keptRoots).toEqual([good, bad, 12]);
    expect(reportLines(report).join('\n')).toMatch(new RegExp(`另行保存的第 ${good}[—、]${bad} 号也对照过`));
  });

  it('and of which no head was kept is bounded by the roots alone', () => {
    const { faults } = seal(rewritten(seq, { amount, clause: '第九条' }, true), { ...kept, heads: [] });
    expect(faults.map(({ kind }) => kind)).toContain('seal');
    const said = faults.map(({ says }) => says).join();
    expect(said).toMatch(new RegExp(`第 ${bad} 号封存（${dayOf(bad)}）起与流水不符`));
  });

  it('says so where date, clause and amount follow from the facts all the same', () => {
    const { faults } = seal(rewritten(seq, { recordedAt: new Date('2023-03-03T00:00:00Z') }), kept);
    expect(faults[0]!.says).toMatch(/。日期、条款和数都与所附的事实相符$/);
  });

  it('is not accused when only the record of an end was changed', () => {
    const lines = made.lines.map((line) =>
      line.startsWith('{"seals"') ? line.replace(victim.entries[to - 1]!.hash, '0'.repeat(64)) : line,
    );
    expect(lines.join('')).not.toBe(made.lines.join(''));
    expect(seal(lines, kept).faults).toMatchObject([
      {
        kind: 'seal',
        person: no,
        says: `第 ${bad} 号封存（${dayOf(bad)}）记下的末尾指纹与记录不符，改过的是这个指纹，记录没有变`,
      },
    ]);
  });

  it('of before the ends were recorded is narrowed by the kept roots', () => {
    const lines = rewritten(seq, { amount }, true).map((line) =>
      line.startsWith('{"seals"') ? line.replace(/,"\w{64}","\w{64}"\]/g, ']') : line,
    );
    expect(seal(lines, kept).faults[0]).toMatchObject({ person: no, seq: from + 1 });
    const clean = made.lines.map((line) => line.replace(/,"\w{64}","\w{64}"\]/g, ']'));
    expect(seal(withEnd(clean.slice(0, -1), 20), kept).faults).toEqual([]);
  });
});

describe('settlements that only refuse', () => {
  const refused = (line: string): boolean =>
    line.startsWith('{"settlement"') && line.includes('"entryIds":[]') && line.includes('"revision":1');
  const sealedRefusals = made.people.flatMap(({ person, settlements }, index) =>
    settlements
      .slice(0, sealedOf(made)[index]!.settlements)
      .filter(({ entryIds }) => entryIds.length === 0)
      .map(({ seq, hash }) => ({ no: person.no, seq, hash })),
  );

  it('are among the random ones', () => {
    expect(made.lines.filter(refused).length).toBeGreaterThan(3);
    expect(sealedRefusals.length).toBeGreaterThan(3);
  });

  it('cannot be taken out, nor get another reason, anywhere', () => {
    for (const { no, seq, hash } of sealedRefusals) {
      const at = made.lines.findIndex((line) => line.includes(`"hash":"${hash}"`));
      const without = withEnd([...made.lines.slice(0, at), ...made.lines.slice(at + 1, -1)], 20);
      expect(verify(without, rootOf(made)).faults).toContainEqual(
        expect.objectContaining({ kind: 'missing', person: no, settlement: seq }),
      );
      const reasoned = made.lines.map((line, index) =>
        index === at ? line.replace('"refusals":[{"activity":"', '"refusals":[{"activity":"x') : line,
      );
      expect(verify(reasoned, rootOf(made)).faults[0]).toMatchObject({
        kind: 'changed',
        person: no,
        settlement: seq,
      });
    }
  });

  it('of a person who has nothing else are sealed as well', () => {
    const alone = Array.from({ length: 60 }, (_, seed) =>
      makeExport({ seed: 500 + seed, people: 1, sources: 1, roots: 1 }),
    ).filter(
      ({ people: [person], root }) => person!.entries.length === 0 && root.includes(person!.person.id),
    );
    expect(alone.length).toBeGreaterThan(0);
    for (const one of alone) {
      expect(verify(one.lines, rootOf(one)).faults).toEqual([]);
      const { head } = one.people[0]!;
      const emptied = one.lines
        .slice(0, -1)
        .filter((line) => !line.startsWith('{"settlement"'))
        .map((line) => line.replace(`"seq":${head.settled.seq},"hash":"${head.settled.hash}"`, '"seq":0'));
      expect(verify(withEnd(emptied, 1), rootOf(one)).faults.map(({ kind }) => kind)).toContain('missing');
    }
  });
});

describe('countersignatures', () => {
  const isOne = (line: string): boolean => line.startsWith('{"countersignature"');

  it('are counted by office and key; roots without one and those newer than the root are named', () => {
    const report = verify(made.lines, rootOf(made));
    expect(report.countersignatures).toMatchObject({ count: 8, unsealed: 1, missing: [1, 4, 7, 10] });
    expect(report.countersignatures.by.map(({ count }) => count)).toEqual([8]);
    const said = reportLines(report).join('\n');
    expect(said).toMatch(/会签 8 份：联盟办公室，公钥 [0-9a-f]{16}/);
    expect(said).toContain('未封存：1 份会签晚于这次封存');
    expect(said).toContain('没有会签：第 1、4、7、10 号封存');
  });

  it('of a base are named as the export names it, and by its id where it does not', () => {
    const baseId = 'b0000000-0000-7000-8000-000000000001';
    const pair = generateKeyPairSync('ed25519');
    const { x } = pair.publicKey.export({ format: 'jwk' }) as { x: string };
    const content = {
      rootNumber: 12,
      rootHash: rootHashOf(made.roots[11]!),
      role: 'base' as const,
      baseId,
      keyId: keyIdOf(x),
      signedAt: new Date('2026-08-01T00:00:00Z'),
    };
    const signature = sign(null, Buffer.from(countersignatureMessage(content)), pair.privateKey).toString(
      'base64url',
    );
    const line = `{"countersignature":${canonicalJson({ ...content, x, signature, recordedAt: content.signedAt })}}\n`;
    const last = made.lines.findLastIndex(isOne);
    const signedBy = (first: string, language: 'zh' | 'en' = 'zh') =>
      reportLines(
        verify(
          withEnd([first, ...made.lines.slice(1, last + 1), line, ...made.lines.slice(last + 1, -1)], 20),
          rootOf(made),
        ),
        { language },
      ).join('\n');
    expect(signedBy(made.lines[0]!)).toContain(`基地 ${baseId}，公钥 ${content.keyId}`);
    const name = '方林村基地 第 3 版，公钥 教学基地';
    const named = JSON.parse(made.lines[0]!) as { export: object };
    const first = `${JSON.stringify({ export: { ...named.export, bases: { [baseId]: name } } })}\n`;
    expect(signedBy(first)).toContain(`${name}（基地的名称照导出所写），公钥 ${content.keyId}`);
    expect(signedBy(first, 'en')).toContain(
      `1 countersignature by ${name} (named as the export names it), key ${content.keyId}`,
    );
  });

  it('of another key or another ledger are told apart', () => {
    const at = made.lines.findIndex(isOne);
    const says = (from: RegExp, to: string) =>
      verify(made.lines.with(at, made.lines[at]!.replace(from, to)), rootOf(made)).faults[0]!.says;
    const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as { x: string };
    expect(says(/"x":"[^"]*"/, `"x":"${x}"`)).toMatch(/会签不对：不是登记的公钥签的，或被改过$/);
    expect(says(/"rootHash":"\w{4}/, '"rootHash":"abcd')).toMatch(/会签不对：被改过，或不是这本流水的$/);
  });

  it('cannot all be taken out: the roots after them list them; of the newest it is said that there is none', () => {
    const without = withEnd(
      made.lines.slice(0, -1).filter((line) => !isOne(line)),
      20,
    );
    const report = verify(without, rootOf(made));
    expect(report.faults).toHaveLength(7);
    expect(report.faults.map(({ says }) => says).join()).toContain(
      '第 3 号封存列有的一份会签在文件里没有了：第 2 号封存的',
    );
    expect(reportLines(report)).toContain('  没有会签：第 1—12 号封存');
  });
});

it('a signature has one spelling: the bits of its last sign that stand for nothing are looked at too', () => {
  const at = made.lines.findLastIndex((line) => line.startsWith('{"countersignature"'));
  const spelled = made.lines.map((line, index) =>
    index === at ? line.replace(/"signature":"(.*?)[AQgw]"/, '"signature":"$1B"') : line,
  );
  expect(spelled[at]).not.toBe(made.lines[at]);
  const { faults } = verify(withEnd(spelled.slice(0, -1), made.people.length), rootOf(made));
  expect(faults.map(({ kind }) => kind)).toContain('countersignature');
});

describe('a file of another format', () => {
  it('is refused by name, not taken for a changed one', () => {
    const former = made.lines.map((line) => line.replace('"format":3', '"format":1'));
    expect(() => verify(former)).toThrow(/第 1 版格式.*第 2、3 版/);
    expect(() => verify(['{"person":{}}\n'])).toThrow('不是流水的导出');
    const { root } = JSON.parse(made.root) as { root: object };
    expect(() => parseRootFile(JSON.stringify({ root: { ...root, countersigned: undefined } }))).toThrow(
      '早先格式',
    );
  });
});

describe('an empty ledger', () => {
  it('raises no alarm, and says that nothing is sealed', () => {
    const report = verify(withEnd([made.lines[0]!], 0));
    expect(report).toMatchObject({ faults: [], people: 0, newestRoot: null });
    expect(reportLines(report)).toContain('  还没有封存过');
  });
});

describe('a report without a root that was kept apart', () => {
  it('claims no proof, and tells where a root is given', () => {
    const report = verify(made.lines);
    expect(reportLines(report)[0]).toMatch(/^○ .*没有另行保存的封存/);
    expect(reportLines(report).join('\n')).toContain('（加 --root）');
    expect(reportLines(report, { where: 'page' }).join('\n')).toContain('（再选封存文件）');
    expect(reportLines(report, { where: 'page' }).join('\n')).not.toContain('--root');
  });
});

describe('the page’s root', () => {
  it('is read in every form in which it is given', () => {
    const { root } = JSON.parse(made.root) as { root: object };
    for (const text of [JSON.stringify(root), JSON.stringify({ items: [root] }), JSON.stringify({ root })])
      expect(verify(made.lines, parseRootFile(text)).faults).toEqual([]);
    expect(() => parseRootFile('{}')).toThrow();
  });
});

describe('histories', () => {
  const [victim] = made.people.filter(({ person }) => person.record.posts.length > 1);
  const { person } = victim!;
  const [first, second] = person.record.posts;
  const withRecord = (record: Partial<typeof person.record>) =>
    withEnd(
      made.lines
        .slice(0, -1)
        .map((line) =>
          line === personLine(person)
            ? personLine({ ...person, record: { ...person.record, ...record } })
            : line,
        ),
      made.people.length,
    );

  it('are covered until the day that the newest root says, and the report says so', () => {
    const report = verify(made.lines, rootOf(made));
    const until = made.roots.at(-1)!.histories!.day;
    expect(report.historiesUntil).toBe(until);
    expect(reportLines(report).join('\n')).toContain(`履历封存到 ${until} 登记的为止`);
    expect(reportLines(report, { language: 'en' }).join('\n')).toContain(`sealed as recorded until ${until}`);
  });

  it('say from which root on they are others, and which still agrees', () => {
    const known = second!.recordedOn!;
    const days = made.roots.map(({ number, histories }) => ({ number, day: histories!.day }));
    const off = days.find(({ day }) => day >= known)!;
    const { faults } = verify(withRecord({ posts: [first!, { ...second!, postLevel: 'bureau-head' }] }));
    expect(faults).toMatchObject([
      { kind: 'history', person: person.no, line: expect.any(Number) as number },
    ]);
    expect(faults[0]!.says).toContain(`第 ${off.number} 号封存（记到 ${off.day}）起`);
    if (off.number > 1) expect(faults[0]!.says).toContain(`第 ${off.number - 1} 号封存`);
  });

  it('may be recorded anew after the last root, without alarm', () => {
    const later = addDays(made.roots.at(-1)!.histories!.day, 1);
    const grade = { grade: 'researcher-1', from: later, to: null, recordedOn: later };
    const kinds = verify(withRecord({ grades: [grade] }), rootOf(made)).faults.map(({ kind }) => kind);
    expect(kinds).not.toContain('history');
  });

  it('of a file of before are what was exported; a root that covers them asks for the record', () => {
    const former = made.lines.map((line) =>
      line.startsWith('{"person"') ? line.replace(/"record":\{.*\}\}/, '"history":[]}}') : line,
    );
    const { faults } = verify(withEnd(former.slice(0, -1), made.people.length), rootOf(made));
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['history']));
  });

  it('that were changed with what was recorded of them show in the tree, and by a kept root in whom', () => {
    const posts = [{ ...first!, postLevel: 'bureau-head' }, second!];
    const record = { ...person.record, posts };
    const at = made.lines.indexOf(personLine(person));
    const { seals } = JSON.parse(made.lines[at + 1]!) as { seals: [root: number, ...unknown[]][] };
    const anew = seals.map((row) => [
      ...row.slice(0, 5),
      historyDigest(record, made.roots[row[0] - 1]!.histories!.day),
    ]);
    const lines = withRecord(record).map((line, index) =>
      index === at + 1 ? `${JSON.stringify({ seals: anew })}\n` : line,
    );
    const harmed = withEnd(lines.slice(0, -1), made.people.length);
    const alone = verify(harmed).faults.filter(({ kind }) => kind === 'history');
    expect(alone).toMatchObject([{ says: expect.stringContaining('应先查清上面所列的') as string }]);
    expect(alone[0]).not.toHaveProperty('person');
    const unjudged = harmed.filter((line) => !line.startsWith('{"standing"'));
    expect(verify(withEnd(unjudged.slice(0, -1), made.people.length)).faults).toMatchObject([
      { says: expect.stringContaining('连同所记的封存一起被改过') as string },
    ]);
    const kept = verify(harmed, rootOf(made)).faults;
    expect(kept.map(({ kind, person: who }) => [kind, who])).toEqual([
      ['history', person.no],
      ['history', undefined],
    ]);
  });

  it('in a kept file are those of its root, or it speaks for nobody', () => {
    const kept = JSON.parse(made.root) as { heads: unknown[][] };
    kept.heads[0]![6] = '0'.repeat(64);
    const { faults } = verify(made.lines, parseRootFile(JSON.stringify(kept)));
    expect(faults).toMatchObject([{ kind: 'kept' }]);
  });
});
