import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch-browser';
import { moveClock } from './people/clock';
import { createApiKey, readFeed } from './people/feed';
import { expectAccessible, takePicture } from './people/looks';
import { openDevice, signIn, type Person } from './people/person';
import { startProduct, type ProductServer } from './product/product-server';

/** The demonstration begins on Wednesday 2026-11-18 at 08:00 in Shanghai; the session is held on the next morning. */
const CLASS = '大陈岛垦荒精神小班课';
const INITIALS = 'dcdkhjsxbk';
const FREE_CELL = /^青年宫研讨室，.*19日.*上午/;
const BEFORE_CLASS = '2026-11-19T08:20';
const AFTER_CLASS = '2026-11-19T11:35';

describe('the main job, by five people on phones and desktops', { timeout: 180_000 }, () => {
  let product: ProductServer;
  let browser: Browser;
  let keeper: Person;
  let first: Person;
  let second: Person;
  /** Days of concentrated training of the second cadre before and after the session. */
  let daysBefore: number;
  let daysAfter: number;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  }, 60_000);

  it('the base admin schedules a session for one person', async () => {
    keeper = await signIn(browser, product.url, 'chenguoping');
    await scheduleOneSeat(keeper.page);
  });

  it('a cadre finds it on the phone by its initials and takes the seat', async () => {
    first = await signIn(browser, product.url, 'linhaiyan');
    const { page } = first;
    await page.getByRole('img', { name: /^年度集中培训/ }).waitFor();
    await page
      .getByText('今天没有课')
      .or(page.getByRole('list', { name: '今天' }))
      .first()
      .waitFor();
    await expectAccessible(page);
    await findClass(page);
    await expectAccessible(page);
    await page.getByText('还有 1 席，共 1 席').waitFor();
    await takePicture(page, 'phone-class');
    await page.getByRole('button', { name: '报名这个班' }).click();
    await page.getByRole('button', { name: '退出这个班' }).waitFor();
    await page.getByText('1 席已满，0 人候补').waitFor();
  });

  it('a second cadre is put first on the waitlist', async () => {
    second = await signIn(browser, product.url, 'linxiaodong');
    const { page } = second;
    daysBefore = await ringDays(page);
    await page.getByRole('list', { name: '今天' }).waitFor();
    await page.getByRole('list', { name: '适合您' }).waitFor();
    await page.getByText('演示时钟').first().waitFor();
    await takePicture(page, 'phone-home');
    await findClass(page, 'phone-classes');
    await page.getByRole('button', { name: '排候补' }).click();
    await page.getByText('候补第 1 位', { exact: true }).waitFor();
    await page.getByText(/^有人退出时，按顺序自动补上/).waitFor();
    await expectAccessible(page);
    await first.page.getByText('1 席已满，1 人候补').waitFor();
  });

  it('the first withdraws, and the open page of the second shows the promotion by itself', async () => {
    await second.page.evaluate(() => document.documentElement.setAttribute('data-not-reloaded', ''));
    await first.page.getByRole('button', { name: '退出这个班' }).click();
    const question = first.page.getByRole('dialog', { name: `退出「${CLASS}」？` });
    await question.waitFor();
    await expectAccessible(first.page);
    await question.getByRole('button', { name: '退出', exact: true }).click();
    await question.waitFor({ state: 'hidden' });

    await second.page.getByRole('button', { name: '退出这个班' }).waitFor();
    await second.page.getByText('候补转正').waitFor();
    expect(await second.page.locator('html[data-not-reloaded]').count()).toBe(1);
    await expectAccessible(second.page);
    await takePicture(second.page, 'phone-promoted');
  });

  it('the room opens, the hall shows the code, and the cadre checks in by typing it', async () => {
    const { page } = keeper;
    await moveClock(page, BEFORE_CLASS);
    await page.getByRole('link', { name: '现场', exact: true }).click();
    const rooms = page.getByRole('region', { name: '这一天的课' });
    await rooms.getByRole('row').filter({ hasText: CLASS }).click();
    await page.getByRole('button', { name: '开课' }).click();
    await page.getByRole('button', { name: '结束课堂' }).waitFor();
    await page.getByRole('row').filter({ hasText: second.name }).waitFor();

    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: '打开大厅屏' }).click();
    const hall = await opened;
    const link = linkShownBy(hall);
    await hall.getByRole('img', { name: '签到二维码' }).waitFor();
    await expectAccessible(hall);

    const stranger = await openDevice(browser, product.url, 'phone');
    await stranger.goto(await link);
    await stranger.getByText(/扫码时间已记下/).waitFor();
    await stranger.getByText(CLASS, { exact: false }).waitFor();
    await expectAccessible(stranger);
    await stranger.context().close();

    const phone = second.page;
    await phone.getByRole('link', { name: '首页' }).click();
    await phone
      .getByRole('list', { name: '今天' })
      .getByRole('link', { name: new RegExp(CLASS) })
      .click();
    await phone.getByLabel('大屏上的 6 位码').waitFor();
    await expectAccessible(phone);
    await phone.getByLabel('大屏上的 6 位码').fill(await digitsShownBy(hall));
    await phone.getByText(/^已签到 08:2\d$/).waitFor();
    await expectAccessible(phone);
    await hall.getByText(/^已到\s*1\s*\/ 1$/).waitFor();
    await takePicture(hall, 'desktop-hall');
    await page.getByText('输码').waitFor();
    await expectAccessible(page);
    await takePicture(page, 'desktop-room');

    // Scanning as well leads to the same receipt.
    const next = linkShownBy(hall);
    await phone.goto(await next);
    await phone.getByText(/^已签到 08:2\d$/).waitFor();
    await hall.close();
  });

  it('the cadre checks out and the room is closed', async () => {
    await moveClock(keeper.page, AFTER_CLASS);
    const phone = second.page;
    await phone.getByRole('button', { name: '签退' }).click();
    await phone.getByRole('dialog').getByRole('button', { name: '签退' }).click();
    await phone.getByText(/^11:3\d 签退$/).waitFor();
    await phone.getByText(/预计 0\.5 天/).waitFor();
    await expectAccessible(phone);
    await takePicture(phone, 'phone-receipt');

    await keeper.page.getByRole('button', { name: '结束课堂' }).click();
    const question = keeper.page.getByRole('dialog');
    await question.getByRole('button', { name: '结束课堂' }).click();
    await question.waitFor({ state: 'hidden' });
    await keeper.page.getByRole('button', { name: '结束课堂' }).waitFor({ state: 'hidden' });
    await expectAccessible(keeper.page);
  });

  it('the ring of the cadre moves, and the credit opens down to clause and entry', async () => {
    const { page } = second;
    await page.getByRole('link', { name: '首页' }).click();
    await expect.poll(() => ringDays(page), { timeout: 60_000 }).toBe(daysBefore + 0.5);
    daysAfter = daysBefore + 0.5;
    await page.getByRole('link', { name: '学分', exact: true }).click();
    await page.getByRole('list', { name: '2026 年', exact: true }).waitFor();
    await expectAccessible(page);
    await takePicture(page, 'phone-credits');
    await page
      .getByRole('list', { name: '2026 年', exact: true })
      .getByRole('link', { name: new RegExp(CLASS) })
      .click();
    await page.getByRole('heading', { name: '怎么算的' }).waitFor();
    await page.getByRole('heading', { name: '依据' }).waitFor();
    expect(await page.locator('blockquote').first().innerText()).toMatch(/\S{8,}/);
    await page.getByText('+0.5 天', { exact: true }).waitFor();
    await page
      .getByText(/^流水 #\d{6}$/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await takePicture(page, 'phone-why');
  });

  it('the training officer of the unit sees how the cadre stands', async () => {
    const { page } = await signIn(browser, product.url, 'zhaoli');
    await page.getByText('谁会完不成').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '统计' }).click();
    await page.getByText(/^全部 \d+$/).click();
    await page.getByLabel('搜索', { exact: true }).fill(second.name);
    await page
      .getByRole('row')
      .filter({ hasText: second.name })
      .getByText(`${daysAfter} / `)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByLabel('搜索', { exact: true }).fill('');
    await page.getByText(/^全部 \d{2,}$/).waitFor();
    await page.getByText(/^落后 \d+$/).click();
    await page
      .getByRole('row')
      .filter({ hasNotText: second.name })
      .filter({ hasText: '落后' })
      .first()
      .waitFor();
    await takePicture(page, 'desktop-progress');
  });

  it('the assessment officer reads the figure, and a client verifies the signed line', async () => {
    const { page } = await signIn(browser, product.url, 'huangjun');
    await page.getByRole('link', { name: '考核' }).click();
    await page.getByLabel('搜索', { exact: true }).fill(second.name);
    const row = page.getByRole('row').filter({ hasText: second.name });
    await row.getByText(`${daysAfter} / `).first().waitFor({ timeout: 60_000 });
    await expectAccessible(page);
    const personNo = /TZ\d{5}/.exec(await row.innerText())?.[0];
    const path = /\/api\/v1\/\S+\/feed/.exec(await page.getByText(/GET \/api\/v1/).innerText())?.[0];
    await page.getByLabel('搜索', { exact: true }).fill('');
    await page.getByText(/^全部 \d{3}$/).waitFor();
    await takePicture(page, 'desktop-assessment');

    const key = await createApiKey(await signIn(browser, product.url, 'admin'));
    const lines = await readFeed(`${product.url}${String(path)}`, key);
    const line = lines.filter(({ statement }) => statement.personNo === personNo).at(-1);
    const target = line?.statement.targets.find(({ name }) => name.zh.startsWith('年度集中培训'));
    const days = target?.alternatives.flat().find(({ measure }) => measure === 'days');
    expect(days?.earned).toBe(daysAfter * 10_000);

    const keys = (await (await fetch(`${product.url}/api/v1/feed/keys`)).json()) as JSONWebKeySet;
    const { payload } = await compactVerify(String(line?.jws), createLocalJWKSet(keys));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(line?.statement);
  });

  it('an auditor takes the ledger and the page that checks it away', async () => {
    const { page } = await signIn(browser, product.url, 'shenji');
    await page.goto('/admin/credit/ledger?tab=verify');
    const [verifier] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^下载核对程序/ }).click(),
    ]);
    // The whole ledger is read before the file is there.
    const [ledger] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      page.getByRole('button', { name: '导出全部流水' }).click(),
    ]);
    const context = await browser.newContext({ offline: true });
    const offline = await context.newPage();
    await offline.goto(pathToFileURL(await fileOf(verifier)).href);
    await offline.getByLabel('选择文件').setInputFiles([await fileOf(ledger)]);
    await expect
      .poll(() => offline.getByRole('status').textContent(), { timeout: 60_000 })
      .toContain('文件本身没有发现改动');
    await context.close();
  });
});

