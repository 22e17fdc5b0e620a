import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch-browser';
import { beyondScreen, expectAccessible } from './people/looks';
import { devices, signIn } from './people/person';
import { startProduct, type ProductServer } from './product/product-server';

/** A page of the admin app: its address, or a page from whose list the first row (or the tab of that number) is opened. */
interface AdminPage {
  readonly path: string;
  readonly tab?: number;
  readonly openFirst?: true;
  /** Added to the address of the row that was opened. */
  readonly then?: string;
  /** Its table is read across, so all of it shows at once. */
  readonly wholeTable?: true;
}

/** Every page, read by the role that owns it. */
const PAGES_OF: Readonly<Record<string, readonly AdminPage[]>> = {
  wangmin: [
    { path: '/workbench' },
    { path: '/network' },
    { path: '/network', openFirst: true },
    { path: '/network', openFirst: true, then: '?tab=venues' },
    { path: '/network', openFirst: true, then: '?tab=instructors' },
    { path: '/network', openFirst: true, then: '?tab=opening' },
    { path: '/catalog' },
    { path: '/catalog?tab=courses' },
    { path: '/catalog?tab=lessons' },
    { path: '/catalog?tab=courses', openFirst: true },
    { path: '/training' },
    { path: '/training?by=instructor' },
    { path: '/training/classes' },
    { path: '/training/classes', openFirst: true },
    { path: '/enrollment' },
    { path: '/enrollment', openFirst: true },
    { path: '/live' },
    { path: '/live', openFirst: true },
    { path: '/live', openFirst: true, then: '/hall' },
    { path: '/credit' },
    { path: '/credit/ledger?tab=recompute' },
    { path: '/credit/ledger?tab=keys' },
  ],
  xuwei: [
    { path: '/workbench' },
    { path: '/credit' },
    { path: '/credit', openFirst: true },
    { path: '/credit/regulations' },
    { path: '/credit/regulations/demo-2026/1' },
    { path: '/credit/regulations/demo-2026/1', tab: 1 },
    { path: '/credit/regulations/demo-2026/1', tab: 2 },
    { path: '/credit/regulations/demo-2026/compare?left=1&right=1' },
    { path: '/credit/regulations/draft?code=demo-2026&version=1' },
    { path: '/credit/ledger' },
    { path: '/credit/ledger?tab=verify' },
    { path: '/insight', wholeTable: true },
  ],
  zhaoli: [{ path: '/workbench' }, { path: '/enrollment' }, { path: '/insight', wholeTable: true }],
  huangjun: [{ path: '/workbench' }, { path: '/assessment', wholeTable: true }],
  admin: [
    { path: '/workbench' },
    { path: '/system' },
    { path: '/system', tab: 1 },
    { path: '/system', tab: 2 },
    { path: '/system', tab: 3 },
    { path: '/system', tab: 4 },
  ],
};

const MINUTE = 60_000;

describe.each(['zh', 'en'] as const)('every admin page in %s', (language) => {
  let product: ProductServer;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
  }, 5 * MINUTE);
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  }, MINUTE);

  it.each(Object.entries(PAGES_OF))(
    'as %s can be used by everybody and fits the screen',
    async (loginName, pages) => {
      const { page } = await signIn(browser, product.url, loginName);
      page.setDefaultTimeout(MINUTE);
      if (language === 'en') await speakEnglish(page);
      const wide: string[] = [];
      for (const wanted of pages) {
        await openPage(page, wanted);
        await expectAccessible(page);
        await noteWidth(page, wide);
        if (wanted.wholeTable) await expectWholeTable(page);
      }
      expect(wide).toEqual([]);
      await page.context().close();
    },
    10 * MINUTE,
  );
});

it(
  'in large type shows the list of bases whole, and the name of the clock in one line or not at all',
  async () => {
    await using product = await startProduct();
    await using browser = await launchBrowser();
    const { page } = await signIn(browser, product.url, 'wangmin');
    await page.getByRole('button', { name: /显示与账号/ }).click();
    await page.getByRole('switch').click();
    await page.waitForFunction(() => parseFloat(getComputedStyle(document.documentElement).fontSize) > 17);
    for (const path of ['/network', '/catalog?tab=courses']) {
      await openPage(page, { path });
      await expectWholeTable(page);
    }
    await page.setViewportSize({ width: 720, height: 450 });
    await openPage(page, { path: '/network' });
    const clock = await page.getByText('演示时钟').evaluate((name) => name.getBoundingClientRect().height);
    expect(clock).toBeLessThan(30);
  },
  10 * MINUTE,
);

/** Notes the page among the `wide` ones where it is wider than the desk's or the phone's screen. */
async function noteWidth(page: Page, wide: string[]): Promise<void> {
  for (const { viewport } of [devices.phone, devices.desktop]) {
    await page.setViewportSize(viewport);
    // Charts and tables measure themselves anew when they hear of it.
    await page.waitForTimeout(100);
    const beyond = await beyondScreen(page);
    if (beyond > 0) wide.push(`${page.url()} is ${beyond} px wider than ${viewport.width}`);
  }
}

/** No part of the table lies beyond its right edge. */
async function expectWholeTable(page: Page): Promise<void> {
  const beyond = await page
    .locator('.ant-table-body, .ant-table-content')
    .evaluateAll((tables) => tables.map((table) => table.scrollWidth - table.clientWidth));
  expect(beyond.length, page.url()).toBeGreaterThan(0);
  expect(Math.max(...beyond), `table of ${page.url()}`).toBeLessThanOrEqual(0);
}

/** Opens a page and waits until everything it reads is there. */
async function openPage(page: Page, { path, tab, openFirst, then }: AdminPage): Promise<void> {
  await page.goto(`/admin${path}`);
  await readyPage(page);
  if (tab !== undefined) {
    await page.getByRole('tab').nth(tab).click();
    await readyPage(page);
  }
  if (!openFirst) return;
  const before = page.url();
  await page.locator('[data-row-key]').first().click();
  await page.waitForURL((url) => url.href !== before);
  if (then !== undefined) await page.goto(`${page.url()}${then}`);
  await readyPage(page);
}

/** A title stands, nothing is loading, and nothing has failed. */
async function readyPage(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await expect
    .poll(() => page.locator('[aria-busy="true"], .ant-spin-spinning').count(), { timeout: MINUTE })
    .toBe(0);
  expect(
    await page.getByText(/^(没能打开|这里不对您开放|This did not open|This is not open to you)$/).count(),
    page.url(),
  ).toBe(0);
}

async function speakEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: /显示与账号/ }).click();
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('navigation', { name: 'Areas' }).waitFor();
}
