import { addDays } from '@cadre/domain/core';
import { describe, expect, it } from 'vitest';
import type { RootFile } from './format';
import { reportLines, reportText, type Report } from './report';
import { parseRootFile } from './root-file';
import { forge, withoutRows, type Forgery } from './testing/forge';
import { headLine, linkLine, makeExport, personLine, withEnd } from './testing/make-export';
import { rehashed } from './testing/redo';
import { coveredBy, verifyFile } from './testing/verify';

const made = makeExport({ seed: 21, people: 30, sources: 30, roots: 6 });
const PEOPLE = made.people.length;
const body = made.lines.slice(0, -1);
const keptOf = (...numbers: number[]): RootFile[] =>
  numbers.map((number) => parseRootFile(made.rootFile(number)));
const [newest] = keptOf(6) as [RootFile];

const verify = (lines: readonly string[] | Uint8Array, kept: readonly RootFile[] = [newest]): Report =>
  verifyFile(lines, kept);
const sealedAt = (root: number, id: string) => coveredBy(keptOf(root)[0]!, id);
/** Somebody with something new under each of the roots. */
const victim = made.people.find(({ person: { id } }) =>
  [2, 3, 4, 5, 6].every((root) => sealedAt(root, id).entries > sealedAt(root - 1, id).entries + 1),
)!;
const { no, id } = victim.person;
const forged = (forgery: Forgery): string[] => forge(made, victim, forgery);
const own = ({ faults }: Report) => faults.filter(({ person }) => person === no);
const othersOf = ({ faults }: Report) =>
  new Set(faults.flatMap(({ person }) => (person === undefined || person === no ? [] : person)));

describe('what is missing of everybody', () => {
  const cut = withoutRows(made.lines, 3, PEOPLE);

  it('is said once, and of nobody that theirs was changed', () => {
    for (const kept of [keptOf(6), keptOf(3), keptOf(3, 6)]) {
      const report = verify(cut, kept);
      expect(report.faults).toHaveLength(1);
      expect(report.faults[0]!.says).toMatch(/^第 3 号封存时各人的末尾在文件里全都没有了/);
      expect(report.faults[0]).not.toHaveProperty('person');
      expect(report.rederived.skipped).toEqual([]);
    }
    expect(verify(cut, keptOf(3)).faults[0]!.says).toMatch(
      /\d+ 人的范围因此对不上.*这不说明他们的记录被改过/,
    );
  });

  it('hides nobody whose entry was changed: that comes first', () => {
    const changed = body.map((line) =>
      line === linkLine('entry', victim.entries[3]!)
        ? line.replace(/"amount":-?\d+/, '"amount":990000')
        : line,
    );
    const rechained = forged({ entry: (entry) => (entry.seq === 4 ? { ...entry, amount: 990_000 } : entry) });
    for (const lines of [withEnd(changed, PEOPLE), rechained]) {
      const report = verify(withoutRows(lines, 3, PEOPLE));
      expect(report.faults[0]).toMatchObject({ person: no });
      expect(othersOf(report)).toEqual(new Set());
      expect(report.faults.length).toBeLessThan(4);
    }
  });

  it('is listed in full when asked for', () => {
    const faults = Array.from({ length: 60 }, () => ({ kind: 'file' as const, says: '甲', english: 'one' }));
    const report = { ...verify(made.lines), faults };
    expect(reportText(report)).toMatchObject({ more: ['另有 10 处未列出，加 --all 全部列出'] });
    expect(reportText(report).faults).toHaveLength(50);
    const all = reportText(report, { isAll: true });
    expect(all.more).toEqual([]);
    expect(all.faults).toHaveLength(60);
  });
});