/** A downloaded file, under the name that it was given. */
async function fileOf(download: Download): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'cadre-download-')), download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** What the reader's ring of concentrated training says, in days. */
async function ringDays(page: Page): Promise<number> {
  const label = await page.getByRole('img', { name: /^年度集中培训/ }).getAttribute('aria-label');
  const days = /([\d.]+) \/ [\d.]+ 天/.exec(label ?? '')?.[1];
  if (days === undefined) throw new Error(`no days in “${String(label)}”`);
  return Number(days);
}

async function findClass(page: Page, picture?: string): Promise<void> {
  await page.getByRole('link', { name: '日程' }).click();
  await page.getByRole('link', { name: '找一个培训班' }).click();
  const row = page.getByRole('link', { name: new RegExp(CLASS) });
  await page.getByRole('searchbox', { name: /搜班名/ }).waitFor();
  if (picture !== undefined) {
    await page.getByRole('status').filter({ hasText: /个班$/ }).waitFor();
    await expectAccessible(page);
    await takePicture(page, picture);
  }
  await page.getByRole('searchbox', { name: /搜班名/ }).fill(INITIALS);
  await page.getByText('1 个班', { exact: true }).waitFor();
  await row.click();
  await page.getByRole('heading', { name: CLASS, level: 1 }).waitFor();
}

