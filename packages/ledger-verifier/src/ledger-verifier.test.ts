import { createChance } from '@cadre/demo/chance';
import { describe, expect, it } from 'vitest';
import type { Crypto } from './crypto';
import { parseRootFile, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { nodeCrypto } from './node-crypto';
import { pageCrypto } from './page-crypto';
import { reportLines, type Report } from './report';
import { corrupt } from './testing/corrupt';
import { makeExport, withEnd, type MadeExport } from './testing/make-export';

/** The long run: `RUNS=1000`. */
const RUNS = Number(process.env['RUNS'] ?? 150);
/** Ten seconds for each of them: a busy machine is no fault of the verifier. */
const timeout = RUNS * 10_000;

function verify(lines: readonly string[], kept: RootFile | null = null, crypto: Crypto = nodeCrypto): Report {
  const verifier = new LedgerVerifier(crypto, kept);
  // Pieces that end anywhere, also within a character.
  const bytes = Buffer.from(lines.join(''));
  for (let at = 0; at < bytes.length; at += 65_521) verifier.push(bytes.subarray(at, at + 65_521));
  return verifier.finish();
}
const rootOf = (made: MadeExport): RootFile => parseRootFile(made.root);
/** Up to where the newest root covers each person. */
const sealedOf = (made: MadeExport): number[] => {
  const heads = new Map(rootOf(made).heads.map(([id, seq]) => [id, seq]));
  return made.people.map(({ person }) => heads.get(person.id) ?? 0);
};
const made = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });

