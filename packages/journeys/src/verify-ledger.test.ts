import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeExport } from '@cadre/ledger-verifier/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch-browser';

const PAGE = fileURLToPath(import.meta.resolve('@cadre/ledger-verifier/page'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-ledger-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it('the page from a USB stick gives the verdict without a network', async () => {
  const { lines, root } = makeExport({ seed: 11, people: 5, sources: 8, roots: 3 });
  const changed = lines.map((line) =>
    line.startsWith('{"entry"') && line.includes('"seq":2,') && line.includes('000000000003')
      ? line.replace(/"amount":\d/, '"amount":9')
      : line,
  );
  expect(changed.join('')).not.toBe(lines.join(''));
  const [intact, broken, kept] = ['ledger.jsonl', 'changed.jsonl', 'root.json'].map((name) =>
    join(folder, name),
  );
  await writeFile(intact!, lines.join(''));
  await writeFile(broken!, changed.join(''));
  await writeFile(kept!, root);

  await using browser = await launchBrowser();
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const asked: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(pathToFileURL(PAGE).href);

  const verdict = page.getByRole('status');
  await page.getByLabel('选择文件').setInputFiles([intact!]);
  await expect.poll(() => verdict.textContent(), { timeout: 60_000 }).toContain('再选封存文件');
  expect(await verdict.getAttribute('data-state')).toBe('unproven');

  await page.getByLabel('选择文件').setInputFiles([kept!]);
  await expect.poll(() => verdict.textContent(), { timeout: 60_000 }).toContain('✓ 没有发现改动');
  expect(await verdict.textContent()).toContain('以另行保存的第 3 号封存');

  // Dropped, as a person would from a folder's window.
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'changed.jsonl'));
    return transfer;
  }, changed.join(''));
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect.poll(() => verdict.textContent(), { timeout: 60_000 }).toContain('人员 P000003 第 2 条');
  expect(await verdict.getAttribute('data-state')).toBe('broken');

  await page.getByRole('button', { name: 'English' }).click();
  expect(await verdict.textContent()).toContain('person P000003, entry 2');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Verify a credit ledger');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: '清空重来' }).click();
  expect(await verdict.count()).toBe(0);

  // Two exports, a root, and one that cannot be read: each is said.
  const [recoded, saved] = [join(folder, 'recoded.jsonl'), join(folder, 'saved.txt')];
  await writeFile(recoded, Buffer.from(lines.join(''), 'utf16le'));
  await page.getByLabel('选择文件').setInputFiles([recoded, intact!, broken!, kept!]);
  await expect.poll(() => verdict.locator('.card').count(), { timeout: 60_000 }).toBe(3);
  const states = await verdict.locator('.card').evaluateAll((all) => all.map((one) => one.dataset['state']));
  expect(states).toEqual(['intact', 'broken', 'unreadable']);
  expect(await verdict.textContent()).toContain('recoded.jsonl：这个文件被另存成了别的编码（UTF-16）');
  const downloading = page.waitForEvent('download');
  await verdict.getByRole('button', { name: '保存结果' }).first().click();
  await (await downloading).saveAs(saved);
  const text = await readFile(saved, 'utf8');
  expect(text).toContain('✓ 没有发现改动');
  expect(text).toContain(`ledger.jsonl SHA-256 ${createHash('sha256').update(lines.join('')).digest('hex')}`);
  expect(text).toMatch(/核对时间 \d{4}-/);
  await page.getByRole('button', { name: '清空重来' }).click();

  await page.getByLabel('选择文件').setInputFiles([PAGE]);
  await expect.poll(() => verdict.getAttribute('data-state'), { timeout: 60_000 }).toBe('unreadable');
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  expect(errors).toEqual([]);
});
