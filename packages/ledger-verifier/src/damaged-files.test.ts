import { gzipSync } from 'node:zlib';
import type { LedgerEntry } from '@cadre/domain/ledger';
import { describe, expect, it } from 'vitest';
import { UnreadableExportError, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { nodeCrypto } from './node-crypto';
import type { Report } from './report';
import { parseRootFile } from './root-file';
import { headLine, linkLine, makeExport, withEnd } from './testing/make-export';
import { rehashed } from './testing/redo';
import { verifyFile } from './testing/verify';

const made = makeExport({ seed: 9, people: 6, sources: 8, roots: 3 });
const whole = made.lines.join('');
const kept = parseRootFile(made.root);
const PEOPLE = made.people.length;

const verify = (file: string | Uint8Array, roots: readonly RootFile[] = [kept]): Report =>
  verifyFile(file, roots);
const verifyBody = (body: readonly string[]): Report => verify(withEnd(body, PEOPLE).join(''));
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a file that is no export', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['is empty', '', /^这个文件是空的，请重新导出/],
    ['is packed', gzipSync(whole), /^这是压缩文件，请先解压/],
    ['is a workbook', Buffer.from('PK\x03\x04 and more of it'), /^这是压缩文件/],
    ['was saved as UTF-16', utf16(whole), /^这个文件被另存成了别的编码/],
    ['was saved as UTF-16, the other way round', utf16(whole).swap16(), /^这个文件被另存成了别的编码/],
    ['is a root', made.root, /^这是封存文件，不是流水的导出/],
    ['is a database', 'SQLite format 3\0', /^这是数据库文件/],
    ['is a text', 'hello\n', /^这不是流水的导出/],
    ['lost its first line', made.lines.slice(1).join(''), /^这不是流水的导出，或开头被改过/],
    ['has no format', whole.replace('"format":3,', ''), /^这不是流水的导出/],
  ])('that %s is told apart, with what to do', (_what, file, says) => {
    const read = () => verify(file);
    expect(read).toThrow(UnreadableExportError);
    expect(read).toThrow(says);
  });

  it('and never ends is not kept in memory', () => {
    const verifier = new LedgerVerifier(nodeCrypto);
    const piece = new Uint8Array(1 << 24).fill(0x20);
    verifier.push(Buffer.from('{"export":{"format":3}'));
    expect(() => {
      for (let count = 0; count < 16; count += 1) verifier.push(piece);
    }).toThrow(UnreadableExportError);
  });
});

describe('an export that was only saved again', () => {
  it('raises no alarm for a mark at its beginning or an empty line at its end', () => {
    expect(verify(`\uFEFF${whole}`).faults).toEqual([]);
    expect(verify(`${whole}\n\r\n`).faults).toEqual([]);
    expect(verify(whole.trimEnd()).faults).toEqual([]);
  });

  it('twice into one file is one fault', () => {
    expect(verify(whole + whole).faults).toMatchObject([
      {
        kind: 'inserted',
        says: `结尾之后还有 ${made.lines.length} 行`,
        line: made.lines.length + 1,
      },
    ]);
  });
});

describe('an export after the half of one', () => {
  it.each([0, 40])('is said to be that, and nobody is blamed (%d bytes of a line)', (part) => {
    const half = made.lines.slice(0, 20).join('') + made.lines[20]!.slice(0, part);
    expect(() => verify(half + whole)).toThrow(/^这个文件里有两份导出：第 21 行又从头开始/);
  });
});