describe('a ledger nobody has touched', () => {
  it('raises no alarm, and is counted, sealed and derived anew', () => {
    const report = verify(made.lines, rootOf(made));
    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({
      people: 20,
      entries: made.people.reduce((sum, { entries }) => sum + entries.length, 0),
      roots: 12,
      rebuilt: 12,
      rootGiven: true,
      rederived: { inFull: { 'demo-2026 v1': 20 }, sumsOnly: {} },
    });
    expect(report.unsealed.entries).toBeGreaterThan(0);
    expect(reportLines(report).join('\n')).toMatch(/✓ 没有发现改动[\s\S]*未封存/);
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
  says: '规则 demo-2026 第 1 版的条文与第 1 号封存不符:条文被改过',
  line: textLine + 1,
};

describe('a ledger somebody has changed', () => {
  it(`is found out and traced in each of ${RUNS} random corruptions`, { timeout }, () => {
    const sealed = sealedOf(made);
    const kept = rootOf(made);
    const kinds = new Set<string>();
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const harm = corrupt(made, sealed, createChance(seed));
      const report = verify(harm.lines, kept);
      const where = `seed ${seed} ${harm.what} ${harm.person} ${harm.seqs.join()}`;
      kinds.add(harm.what);
      if (harm.person === null) {
        expect(report.faults, where).toEqual([changedText]);
        continue;
      }
      const own = report.faults.filter((fault) => fault.person === harm.person);
      expect(own.length, where).toBeGreaterThan(0);
      expect(
        harm.what === 'facts' || own.some((fault) => harm.seqs.includes(fault.seq ?? -1)),
        `${where}: ${JSON.stringify(own)}`,
      ).toBe(true);
      expect(
        report.faults.every((fault) => fault.person === undefined || fault.person === harm.person),
        where,
      ).toBe(true);
    }
    expect(kinds.size).toBe(10);
  });

  it('cannot have other texts of its rules, wherever they stand, nor none', () => {
    expect(made.lines[textLine]).toContain('12');
    const changed = made.lines[textLine]!.replace('12', '10');
    const withText = (...lines: string[]) =>
      withEnd([...made.lines.slice(0, textLine), ...lines, ...made.lines.slice(textLine + 1, -1)], 20);
    const report = verify(withText(changed));
    expect(report.faults).toEqual([changedText]);
    expect(report.regulations).toEqual({ sealed: 0, unsealed: [], covered: true });
    expect(reportLines(report).join('\n')).toContain(
      `(文件第 ${textLine + 1} 行) 规则 demo-2026 第 1 版的条文与第 1 号封存不符`,
    );
    const first = [made.lines[0]!, changed, ...made.lines.slice(1, textLine)];
    expect(verify(withEnd([...first, ...made.lines.slice(textLine + 1, -1)], 20)).faults).toEqual([
      { ...changedText, line: 2 },
    ]);
    expect(verify(withText()).faults.map(({ kind }) => kind)).toEqual(['regulation']);
    expect(verify(withText(made.lines[textLine]!, changed)).faults.map(({ kind }) => kind)).toEqual([
      'inserted',
    ]);
  });

  it('cannot seal other texts from one day on', () => {
    const before = '"regulations":[{"id":"demo-2026","version":1,"sha256":"';
    for (const [harm, says] of [
      [(line: string) => line.replace(/("sha256":")\w{4}/, '$1aaaa'), '的条文与第 1 号封存不同'],
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
    expect(
      verify(without, kept)
        .faults.map(({ says }) => says)
        .join(),
    ).toContain(made.people[2]!.person.id);
    expect(verify(without).faults.length).toBeGreaterThan(0);

    const short = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    const cutRoots = short.lines.filter((line) => !/^\{"root":\{"number":12,/.test(line)).slice(0, -1);
    const cut = withEnd(
      cutRoots.map((line) => (line.startsWith('{"seals"') ? line.replace(/,?\[12,\d+\]/, '') : line)),
      20,
    );
    expect(verify(cut, rootOf(short)).faults.map(({ kind }) => kind)).toContain('truncated');
  });

  it('cannot be signed anew by somebody else, when the root was kept apart', () => {
    const other = makeExport({ seed: 7, people: 20, sources: 14, roots: 12 });
    expect(verify(other.lines).faults).toEqual([]);
    expect(verify(other.lines, rootOf(made)).faults.map(({ kind }) => kind)).toContain('key');
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'a root',
      (lines) => lines.map((line) => line.replace('"number":5,"day":"2', '"number":5,"day":"1')),
      'root',
    ],
    ['a missing root', (lines) => lines.filter((line) => !line.startsWith('{"root":{"number":5,')), 'root'],
    ['a key', (lines) => lines.map((line) => line.replace('"fromRoot":7', '"fromRoot":6')), 'key'],
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

describe('the texts of regulations', () => {
  it('younger than the root are said to be unsealed', () => {
    const { regulation } = JSON.parse(made.lines[textLine]!) as { regulation: object };
    const second = `${JSON.stringify({ regulation: { ...regulation, version: 2, text: '{}' } })}\n`;
    const report = verify(
      withEnd([...made.lines.slice(0, textLine + 1), second, ...made.lines.slice(textLine + 1, -1)], 20),
      rootOf(made),
    );
    expect(report).toMatchObject({
      faults: [],
      regulations: { sealed: 1, unsealed: ['demo-2026 第 2 版'], covered: true },
    });
    expect(reportLines(report)).toContain('未封存:规则 demo-2026 第 2 版晚于这次封存');
  });

  it('are not covered by roots of former days, which stay valid, and from the first that covers them are', () => {
    const former = makeExport({ seed: 7, people: 3, sources: 6, roots: 4, textsFrom: 9 });
    const report = verify(former.lines, rootOf(former));
    expect(report).toMatchObject({ faults: [], regulations: { covered: false } });
    expect(reportLines(report).join('\n')).toContain('这次封存不含规则条文');
    const since = makeExport({ seed: 7, people: 3, sources: 6, roots: 4, textsFrom: 3 });
    expect(verify(since.lines, rootOf(since))).toMatchObject({
      faults: [],
      regulations: { sealed: 1, unsealed: [], covered: true },
    });
  });
});

describe('an empty ledger', () => {
  it('raises no alarm, and says that nothing is sealed', () => {
    const report = verify(withEnd([made.lines[0]!], 0));
    expect(report).toMatchObject({ faults: [], people: 0, newestRoot: null });
    expect(reportLines(report)).toContain('还没有封存过');
  });
});

describe('a report without a root that was kept apart', () => {
  it('claims no proof, and tells where a root is given', () => {
    const report = verify(made.lines);
    expect(reportLines(report)[0]).toMatch(/^○ .*没有另行保存的封存/);
    expect(reportLines(report).join('\n')).toContain('(加 --root)');
    expect(reportLines(report, 'page').join('\n')).toContain('(再选封存文件)');
    expect(reportLines(report, 'page').join('\n')).not.toContain('--root');
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
