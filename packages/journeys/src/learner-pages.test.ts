import { DEMO_PASSWORD } from '@cadre/demo/people';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/launch-browser';
import { beyondScreen, expectAccessible } from './people/looks';
import { openDevice, signIn } from './people/person';
import { startProduct, type ProductServer } from './product/product-server';

const LEARNER = 'linhaiyan';

/** Pages with an address of their own; behind `link` stands the list that leads to one, and how its links begin. */
const PAGES: readonly { readonly path: string; readonly link?: string }[] = [
  { path: '/' },
  { path: '/courses' },
  { path: '/courses?show=lessons' },
  { path: '/courses', link: '/courses/0' },
  { path: '/courses/bases' },
  { path: '/courses/bases', link: '/courses/bases/' },
  { path: '/schedule' },
  { path: '/schedule', link: '/rooms/' },
  { path: '/classes' },
  { path: '/classes?show=mine' },
  { path: '/classes', link: '/classes/' },
  { path: '/credits' },
  { path: '/credits?asOf=2026-06-30' },
  { path: '/credits', link: '/credits/' },
  { path: '/me' },
  { path: '/password?own=true' },
  { path: '/nowhere' },
];

describe('every page of the learner app', { timeout: 400_000 }, () => {
  let product: ProductServer;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  }, 60_000);

  it.each([
    { language: '中文', theme: '亮', scheme: 'light' },
    { language: 'English', theme: '暗', scheme: 'dark' },
  ] as const)('can be used by everybody: $language, $scheme', async ({ language, theme, scheme }) => {
    const { page } = await signIn(browser, product.url, LEARNER);
    await page.goto('/me');
    await page.getByText(theme, { exact: true }).click();
    await page.getByText(language, { exact: true }).click();
    await page.locator(`html[data-theme=${scheme}][lang=${language === '中文' ? 'zh-CN' : 'en'}]`).waitFor();
    try {
      for (const { path, link } of PAGES) {
        await open(page, path);
        if (link !== undefined) {
          await page.locator(`main a[href^="${link}"]:visible`).first().click();
          await page.waitForURL((url) => url.pathname.startsWith(link));
          await settle(page);
        }
        await expectAccessible(page);
        expect(await beyondScreen(page), page.url()).toBe(0);
      }
    } finally {
      // The look is a setting of the account, which the next test signs in with again.
      await open(page, '/me');
      await page.getByText('中文', { exact: true }).click();
      await page.locator('html[lang=zh-CN]').waitFor();
      await page.context().close();
    }
  });

  it('fits a phone whose letters are twice as large', async () => {
    const { page } = await signIn(browser, product.url, LEARNER);
    for (const { path } of PAGES) {
      await open(page, path);
      await page.addStyleTag({ content: ':root { --base-learner: 212.5% }' });
      expect(await beyondScreen(page), page.url()).toBe(0);
    }
    await page.context().close();
  });

  it('has its rings side by side over the width of the phone, at home as under 学分', async () => {
    const { page } = await signIn(browser, product.url, LEARNER);
    for (const path of ['/', '/credits']) {
      await open(page, path);
      const rings = page.getByRole('img', { name: /^年度/ });
      await rings.first().waitFor();
      const boxes = await rings.evaluateAll((all) =>
        all.map((ring) => ring.getBoundingClientRect()).map(({ x, y, width }) => ({ x, y, width })),
      );
      const [left, right] = boxes;
      expect(boxes, path).toHaveLength(2);
      expect(right?.y, path).toBe(left?.y);
      expect((left?.width ?? 0) + (right?.width ?? 0), path).toBeGreaterThan(260);
    }
    await page.context().close();
  });

  it('lets somebody sign in and look around with the keyboard alone', async () => {
    const page = await openDevice(browser, product.url, 'desktop');
    await page.goto('/');
    await expectAccessible(page);
    await reach(page, '账号');
    await page.keyboard.type(LEARNER);
    await page.keyboard.press('Tab');
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: '主要页面' }).waitFor();
    await reach(page, '学分');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '我的学分' }).waitFor();
    await page.context().close();
  });

  it('opens without a network what was read before, and says how old it is', async () => {
    const { page } = await signIn(browser, product.url, LEARNER);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    for (const path of ['/', '/schedule', '/credits']) await open(page, path);
    const room = await page
      .goto('/schedule')
      .then(() => page.locator('main a[href^="/rooms/"]').first().getAttribute('href'));
    await open(page, room ?? '/schedule');
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    await page.context().setOffline(true);
    await page.goto('/schedule');
    const line = page.getByRole('status').filter({ hasText: '显示的是 11月18日' });
    await line.waitFor();
    await page.locator('main a[href^="/rooms/"]').first().click();
    await page.getByRole('heading', { level: 1, name: title ?? '' }).waitFor();
    await page.goto('/credits');
    await page.getByRole('img', { name: /^年度集中培训/ }).waitFor();
    await line.waitFor();
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: /林海燕/ }).waitFor();
    // What was never read says so, offers to try again, and comes by itself as soon as the network does.
    await page.getByRole('link', { name: '课程' }).click();
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await page.context().setOffline(false);
    await page.locator('main a[href^="/courses/0"]').first().waitFor();
    await page.goto('/');
    await page.getByRole('list', { name: '适合您' }).waitFor();
    await line.waitFor({ state: 'hidden' });
    await page.context().close();
  });
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
}

/** The page stands: a heading, and nothing that still loads. */
async function settle(page: Page): Promise<void> {
  await page
    .getByRole('heading', { level: 1 })
    .or(page.getByRole('heading', { level: 2 }))
    .first()
    .waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Tabs to what is called `name`; fails when it is not reached in a page's worth of stops. */
async function reach(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => {
      const at = document.activeElement;
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : [];
      return [at?.textContent, ...labels.map((label) => label.textContent)].some(
        (text) => text?.trim() === wanted,
      );
    }, name);
    if (isThere) return;
  }
  throw new Error(`“${name}” cannot be reached with the Tab key`);
}
