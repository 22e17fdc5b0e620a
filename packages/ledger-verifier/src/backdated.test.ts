import { createChance } from '@cadre/demo/chance';
import { describe, expect, it } from 'vitest';
import { reportLines, reportText } from './report';
import { parseRootFile } from './root-file';
import { redo } from './testing/corrupt-redone';
import { forge } from './testing/forge';
import { makeExport, regulationLine, withEnd } from './testing/make-export';
import { coveredOf, verifyFile } from './testing/verify';

const made = makeExport({ seed: 9, people: 6, sources: 12, roots: 4 });
const kept = parseRootFile(made.root);
const sealed = coveredOf(made, kept);

const verify = (lines: readonly string[], isKept = true) => verifyFile(lines, isKept ? [kept] : []);

describe('records that say that they are older than two seals without them', () => {
  it('are a fault each, of the settlement and of its entries', () => {
    for (const isKept of [true, false]) {
      const { person, lines } = redo('redone backdated', made, sealed, createChance(3));
      const victim = made.people.find((one) => one.person.no === person)!;
      const { faults } = verify(lines, isKept);
      expect(faults.map((fault) => [fault.person, fault.settlement ?? fault.seq])).toEqual(
        expect.arrayContaining([
          [person, victim.entries.length + 1],
          [person, victim.settlements.length + 1],
        ]),
      );
      expect(faults[0]!.says).toMatch(
        /^写着 \d{4}-\d\d-\d\d 记入，第 3、4 号封存（.{10}、.{10}）里却都没有：是后来补进去的，日期是假的/,
      );
    }
  });

  it('are found of somebody who never was in a seal', () => {
    const { faults } = verify(redo('redone invented', made, sealed, createChance(3)).lines);
    expect(faults.map(({ person, kind }) => [person, kind])).toEqual([
      ['P999999', 'inserted'],
      ['P999999', 'inserted'],
    ]);
  });

  it('are a fault of regulations', () => {
    const at = made.lines.findIndex((line) => line.startsWith('{"regulation"'));
    const withLine = (line: string) => withEnd(made.lines.slice(0, -1).toSpliced(at + 1, 0, line), 6);
    const backdated = verify(withLine(regulationLine({ version: 2 })));
    expect(backdated.faults).toMatchObject([{ kind: 'regulation', line: at + 2 }]);
    expect(backdated.faults[0]!.says).toMatch(/^规则 demo-2026 第 2 版写着 2023-01-01 记入，第 3、4 号封存/);
    const recordedAt = new Date(`${made.roots[2]!.day}T00:00:00+08:00`);
    expect(verify(withLine(regulationLine({ version: 2, recordedAt }))).faults).toEqual([]);
    expect(verify(withLine(regulationLine({ version: 2, state: 'draft' }))).faults).toEqual([]);
  });
});

describe('records that came between two seals', () => {
  const victim = made.people.find((_, at) => sealed[at]!.settlements > 3)!;
  const newestDays = made.roots.map(({ day }) => day);
  const since = (day: string) => {
    const recordedAt = new Date(`${day}T00:00:00+08:00`);
    const like = victim.settlements[0]!;
    const own = { ...like, id: 'new', source: { ...like.source, id: 'new' }, entryIds: [], recordedAt };
    return forge(made, victim, { settlements: (all) => [...all, own] });
  };
  const ofDates = (lines: readonly string[]) =>
    verify(lines).faults.filter(({ says }) => says.includes('里却都没有'));

  it('are no fault as of the day of the one before the newest, since a clock may have been put forward', () => {
    expect(ofDates(since(newestDays[2]!))).toEqual([]);
    expect(ofDates(since(newestDays[1]!))).toHaveLength(1);
  });
});

it('what the newest seal does not have is said of whom and which', () => {
  const text = reportLines(verify(made.lines)).join('\n');
  const at = made.people.findIndex(({ entries }, index) => entries.length > sealed[index]!.entries);
  const { person, entries } = made.people[at]!;
  const from = sealed[at]!.entries + 1;
  const places = from === entries.length ? `${from}` : `${from}—${entries.length}`;
  expect(text).toMatch(new RegExp(`未封存：.*不在这次封存里：.*${person.no}（[^）]*第 ${places} 条流水）`));
  expect(reportLines(verify(made.lines), { language: 'en' }).join('\n')).toMatch(
    new RegExp(`not in this seal: .*${person.no} \\([^)]*(entry|entries) ${places}\\)`),
  );
});

it('of more than fifty people with something unsealed fifty are named, and all when all are asked for', () => {
  const unsealedLinks = Array.from({ length: 52 }, (_, index) => ({
    no: `P${index}`,
    rows: [{ zh: '第 1 条流水', en: 'entry 1' }],
  }));
  const report = {
    ...verify(made.lines),
    unsealed: { people: 52, settlements: 0, entries: 52 },
    unsealedLinks,
  };
  const said = (isAll: boolean) => JSON.stringify(reportText(report, { isAll }).details);
  expect(said(false)).toContain('P49（第 1 条流水），另有 2 人未列出');
  expect(said(true)).toContain('P51（第 1 条流水）"');
});