describe('links that were taken out, and all after them made anew', () => {
  const without = (...seqs: number[]): Forgery => ({ entry: (one) => (seqs.includes(one.seq) ? null : one) });
  /** Also out of what the settlements list. */
  const unlisted = (...seqs: number[]): Forgery => ({
    ...without(...seqs),
    settlement: (one) => ({
      ...one,
      entryIds: one.entryIds.filter((entry) => !seqs.some((seq) => victim.entries[seq - 1]!.id === entry)),
    }),
  });
  const count = victim.entries.length;
  const newestSealed = sealedAt(6, id);
  /** As on the day of the newest root, when all was sealed. */
  const sealedOnly = ({ entry = (one) => one, settlement = (one) => one }: Forgery): Forgery => ({
    entry: (one) => (one.seq > newestSealed.entries ? null : entry(one)),
    settlement: (one) => (one.seq > newestSealed.settlements ? null : settlement(one)),
  });

  it('are named where a settlement lists them', () => {
    for (const kept of [keptOf(6), keptOf(1, 2, 3, 6), []]) {
      const one = own(verify(forged(without(10)), kept));
      expect(one[0]).toMatchObject({ kind: 'missing', seq: 10 });
      expect(one[0]!.says).toMatch(/^第 10 条流水被删掉了，后面的重新编了号：第 \d+ 次结算列着/);
      const two = own(verify(forged(without(10, 20)), kept));
      expect(two[0]!.says).toMatch(/^第 10、20 条流水被删掉了/);
      expect([...one, ...two].map(({ says }) => says).join()).not.toContain(`第 ${count} 条流水被删掉了`);
    }
  });

  it('are narrowed by the roots where nothing else tells', () => {
    const root = [2, 3, 4, 5, 6].find((number) => sealedAt(number, id).entries >= 10)!;
    const [from, to] = [sealedAt(root - 1, id).entries + 1, sealedAt(root, id).entries];
    const all = own(verify(forged(sealedOnly(unlisted(10))), keptOf(1, 2, 3, 4, 5, 6)));
    const entry = all.find(({ seq }) => seq !== undefined)!;
    expect(entry).toMatchObject({ kind: 'missing', seq: from, to });
    expect(entry.says).toContain('少了 1 条流水');
    expect(entry.says).toContain(`原有 ${newestSealed.entries} 条，现有 ${newestSealed.entries - 1} 条`);
    const one = own(verify(forged(sealedOnly(unlisted(10))))).find(({ seq }) => seq !== undefined)!;
    expect(one.seq).toBeLessThanOrEqual(10);
    expect(one.to).toBeGreaterThanOrEqual(10);
    expect(one.says).not.toMatch(/条流水被删掉了/);
  });

  it('are the last ones only where the rest is shown to be whole', () => {
    const sealed = newestSealed.entries;
    const before = sealedAt(5, id).entries;
    const tail = Array.from({ length: count - before }, (_, index) => before + 1 + index);
    const found = own(verify(forged(sealedOnly(unlisted(...tail))), keptOf(5, 6))).find(
      ({ seq }) => seq !== undefined,
    )!;
    expect(found).toMatchObject({ kind: 'missing', seq: before + 1, to: sealed });
    expect(found.says).toContain(`第 ${before + 1}—${sealed} 条流水被删掉了`);
  });

  it('are named of settlements by the entries that are left of them', () => {
    const gone = victim.settlements.find(({ seq, entryIds }) => seq > 2 && entryIds.length > 1)!;
    const lines = forged({ settlement: (one) => (one.seq === gone.seq ? null : one) });
    const [first, ...others] = own(verify(lines));
    expect(first).toMatchObject({ kind: 'missing', settlement: gone.seq });
    expect(first!.says).toMatch(/^这次结算被删掉了，后面的重新编了号：第 \d+(—\d+)? 条流水是它的/);
    expect(others).toEqual([]);
    expect(own(verify(lines, []))[0]!.says).toMatch(/不属于任何一次结算/);
  });
});