/** The link behind the next code that the hall screen is given. */
async function linkShownBy(hall: Page): Promise<string> {
  const response = await hall.waitForResponse(
    async (answer) =>
      answer.url().includes('live.hall') && (await answer.text().catch(() => '')).includes('/check-in/'),
  );
  return String(/https?:[^"]+\/check-in\/[^"]+/.exec(await response.text())?.[0]);
}

async function digitsShownBy(hall: Page): Promise<string> {
  const label = await hall.getByLabel(/^签到码 \d{6}$/).getAttribute('aria-label');
  return String(/\d{6}/.exec(String(label))?.[0]);
}

/** Plans a session of the catalog for one person in an empty cell of the week. */
async function scheduleOneSeat(page: Page): Promise<void> {
  await page.getByRole('link', { name: '培训班与排课' }).click();
  await page.getByRole('grid').waitFor();
  await expectAccessible(page);
  await takePicture(page, 'desktop-timetable');
  await page.getByRole('gridcell', { name: FREE_CELL }).click();
  const form = page.getByRole('dialog', { name: '排一节课' });
  await form.getByLabel('课程', { exact: true }).fill('kenhuangjingshen');
  await page.locator('.ant-select-item-option').filter({ hasText: '垦荒精神' }).first().click();
  await form.getByLabel('老师').click();
  const professor = page.locator('.ant-select-item-option').filter({ hasText: '副教授' });
  const [teacher = ''] = (await professor.innerText()).split(' · ');
  await professor.click();
  await form.getByLabel('老师').press('Tab');
  await form.getByLabel('班名').fill(CLASS);
  await form.getByLabel('名额').fill('1');
  await form.getByRole('button', { name: '报名方式' }).click();
  await form.getByLabel('这节课的名称').fill(CLASS);
  await form.getByText('可以', { exact: true }).waitFor();
  await expectAccessible(page);
  await form.getByRole('button', { name: '排好这节课' }).click();
  await page.getByText(new RegExp(`^已排好「${CLASS}」`)).waitFor();
  const planned = page.getByRole('dialog', { name: CLASS });
  await planned.waitFor();
  await planned.getByText(teacher, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await planned.waitFor({ state: 'hidden' });
}
