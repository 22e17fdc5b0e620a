import { DEMO_PASSWORD, DEMO_ROLES } from '@cadre/demo/people';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The two devices the product is made for. */
export const devices = {
  phone: { viewport: { width: 360, height: 800 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const satisfies Record<string, BrowserContextOptions>;
export type Device = keyof typeof devices;

/** Somebody of the demonstration before a device of their own. */
export interface Person {
  readonly name: string;
  readonly page: Page;
}

const STEP_LIMIT_MS = 20_000;

/** A browser of one's own, with no sign-in yet. */
export async function openDevice(browser: Browser, url: string, device: Device): Promise<Page> {
  const context = await browser.newContext({
    ...devices[device],
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(STEP_LIMIT_MS);
  return context.newPage();
}

/** Signs a person of the demonstration in, by the screen of the app that the person uses. */
export async function signIn(browser: Browser, url: string, loginName: string): Promise<Person> {
  const role = DEMO_ROLES.find((candidate) => candidate.loginName === loginName);
  if (role === undefined) throw new Error(`nobody of the demonstration signs in as ${loginName}`);
  const page = await openDevice(browser, url, role.app === 'learner' ? 'phone' : 'desktop');
  await page.goto(role.app === 'learner' ? '/' : '/admin/');
  await page.getByLabel('账号', { exact: true }).fill(loginName);
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: /^登\s*录$/ }).click();
  await page
    .getByRole('navigation', { name: role.app === 'learner' ? '主要页面' : '功能' })
    .waitFor({ state: 'visible' });
  return { name: role.name, page };
}
