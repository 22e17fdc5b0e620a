import { createChance } from '@cadre/demo/chance';
import { describe, expect, it } from 'vitest';
import { parseRootFile } from './root-file';
import { reportLines, reportText, type Report } from './report';
import { corrupt, HARMS } from './testing/corrupt';
import { makeExport, withEnd } from './testing/make-export';
import { coveredOf, verifyFile } from './testing/verify';

const made = makeExport({ seed: 7, people: 6, sources: 8, roots: 3 });
const kept = parseRootFile(made.root);
const sealed = coveredOf(made, kept);

const verify = (lines: readonly string[], isKept = true) => verifyFile(lines, isKept ? [kept] : []);

describe('the report', () => {
  const changed = made.lines.join('').replace(/(?<=\n\{"entry".*?"amount":)/, '1');

  it('names the place of a fault and then what it is', () => {
    const [, first] = reportLines(verify([changed]));
    expect(first).toMatch(/^ {2}· 人员 P00000\d 第 1 条（文件第 \d+ 行）：这条流水被改过$/);
    const cut = reportLines(verify(made.lines.slice(0, -1)));
    expect(cut[1]).toMatch(/^ {2}· 文件第 \d+ 行：复制没有完成，请重新拷贝/);
  });

  it('does not say all of figures of which somebody was left out, and says whose', () => {
    const whole = reportLines(verify(made.lines)).join('\n');
    expect(whole).toContain('从事实到任务全部复核：demo-2026 v1（6 人）');
    expect(whole).not.toContain('没有重算');

    const report = verify([changed]);
    const [number] = report.faults.flatMap(({ person }) => person ?? []);
    expect(report.rederived).toEqual({
      inFull: { 'demo-2026 v1': 5 },
      factsOnly: {},
      sumsOnly: {},
      skipped: [number],
      unjudged: [],
    });
    const said = reportLines(report).join('\n');
    expect(said).not.toContain('全部复核');
    expect(said).toContain('从事实到任务复核：demo-2026 v1（5 人）');
    expect(said).toContain(`没有重算：1 人的记录有上述问题，查清以前数字无从核对：${number}`);
  });

  it('does not say all either where somebody’s targets are others', () => {
    const report = verify(made.lines.map((line) => line.replace('"state":"open"', '"state":"met"')));
    expect(report.faults.map(({ kind }) => kind)).toContain('rederived');
    expect(reportLines(report).join('\n')).not.toContain('全部复核');
  });

  it('says of whom the file does not tell the targets, so that nobody was there to compare with', () => {
    const at = made.lines.findIndex((line) => line.startsWith('{"standing"'));
    const report = verify(withEnd(made.lines.slice(0, -1).toSpliced(at, 1), 6));
    expect(report.rederived).toMatchObject({
      inFull: { 'demo-2026 v1': 5 },
      factsOnly: { 'demo-2026 v1': 1 },
    });
    expect(reportLines(report).join('\n')).toMatch(
      /从事实到流水复核：demo-2026 v1（1 人）\n.*文件里没有这些人的任务结果可以对照：P000001\n/,
    );
  });

  it('lists fifty of those who were left out', () => {
    const skipped = Array.from({ length: 52 }, (_, index) => `P${index}`);
    const report = {
      ...verify(made.lines),
      rederived: { inFull: {}, factsOnly: {}, sumsOnly: {}, skipped, unjudged: [] },
    };
    expect(reportLines(report).join('\n')).toMatch(/没有重算：52 人.*、P49，另有 2 人未列出/);
  });

  it('says what to do now, and says it where the whole file was saved anew', () => {
    const next = (report: Report) => reportText(report).next.join();
    expect(next(verify(made.lines))).toBe('');
    expect(next(verify(made.lines, false))).toMatch(/^接下来：找出以前存在服务器以外的封存文件，加 --root/);
    expect(next(verify([changed]))).toMatch(/^接下来：把这份导出、封存文件和这个结果原样留下/);
    const spaced = made.lines.map((line) => line.replace(/^\{"(entry|settlement)":/, '{"$1": '));
    expect(next(verify(spaced))).toMatch(/^几乎每一行都变了：多半是整个文件被别的软件另存过/);
  });

  it('concludes nothing about the server from a seal file that was changed', () => {
    const file = JSON.parse(made.root) as { heads: unknown[][] };
    const changedBy = (harm: (heads: unknown[][]) => unknown[][]): Report => {
      const root = parseRootFile(JSON.stringify({ ...file, heads: harm(structuredClone(file.heads)) }));
      return verifyFile(made.lines, [root]);
    };
    const withFirst = (at: number, value: unknown) => (heads: unknown[][]) =>
      heads.with(0, heads[0]!.with(at, value));
    for (const harm of [
      withFirst(1, 1_000),
      withFirst(2, '0'.repeat(64)),
      (heads: unknown[][]) => heads.slice(1),
    ]) {
      const { verdict, next } = reportText(changedBy(harm));
      expect(verdict).toBe('× 给出的封存文件有问题，还不能下结论');
      expect(next).toHaveLength(1);
      expect(next[0]).toMatch(/^接下来：先另找一份同一号的封存文件再核对.*不能说服务器上的流水被动过$/);
    }
    const numbered = reportText(changedBy(withFirst(5, 'P999999')));
    expect(numbered.faults[0]!.says).toContain('两个文件都可能是被改过的那个');
    expect(numbered.next[0]).toMatch(/^编号不同的，先另找一份同一号的封存文件核对/);
  });

  it('reads in English as well, every sentence of it', () => {
    const chance = createChance(5);
    const reports = [
      verify(made.lines, false),
      verify([changed]),
      ...HARMS.map((what) => verify(corrupt(what, made, sealed, chance).lines)),
    ];
    for (const report of reports) {
      const { verdict, faults, more, next, details } = reportText(report, { where: 'page', language: 'en' });
      const said = [
        verdict,
        ...more,
        ...next,
        ...details.flatMap(({ title, lines }) => [title, ...lines]),
        ...faults.flatMap(({ place, says }) => [place, says]),
      ];
      expect(said.filter((line) => /[一-鿿，。：；、（）]/.test(line))).toEqual([]);
    }
    expect(reportLines(verify([changed]), { language: 'en' })[1]).toMatch(
      /^ {2}· person P00000\d, entry 1, line \d+ of the file: this entry was changed$/,
    );
  });

  it('is punctuated as Chinese is, whatever was found', () => {
    const chance = createChance(3);
    const standings = made.lines.map((line) => line.replace('"state":"open"', '"state":"met"'));
    const reports = [
      verify(made.lines, false),
      verify([changed]),
      verify(standings),
      verify(made.lines.slice(0, -20)),
      ...HARMS.map((what) => verify(corrupt(what, made, sealed, chance).lines)),
    ];
    const lines = reports.flatMap((report) => [
      ...reportLines(report),
      ...reportLines(report, { where: 'page' }),
    ]);
    expect(lines.filter((line) => /[一-鿿] ?[,;:()]|[,;:()] ?[一-鿿]/.test(line))).toEqual([]);
  });
});