describe('histories', () => {
  const until = made.roots[3]!.histories!.day;
  const later = made.roots[4]!.histories!.day;
  const withRecord = (record: Partial<typeof victim.person.record>): string[] =>
    withEnd(
      body.map((line) =>
        line === personLine(victim.person)
          ? personLine({ ...victim.person, record: { ...victim.person.record, ...record } })
          : line,
      ),
      PEOPLE,
    );
  const row = (recordedOn: string) => ({
    grade: 'emperor' as never,
    from: '2026-01-01',
    to: null,
    recordedOn,
  });

  it('are sealed as far as the newest kept root says, not as far as the file does', () => {
    const report = verify(made.lines, keptOf(4));
    expect(report.historiesUntil).toBe(until);
    expect(reportLines(report).join('\n')).toContain(`履历封存到 ${until} 登记的为止`);
  });

  it('that no kept root covers are counted and named', () => {
    const last = made.roots[5]!.histories!.day;
    const report = verify(withRecord({ grades: [row(addDays(last, 1))] }));
    expect(report.faults).toEqual([]);
    expect(report.unsealedHistories).toContainEqual({
      no,
      rows: [expect.objectContaining({ zh: expect.stringContaining('职级 emperor') as string })],
    });
    expect(reportLines(report).join('\n')).toContain(
      `${no}（职级 emperor 2026-01-01—，${addDays(last, 1)} 登记）`,
    );
    expect(reportLines(report, { language: 'en' }).join('\n')).toContain(`${no} (grade emperor 2026-01-01—`);
    const ended = victim.person.record.affiliations.map((one) => ({
      ...one,
      endRecordedOn: later,
      to: later,
    }));
    expect(verify(withRecord({ affiliations: ended }), keptOf(4)).unsealedHistories).toContainEqual({
      no,
      rows: expect.arrayContaining([
        expect.objectContaining({ zh: expect.stringContaining('的结束') as string }),
      ]) as unknown[],
    });
  });

  it('cannot be recorded after the export was made', () => {
    const report = verify(withRecord({ grades: [row('2031-05-06')] }));
    expect(report.faults).toMatchObject([{ kind: 'history', person: no }]);
    expect(report.faults[0]!.says).toContain('2031-05-06');
  });

  it('have days of before the first root that no root holds, which is said', () => {
    expect(reportLines(verify(made.lines)).join('\n')).toContain(
      `${made.roots[0]!.histories!.day} 以前的登记日期不在封存之内`,
    );
  });
});

describe('a file in another encoding', () => {
  const text = made.lines.join('');
  // Bytes of GB18030 for each sign that is not ASCII, whichever: no UTF-8, as an editor would leave it.
  const recoded = (from: string): Uint8Array =>
    Buffer.concat(Array.from(from, (sign) => (sign > '~' ? Buffer.from([0xb8, 0xc9]) : Buffer.from(sign))));

  it('is refused with what to do', () => {
    for (const file of [recoded(text), Buffer.from(text.replace(/[一-鿿]/g, '�'))])
      expect(() => verify(file)).toThrow(/^这个文件被另存成了别的编码.*请给服务器导出的原文件/);
  });

  it('is not what one damaged line is, nor a title that was never readable', () => {
    const at = body.indexOf(linkLine('settlement', victim.settlements[2]!));
    const before = Buffer.from(body.slice(0, at).join(''));
    const after = Buffer.from(made.lines.slice(at + 1).join(''));
    const report = verify(Buffer.concat([before, recoded(body[at]!), after]));
    expect(report.faults[0]).toMatchObject({ kind: 'changed', person: no, settlement: 3 });
    const titled = forge(made, victim, { settlement: (one) => ({ ...one, title: '���������' }) });
    expect(() => verify(titled)).not.toThrow();
  });
});

describe('a person’s own line', () => {
  const at = body.indexOf(personLine(victim.person));

  it('that is gone is the only thing said, and not of the person before', () => {
    for (const lines of [
      withEnd(body.toSpliced(at, 1), PEOPLE),
      withEnd(body.toSpliced(at, 1), PEOPLE - 1),
    ]) {
      const { faults } = verify(lines);
      expect(faults).toMatchObject([{ kind: 'missing', person: no, line: at + 1 }]);
      expect(faults[0]!.says).toMatch(/^人员这一行被删掉了/);
    }
  });

  it('that is there twice is said to be', () => {
    for (const people of [PEOPLE, PEOPLE + 1]) {
      const { faults } = verify(withEnd(body.toSpliced(at, 0, body[at]!), people));
      expect(faults).toMatchObject([
        { kind: 'inserted', person: no, line: at + 2, says: '人员这一行出现了两次' },
      ]);
    }
  });
});

describe('a copy that was not finished', () => {
  it('is said first and alone, with what to do, wherever it stops', () => {
    const whole = Buffer.from(made.lines.join(''));
    const ends = [0.2, 0.5, 0.8, 0.99].map((share) => Math.floor(whole.length * share));
    const after = Buffer.from(body.slice(0, body.indexOf(headLine(victim.head)) - 2).join('')).length;
    for (const end of [...ends, after]) {
      const report = verify(whole.subarray(0, end));
      expect(report.faults, `${end}`).toHaveLength(1);
      expect(report.faults[0]!.says).toMatch(/^复制没有完成，请重新拷贝/);
      expect(reportLines(report)[0]).toBe('× 文件不完整，还不能下结论');
      expect(reportLines(report).join('\n')).toContain('接下来：重新拷贝');
    }
  });

  it('is followed by what is wrong in the part that could be read', () => {
    const changed = made.lines.map((line) =>
      line === linkLine('entry', victim.entries[3]!)
        ? line.replace(/"amount":-?\d+/, '"amount":990000')
        : line,
    );
    const end = made.lines.indexOf(headLine(victim.head)) + 20;
    const { faults } = verify(changed.slice(0, end));
    expect(faults.map(({ kind, person }) => [kind, person])).toEqual([
      ['truncated', undefined],
      ['changed', no],
    ]);
  });
});

