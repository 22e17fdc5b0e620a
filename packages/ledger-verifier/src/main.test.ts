import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeExport } from './testing/make-export';

const MAIN = join(import.meta.dirname, 'main.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-ledger-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    cwd: import.meta.dirname,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

it('ends with 0 when it is proven, 1 when something was changed, 2 when it cannot be read, 3 with nothing to hold it to', () => {
  const { lines, root } = makeExport({ seed: 2, people: 3, sources: 6, roots: 2 });
  const changed = lines.join('').replace(/(?<=\n\{"entry".*?"amount":)/, '1');
  writeFileSync(file('ledger.jsonl'), lines.join(''));
  writeFileSync(file('root.json'), root);
  expect(run([file('ledger.jsonl'), '--root', file('root.json')])).toMatchObject({ status: 0, stderr: '' });
  expect(run([file('ledger.jsonl')])).toMatchObject({ status: 3, stderr: '' });
  const found = run(['-', '--root', file('root.json')], changed);
  expect(found.status).toBe(1);
  expect(found.stdout).toMatch(/人员 P00000\d 第 \d+ 条/);
  for (const args of [[], [file('nowhere.jsonl')], [file('ledger.jsonl'), '--root', file('ledger.jsonl')]])
    expect(run(args)).toMatchObject({ status: 2, stdout: '' });
  writeFileSync(file('notes.txt'), 'hello\nworld\n');
  const notes = run([file('notes.txt')]);
  expect(notes.status).toBe(2);
  expect(notes.stderr).toMatch(/notes\.txt：这不是流水的导出，.* \/ this is no export of the ledger/);
  expect(run([file('ledger.jsonl'), '--root', file('ledger.jsonl')]).stderr).toMatch(
    /ledger\.jsonl：这是流水的导出，不是封存文件/,
  );
  expect(run([file('ledger.jsonl'), '--root', file('notes.txt')]).stderr).toMatch(
    /notes\.txt：这既不是流水的导出，也不是封存文件/,
  );
  const cut = run(['-', '--root', file('root.json')], lines.slice(0, -3).join(''));
  expect([cut.status, cut.stdout]).toEqual([2, expect.stringContaining('文件不完整')]);
  expect(run([folder]).stderr).toMatch(/^这是文件夹，不是文件/);
  expect(run([file('nowhere.jsonl')]).stderr).toMatch(/^没有这个文件 .*nowhere\.jsonl\n$/);
});

it('says when it looked at which files, by their digests, whatever the ends of lines', () => {
  const { lines, root } = makeExport({ seed: 2, people: 3, sources: 6, roots: 2 });
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  writeFileSync(file('third.json'), root);
  const texts = [
    lines.join(''),
    `\uFEFF${lines.join('')}`,
    lines.join('').replaceAll('\n', '\r\n'),
    lines.join('').trimEnd(),
  ];
  for (const text of texts) {
    writeFileSync(file('third.jsonl'), text);
    const { stdout, status } = run([file('third.jsonl'), file('third.json')]);
    expect(status).toBe(0);
    expect(stdout).toContain(`third.jsonl SHA-256 ${sha256(text)}`);
    expect(stdout).toContain(`third.json SHA-256 ${sha256(root)}`);
    expect(stdout).toMatch(/核对时间 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d\n$/);
  }
});

it('takes what is named after the export for kept roots, and says how it is used', () => {
  const { lines, root } = makeExport({ seed: 2, people: 3, sources: 6, roots: 2 });
  writeFileSync(file('second.jsonl'), lines.join(''));
  writeFileSync(file('second.json'), `\uFEFF${root}`);
  expect(run([file('second.jsonl'), file('second.json')]).stdout).toMatch(/^✓ 没有发现改动\n/);
  expect(run([file('second.jsonl'), file('second.json'), '--english']).stdout).toMatch(
    /^✓ No change was found\n/,
  );
  expect(run([file('second.json'), file('second.jsonl')])).toMatchObject({ status: 2, stdout: '' });
  for (const args of [['--what'], [file('second.jsonl'), '--root']])
    expect(run(args).stderr).toMatch(/^用法 \/ usage: /);
});