describe('a kept root', () => {
  it('is read in the encodings that programs save it in', () => {
    for (const file of [`\uFEFF${made.root}`, utf16(made.root), made.root.replace('\n', '\r\n')])
      expect(verify(whole, [parseRootFile(Buffer.from(file))])).toMatchObject({ faults: [], keptRoots: [3] });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^这个文件是空的；请换一份封存文件/],
    ['packed', gzipSync(made.root), /^这是压缩文件，请先解压/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /^这是图片或文档，不是封存文件/],
    ['half a root', made.root.slice(0, 400), /^这份封存文件不完整：没有拷贝完/],
    ['an export', whole, /^这是流水的导出，不是封存文件/],
    ['an export as UTF-16', utf16(whole), /^这是流水的导出，不是封存文件/],
    ['a text', 'hello', /^这既不是流水的导出，也不是封存文件/],
  ])('that is %s is told apart, with what to do', (_what, file, says) => {
    expect(() => parseRootFile(Buffer.from(file))).toThrow(says);
  });

  it.each(['null', '5', '[]', '{}', '{"root":null}', '{"root":{}}'])('is not %s', (text) => {
    expect(() => parseRootFile(text)).toThrow(/^这个文件里没有封存/);
  });

  it.each<[string, object]>([
    ['heads', { heads: 'x' }],
    ['heads', { heads: [1, 2] }],
    ['keys', { keys: {} }],
    ['keys', { keys: [null] }],
    ['root', { root: { ...kept.root, number: '3' } }],
    ['root', { root: { ...kept.root, regulations: 5 } }],
  ])('with other %s is said to be changed', (_part, change) => {
    const text = JSON.stringify({ ...(JSON.parse(made.root) as object), ...change });
    expect(() => parseRootFile(text)).toThrow(/^这份封存文件不完整或被改过；请换一份/);
  });

  it('that was changed itself is blamed alone, not the ledger', () => {
    for (const changed of [
      made.root.replace(/"day":"\d{4}/, '"day":"1999'),
      made.root.replace(/"x":"./, '"x":"-'),
    ])
      expect(verify(whole, [parseRootFile(changed)]).faults).toMatchObject([
        { kind: 'kept', says: '另行保存的第 3 号封存被改过，或不是这本流水的；请换一份没有动过的' },
      ]);
  });
});

describe('a damaged line', () => {
  const victim = made.people[2]!;
  const body = made.lines.slice(0, -1);
  const at = body.indexOf(linkLine('entry', victim.entries[2]!));
  const begin = body.findLastIndex((line, index) => index < at && line.startsWith('{"person"'));
  const standing = body.findIndex((line, index) => index > at && line.startsWith('{"standing"'));
  const here = { person: victim.person.no, kind: 'file' };

  it.each([
    '{"seals":5}',
    '{"seals":[[1]]}',
    '{"head":null}',
    '{"standing":null}',
    '{"standing":{}}',
    '{"person":null}',
    '{"key":{}}',
    '{"root":{}}',
    '{"countersignature":{}}',
    '{"regulation":{}}',
    '{"end":null}',
  ])('%s is found where it lies, and nothing else is blamed', (line) => {
    const { faults } = verify(withEnd(body.toSpliced(at, 0, `${line}\n`), PEOPLE).join(''));
    const [found, ...others] = faults.filter(({ says }) => !says.startsWith('文件应有'));
    expect(found).toMatchObject({ person: victim.person.no, line: at + 1 });
    expect(found!.says).not.toContain('undefined');
    expect(others).toEqual([]);
  });

  it('of a person still begins them, so that nobody else is blamed', () => {
    for (const harm of [
      (line: string) => line.replace(/"record":.*/, '"record":null}}'),
      (line: string) => line.replace(/"record":/, '"record":x'),
    ]) {
      const { faults } = verifyBody(body.with(begin, harm(body[begin]!)));
      expect(faults).toMatchObject([{ ...here, line: begin + 1 }]);
    }
  });

  it('of what the product says of targets is found where it lies', () => {
    const { faults } = verifyBody(
      body.with(standing, body[standing]!.replace(/"targets":.*/, '"targets":null}}')),
    );
    expect(faults).toMatchObject([{ ...here, line: standing + 1 }]);
  });
});

describe('records that were exchanged or removed', () => {
  const [one, other] = made.people as [(typeof made.people)[0], (typeof made.people)[0]];
  const body = made.lines.slice(0, -1);

  it('between two people are said in a few sentences, of both', () => {
    const blockOf = (person: typeof one) => {
      const from = body.findIndex((line) => line.includes(`"no":"${person.person.no}"`)) + 1;
      return [from, body.indexOf(headLine(person.head))] as const;
    };
    const [from, to] = blockOf(one);
    const [begin, end] = blockOf(other);
    const exchanged = [
      ...body.slice(0, from),
      ...body.slice(begin, end),
      ...body.slice(to, begin),
      ...body.slice(from, to),
      ...body.slice(end),
    ];
    const { faults } = verifyBody(exchanged);
    expect(faults.length).toBeLessThan(12);
    expect(new Set(faults.flatMap(({ person }) => person ?? []))).toEqual(
      new Set([one.person.no, other.person.no]),
    );
    expect(faults.map(({ says }) => says)).toContain(`从这里起有 ${other.entries.length} 条流水是别人的`);
  });

  it('leave an end of nothing, which is said to be gone', () => {
    const nothing = headLine({ ...one.head, seq: 0, hash: '0'.repeat(64) });
    const { faults } = verifyBody(body.with(body.indexOf(headLine(one.head)), nothing));
    expect(faults).toMatchObject([{ person: one.person.no, seq: 1, says: '流水还在，末尾记录却被删掉了' }]);
  });

  it('that no product writes are not reckoned with, and do not stop the reading', () => {
    const odd = { ...one.entries.at(-1)!, line: null, regulation: null };
    const last = rehashed(odd as unknown as LedgerEntry);
    const entries = body.indexOf(linkLine('entry', one.entries.at(-1)!));
    const forged = body
      .with(entries, linkLine('entry', last))
      .with(body.indexOf(headLine(one.head)), headLine({ ...one.head, hash: last.hash }));
    const { faults, people } = verify(withEnd(forged, PEOPLE).join(''), []);
    expect(people).toBe(PEOPLE);
    expect(faults.some(({ person }) => person === one.person.no)).toBe(true);
  });
});

it('a root whose key is not there says which, and a countersignature whose root is not there says so', () => {
  const keys = made.lines.filter((line) => line.startsWith('{"key"'));
  const body = made.lines.slice(0, -1);
  const says = (lines: readonly string[]) => verifyBody(lines).faults.map((fault) => fault.says);
  const without = says(body.filter((line) => line !== keys.at(-1)));
  expect(without.some((line) => /无从核对：文件里没有签它的公钥 \w{16}$/.test(line))).toBe(true);
  const [, number] = /\{"countersignature":.*?"rootNumber":(\d+)/.exec(body.join('')) ?? [];
  const rootless = says(body.filter((line) => !line.startsWith(`{"root":{"number":${number},`)));
  expect(rootless).toContain(`第 ${number} 号封存的一份会签无从核对：文件里没有这号封存`);
});