describe('numbers that cannot be', () => {
  const { entries, head } = victim;
  const headAs = (seq: number, line = headLine(head).replace(/"seq":\d+/, `"seq":${seq}`)): string[] =>
    withEnd(body.with(body.indexOf(headLine(head)), line), PEOPLE);

  it('of a head that a kept root goes beyond are the head’s fault, not an entry’s', () => {
    const sealed = sealedAt(6, id).entries;
    const low = { ...head, seq: sealed - 1, hash: entries[sealed - 2]!.hash };
    const { faults } = verify(headAs(0, headLine(low)));
    expect(faults).toMatchObject([{ kind: 'seal', person: no }]);
    expect(faults[0]).not.toHaveProperty('seq');
    expect(faults[0]!.says).toMatch(/^末尾记录被改过/);
  });

  it('are said to be impossible, and nothing is counted by them', () => {
    for (const seq of [9_999, 9_999_999, -1, 1.5]) {
      const at = body.indexOf(linkLine('entry', entries[5]!));
      const odd = linkLine('entry', rehashed({ ...entries[5]!, seq, amount: 1 }));
      const report = verify(withEnd(body.toSpliced(at + 1, 0, odd), PEOPLE));
      expect(own(report)[0], `${seq}`).toMatchObject({ kind: 'inserted', seq: 7 });
      expect(own(report)[0]!.says).toContain(`写着是第 ${seq} 条，这个编号不可能`);
      const said = reportLines(report).join('\n');
      expect(said).not.toMatch(/第 \d+—9{3,} 条|-1 条流水|\d{4,} 条流水晚于/);
    }
    const { faults } = verify(headAs(9_999_999));
    expect(faults[0]!.says).toContain('这个数不可能');
    expect(faults.map(({ says }) => says).join()).not.toContain('被删掉了');
    const rows = withEnd(
      body.map((line, at) =>
        body[at - 1] === personLine(victim.person) ? line.replace(/\[6,\d+,/, '[6,99999999,') : line,
      ),
      PEOPLE,
    );
    expect(
      verify(rows)
        .faults.map(({ says }) => says)
        .join(),
    ).not.toContain('99999999 条流水被删掉');
  });
});

it('names the day, the activity and how much where an amount does not follow from its facts', () => {
  const entry = victim.entries.find(({ reverses, amount }) => reverses === null && amount > 0)!;
  const lines = forged({ entry: (one) => (one.seq === entry.seq ? { ...one, amount: 990_000 } : one) });
  const found = verify(lines, []).faults.find(({ kind }) => kind === 'rederived' || kind === 'seal')!;
  const { faults } = verify(
    forge(
      { lines: made.lines.filter((line) => !/^\{"(root|countersignature)"/.test(line)), people: made.people },
      victim,
      {
        entry: (one) => (one.seq === entry.seq ? { ...one, amount: 990_000 } : one),
      },
    ),
    [],
  );
  const says = [found, ...faults].map((one) => one.says).join('\n');
  expect(says).toMatch(
    /「课」（第 \d+ 次结算）照所附的事实应记：\d{4}-\d\d-\d\d (天|学时|网络学时) [\d.]+（第.+?条）.*；流水里记的却是：.* 99（/,
  );
  expect(says).not.toMatch(/online|lesson/);
  expect(faults.map(({ english }) => english).join()).toMatch(/(days|class hours) 99|online hours 99/i);
});

it('an export cannot be made before its newest root was signed', () => {
  const first = made.lines[0]!.replace(/"madeAt":"[^"]*"/, `"madeAt":"${made.roots[4]!.day}T00:00:00.000Z"`);
  const { faults } = verify(withEnd([first, ...body.slice(1)], PEOPLE));
  expect(faults.map(({ kind, line }) => [kind, line])).toContainEqual(['file', 1]);
  expect(faults.find(({ kind }) => kind === 'file')!.says).toContain('早于其中第 6 号封存的签名时间');
});
